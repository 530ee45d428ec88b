"""A card that is one target: a finger anywhere on its paper acts, a drag moves the page."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QMouseEvent

from ui.widgets.press import DRAG_PX, is_double, note_release
from ui.widgets.surface import Card


class TouchCard(Card):
    """Says ``touched`` when a finger lands and lifts on its paper without dragging it."""

    touched = Signal()
    _landed: QPoint | None = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        where = event.globalPosition().toPoint()
        self._landed = None if is_double(where) else where
        event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        landed, self._landed = self._landed, None
        where = event.globalPosition().toPoint()
        event.ignore()
        if landed is None or not self.rect().contains(event.position().toPoint()):
            return
        if (where - landed).manhattanLength() < DRAG_PX:
            note_release(where)
            self.touched.emit()
