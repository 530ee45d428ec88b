"""Where a finger must touch on the way through the bench pack: one visit without a display.

``python -m tests.bench.dry_run CONFIG`` prints JSON as its last line:
``{"first": [[x, y], ...], "questions": [[[x, y], [x, y]], ...]}``, an option and « continue » a question.
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
from kiosk.procedures import Pack, QuestionType, find_pack, load_pack
from tests.bench.display import HEIGHT, WIDTH
from ui.application import Application
from ui.places import Place
from ui.views import Asking
from ui.widgets.event_card import ActionCard, LanguageCard

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
        print(json.dumps(_walk(app)))
        app.close()
    return 0


def _walk(app: Application) -> dict[str, object]:
    window = app.window
    first = [_middle(app, _one(app, LanguageCard))]
    window.act("language", "fr")
    first.append(_middle(app, _one(app, ActionCard)))
    window.act("event", next(iter(app.flow.pack.events)))
    questions = []
    while app.flow.place is Place.ASKING:
        view, screen = app.flow.view(), window.screen_widget
        assert isinstance(view, Asking)
        app.qt.processEvents()
        bar = window.frame.bar("nav")
        questions.append([_middle(app, screen.group.cards[0].mark), _middle(app, bar.forward)])
        yes_no = view.question.type is QuestionType.YES_NO
        window.act("answer", True if yes_no else view.question.options[0].value)
    return {"first": first, "questions": questions}


def _one(app: Application, kind: type[QWidget]) -> QWidget:
    app.qt.processEvents()
    screen = app.window.screen_widget
    return screen.findChildren(kind)[0]


def _middle(app: Application, widget: QWidget) -> tuple[int, int]:
    at = widget.mapTo(app.window, QPoint(widget.width() // 3, min(widget.height() // 2, 60)))
    return at.x(), at.y()


if __name__ == "__main__":
    raise SystemExit(main())
