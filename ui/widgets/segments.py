"""Two ways to see the same thing, side by side: one is chosen, both can be read (DESIGN-UI 5.18)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QBoxLayout, QRadioButton, QSizePolicy, QStyle, QWidget

from ui.icons import draw_icon
from ui.theme import Theme
from ui.widgets.press import Pressable, TallMemo
from ui.widgets.surface import draw_box
from ui.widgets.text_block import TextBlock

_LEAST = 96


class Segment(TallMemo, Pressable, QRadioButton):
    """One of the ways: icon and words; the chosen one has a check, a thick border and bold words."""

    def __init__(self, theme: Theme, icon: str, words: str, *, chosen: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.icon_name = "check" if chosen else icon
        self.words = words
        self._block: TextBlock | None = None
        self.setAccessibleName(words)
        self.setAutoExclusive(False)
        self.setChecked(chosen)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def hitButton(self, where: QPoint) -> bool:
        return self.rect().contains(where)

    def nextCheckState(self) -> None:
        """Where the page is shown decides which one is chosen."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()  # moving must not choose
            return
        super().keyPressEvent(event)

    def _text(self) -> TextBlock:
        if self._block is None or self._block.direction != self.layoutDirection():
            self._block = TextBlock(
                self.theme,
                self.words,
                "frame_button",
                weight=700 if self.isChecked() else 600,
                direction=self.layoutDirection(),
            )
        return self._block

    def _room(self, width: int) -> int:
        return max(20, width - self.theme.icon(42) - 16 - 2 * 24)

    def _tall(self, width: int) -> int:
        return max(_LEAST, self._text().height(self._room(width)) + 28)

    def sizeHint(self) -> QSize:
        return QSize(self._text().natural_width() + self.theme.icon(42) + 64, _LEAST)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.icon(42) + 124, _LEAST)

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        theme, on = self.theme, self.isChecked()
        fill, words, icon = theme.selected if on else ("surface", "ink", "brand")
        if self.isDown() and not on:
            fill = "brandSoft"
        width = 6 if on else theme.border(2)
        edge = theme.colour("brand" if on else "line")
        draw_box(painter, self.rect(), theme.colour(fill), edge, width, 16)
        block, size = self._text(), theme.icon(42)
        room = min(block.natural_width(), self._room(self.width()))
        start = max(24, (self.width() - room - size - 16) // 2)
        draw_icon(painter, self._at(start, size), self.icon_name, theme.hex(icon))
        painter.setPen(theme.colour(words))
        block.draw(painter, self._at(start + size + 16, room), middle=True)

    def _at(self, x: int, width: int) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), QRect(x, 0, width, self.height()))


class Segments(QWidget):
    """``ways`` are ``(key, icon, words)``. ``picked(key)`` when one that is not shown now is touched."""

    picked = Signal(str)

    def __init__(
        self, theme: Theme, ways: Sequence[tuple[str, str, str]], now: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        down = QBoxLayout.Direction.TopToBottom if theme.stacked else QBoxLayout.Direction.LeftToRight
        row = QBoxLayout(down, self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        self.parts: dict[str, Segment] = {}
        for key, icon, words in ways:
            part = Segment(theme, icon, words, chosen=key == now, parent=self)
            part.clicked.connect(lambda _=False, key=key: self._touched(key))
            row.addWidget(part, 1)
            self.parts[key] = part

    def _touched(self, key: str) -> None:
        if not self.parts[key].isChecked():
            self.picked.emit(key)
