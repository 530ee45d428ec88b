"""The permanent frame: town and language above; back, forward, help and end below; never moved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.config import Config
from ui import views
from ui.flow import Flow
from ui.places import Place
from ui.screens.screen import Look, Nav, Screen
from ui.theme import Theme
from ui.widgets.frame import FrameFoot, FrameHeader, NavBar
from ui.widgets.strip import Strip

_PLACES = {
    Place.UPDATED: "updated.strip",
    Place.TOLD: "told.strip",
    Place.PLAN: "plan.strip",
    Place.TAKE_AWAY: "takeaway.strip",
    Place.SEND: "send.strip",
    Place.SAVED: "send.strip",
    Place.THANKS: "thanks.strip",
}


StripWords = tuple[str, str, str, int | None, int | None]
"""Icon, event, place, step and total."""


class Frame(QObject):
    """Puts its bars around ``middle`` in ``column``; a bar is made anew only when its words change."""

    acted = Signal(str, object)

    def __init__(self, theme: Theme, column: QVBoxLayout, middle: QWidget) -> None:
        super().__init__()
        self.theme = theme
        self._column = column
        self._middle = middle
        self._bars: dict[str, QWidget] = {}
        self._keys: dict[str, Any] = {}
        column.addWidget(middle, 1)

    def show_for(
        self, look: Look, view: views.View, screen: Screen, flow: Flow, config: Config, *, demonstration: bool
    ) -> None:
        """The bars that belong to this screen."""
        text = look.words.text
        attract = isinstance(view, views.Attract)
        subtitle = text("frame.demo" if demonstration else "frame.subtitle")
        language = text(f"language.name.{look.lang}") if screen.framed else ""
        self._set(
            "header",
            None
            if attract
            else (config.town.name, subtitle, language, text("frame.language", name=language)),
            self._header,
        )
        self._move_strip(strip_words(look, view, flow))
        nav = screen.nav()
        self._set("nav", nav, self._nav)
        end = "" if attract or not screen.framed else text("frame.end")
        self._set(
            "foot",
            # A kiosk that is out of order shows where help is: there is nothing to open over it.
            None
            if isinstance(view, views.OutOfOrder)
            else (text("frame.help"), end, text("frame.help.short"), text("frame.end.short")),
            self._foot,
        )

    def _move_strip(self, words: StripWords | None) -> None:
        """From one question to the next only the step changes; the bar stays."""
        strip, before = self._bars.get("strip"), self._keys.get("strip")
        if isinstance(strip, Strip) and words and before and words[:2] == before[:2]:
            _, _, place, step, total = words
            if step is not None and total is not None and strip.thread_progress is not None:
                self._keys["strip"] = words
                strip.move_to(place, step, total)
                return
        self._set("strip", words, self._strip)

    def bar(self, name: str) -> QWidget | None:
        """The bar ``header``, ``strip``, ``nav`` or ``foot`` that is shown now."""
        return self._bars.get(name)

    def _set(self, name: str, key: object, make: Callable[[Any], QWidget]) -> None:
        if name in self._keys and self._keys[name] == key:
            return
        self._keys[name] = key
        old = self._bars.pop(name, None)
        if old is not None:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        if key is None:
            return
        bar = make(key)
        self._bars[name] = bar
        before = [part for part in ("header", "strip") if part in self._bars]
        if name in ("header", "strip"):
            self._column.insertWidget(before.index(name), bar)
        else:
            at = self._column.indexOf(self._middle) + 1
            self._column.insertWidget(at + (1 if name == "foot" and "nav" in self._bars else 0), bar)
        # At once, in the same paint as the screen: a layout alone would show it one turn later.
        bar.show()

    def _header(self, words: tuple[str, str, str, str]) -> FrameHeader:
        town, subtitle, language, name = words
        header = FrameHeader(
            self.theme,
            town,
            subtitle,
            language_text=language or None,
            language_name=name if language else None,
        )
        header.language_pressed.connect(lambda: self.acted.emit("choose_language", None))
        return header

    def _strip(self, words: StripWords) -> Strip:
        icon, event, place, step, total = words
        return Strip(self.theme, icon, event, place, step=step, total=total)

    def _nav(self, nav: Nav) -> NavBar:
        bar = NavBar(
            self.theme,
            nav.back,
            nav.forward,
            forward_icon=nav.forward_icon,
            forward_kind=nav.forward_kind,
            back_icon=nav.back_icon,
        )
        bar.back_pressed.connect(lambda: self.acted.emit("back", None))
        bar.forward_pressed.connect(lambda: self.acted.emit("forward", None))
        return bar

    def _foot(self, words: tuple[str, str, str, str]) -> FrameFoot:
        help_words, end, help_short, end_short = words
        foot = FrameFoot(self.theme, help_words, end or None, call_short=help_short, end_short=end_short)
        foot.call_pressed.connect(lambda: self.acted.emit("help", None))
        foot.end_pressed.connect(lambda: self.acted.emit("ask_end", None))
        return foot


def strip_words(look: Look, view: views.View, flow: Flow) -> StripWords | None:
    """Icon, event, place, step and total of the strip; None on screens that have no event."""
    if flow.visit is None or not flow.visit.event or flow.over is not None or flow.place is Place.EVENTS:
        return None
    from kiosk.procedures import shown_event

    pack = look.pack()
    event = pack.events[flow.visit.event]
    title = shown_event(pack, event.id, look.lang)
    step = total = None
    if isinstance(view, views.Asking):
        step, total = view.step, view.about
        place = look.words.text(
            "question.changing" if view.changing else "question.step", step=step, about=total
        )
    elif isinstance(view, views.Check):
        step = total = max(view.step, 1)
        place = look.words.text("check.strip")
    else:
        place = look.words.text(_PLACES[flow.place])
    return "route" if event.sensitive else event.icon, title, place, step, total
