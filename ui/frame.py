"""The permanent frame: town and language above; back, forward, help and end below; never moved."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.config import Config, Town
from ui import views
from ui.flow import Flow
from ui.layout import Layout
from ui.places import Place
from ui.screens.screen import Look, Nav, Screen
from ui.theme import Theme
from ui.widgets.frame import FrameFoot, FrameHeader, NavBar, Tools
from ui.widgets.strip import Strip

_PLACES = {
    Place.FOR_WHOM: "whom.strip",
    Place.UPDATED: "updated.strip",
    Place.TOLD: "told.strip",
    Place.PLAN: "plan.strip",
    Place.ERRANDS: "plan.strip",
    Place.ASSIST: "plan.strip",
    Place.TAKE_AWAY: "takeaway.strip",
    Place.SEND: "send.strip",
    Place.SAVED: "send.strip",
    Place.THANKS: "thanks.strip",
}


_STEP_ROOM = 1520
"""px of the header's width, at 100 %, from which on the step has room beside its two buttons."""
_FOOT = ("language", "comfort", "call", "end", "hide_button")
_NAV = ("back", "forward", "call", "end", "hide_button")
StripWords = tuple[str, str, str, int | None, int | None]
"""Icon, event, place, step and total."""


class Frame(QObject):
    """Puts its bars around ``middle`` in ``column``; a bar is made anew only when its words change."""

    acted = Signal(str, object)

    def __init__(self, theme: Theme, layout: Layout, column: QVBoxLayout, middle: QWidget) -> None:
        super().__init__()
        self.theme = theme
        self.layout = layout
        self._column = column
        self._middle = middle
        self._bars: dict[str, QWidget] = {}
        self._keys: dict[str, Any] = {}
        self._new_bar = False
        column.addWidget(middle, 1)

    @property
    def _one_row(self) -> bool:
        """Whether all big buttons stand on one row."""
        return self.layout.wide and not self.layout.low

    @property
    def _step_above(self) -> bool:
        """Whether the step stands in the header: beside its buttons, larger words have no room."""
        return self.layout.wide and (self.layout.low or self.layout.width >= _STEP_ROOM * self.theme.scale)

    def show_for(
        self, look: Look, view: views.View, screen: Screen, flow: Flow, config: Config, *, demonstration: bool
    ) -> None:
        """The bars that belong to this screen."""
        text = look.words.text
        attract = isinstance(view, views.Attract)
        tools = self._tools(look, view, screen, flow)
        if self.layout.low and not attract:
            subtitle = text("frame.low")
        else:
            subtitle = text("frame.demo" if demonstration else "frame.subtitle")
        header_tools = None if self.layout.low or not screen.framed else tools
        pictured = attract and not self.layout.landscape
        header = None if pictured else (config.town, subtitle, None if attract else header_tools)
        if self._keys.get("header") != header and self._step_above:
            self._set("strip", None, self._strip)  # it stands in the header and goes with it
        self._set("header", header, self._header)
        self._move_strip(strip_words(look, view, flow, hide_event=config.screen.hide_event))
        nav = screen.nav()
        # A kiosk that is out of order shows where help is: there is nothing to open over it.
        foot = None if isinstance(view, views.OutOfOrder) else tools
        together = self._one_row and foot is not None and not attract
        self._reword_nav((nav or Nav(None, None), foot) if together else nav and (nav, None))
        self._set("foot", None if together else foot and (foot, attract), self._foot)
        if self._new_bar:
            self._order()

    def _order(self) -> None:
        """The way of the Tab key through the frame: back, forward, call, end, hide, language, comfort
        (DESIGN-UI 6); where the last two stand in the foot they come first there, as one reads. The page
        comes before it, wherever Qt has put it: the way goes round."""
        way = [
            button
            for bar, names in (("nav", _NAV), ("foot", _FOOT), ("header", _FOOT))
            for name in names
            if (button := getattr(self._bars.get(bar), name, None)) is not None
        ]
        for before, after in pairwise(way):
            QWidget.setTabOrder(before, after)
        self._new_bar = False

    def _tools(self, look: Look, view: views.View, screen: Screen, flow: Flow) -> Tools:
        """What is always there. No visit has begun on the welcome page: nothing to end, nothing to hide."""
        text = look.words.text
        attract = isinstance(view, views.Attract)
        short = self.layout.short_words(self.theme.scale)
        call = "call" if flow.services.can_call() else "help"
        language = text(f"language.name.{look.lang}")
        framed, begun = screen.framed, flow.begun and not attract
        return Tools(
            language=language if framed and not attract else None,
            language_name=text("frame.language", name=language),
            comfort=text("frame.comfort") if framed else None,
            comfort_lit=isinstance(view, views.ShowComfort),
            call=text(f"frame.{call}"),
            call_short=text(f"frame.{call}.short"),
            end=text("frame.end") if framed and begun else None,
            end_short=text("frame.end.short"),
            short=short,
            hide=text("frame.hide") if begun else None,
            hide_name=text("frame.hide.name"),
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

    def _reword_nav(self, words: tuple[Nav, Tools | None] | None) -> None:
        """The buttons stay as long as they are the same ones, in place and kind."""
        bar, before = self._bars.get("nav"), self._keys.get("nav")
        other = words != before
        if other and isinstance(bar, NavBar) and words and before and _same_buttons(words, before):
            nav, _ = self._keys["nav"] = words
            bar.reword(nav.back, nav.back_icon, nav.forward, nav.forward_icon)
        else:
            self._set("nav", words, self._nav)

    def clear(self) -> None:
        """Take all bars away: another frame comes in this one's place."""
        for name in list(self._bars):
            self._set(name, None, self._strip)

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
        self._new_bar = True
        self._bars[name] = bar
        header = self._bars.get("header")
        if name == "strip" and self._step_above and isinstance(header, FrameHeader):
            header.slot.addWidget(bar)
        elif name in ("header", "strip"):
            above = [part for part in ("header", "strip") if part in self._bars]
            self._column.insertWidget(above.index(name), bar)
        else:
            at = self._column.indexOf(self._middle) + 1
            self._column.insertWidget(at + (1 if name == "foot" and "nav" in self._bars else 0), bar)
        # At once, in the same paint as the screen: a layout alone would show it one turn later.
        bar.show()

    def _header(self, words: tuple[Town, str, Tools | None]) -> FrameHeader:
        town, subtitle, tools = words
        header = FrameHeader(
            self.theme,
            town.name,
            subtitle,
            tools,
            crest=town.crest,
            wide=self.layout.wide,
            plain=self.layout.low,
        )
        header.language_pressed.connect(lambda: self._pressed("language"))
        header.comfort_pressed.connect(lambda: self._pressed("comfort"))
        return header

    def _strip(self, words: StripWords) -> Strip:
        icon, event, place, step, total = words
        strip = Strip(self.theme, icon, event, place, step=step, total=total)
        if self._step_above:
            strip.layout().setContentsMargins(0, 6, 0, 0)
        return strip

    def _nav(self, words: tuple[Nav, Tools | None]) -> NavBar:
        nav, tools = words
        bar = NavBar(
            self.theme,
            nav.back,
            nav.forward,
            forward_icon=nav.forward_icon,
            forward_kind=nav.forward_kind,
            back_icon=nav.back_icon,
            tools=tools,
            low=self.layout.low,
        )
        bar.back_pressed.connect(lambda: self.acted.emit("back", None))
        bar.forward_pressed.connect(lambda: self.acted.emit("forward", None))
        bar.pressed.connect(self._pressed)
        return bar

    def _foot(self, words: tuple[Tools, bool]) -> FrameFoot:
        tools, welcome = words
        foot = FrameFoot(self.theme, tools, low=self.layout.low, one_row=self.layout.wide, welcome=welcome)
        foot.pressed.connect(self._pressed)
        return foot

    def _pressed(self, name: str) -> None:
        step = {"language": "choose_language", "call": "help", "end": "ask_end"}.get(name, name)
        self.acted.emit(step, None)


def _same_buttons(words: tuple[Nav, Tools | None], before: tuple[Nav, Tools | None]) -> bool:
    """Whether two bars differ in their words and pictures at most."""
    (nav, tools), (nav_before, tools_before) = words, before
    return tools == tools_before and _kinds(nav) == _kinds(nav_before)


def _kinds(nav: Nav) -> tuple[bool, bool, str]:
    return nav.back is not None, nav.forward is not None, nav.forward_kind


def strip_words(look: Look, view: views.View, flow: Flow, *, hide_event: bool = False) -> StripWords | None:
    """Icon, event, place, step and total of the strip; None on screens that have no event."""
    hidden = isinstance(view, views.Attract)
    if hidden or flow.visit is None or not flow.visit.event or flow.over is not None:
        return None
    if flow.place in (Place.EVENTS, Place.SEARCH):
        return None
    from kiosk.procedures import shown_event

    pack = look.pack()
    event = pack.events[flow.visit.event]
    title = look.words.text("frame.subtitle") if hide_event else shown_event(pack, event.id, look.lang)
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
    return "route" if event.sensitive or hide_event else event.icon, title, place, step, total
