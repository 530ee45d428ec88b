"""« Écouter »: beside every text that can be heard."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QWidget

from ui.icons import draw_icon
from ui.theme import MINIMUM_TARGET, Theme
from ui.widgets.press import Pressable, TallMemo
from ui.widgets.surface import draw_box
from ui.widgets.text_block import TextBlock, kept_block


class ListenButton(TallMemo, Pressable, QPushButton):
    """``text`` « Écouter », ``stop_text`` « Arrêter », ``item`` what is heard (for the accessible name).

    ``flat`` inside cards (no border of its own). ``row`` draws icon and word side by side (from 200 %
    inside cards).
    Signal ``clicked``; the caller starts or stops the voice and calls :meth:`set_speaking`.
    """

    def __init__(
        self,
        theme: Theme,
        text: str,
        stop_text: str,
        item: str,
        *,
        flat: bool = False,
        row: bool | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.flat = flat
        self.row = theme.stacked if row is None else row
        self.speaking = False
        self._texts = (text, stop_text)
        self.item = item
        self._least_width = 136 if flat else 116
        self._block: TextBlock | None = None
        self.setAutoDefault(False)
        self.setAccessibleName(f"{text}, {item}")
        across = QSizePolicy.Policy.Expanding if self.row else QSizePolicy.Policy.Fixed
        self.setSizePolicy(across, QSizePolicy.Policy.Preferred)

    def set_speaking(self, speaking: bool) -> None:
        """Show « Arrêter » while the voice reads this item."""
        if speaking == self.speaking:
            return
        self.speaking = speaking
        self._block = None
        self._talls = None
        self.setAccessibleName(f"{self._texts[speaking]}, {self.item}")
        self.updateGeometry()
        self.update()

    def set_item(self, item: str) -> None:
        """Stand beside another text."""
        self.item = item
        self.setAccessibleName(f"{self._texts[self.speaking]}, {item}")

    def set_narrow(self, least: int = 98) -> None:
        """Take only the width of the word (home and language cards), and ``least``."""
        self._least_width = least
        self.updateGeometry()

    def words(self) -> str:
        """The word on screen."""
        return self._texts[self.speaking]

    def _text_block(self) -> TextBlock:
        if self._block is None or self._block.direction != self.layoutDirection():
            align = "start" if self.row else "centre"
            self._block = kept_block(
                self.theme, self.words(), "listen_label", align=align, direction=self.layoutDirection()
            )
        return self._block

    @property
    def _icon_px(self) -> int:
        return self.theme.icon(44)

    def _tall(self, width: int) -> int:
        if self.row:
            return max(MINIMUM_TARGET, self._text_block().height(width - self._icon_px - 50) + 16)
        return max(MINIMUM_TARGET, self._icon_px + self._text_block().height(width - 12) + 18)

    def sizeHint(self) -> QSize:
        words = self._text_block().natural_width()
        if self.row:
            return QSize(words + self._icon_px + 62, MINIMUM_TARGET)
        width = max(self._least_width, words + (12 if self.flat else 24))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(MINIMUM_TARGET, MINIMUM_TARGET) if self.row else self.sizeHint()

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        theme = self.theme
        lit = self.speaking or self.isDown()
        if not self.flat:
            fill = "brandSoft" if lit else "surface"
            draw_box(painter, self.rect(), theme.colour(fill), theme.colour("line"), theme.border(2), 16)
        elif lit:
            box = self.rect().adjusted(6, 6, -6, -6)
            draw_box(painter, box, theme.colour("brandSoft"), theme.colour("brand"), theme.border(2), 14)
        token = self._ink(lit)
        icon = "player-stop" if self.speaking else "volume"
        size = self._icon_px
        block = self._text_block()
        painter.setPen(theme.colour(token))
        if self.row:
            words = min(block.natural_width(), self.width() - size - 40)
            start = 20 if self.flat else max(20, (self.width() - words - size - 14) // 2)
            draw_icon(painter, self._at(start, 0, size, self.height()), icon, theme.hex(token))
            block.draw(painter, self._at(start + size + 14, 0, words, self.height()), middle=True)
            return
        tall = size + block.height(self.width() - 12)
        top = (self.height() - tall) // 2
        draw_icon(painter, self._at(0, top, self.width(), size), icon, theme.hex(token))
        block.draw(painter, self._at(6, top + size, self.width() - 12, tall - size))

    def _ink(self, lit: bool) -> str:
        """On an inverted card (contrast theme) the words turn with it, unless this zone is drawn on its
        own."""
        parent = self.parentWidget()
        if self.flat and not lit and self.theme.contrast and getattr(parent, "inverted", False):
            return "onBrand"
        return "brand"

    def _at(self, x: int, y: int, width: int, height: int) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), QRect(x, y, width, height))
