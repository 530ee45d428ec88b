"""The frame that never moves: header, navigation, foot."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.button import BigButton
from ui.widgets.picture import Crest
from ui.widgets.surface import Bar
from ui.widgets.text import TextLabel

_MARGIN = 32


@dataclass(frozen=True)
class Tools:
    """The words of the buttons that are always there; None leaves one out. ``short``: the short words show;
    the accessible names stay long."""

    language: str | None = None
    language_name: str = ""
    comfort: str | None = None
    comfort_lit: bool = False
    call: str | None = None
    call_short: str = ""
    end: str | None = None
    end_short: str = ""
    hide: str | None = None
    hide_name: str = ""
    short: bool = False


class FrameHeader(Bar):
    """Crest and town; with ``tools`` also language and comfort. Signals ``language_pressed``,
    ``comfort_pressed``. ``slot`` is a place between them (landscape: the step)."""

    language_pressed = Signal()
    comfort_pressed = Signal()

    def __init__(
        self,
        theme: Theme,
        town: str,
        subtitle: str = "",
        tools: Tools | None = None,
        *,
        crest: Path | None = None,
        wide: bool = False,
        plain: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, "bottom", "bg" if plain else "surface", parent=parent)
        self.plain = plain
        self.language = self.comfort = None
        if tools is not None:
            self.language, self.comfort = _header_buttons(theme, tools, self)
        both = self.language is not None and self.comfort is not None
        two_rows = not wide and (theme.stacked or (theme.scale > 1 and both))
        across = QBoxLayout.Direction.TopToBottom if two_rows else QBoxLayout.Direction.LeftToRight
        outer = QBoxLayout(across, self)
        edge = 9 if wide else 12 if two_rows else 20
        outer.setContentsMargins(_MARGIN, edge, _MARGIN, edge + 2)
        outer.setSpacing(10 if two_rows else 16)
        outer.addLayout(self._town(town, subtitle, crest), 0 if wide else 1)
        self.slot = QHBoxLayout()
        if wide:
            self.slot.setContentsMargins(40, 0, 40, 0)
            outer.addLayout(self.slot, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(16)
        for button in (self.language, self.comfort):
            if button is not None:
                if not two_rows:
                    button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
                    button.setMinimumWidth(button.sizeHint().width())
                buttons.addWidget(button, button.sizeHint().width() if two_rows else 0)
        if buttons.count():
            outer.addLayout(buttons)
        if self.language is not None:
            self.language.clicked.connect(lambda: self.language_pressed.emit())
        if self.comfort is not None:
            self.comfort.clicked.connect(lambda: self.comfort_pressed.emit())
        self.setMinimumHeight(114 if wide else 136)

    def _town(self, town: str, subtitle: str, crest: Path | None) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(Crest(self.theme, 64 if self.theme.stacked else 84, crest))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(TextLabel(self.theme, town, "frame_button", weight=700, size=34))
        if subtitle and not self.theme.stacked:
            words.addWidget(TextLabel(self.theme, subtitle, "caption", colour="inkSoft"))
        words.addStretch(1)
        row.addLayout(words, 1)
        return row

    def paintEvent(self, event: object) -> None:
        if self.plain:  # in the low layout the upper part is one sheet of paper
            QPainter(self).fillRect(self.rect(), self.theme.colour("bg"))
        else:
            super().paintEvent(event)


def _header_buttons(
    theme: Theme, tools: Tools, parent: QWidget, *, large: bool = False
) -> tuple[BigButton | None, BigButton | None]:
    language = comfort = None
    if tools.language is not None:
        language = _button(theme, "language", tools.language, parent, name=tools.language_name)
    if tools.comfort is not None:
        comfort = _button(theme, "accessible", tools.comfort, parent, large=large)
        if tools.comfort_lit:
            comfort.kind = "primary"
    return language, comfort


def _button(
    theme: Theme,
    icon: str,
    text: str,
    parent: QWidget,
    *,
    name: str = "",
    least: int = 96,
    large: bool = False,
) -> BigButton:
    return BigButton(
        theme,
        text,
        kind="ghost" if large else "quiet",
        icon=icon,
        role="button" if large else "frame_button",
        minimum_height=least,
        name=name or None,
        tight=True,
        parent=parent,
    )


class NavBar(Bar):
    """Back and forward. ``back`` may be None (first screen); in landscape the ``tools`` of the foot stand
    between them. Signals ``back_pressed``, ``forward_pressed``, ``pressed(name)`` as :class:`FrameFoot`."""

    back_pressed = Signal()
    forward_pressed = Signal()
    pressed = Signal(str)

    def __init__(
        self,
        theme: Theme,
        back_text: str | None,
        forward_text: str | None,
        *,
        forward_icon: str = "arrow-right",
        forward_kind: str = "primary",
        back_icon: str = "arrow-left",
        tools: Tools | None = None,
        low: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, "top", parent=parent)
        edge = 8 if low else 18 if tools is not None else 20
        least = 112 if low or tools is not None else 128
        row = QHBoxLayout(self)
        row.setContentsMargins(_MARGIN, edge, _MARGIN, edge)
        row.setSpacing(20)
        self.back = self.forward = self.call = self.end = self.hide_button = None
        behind, ahead = (260, 440) if tools is not None else (400, 596) if theme.stacked else (360, 636)
        if back_text is not None:
            self.back = BigButton(theme, back_text, icon=back_icon, minimum_height=least, parent=self)
            self.back.clicked.connect(lambda: self.back_pressed.emit())
            row.addWidget(self.back, behind)
        elif tools is not None:
            row.addStretch(behind)  # the buttons of the frame never move
        if tools is not None:
            self.call, self.end, self.hide_button = foot_buttons(theme, tools, self, least=least)
            for button, name in ((self.call, "call"), (self.end, "end"), (self.hide_button, "hide")):
                if button is not None:
                    button.clicked.connect(lambda _=False, name=name: self.pressed.emit(name))
                    row.addWidget(button, button.sizeHint().width())
        if forward_text is not None:
            self.forward = BigButton(
                theme,
                forward_text,
                kind=forward_kind,
                icon=forward_icon,
                icon_after=True,
                minimum_height=least,
                parent=self,
            )
            self.forward.clicked.connect(lambda: self.forward_pressed.emit())
            row.addWidget(self.forward, ahead)
        elif self.back is not None or tools is not None:
            row.addStretch(ahead)  # « Retour » never moves
        five = [self.back, self.call, self.end, self.hide_button, self.forward]
        self._five = [one for one in five if one is not None] if tools is not None else []

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_words_whole()

    def _keep_words_whole(self) -> None:
        """Give each of five buttons the width of its longest word; where not all fit, each writes its own
        smaller."""
        room = self.width() - 2 * _MARGIN - 20 * (len(self._five) - 1)
        whole = [one.longest_word() for one in self._five]
        for one, width in zip(self._five, whole, strict=True):
            one.setMinimumWidth(width if sum(whole) <= room else 0)

    def reword(self, back: str | None, back_icon: str, forward: str | None, forward_icon: str) -> None:
        """Other words and pictures on the same buttons."""
        for button, text, icon in ((self.back, back, back_icon), (self.forward, forward, forward_icon)):
            if button is not None and text is not None:
                button.set_icon(icon)
                button.set_words(text)
        self._keep_words_whole()


class FrameFoot(Bar):
    """The row of what is always there, at the bottom: call a person, end the visit, hide the screen. In the
    low layout, language and comfort stand above them, or beside them on ``one_row``; on the ``welcome`` page
    comfort stands beside the call.

    Signals ``pressed(name)``: "call", "end", "hide", "language", "comfort".
    """

    pressed = Signal(str)

    def __init__(
        self,
        theme: Theme,
        tools: Tools,
        *,
        low: bool = False,
        one_row: bool = False,
        welcome: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, "top", parent=parent)
        self.language = self.comfort = None
        large = welcome and not low and not one_row
        column = QVBoxLayout(self)
        column.setContentsMargins(_MARGIN, 12, _MARGIN, 12)
        column.setSpacing(12)
        if low or welcome:
            self.language, self.comfort = _header_buttons(theme, tools, self, large=large)
            upper = [button for button in (self.language, self.comfort) if button is not None]
            if upper and not one_row and not welcome:
                column.addLayout(_row(upper))
            for button, name in ((self.language, "language"), (self.comfort, "comfort")):
                if button is not None:
                    button.clicked.connect(lambda _=False, name=name: self.pressed.emit(name))
        least = 128 if welcome and not one_row else 96
        self.call, self.end, self.hide_button = foot_buttons(theme, tools, self, least=least, large=large)
        lower = [button for button in (self.call, self.end, self.hide_button) if button is not None]
        if one_row or welcome:
            lower = [button for button in (self.language, self.comfort) if button is not None] + lower
        column.addLayout(_row(lower))
        for button, name in ((self.call, "call"), (self.end, "end"), (self.hide_button, "hide")):
            if button is not None:
                button.clicked.connect(lambda _=False, name=name: self.pressed.emit(name))


def foot_buttons(
    theme: Theme, tools: Tools, parent: QWidget, *, least: int = 96, large: bool = False
) -> tuple[BigButton | None, BigButton | None, BigButton | None]:
    """Call, end, hide."""
    made: list[BigButton | None] = []
    for icon, text, short, name in (
        ("headset", tools.call, tools.call_short, tools.call),
        ("door-exit", tools.end, tools.end_short, tools.end),
        ("eye-off", tools.hide, "", tools.hide_name),
    ):
        shown = short if text and tools.short and short else text
        made.append(
            _button(theme, icon, shown, parent, name=name or "", least=least, large=large) if shown else None
        )
    return made[0], made[1], made[2]


def _row(buttons: list[BigButton]) -> QHBoxLayout:
    """Side by side, each as wide as its words ask for in proportion: a short word takes no room from a long
    one."""
    row = QHBoxLayout()
    row.setSpacing(20)
    for button in buttons:
        row.addWidget(button, button.sizeHint().width())
    return row
