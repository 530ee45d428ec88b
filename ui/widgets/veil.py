"""The private screen: the page is veiled, but for the item with the focus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QRegion
from PySide6.QtWidgets import QApplication, QWidget

from ui.theme import Theme

_OPACITY = 236
"""Of 255: from a step away nothing can be read, and one sees that something is there."""
_AROUND = 10
_EVENTS = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.LayoutRequest, QEvent.Type.Show)


class Veil(QWidget):
    """Lies over ``place`` and lets every touch through. A touch moves the focus, so the item that is touched
    is the one that can be read."""

    def __init__(self, place: QWidget, theme: Theme) -> None:
        super().__init__(place.window())
        self.theme = theme
        self._place = place
        self._followed: QWidget | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        place.installEventFilter(self)
        QApplication.instance().focusChanged.connect(self._focus_changed)

    def draw_over(self, on: bool, theme: Theme) -> None:
        """Veil the page, or lift the veil."""
        self.theme = theme
        self.setVisible(on)
        self._follow(QApplication.focusWidget())

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _EVENTS:
            self._fit()
        return False

    def _focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self.isVisible():
            self._follow(new)

    def _follow(self, focused: QWidget | None) -> None:
        inside = focused is not None and self._place.isAncestorOf(focused)
        self._followed = getattr(focused, "ring_widget", focused) if inside else None
        self._fit()

    def _fit(self) -> None:
        corner = self._place.mapTo(self.window(), QPoint(0, 0))
        self.setGeometry(QRect(corner, self._place.size()))
        self.raise_()
        self.update()

    def hole(self) -> QRect:
        """What can be read, in this widget's own pixels; empty where nothing has the focus."""
        if self._followed is None:
            return QRect()
        at = self._followed.mapTo(self._place, QPoint(0, 0))
        return QRect(at, self._followed.size()).adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND)

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.setClipRegion(QRegion(self.rect()).subtracted(QRegion(self.hole())))
        colour = QColor(self.theme.colour("bg"))
        colour.setAlpha(_OPACITY)
        painter.fillRect(self.rect(), colour)
