"""The ring of the time-out page: redrawn once a second, silent but for three moments."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.fonts import font
from ui.theme import Theme
from ui.widgets.text import TextBlock

SPOKEN_AT = frozenset({120, 60, 20})  # seconds; a reader must not be flooded


class CountdownRing(QWidget):
    """``seconds`` left of ``total``; ``unit_text`` « secondes »; ``name_of(seconds)`` the accessible
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
        unit_text: str,
        name_of: Callable[[int], str],
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.total = total
        self.seconds = total
        self._unit = unit_text
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
            theme, self._unit, "body", align="centre", size=32 / theme.scale * min(theme.scale, 1.4)
        )
        tall = QFontMetrics(digits).ascent()
        room = self.rect().adjusted(60, 0, -60, 0)
        under = unit.height(room.width())
        top = (self.height() - tall - under) // 2
        painter.setPen(theme.colour("ink"))
        painter.setFont(digits)
        centre = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
        line = QFontMetrics(digits).height()
        painter.drawText(QRectF(0, top - 20 + tall - line, self.width(), line), centre, str(self.seconds))
        room.setTop(top + tall - 4)
        room.setHeight(under)
        unit.draw(painter, room)
