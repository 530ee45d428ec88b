"""The place where one page at a time is shown. No layout: a new page must not make the frame measure anew."""

from __future__ import annotations

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QMoveEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.screens.screen import Screen

AFTER_PAINT_MS = 40
"""How long after a touch what can wait for the next picture begins: it is on the display by then."""


class Deck(QWidget):
    """Pages lie on one another at the deck's size; one is visible."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.current: QWidget | None = None
        self.leaving: list[QWidget] = []
        """Pages that are gone from the display, and are deleted when there is time."""

    def sizeHint(self) -> QSize:
        return QSize(1080, 1200)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 240)

    def put(self, page: QWidget) -> None:
        """Take a page in, unseen, at the deck's size."""
        page.hide()
        page.setParent(self)
        page.setGeometry(self.rect())

    def turn_to(self, page: QWidget) -> None:
        """Show ``page`` alone."""
        if page.parent() is not self:
            self.put(page)
        before, self.current = self.current, page
        if page.size() != self.size():
            page.setGeometry(self.rect())
        page.show()
        page.raise_()
        if before is not None and before is not page:
            before.hide()

    def drop(self, page: QWidget) -> None:
        """Delete a page that is not needed any more, once the one that follows is painted."""
        if page is self.current:
            self.current = None
        page.hide()
        page.setParent(None)  # no screen reader finds it, and its end has nothing painted anew
        if not self.leaving:
            QTimer.singleShot(AFTER_PAINT_MS, self, self._delete)
        self.leaving.append(page)

    def _delete(self) -> None:
        for page in self.leaving:
            page.deleteLater()
        self.leaving.clear()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        if self.current is not None:
            self.current.setGeometry(self.rect())

    def moveEvent(self, _event: QMoveEvent) -> None:
        """A page that keeps to a line of the display must know where it begins."""
        if isinstance(self.current, Screen):
            self.current.moved()
