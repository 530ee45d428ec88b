"""Links side by side, on as many rows as they need."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QStyle, QWidget

_ACROSS, _DOWN = 28, 10


class _Flow(QLayout):
    """Items from the reading side on, each as wide as its words; a new row where one does not fit."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), only_measure=True)

    def setGeometry(self, box: QRect) -> None:
        super().setGeometry(box)
        self._place(box)

    def sizeHint(self) -> QSize:
        hints = [item.sizeHint() for item in self._items if not item.isEmpty()]
        return QSize(
            sum(hint.width() + _ACROSS for hint in hints), max((hint.height() for hint in hints), default=0)
        )

    def minimumSize(self) -> QSize:
        least = [item.minimumSize() for item in self._items if not item.isEmpty()]
        return QSize(
            max((size.width() for size in least), default=0), max((s.height() for s in least), default=0)
        )

    def _place(self, box: QRect, only_measure: bool = False) -> int:
        direction = self.parentWidget().layoutDirection()
        x, y, row = 0, 0, 0
        for item in self._items:
            if item.isEmpty():
                continue
            wide = min(item.sizeHint().width(), box.width())
            if x and x + wide > box.width():
                x, y, row = 0, y + row + _DOWN, 0
            tall = item.heightForWidth(wide) if item.hasHeightForWidth() else item.sizeHint().height()
            if not only_measure:
                place = QRect(box.topLeft() + QPoint(x, y), QSize(wide, tall))
                item.setGeometry(QStyle.visualRect(direction, box, place))
            x, row = x + wide + _ACROSS, max(row, tall)
        return y + row


class LinkRow(QWidget):
    """Holds links; a hidden one takes no room."""

    def __init__(self, *links: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = _Flow(self)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for link in links:
            self.add(link)

    def add(self, link: QWidget) -> None:
        """One link more, at the end."""
        self._flow.addWidget(link)
