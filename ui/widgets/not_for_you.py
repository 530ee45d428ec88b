"""What is not for the person, and why: one card, closed at first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.focus_order import put_before
from ui.widgets.listen import ListenButton
from ui.widgets.opener import Opener
from ui.widgets.press import drag_area
from ui.widgets.strip import Icon
from ui.widgets.surface import Divider
from ui.widgets.text import Heading, TextLabel
from ui.widgets.text_block import Run
from ui.widgets.touch_card import TouchCard


class NotForYou(TouchCard):
    """``reasons`` are ``(title, because)``. ``listening(n, button)``: the n-th is to be heard."""

    listening = Signal(int, object)

    def __init__(
        self,
        theme: Theme,
        title: str,
        detail_texts: tuple[str, str],
        reasons: Sequence[tuple[str, str]],
        *,
        listen: tuple[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, fill=None, dashed=True, parent=parent)
        self._reasons, self._listen = list(reasons), listen
        self._inside: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(26, 20, 26, 10)
        self._column.setSpacing(12)
        self.heading = Heading(theme, title, 2, role="option")
        self._column.addWidget(self.heading)
        self.opener = Opener(theme, title, *detail_texts, parent=self)
        self.opener.clicked.connect(self._toggle)
        self._column.addWidget(self.opener)
        self.touched.connect(lambda: None if self.opened else self.opener.click())

    @property
    def opened(self) -> bool:
        """Whether the list shows."""
        return self.opener.opened

    def _toggle(self) -> None:
        self.opener.set_opened(not self.opened)
        if self._inside is None:
            self._inside = self._list()
            self._column.insertWidget(1, self._inside)
            put_before(self._inside, self.opener)
        self._inside.setVisible(self.opened)
        self._column.invalidate()
        area = drag_area(self)
        if area is not None:
            area.fit()
            area.show_whole(self)

    def _list(self) -> QWidget:
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for n, (title, because) in enumerate(self._reasons):
            if n:
                column.addWidget(Divider(self.theme))
            column.addLayout(self._line(inside, n, title, because))
        return inside

    def _line(self, inside: QWidget, n: int, title: str, because: str) -> QBoxLayout:
        theme = self.theme
        down = QBoxLayout.Direction.TopToBottom if theme.stacked else QBoxLayout.Direction.LeftToRight
        row = QBoxLayout(down)
        row.setSpacing(16)
        if not theme.stacked:
            row.addWidget(Icon(theme, "x", 40, "inkSoft"), 0, Qt.AlignmentFlag.AlignTop)
        words = [Run(title, 700), Run(f"\n{because}")]
        row.addWidget(TextLabel(theme, words, "body", colour="inkSoft"), 1)
        if self._listen is not None:
            button = ListenButton(theme, *self._listen, item=title, flat=not theme.stacked, parent=inside)
            button.set_narrow()
            button.clicked.connect(lambda: self.listening.emit(n, button))
            row.addWidget(button)
        return row
