"""The ring of the time-out page: redrawn once a second, silent but for three moments."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.fonts import font
from ui.theme import Theme
from ui.widgets.text_block import TextBlock

SPOKEN_AT = frozenset({120, 60, 20})  # seconds; a reader must not be flooded
_GAP = 14  # px between the number and its unit


class CountdownRing(QWidget):
    """``seconds`` left of ``total``; ``unit_of(seconds)`` « secondes »; ``name_of(seconds)`` the accessible
    sentence.

    The owner's clock drives it with :meth:`set_seconds`, or :meth:`start` runs a timer. Signals
    ``ticked(int)``, ``spoken(int)`` (at 120, 60, 20), ``ended``.
    """

    accessible_role = QAccessible.Role.Clock
    ticked = Signal(int)
    spoken = Signal(int)
    ended = Signal()

    def __init__(
        self,
        theme: Theme,
        total: int,
        unit_of: Callable[[int], str],
        name_of: Callable[[int], str],
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.total = total
        self.seconds = total
        self._unit_of = unit_of
        self._name_of = name_of
        self.setAccessibleName(name_of(total))
        self.setFixedSize(400, 400)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(lambda: self.set_seconds(self.seconds - 1))

    def accessible_name(self) -> str:
        return self.accessibleName()

    def start(self) -> None:
        """Count down by itself, one second at a time."""
        self._timer.start()

    def stop(self) -> None:
        """Stop counting."""
        self._timer.stop()

    def set_seconds(self, seconds: int) -> None:
        """Show the seconds left."""
        seconds = max(0, seconds)
        if seconds == self.seconds:
            return
        self.seconds = seconds
        if seconds in SPOKEN_AT:
            self.setAccessibleName(self._name_of(seconds))
            self.spoken.emit(seconds)
        self.update()
        self.ticked.emit(seconds)
        if seconds == 0:
            self._timer.stop()
            self.ended.emit()

    def sizeHint(self) -> QSize:
        return QSize(400, 400)

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self.theme
        ring = QRectF(self.rect()).adjusted(20, 20, -20, -20)
        painter.setPen(QPen(theme.colour("line"), 4))
        painter.setBrush(theme.colour("surface"))
        painter.drawEllipse(ring)
        pen = QPen(theme.colour("thread"), 26)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawArc(ring, 90 * 16, -round(360 * 16 * self.seconds / max(1, self.total)))
        digits = font(150, 700)
        unit = TextBlock(
            theme,
            self._unit_of(self.seconds),
            "body",
            align="centre",
            size=40 / theme.scale * min(theme.scale, 1.4),
        )
        room = self.rect().adjusted(60, 0, -60, 0)
        under = unit.height(room.width())
        tall = QFontMetrics(digits).capHeight()
        baseline = (self.height() - tall - _GAP - under) // 2 + tall
        number = str(self.seconds)
        painter.setPen(theme.colour("ink"))
        painter.setFont(digits)
        left = (self.width() - QFontMetrics(digits).horizontalAdvance(number)) // 2
        painter.drawText(left, baseline, number)
        room.setTop(baseline + _GAP)
        room.setHeight(under)
        unit.draw(painter, room)
