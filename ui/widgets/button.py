"""Buttons with an icon and wrapped words; never disabled, no hover."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QWidget

from ui.icons import draw_icon
from ui.theme import MINIMUM_TARGET, Theme
from ui.widgets.press import Pressable, TallMemo
from ui.widgets.surface import draw_box
from ui.widgets.text_block import TextBlock, kept_block

_GAP = 18  # between icon and words
_LARGE = 112  # px: the icon beside words as large as a title, at any text size
_LOOKS = {  # fill, border, border width, words, icon
    "primary": ("brand", "brand", 3, "onBrand", "onBrand"),
    "ghost": ("surface", "brand", 3, "brand", "brand"),
    "quiet": ("surface", "line", 2, "ink", "brand"),
    "panel": ("panel", "line", 2, "ink", "ink"),
}


def _told(shown: str, name: str) -> str:
    """The name with the words on the screen in it: whoever says what they read is understood (WCAG 2.5.3)."""
    return name if shown.casefold() in name.casefold() else f"{shown}. {name}"


class BigButton(TallMemo, Pressable, QPushButton):
    """``kind``: primary, ghost, quiet or panel. ``role`` is a text role (``button`` 40 px, ``frame_button``
    30 px).

    ``name`` is the accessible name where it says more than the words. ``dashed`` marks a button that cannot
    act now but still explains. ``tight``: little room beside the words; ``low``: above
    and below them. Signal: ``clicked``.
    """

    def __init__(
        self,
        theme: Theme,
        text: str,
        *,
        kind: str = "ghost",
        icon: str | None = None,
        icon_after: bool = False,
        role: str = "button",
        weight: int | None = None,
        minimum_height: int = MINIMUM_TARGET,
        name: str | None = None,
        dashed: bool = False,
        centred: bool = True,
        tight: bool = False,
        low: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.tight = tight
        self._above = 4 if low else 12
        self.kind = kind
        self.icon_name = icon
        self.icon_after = icon_after
        self.role = role
        self.weight = weight
        self.dashed = dashed
        self.centred = centred
        self._least = max(minimum_height, MINIMUM_TARGET)
        self._block: TextBlock | None = None
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._shown = ""
        self.set_words(text, name=name)

    def set_words(self, text: str, *, name: str | None = None) -> None:
        """Change the words (and the accessible name: ``name``, or the words)."""
        told = _told(text, name or text)
        if (text, told) == (self._shown, self.accessibleName()):
            return
        self._shown = text
        # Not QPushButton.setText: "&" would make a shortcut, and its own size hint does not wrap.
        self.setAccessibleName(told)
        self._changed()

    def set_icon(self, icon: str | None) -> None:
        """Change the picture beside the words."""
        if icon != self.icon_name:
            self.icon_name = icon
            self._changed()

    def _changed(self) -> None:
        """Another size may be needed, and another look."""
        self._block = None
        self._talls = None
        self.updateGeometry()
        self.update()

    def words(self) -> str:
        """The words on screen."""
        return self._shown

    def set_dashed(self, dashed: bool) -> None:
        """Mark as not acting now."""
        if dashed != self.dashed:
            self.dashed = dashed
            self.update()

    # -- geometry --------------------------------------------------------------------------------------

    @property
    def _icon_px(self) -> int:
        if not self.icon_name:
            return 0
        if self.role == "welcome":
            return _LARGE
        return self.theme.icon(48 if self.role == "button" else 42)

    @property
    def _padding(self) -> int:
        return 14 if self.tight or self.theme.scale >= 2 else 24

    def _text_block(self) -> TextBlock:
        if self._block is None or self._block.direction != self.layoutDirection():
            align = "start" if self.icon_name or not self.centred else "centre"
            self._block = kept_block(
                self.theme,
                self._shown,
                self.role,
                weight=self.weight,
                align=align,
                direction=self.layoutDirection(),
                balanced=True,
            )
        return self._block

    def _beside(self) -> int:
        return self._icon_px + _GAP if self.icon_name else 0

    def _tall(self, width: int) -> int:
        return self._tall_with(self._text_block(), width)

    def _tall_with(self, block: TextBlock, width: int) -> int:
        room = width - 2 * self._padding - self._beside()
        return max(self._least, block.height(max(room, 20)) + 2 * self._above, self._icon_px + 24)

    def height_of(self, words: str, width: int) -> int:
        """How tall the button would be with other words on it."""
        return self._tall_with(self._block_of(words), width)

    def width_of(self, words: str) -> int:
        """How wide the button would be with other words on one line."""
        return self._block_of(words).natural_width() + self._beside() + 2 * self._padding

    def _block_of(self, words: str) -> TextBlock:
        return kept_block(self.theme, words, self.role, weight=self.weight, direction=self.layoutDirection())

    def longest_word(self) -> int:
        """The width with which no word is broken or written smaller."""
        return max(self.width_of(word) for word in self._shown.split())

    def sizeHint(self) -> QSize:
        width = self._text_block().natural_width() + self._beside() + 2 * self._padding
        return QSize(max(width, MINIMUM_TARGET), self._least)

    def minimumSizeHint(self) -> QSize:
        return QSize(max(MINIMUM_TARGET, self._beside() + 2 * self._padding + 60), self._least)

    # -- drawing ---------------------------------------------------------------------------------------

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        fill, border, width, words, icon = _LOOKS[self.kind]
        down = self.isDown()
        if down and self.kind != "primary":
            fill = "brandSoft"
        theme = self.theme
        draw_box(
            painter,
            self.rect(),
            theme.colour(fill),
            theme.colour("line" if self.dashed else border),
            theme.border(width),
            16 if self.role == "frame_button" else 20,
            self.dashed,
        )
        if down and (self.kind == "primary" or theme.contrast):
            painter.setPen(QPen(theme.colour("onBrand" if self.kind == "primary" else "ink"), 6))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(9, 9, -9, -9), 12, 12)
        self._draw_content(painter, words, icon)

    def _draw_content(self, painter: QPainter, words: str, icon: str) -> None:
        block = self._text_block()
        beside = self._beside()
        room = self.width() - 2 * self._padding - beside
        text_width = block.width(max(room, 20))
        if not self.icon_name:
            text_width = max(room, 20)
        total = text_width + beside
        start = (self.width() - total) // 2 if self.centred else self._padding
        icon_x = start + (text_width + _GAP if self.icon_after else 0)
        text_x = start + (0 if self.icon_after else beside)
        painter.setPen(self.theme.colour(words))
        block.draw(painter, self._mirrored(text_x, text_width), middle=True)
        if self.icon_name:
            draw_icon(painter, self._mirrored(icon_x, self._icon_px), self.icon_name, self.theme.hex(icon))

    def _mirrored(self, x: int, width: int) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), QRect(x, 0, width, self.height()))


class SkipLink(BigButton):
    """An underlined way round the question: « Je ne sais pas, ou je préfère passer »."""

    def __init__(
        self, theme: Theme, text: str, *, icon: str = "arrow-forward-up", parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, text, icon=icon, role="body", weight=600, centred=False, parent=parent)

    @property
    def _padding(self) -> int:
        return 8

    def _text_block(self) -> TextBlock:
        if self._block is None or self._block.direction != self.layoutDirection():
            self._block = kept_block(
                self.theme,
                self._shown,
                "body",
                weight=600,
                size=32,
                underline=True,
                direction=self.layoutDirection(),
            )
        return self._block

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        if self.isDown():
            draw_box(painter, self.rect(), self.theme.colour("brandSoft"), None, radius=16)
        self._draw_content(painter, "brand", "brand")
