"""Where a finger must touch on the way through the bench pack: one visit without a display.

``python -m tests.bench.dry_run CONFIG LOOK`` prints JSON as its last line:
``{"first": [[x, y], ...], "questions": [[[x, y], ...], ...]}``. ``first`` leads to the first question, in the
look; each question has its touches in order, the last of them « continue ».
"""

from __future__ import annotations

import json
import sys
import time
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from accessibility.speech import open_speaker
from kiosk.backstage import KioskBackstage
from kiosk.config import load_config
from kiosk.messages import messages_for
from kiosk.procedures import Pack, find_pack, load_pack
from tests.bench.display import HEIGHT, WIDTH
from tests.bench.looks import LOOKS, Look
from ui.application import Application
from ui.places import Place
from ui.widgets import press
from ui.widgets.event_card import CardButton
from ui.widgets.paged import PagedArea
from ui.widgets.tiles import TileButton

PATIENCE_S = 20.0


def main() -> int:
    config = load_config(Path(sys.argv[1]))

    @cache
    def pack() -> Pack:
        return load_pack(find_pack(config.pack))

    with TemporaryDirectory() as folder:
        backstage = KioskBackstage(config, Path(folder), pack)
        app = Application(
            config,
            pack,
            lambda: backstage,
            open_speaker,
            demonstration=True,
            windowed=True,
            size=(WIDTH, HEIGHT),
        )
        app.start()
        voices: list[object] = []
        app.voices_known.connect(voices.append)  # they decide whether there are listen buttons
        limit = time.monotonic() + PATIENCE_S
        while not (app.ready and voices) and time.monotonic() < limit:
            app.qt.processEvents()
        print(json.dumps(_walk(app, LOOKS[sys.argv[2]])))
        app.close()
    return 0


def _walk(app: Application, look: Look) -> dict[str, object]:
    window = app.window
    first = _dressed(app, look)
    words, pack = messages_for(look.lang), app.flow.pack
    event = next(iter(pack.events.values()))
    title = pack.text(f"event.{event.slug}.title", look.lang)
    for card in (words.text(f"language.name.{look.lang}"), title, words.text("whom.me")):
        first += _reached(app, _named(app, CardButton, card))
    questions = []
    while app.flow.place is Place.ASKING:
        app.qt.processEvents()
        screen = window.screen_widget
        touches = _reached(app, screen.group.cards[0].mark)
        touches.append(_touched(app, window.frame.bar("nav").forward))
        questions.append(touches)
    return {"first": first, "questions": questions}


def _dressed(app: Application, look: Look) -> list[tuple[int, int]]:
    """The touches on « Lecture et son » that give this look; colours first, for large text moves them."""
    wished = [look.theme] if look.theme != "light" else []
    wished += [look.scale] if look.scale != 1 else []
    if not wished:
        return []
    touches = [_touched(app, app.window.frame.bar("foot").comfort)]
    for value in wished:
        tiles = app.window.screen_widget.findChildren(TileButton)
        touches += _reached(app, next(tile for tile in tiles if tile.tile.value == value))
    touches.append(_touched(app, app.window.frame.bar("nav").forward))
    return touches


def _named(app: Application, kind: type[QWidget], name: str) -> QWidget:
    app.qt.processEvents()
    found = app.window.screen_widget.findChildren(kind)
    return next(one for one in found if one.accessibleName().startswith(name))


def _touched(app: Application, widget: QWidget) -> tuple[int, int]:
    """Where the widget is now; then press it, so that what follows is on the screen."""
    app.qt.processEvents()
    where = _middle(app, widget)
    press.forget_last_touch()
    widget.click()
    app.qt.processEvents()
    return where


def _reached(app: Application, widget: QWidget) -> list[tuple[int, int]]:
    """The touches that bring a control of a list into sight, and the one on it."""
    app.qt.processEvents()
    areas = app.window.findChildren(PagedArea)
    area = next(area for area in areas if area.isVisible() and area.isAncestorOf(widget))
    touches = []
    while not area.view.rect().contains(_inside(area.view, widget)):
        touches.append(_touched(app, area.pager.down))
    return [*touches, _touched(app, widget)]


def _inside(view: QWidget, widget: QWidget) -> QPoint:
    return widget.mapTo(view, QPoint(widget.width() // 3, min(widget.height() // 2, 60)))


def _middle(app: Application, widget: QWidget) -> tuple[int, int]:
    at = widget.mapTo(app.window, QPoint(widget.width() // 3, min(widget.height() // 2, 60)))
    return at.x(), at.y()


if __name__ == "__main__":
    raise SystemExit(main())
