"""Three big answers to one question, side by side: face and word, one touch."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QBoxLayout, QPushButton, QSizePolicy, QStyle, QWidget

from ui.icons import draw_icon
from ui.theme import Theme
from ui.widgets.press import Pressable, TallMemo
from ui.widgets.surface import draw_box
from ui.widgets.text_block import TextBlock

_ICON, _GAP = 88, 10


class FaceButton(TallMemo, Pressable, QPushButton):
    """A face over its word; the word beside it from 150 % on."""

    def __init__(self, theme: Theme, icon: str, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.icon_name = icon
        self._shown = words
        self._block: TextBlock | None = None
        self.setAutoDefault(False)
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def words(self) -> str:
        """The word on screen."""
        return self._shown

    @property
    def _side(self) -> int:
        return round(_ICON * min(self.theme.scale, 1.25))

    def _text(self) -> TextBlock:
        if self._block is None or self._block.direction != self.layoutDirection():
            align = "start" if self.theme.one_column else "centre"
            self._block = TextBlock(
                self.theme, self._shown, "option", weight=700, align=align, direction=self.layoutDirection()
            )
        return self._block

    def _room(self, width: int) -> int:
        return max(20, width - (self._side + 90 if self.theme.one_column else 32))

    def _tall(self, width: int) -> int:
        words = self._text().height(self._room(width))
        return (max(words, self._side) if self.theme.one_column else words + self._side + _GAP) + 44

    def sizeHint(self) -> QSize:
        return QSize(self._text().natural_width() + 40, self._side + 60)

    def minimumSizeHint(self) -> QSize:
        return QSize(150, self._side + 44)

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        theme, down = self.theme, self.isDown()
        fill = theme.colour("brandSoft" if down else "surface")
        draw_box(painter, self.rect(), fill, theme.colour("brand"), theme.border(3))
        if down and theme.contrast:
            painter.setPen(QPen(theme.colour("ink"), 6))
            painter.drawRoundedRect(self.rect().adjusted(9, 9, -9, -9), 12, 12)
        block, side = self._text(), self._side
        room = self._room(self.width())
        painter.setPen(theme.colour("ink"))
        if theme.one_column:
            draw_icon(painter, self._at(32, 0, side, self.height()), self.icon_name, theme.hex("brand"))
            block.draw(painter, self._at(32 + side + 26, 0, room, self.height()), middle=True)
            return
        y = (self.height() - side - _GAP - block.height(room)) // 2
        draw_icon(painter, self._at(0, y, self.width(), side), self.icon_name, theme.hex("brand"))
        block.draw(painter, self._at(16, y + side + _GAP, room, block.height(room)))

    def _at(self, x: int, y: int, width: int, height: int) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), QRect(x, y, width, height))


class FaceRow(QWidget):
    """``faces`` are ``(value, icon, word)``. ``picked(value)`` at a touch."""

    picked = Signal(str)

    def __init__(
        self, theme: Theme, faces: Sequence[tuple[str, str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        down = QBoxLayout.Direction.TopToBottom if theme.one_column else QBoxLayout.Direction.LeftToRight
        row = QBoxLayout(down, self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        for value, icon, word in faces:
            button = FaceButton(theme, icon, word, self)
            button.clicked.connect(lambda _=False, value=value: self.picked.emit(value))
            row.addWidget(button, 1)
