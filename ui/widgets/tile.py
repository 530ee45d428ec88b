"""A picture on its own ground, before the words of a card."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QWidget

from ui.icons import draw_icon
from ui.theme import Theme
from ui.widgets.surface import draw_box
from ui.widgets.text_block import TextBlock


class IconTile(QWidget):
    """An icon, or the ``number`` of a step, on a square of ``tint``."""

    def __init__(
        self, theme: Theme, icon: str = "", *, number: int = 0, tint: str = "panel", side: int = 84
    ) -> None:
        super().__init__()
        self.theme = theme
        self.icon_name = icon
        self.number = number
        self.tint = tint
        side = round(side * min(theme.scale, 1.5))
        self.setFixedSize(side, side)

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        theme = self.theme
        fill, words = ("brand", "onBrand") if self.number else (self.tint, "brand")
        edge = theme.colour("line") if theme.contrast and not self.number else None
        radius = self.width() // 2 if self.number else 16
        draw_box(painter, self.rect(), theme.colour(fill), edge, 3, radius)
        if self.number:
            painter.setPen(theme.colour(words))
            block = TextBlock(theme, str(self.number), "frame_button", weight=700, size=36, align="centre")
            block.draw(painter, self.rect(), middle=True)
            return
        rest = round(self.width() * 0.2)
        draw_icon(painter, self.rect().adjusted(rest, rest, -rest, -rest), self.icon_name, theme.hex(words))


class DoneBadge(QWidget):
    """A large round check: what was asked has been done here."""

    def __init__(self, theme: Theme, side: int = 132) -> None:
        super().__init__()
        self.theme = theme
        self._side = round(side * min(theme.scale, 1.5))
        self.setFixedHeight(self._side)

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        box = QStyle.visualRect(self.layoutDirection(), self.rect(), QRect(0, 0, self._side, self._side))
        draw_box(painter, box, self.theme.colour("brand"), None, radius=self._side // 2)
        rest = self._side // 5
        draw_icon(painter, box.adjusted(rest, rest, -rest, -rest), "check", self.theme.hex("onBrand"))
