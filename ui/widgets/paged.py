"""A list longer than its place: two big buttons, or a finger, never a scroll bar."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets.button import BigButton
from ui.widgets.press import DRAG_PX

_KEPT = 120  # pixels of the page before that stay visible


class Pager(QWidget):
    """« Remonter » and « Voir la suite »; the side that cannot move is dashed, and still says why.

    ``texts``: up, down, at the top, at the end (the last two are accessible descriptions and ``refused`` sentences).
    """

    up_pressed = Signal()
    down_pressed = Signal()
    refused = Signal(str)

    def __init__(self, theme: Theme, texts: tuple[str, str, str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        row = QHBoxLayout(self)
        row.setContentsMargins(48, 14, 48, 14)
        row.setSpacing(16)
        self.up = BigButton(
            theme, texts[0], icon="chevron-up", role="frame_button", minimum_height=92, parent=self
        )
        self.down = BigButton(
            theme,
            texts[1],
            icon="chevron-down",
            icon_after=True,
            role="frame_button",
            minimum_height=92,
            parent=self,
        )
        row.addWidget(self.up, 1)
        row.addWidget(self.down, 1)
        self.up.clicked.connect(lambda: self._press(self.up, self.up_pressed, texts[2]))
        self.down.clicked.connect(lambda: self._press(self.down, self.down_pressed, texts[3]))

    def set_ends(self, top: bool, bottom: bool) -> None:
        """Say which side cannot move."""
        for button, stuck, words, why in (
            (self.up, top, self._texts[0], self._texts[2]),
            (self.down, bottom, self._texts[1], self._texts[3]),
        ):
            button.set_dashed(stuck)
            button.kind = "quiet" if stuck else "ghost"
            button.setAccessibleDescription(why if stuck else "")
            del words

    def _press(self, button: BigButton, signal: Signal, why: str) -> None:
        if button.dashed:
            self.refused.emit(why)
        else:
            signal.emit()


class PagedArea(QWidget):
    """``content`` in a scrolled area as wide as itself; the pager shows only when the content is taller.

    A drag follows the finger with no inertia (nothing on the kiosk moves by itself), which is why QScroller is
    not used. ``refused`` gives the sentence of a pager button that cannot move.
    """

    refused = Signal(str)
    moved = Signal(int)

    def __init__(
        self,
        theme: Theme,
        content: QWidget,
        pager_texts: tuple[str, str, str, str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.content = content
        self._drag_y: int | None = None
        self._start_y = 0
        self.area = QScrollArea(self)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        self.area.setWidget(content)
        self.area.setWidgetResizable(False)
        self.pager = Pager(theme, pager_texts, self)
        self.pager.setVisible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.area, 1)
        column.addWidget(self.pager)
        self.pager.up_pressed.connect(self.page_up)
        self.pager.down_pressed.connect(self.page_down)
        self.pager.refused.connect(self.refused)
        self.area.verticalScrollBar().valueChanged.connect(self._moved)
        content.installEventFilter(self)
        self.area.viewport().installEventFilter(self)

    # -- fitting ---------------------------------------------------------------------------------------

    def fit(self) -> None:
        """Give the content its width and the height that it then needs; show the pager if it is needed."""
        width = self.width()
        needed = self._needed(width)
        too_tall = needed > self.height()
        if too_tall == self.pager.isHidden():
            self.pager.setVisible(too_tall)
        pager = self.pager.heightForWidth(width) if too_tall else 0
        self.content.resize(width, max(needed, self.height() - pager))
        self._moved()

    def _needed(self, width: int) -> int:
        layout = self.content.layout()
        if layout is not None and layout.hasHeightForWidth():
            return layout.totalHeightForWidth(width)
        if self.content.hasHeightForWidth():
            return self.content.heightForWidth(width)
        return self.content.sizeHint().height()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is self.content:
            if kind == QEvent.Type.LayoutRequest:
                self.fit()
        elif kind == QEvent.Type.Wheel:
            return False
        elif kind == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            self._drag_y = self._start_y = event.globalPosition().toPoint().y()
        elif kind == QEvent.Type.MouseMove and isinstance(event, QMouseEvent) and self._drag_y is not None:
            y = event.globalPosition().toPoint().y()
            if abs(y - self._start_y) >= DRAG_PX:
                self.drag_by(y - self._drag_y)
            self._drag_y = y
        elif kind == QEvent.Type.MouseButtonRelease:
            self._drag_y = None
        return False

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self.fit()

    # -- moving ----------------------------------------------------------------------------------------

    def can_drag(self) -> bool:
        """Whether there is anything to scroll."""
        return not self.pager.isHidden()

    def drag_by(self, pixels: int) -> None:
        """Follow the finger: positive is downwards (shows what is above)."""
        bar = self.area.verticalScrollBar()
        bar.setValue(bar.value() - pixels)

    def page_down(self) -> None:
        """One page on, to the top of an item if one is near."""
        bar = self.area.verticalScrollBar()
        target = bar.value() + max(_KEPT, self.area.viewport().height() - _KEPT)
        tops = [top for top in self._tops() if bar.value() + 60 < top <= target]
        bar.setValue(max(tops) if tops else target)

    def page_up(self) -> None:
        """One page back, to the top of an item if one is near."""
        bar = self.area.verticalScrollBar()
        target = bar.value() - max(_KEPT, self.area.viewport().height() - _KEPT)
        tops = [top for top in self._tops() if target <= top < bar.value() - 60]
        bar.setValue(min(tops) if tops and target > 0 else max(target, 0))

    def show_whole(self, widget: QWidget) -> None:
        """Scroll so that the widget is seen, its top first."""
        if not self.content.isAncestorOf(widget):
            return
        layout = self.content.layout()
        if layout is not None:
            layout.activate()
        bar = self.area.verticalScrollBar()
        top = widget.mapTo(self.content, QPoint(0, 0)).y()
        bottom = top + widget.height()
        if bottom + 24 > bar.value() + self.area.viewport().height():
            bar.setValue(bottom + 24 - self.area.viewport().height())
        if top - 24 < bar.value():
            bar.setValue(top - 24)

    def _tops(self) -> list[int]:
        """Tops of the items: children of the content, and of children that have items of their own."""
        found: list[int] = []
        for child in self.content.children():
            if not isinstance(child, QWidget) or child.isHidden():
                continue
            inner = getattr(child, "snap_tops", None)
            for item in inner() if inner else [child]:
                found.append(item.mapTo(self.content, QPoint(0, 0)).y() - 14)
        return sorted(top for top in found if top > 0)

    def _moved(self) -> None:
        bar = self.area.verticalScrollBar()
        self.pager.set_ends(bar.value() <= 0, bar.value() >= bar.maximum())
        self.moved.emit(bar.value())
