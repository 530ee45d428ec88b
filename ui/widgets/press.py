"""How a control is pressed: on release, never twice by a trembling finger, never by a held key.

Sliding off before lifting cancels (Qt's buttons do that); sliding up or down inside a paged area drags it.
"""

from __future__ import annotations

import time
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

DEBOUNCE_S = 0.3  # a second touch sooner than this, at the same place, is a double tap
DEBOUNCE_PX = 60
DRAG_PX = 24  # a finger that moved this far is dragging, not pressing
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class _LastTouch:
    """The last accepted release, for all windows: the next screen has a button under the same finger."""

    at = -1.0
    where = QPoint()


def forget_last_touch() -> None:
    """Accept the next touch whatever came before (a new visit, a test)."""
    _LastTouch.at = -1.0


def note_release(where: QPoint) -> None:
    """Remember where and when a finger lifted."""
    _LastTouch.at = time.monotonic()
    _LastTouch.where = where


def is_double(where: QPoint) -> bool:
    """Whether a touch here and now is the second half of a double tap."""
    return (
        time.monotonic() - _LastTouch.at < DEBOUNCE_S
        and (where - _LastTouch.where).manhattanLength() <= DEBOUNCE_PX
    )


def drag_area(widget: QWidget) -> Any:
    """The paged area around a widget, or None."""
    parent = widget.parentWidget()
    while parent is not None and not hasattr(parent, "drag_by"):
        parent = parent.parentWidget()
    return parent


class Pressable:
    """Mixed into a QAbstractButton, before it in the bases."""

    debounced = True
    _dragged: Any = None
    _pressed_at: QPoint | None = None
    _last_y = 0

    def mousePressEvent(self, event: QMouseEvent) -> None:
        where = event.globalPosition().toPoint()
        if self.debounced and is_double(where):
            event.accept()
            return
        self._dragged = None
        self._pressed_at = where
        super().mousePressEvent(event)  # type: ignore[misc]  # the button comes after this class

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        where = event.globalPosition().toPoint()
        if self._dragged is None and self._pressed_at is not None:
            if abs(where.y() - self._pressed_at.y()) < DRAG_PX:
                super().mouseMoveEvent(event)  # type: ignore[misc]
                return
            area = drag_area(self)  # type: ignore[arg-type]
            if area is None or not area.can_drag():
                super().mouseMoveEvent(event)  # type: ignore[misc]
                return
            self._dragged = area
            self._last_y = self._pressed_at.y()
            self.setDown(False)  # type: ignore[attr-defined]
        if self._dragged is not None:
            self._dragged.drag_by(where.y() - self._last_y)
            self._last_y = where.y()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed_at is None:
            event.accept()
            return
        self._pressed_at = None
        if self.debounced:
            note_release(event.globalPosition().toPoint())
        self._dragged = None
        if self.isDown() and self.hitButton(event.position().toPoint()):  # type: ignore[attr-defined]
            # What Qt does, but for painting the button once more before anything else: the next page may be
            # painted in its place.
            event.accept()
            self.setDown(False)  # type: ignore[attr-defined]
            self.click()  # type: ignore[attr-defined]
        else:
            super().mouseReleaseEvent(event)  # type: ignore[misc]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.isAutoRepeat() and event.key() in (*_ENTER, Qt.Key.Key_Space, Qt.Key.Key_Select):
            event.accept()
            return
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()  # back and forward on the keypad: the window's business
            return
        if event.key() in _ENTER:
            self.click()  # type: ignore[attr-defined]
            return
        super().keyPressEvent(event)  # type: ignore[misc]


class TallMemo:
    """Heights kept by width: layouts ask the same question a dozen times. Classes define ``_tall(width)``."""

    _talls: dict[int, int] | None = None

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if self._talls is None:
            self._talls = {}
        if width not in self._talls:
            self._talls[width] = self._tall(width)  # type: ignore[attr-defined]
        return self._talls[width]
