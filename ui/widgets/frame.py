"""The frame that never moves: header, navigation, foot."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.button import BigButton
from ui.widgets.picture import Crest
from ui.widgets.surface import Bar
from ui.widgets.text import TextLabel

_MARGIN = 32


class FrameHeader(Bar):
    """Crest, town, language and comfort. Signals ``language_pressed``, ``comfort_pressed``.

    ``comfort_text`` None leaves that button out; ``language_text`` None leaves the language out.
    """

    language_pressed = Signal()
    comfort_pressed = Signal()

    def __init__(
        self,
        theme: Theme,
        town: str,
        subtitle: str = "",
        *,
        language_text: str | None = None,
        language_name: str | None = None,
        comfort_text: str | None = None,
        crest: Path | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, "bottom", parent=parent)
        self.language = self._button("language", language_text, language_name, self.language_pressed)
        self.comfort = self._button("accessible", comfort_text, None, self.comfort_pressed)
        both = self.language is not None and self.comfort is not None
        two_rows = theme.stacked or (theme.scale > 1 and both)
        across = QBoxLayout.Direction.TopToBottom if two_rows else QBoxLayout.Direction.LeftToRight
        outer = QBoxLayout(across, self)
        outer.setContentsMargins(_MARGIN, 12 if two_rows else 20, _MARGIN, 14 if two_rows else 20)
        outer.setSpacing(10 if two_rows else 16)
        outer.addLayout(self._town(town, subtitle, crest), 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(16)
        for button in (self.language, self.comfort):
            if button is not None:
                if not two_rows:
                    button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
                    button.setMinimumWidth(button.sizeHint().width())
                buttons.addWidget(button)
        if buttons.count():
            outer.addLayout(buttons)
        self.setMinimumHeight(136)

    def _town(self, town: str, subtitle: str, crest: Path | None) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(Crest(self.theme, 64 if self.theme.stacked else 84, crest))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(TextLabel(self.theme, town, "frame_button", weight=700))
        if subtitle and not self.theme.stacked:
            words.addWidget(TextLabel(self.theme, subtitle, "caption", colour="inkSoft"))
        words.addStretch(1)
        row.addLayout(words, 1)
        return row

    def _button(self, icon: str, text: str | None, name: str | None, pressed: Signal) -> BigButton | None:
        if text is None:
            return None
        button = BigButton(
            self.theme,
            text,
            kind="quiet",
            icon=icon,
            role="frame_button",
            minimum_height=96,
            name=name,
            parent=self,
        )
        button.clicked.connect(lambda: pressed.emit())
        return button


class NavBar(Bar):
    """Back and forward. ``back`` may be None (first screen). Signals ``back_pressed``,
    ``forward_pressed``."""

    back_pressed = Signal()
    forward_pressed = Signal()

    def __init__(
        self,
        theme: Theme,
        back_text: str | None,
        forward_text: str | None,
        *,
        forward_icon: str = "arrow-right",
        forward_kind: str = "primary",
        back_icon: str = "arrow-left",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, "top", parent=parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(_MARGIN, 20, _MARGIN, 20)
        row.setSpacing(20)
        self.back = self.forward = None
        if back_text is not None:
            self.back = BigButton(theme, back_text, icon=back_icon, minimum_height=128, parent=self)
            self.back.clicked.connect(lambda: self.back_pressed.emit())
            row.addWidget(self.back, 360)
        if forward_text is not None:
            self.forward = BigButton(
                theme,
                forward_text,
                kind=forward_kind,
                icon=forward_icon,
                icon_after=True,
                minimum_height=128,
                parent=self,
            )
            self.forward.clicked.connect(lambda: self.forward_pressed.emit())
            row.addWidget(self.forward, 636)
        elif self.back is not None:
            row.addStretch(636)  # « Retour » never moves


class FrameFoot(Bar):
    """Call a person, end the visit. ``end_text`` None (welcome screen) leaves the second out.

    Signals ``call_pressed``, ``end_pressed``. The short words show from 200 %; the names stay long.
    """

    call_pressed = Signal()
    end_pressed = Signal()

    def __init__(
        self,
        theme: Theme,
        call_text: str,
        end_text: str | None = None,
        *,
        call_short: str | None = None,
        end_short: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, "top", parent=parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(_MARGIN, 12, _MARGIN, 12)
        row.setSpacing(20)
        self.call = self._button("headset", call_text, call_short, self.call_pressed)
        row.addWidget(self.call, 1)
        self.end: BigButton | None = None
        if end_text is not None:
            self.end = self._button("door-exit", end_text, end_short, self.end_pressed)
            row.addWidget(self.end, 1)

    def _button(self, icon: str, text: str, short: str | None, pressed: Signal) -> BigButton:
        button = BigButton(
            self.theme,
            text,
            kind="quiet",
            icon=icon,
            role="frame_button",
            minimum_height=96,
            short=short,
            parent=self,
        )
        button.clicked.connect(lambda: pressed.emit())
        return button
