"""A small label: icon and words, told apart by shape as well as by colour."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QAccessible, QPainter
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget

from ui.icons import draw_icon
from ui.theme import Theme
from ui.widgets.surface import draw_box
from ui.widgets.text_block import TextBlock

# kind: icon, fill, border, words, dashed
KINDS = {
    "legal": ("gavel", "clay", "clay", "onClay", False),
    "benefit": ("hourglass", "cautionSoft", "caution", "caution", False),
    "free": ("leaf", "surface", "line", "ink", True),
    "check": ("help-circle", "cautionSoft", "caution", "caution", True),
    "done": ("circle-check", "brandSoft", "brand", "ink", False),
}


class Tag(QWidget):
    """``kind``: legal (Obligatoire), benefit (Aide perdue après), free (Si vous voulez), check (À
    vérifier), done."""

    accessible_role = QAccessible.Role.StaticText

    def __init__(
        self, theme: Theme, kind: str, text: str, *, icon: str | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.kind = kind
        self.text = text
        self.icon_name = icon or KINDS[kind][0]
        self._block: TextBlock | None = None
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def accessible_name(self) -> str:
        return self.text

    def _words(self) -> TextBlock:
        if self._block is None or self._block.direction != self.layoutDirection():
            self._block = TextBlock(self.theme, self.text, "tag", direction=self.layoutDirection())
        return self._block

    @property
    def _icon_px(self) -> int:
        return self.theme.icon(32)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(self._icon_px, self._words().height(width - self._icon_px - 46)) + 16

    def sizeHint(self) -> QSize:
        return QSize(self._words().natural_width() + self._icon_px + 48, self._words().one_line() + 16)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._icon_px + 100, self._words().one_line() + 16)

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        _icon, fill, border, words, dashed = KINDS[self.kind]
        theme = self.theme
        draw_box(painter, self.rect(), theme.colour(fill), theme.colour(border), theme.border(3), 12, dashed)
        size = self._icon_px
        draw_icon(painter, self._at(18, size), self.icon_name, theme.hex(words))
        painter.setPen(theme.colour(words))
        self._words().draw(painter, self._at(18 + size + 10, self.width() - size - 46), middle=True)

    def _at(self, x: int, width: int) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), QRect(x, 0, width, self.height()))
