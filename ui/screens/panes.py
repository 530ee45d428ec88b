"""The parts of a page, put together for a layout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui.layout import Layout
from ui.theme import Theme
from ui.widgets.text_block import TextBlock

_GAP = 18
_MARGIN = 48
_ABOVE, _ABOVE_WIDE = 250, 154
"""About what header and step take of the upper part in the low layout; where they share a row."""
_LARGER = 1.4
"""The title grows where there is room: 58 px become 78 (DESIGN-UI 3.3)."""
_TITLE_SCALES = (2.0, 1.5, 1.25, 1.0)


class Pane(QWidget):
    """Parts of a page, one under the other, at the top."""

    def __init__(self, parts: Sequence[QVBoxLayout], before: int, after: int, top: int) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        self._before, self._after, self._top = before, after, top
        self._mirror()
        column.setSpacing(_GAP)
        for part in parts:
            grows = bool(part.expandingDirections() & Qt.Orientation.Vertical)
            column.addLayout(part, 100 if grows else 0)
        column.addStretch(1)

    def _mirror(self) -> None:
        left, right = (self._after, self._before) if self.isRightToLeft() else (self._before, self._after)
        self.layout().setContentsMargins(left, self._top, right, self._top)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._mirror()


class TopPane(QWidget):
    """The read-only upper part of the low layout; it ends with a line of the town's colour."""

    def __init__(self, theme: Theme, layout: Layout, intro: QVBoxLayout) -> None:
        super().__init__()
        self.theme = theme
        self._ends = layout.reach_top
        column = QVBoxLayout(self)
        edge = 12 if layout.landscape else 20
        column.setContentsMargins(_MARGIN, edge, _MARGIN, edge)
        column.addLayout(intro)
        column.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.settle()

    def settle(self) -> None:
        """Reach down to where hands begin, or as far as the words need."""
        y = self.mapTo(self.window(), QPoint(0, 0)).y()
        needed = self.layout().totalHeightForWidth(self.width())
        self.setFixedHeight(max(self._ends - y, needed))

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 6, self.width(), 6, self.theme.colour("brand"))


def intro_theme(layout: Layout, theme: Theme, title: str, lead: str, role: str) -> Theme:
    """The largest text at which the title fits above what can be touched."""
    width = layout.width - 2 * _MARGIN
    room = layout.reach_top - (_ABOVE_WIDE if layout.wide else _ABOVE)
    smaller = [scale for scale in _TITLE_SCALES if scale < theme.scale]
    for scale in (theme.scale * _LARGER, theme.scale, *smaller):
        tried = replace(theme, scale=scale)
        tall = TextBlock(tried, title, role, weight=700).height(width)
        tall += TextBlock(tried, lead, "lead").height(width) + 8 if lead else 0
        if tall <= room:
            return tried
    return replace(theme, scale=min(theme.scale, _TITLE_SCALES[-1]))
