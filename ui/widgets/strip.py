"""Where the person is: the event, the step, the thread."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QAccessible, QPainter, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.icons import draw_icon
from ui.theme import Theme
from ui.widgets.text import TextLabel

_MOST_DOTS = 12


class Icon(QWidget):
    """A picture beside words (the words carry the meaning)."""

    def __init__(
        self, theme: Theme, name: str, size: int = 42, token: str = "brand", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.name = name
        self.token = token
        side = theme.icon(size)
        self.setFixedSize(side, side)

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        draw_icon(painter, self.rect(), self.name, self.theme.hex(self.token))


class ThreadProgress(QWidget):
    """The thread: ``step`` of about ``total`` (1-based). Role ProgressBar, named by ``text``; not
    focusable."""

    accessible_role = QAccessible.Role.ProgressBar

    def __init__(self, theme: Theme, step: int, total: int, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.step = max(1, step)
        self.total = max(self.step, total)
        self.setAccessibleName(text)
        self.setFixedHeight(30)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def move_to(self, step: int, total: int, text: str) -> None:
        """The person is at another step."""
        self.step = max(1, step)
        self.total = max(self.step, total)
        self.setAccessibleName(text)
        self.update()

    def accessible_name(self) -> str:
        return self.accessibleName()

    def accessible_value(self) -> str:
        return f"{self.step}/{self.total}"

    def sizeHint(self) -> QSize:
        return QSize(400, 30)

    def dots(self) -> tuple[int, int]:
        """How many dots are drawn and which one (1-based) is the current one."""
        if self.total <= _MOST_DOTS:
            return self.total, self.step
        place = 1 + round((self.step - 1) * (_MOST_DOTS - 1) / (self.total - 1))
        return _MOST_DOTS, place

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        count, current = self.dots()
        y = self.height() // 2
        first, last = 18, self.width() - 18
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            first, last = last, first
        at = [first + (last - first) * i // max(1, count - 1) for i in range(count)]
        thread, line = self.theme.colour("thread"), self.theme.colour("line")
        dotted = QPen(line, 3)
        dotted.setDashPattern([1.4, 1.6])
        dotted.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(dotted)
        painter.drawLine(at[current - 1], y, at[-1], y)
        painter.setPen(QPen(thread, 6))
        painter.drawLine(at[0], y, at[current - 1], y)
        for index, x in enumerate(at, start=1):
            if index < current:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(thread)
                painter.drawEllipse(QPoint(x, y), 9, 9)
            elif index > current:
                painter.setPen(QPen(line, 3))
                painter.setBrush(self.theme.colour("bg"))
                painter.drawEllipse(QPoint(x, y), 7, 7)
        self._draw_current(painter, at[current - 1], y)

    def _draw_current(self, painter: QPainter, x: int, y: int) -> None:
        thread = self.theme.colour("thread")
        painter.setPen(QPen(thread, 5))
        painter.setBrush(self.theme.colour("surface"))
        painter.drawEllipse(QPoint(x, y), 12, 12)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(thread)
        painter.drawEllipse(QPoint(x, y), 5, 5)


class Strip(QWidget):
    """Event icon and name, the step in words, and the thread when there are steps."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        event: str,
        place: str = "",
        *,
        step: int | None = None,
        total: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.thread_progress: ThreadProgress | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(48, 14, 48, 6)
        column.setSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(14)
        # From 200 % the words do not fit side by side: the step matters most, the icon keeps the event.
        shown = (place or event) if theme.stacked else event
        weight = 600 if shown == event else 400
        self.event = TextLabel(theme, shown, "frame_button", weight=weight)
        self.event.setAccessibleName(f"{event}. {place}" if place and theme.stacked else shown)
        if theme.stacked:
            row.addWidget(self.event, 1)
            row.addWidget(Icon(theme, icon, 38))
        else:
            row.addWidget(Icon(theme, icon, 40))
            row.addWidget(self.event, 1, Qt.AlignmentFlag.AlignVCenter)
        self._name = event
        self.place: TextLabel | None = None
        if place and not theme.stacked:
            self.place = TextLabel(theme, place, "frame_button", weight=400, colour="inkSoft", align="end")
            row.addWidget(self.place, 1, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(row)
        if step is not None and total is not None:
            self.thread_progress = ThreadProgress(theme, step, total, place)
            column.addWidget(self.thread_progress)

    def move_to(self, place: str, step: int, total: int) -> None:
        """The next step of the same event: other words, another dot, nothing made anew."""
        if self.place is not None:
            self.place.set_text(place)
        else:
            self.event.set_text(place)
            self.event.setAccessibleName(f"{self._name}. {place}")
        if self.thread_progress is not None:
            self.thread_progress.move_to(step, total, place)
