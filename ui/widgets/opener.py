"""The row that opens and closes the details of a card."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QWidget

from ui.icons import draw_icon
from ui.theme import Theme
from ui.widgets.press import Pressable
from ui.widgets.surface import draw_box
from ui.widgets.text_block import TextBlock


class Opener(Pressable, QPushButton):
    """« Voir le détail » / « Fermer »: a row as wide as the card."""

    def __init__(self, theme: Theme, title: str, open_text: str, close_text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.title = title
        self.states = (open_text, close_text)
        self.opened = False
        self._block: TextBlock | None = None
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.set_opened(False)

    def set_opened(self, opened: bool) -> None:
        self.opened = opened
        self._block = None
        self.setAccessibleName(f"{self.states[opened]}, {self.title}")
        self.update()

    def _words(self) -> TextBlock:
        if self._block is None or self._block.direction != self.layoutDirection():
            self._block = TextBlock(
                self.theme,
                self.states[self.opened],
                "body",
                size=30,
                weight=600,
                direction=self.layoutDirection(),
            )
        return self._block

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(88, self._words().height(width - self.theme.icon(42) - 30) + 20)

    def sizeHint(self) -> QSize:
        return QSize(400, 88)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 88)

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        if self.isDown():
            draw_box(painter, self.rect(), self.theme.colour("brandSoft"), None, radius=14)
        size = self.theme.icon(42)
        icon = "chevron-up" if self.opened else "chevron-down"
        draw_icon(painter, self._at(0, size), icon, self.theme.hex("brand"))
        painter.setPen(self.theme.colour("ink"))
        self._words().draw(painter, self._at(size + 18, self.width() - size - 30), middle=True)

    def _at(self, x: int, width: int) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), QRect(x, 0, width, self.height()))
