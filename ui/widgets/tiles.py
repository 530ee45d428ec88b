"""Small choices that act at once: tiles of text sizes and colours, yes or no."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QGridLayout, QPushButton, QRadioButton, QSizePolicy, QStyle, QWidget

from ui.fonts import font
from ui.icons import draw_icon
from ui.theme import Theme
from ui.widgets.press import Pressable, TallMemo
from ui.widgets.surface import draw_box
from ui.widgets.text_block import TextBlock

_PAD, _CHECK, _SAMPLE, _ICON, _RADIUS = 10, 34, 84, 44, 16
_LETTER = 70
"""Room for the largest letter, px: all stand on one line, and the words under them too."""


@dataclass(frozen=True)
class Tile:
    """One choice. ``sample``: the size in px of a letter drawn over the words; ``colours``: a theme whose
    colours are shown over them; ``name``: for assistive technology, holds the words."""

    value: object
    text: str
    name: str
    sample: int = 0
    colours: Theme | None = None


_LATIN_END = Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class TileButton(TallMemo, Pressable, QRadioButton):
    """A tile: chosen = 6 px border, soft fill, bold words and a check mark."""

    def __init__(self, theme: Theme, tile: Tile, *, segment: bool = False, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.tile = tile
        self._segment = segment
        self._block: tuple[bool, TextBlock] | None = None
        self.setAutoExclusive(False)  # the group keeps one chosen; Qt would choose whatever has the focus
        self.setAccessibleName(tile.name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def hitButton(self, where: QPoint) -> bool:
        return self.rect().contains(where)

    def nextCheckState(self) -> None:
        """A touch chooses; a second one changes nothing."""
        self.setChecked(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        group = self.parentWidget()
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and isinstance(group, TileGroup):
            group.step(self, 1 if event.key() == Qt.Key.Key_Down else -1)
            return
        super().keyPressEvent(event)

    def _words(self) -> TextBlock:
        on = self.isChecked()
        if self._block is None or self._block[0] != on or self._block[1].direction != self.layoutDirection():
            block = TextBlock(
                self.theme,
                self.tile.text,
                "caption",
                weight=700 if on else 600,
                align="centre",
                direction=self.layoutDirection(),
            )
            self._block = (on, block)
        return self._block[1]

    def _room(self, width: int) -> int:
        return max(20, width - 2 * _PAD - self._check)

    @property
    def _check(self) -> int:
        """The mark beside the words; under a letter there is no room, the border and the weight tell; under
        colours it stands among them."""
        return 0 if self._above else self.theme.icon(_CHECK) + 6

    @property
    def _above(self) -> int:
        return _LETTER if self.tile.sample else _SAMPLE if self.tile.colours else 0

    def _tall(self, width: int) -> int:
        bold = TextBlock(self.theme, self.tile.text, "caption", weight=700)
        return max(96, bold.height(self._room(width)) + self._over + 2 * _PAD + 12)

    @property
    def _over(self) -> int:
        """What stands over the words, with the room between."""
        return self._above + (0 if self.tile.sample else 10) if self._above else 0

    def sizeHint(self) -> QSize:
        return QSize(self._words().natural_width() + 2 * _PAD + self._check + 12, 96)

    def minimumSizeHint(self) -> QSize:
        return QSize(88, 96)

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        theme, on = self.theme, self.isChecked()
        fill, ink, _icon = ("brand", "onBrand", "") if on and self._segment else theme.selected
        fill, ink = (fill, ink) if on else ("surface", "ink")
        if self.isDown() and not on:
            fill = "brandSoft"
        edge = "brand" if on or self._segment else "line"
        width = 6 if on and not self._segment else theme.border(3 if self._segment else 2)
        draw_box(painter, self._frame(), theme.colour(fill), theme.colour(edge), width, _RADIUS)
        words = self._words()
        room = self._room(self.width())
        tall = words.height(room)
        above = self._over
        y = (self.height() - tall - above) // 2
        if self.tile.sample:
            self._draw_letter(painter, QRect(0, y, self.width(), _LETTER), ink)
        elif self.tile.colours is not None:
            self._draw_colours(painter, QRect(12, y, self.width() - 24, _SAMPLE), self.tile.colours, on)
        painter.setPen(theme.colour(ink))
        x = _PAD + self._check // 2 + (self._check // 2 if on else 0)
        words.draw(painter, self._at(x, y + above, room, tall))
        if on and self._check:
            side = self.theme.icon(_CHECK)
            natural = min(words.natural_width(), room)
            mark = x + (room - natural) // 2 - side - 6
            draw_icon(painter, self._at(max(mark, 8), y + above, side, tall), "check", theme.hex(ink))

    def _draw_letter(self, painter: QPainter, box: QRect, ink: str) -> None:
        painter.setPen(self.theme.colour(ink))
        painter.setFont(font(self.tile.sample, 700))
        width = painter.fontMetrics().horizontalAdvance("A")
        painter.drawText(box.x() + (box.width() - width) // 2, box.bottom() - 8, "A")

    def _draw_colours(self, painter: QPainter, box: QRect, shown: Theme, on: bool) -> None:
        """The theme painted with itself; the chosen one has a check on its colour."""
        draw_box(painter, box, shown.colour("surface"), shown.colour("line"), 2, 12)
        painter.setPen(shown.colour("ink"))
        painter.setFont(font(44, 700))
        half = box.width() // 2
        words = QRect(box.x(), box.y(), half + 10, box.height())
        painter.drawText(words, _LATIN_END, "Aa")
        square = QRect(box.x() + half + 22, box.y() + (box.height() - 34) // 2, 34, 34)
        draw_box(painter, square, shown.colour("brand"), None, radius=8)
        if on:
            draw_icon(painter, square.adjusted(3, 3, -3, -3), "check", shown.hex("onBrand"))

    def _frame(self) -> QRect:
        """The tile; a segment reaches under its neighbour, so that only the outer corners are round."""
        group = self.parentWidget()
        if not self._segment or not isinstance(group, TileGroup):
            return self.rect()
        first, last = self is group.tiles[0], self is group.tiles[-1]
        left, right = (last, first) if self.isRightToLeft() else (first, last)
        return self.rect().adjusted(0 if left else -_RADIUS, 0, 0 if right else _RADIUS, 0)

    def _at(self, x: int, y: int, width: int, height: int) -> QRect:
        return QStyle.visualRect(self.layoutDirection(), self.rect(), QRect(x, y, width, height))


class PictureButton(TallMemo, Pressable, QPushButton):
    """A picture with its word under it. Role Button."""

    def __init__(self, theme: Theme, icon: str, text: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.icon_name = icon
        self._text = text
        self._block: TextBlock | None = None
        self.setAutoDefault(False)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def _words(self) -> TextBlock:
        if self._block is None or self._block.direction != self.layoutDirection():
            self._block = TextBlock(
                self.theme, self._text, "listen_label", align="centre", direction=self.layoutDirection()
            )
        return self._block

    def _tall(self, width: int) -> int:
        return max(96, self.theme.icon(_ICON) + self._words().height(max(width - 12, 20)) + 20)

    def sizeHint(self) -> QSize:
        return QSize(self._words().natural_width() + 16, 96)

    def minimumSizeHint(self) -> QSize:
        return QSize(88, 96)

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        theme = self.theme
        fill = "brandSoft" if self.isDown() else "surface"
        draw_box(painter, self.rect(), theme.colour(fill), theme.colour("line"), theme.border(2), 16)
        side = theme.icon(_ICON)
        words = self._words()
        tall = words.height(self.width() - 12)
        y = (self.height() - side - tall) // 2
        draw_icon(painter, QRect(0, y, self.width(), side), self.icon_name, theme.hex("brand"))
        painter.setPen(theme.colour("ink"))
        words.draw(painter, QRect(6, y + side, self.width() - 12, tall))


class TileGroup(QWidget):
    """Tiles of which one is chosen. ``chosen(value)`` after a touch. ``segments``: yes and no, side by side
    and in the town's colour."""

    chosen = Signal(object)

    def __init__(
        self,
        theme: Theme,
        tiles: Sequence[Tile],
        value: object,
        *,
        columns: int,
        segments: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.tiles: list[TileButton] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0 if segments else 12)
        for index, tile in enumerate(tiles):
            button = TileButton(theme, tile, segment=segments, parent=self)
            button.setChecked(tile.value == value)
            button.toggled.connect(lambda on, button=button: self._toggled(button, on))
            grid.addWidget(button, index // columns, index % columns)
            self.tiles.append(button)
        for column in range(columns):
            grid.setColumnStretch(column, 1)

    def step(self, button: QWidget, by: int) -> None:
        """Move the focus without choosing."""
        index = self.tiles.index(button) + by
        if 0 <= index < len(self.tiles):
            reason = Qt.FocusReason.TabFocusReason if by > 0 else Qt.FocusReason.BacktabFocusReason
            self.tiles[index].setFocus(reason)

    def _toggled(self, button: TileButton, on: bool) -> None:
        if not on:
            return
        for other in self.tiles:
            if other is not button:
                other.setChecked(False)
        self.chosen.emit(button.tile.value)
