"""A list longer than its place: two big buttons under it or beside it, or a finger, never a scroll bar."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QBoxLayout,
    QLineEdit,
    QSizePolicy,
    QStyle,
    QWidget,
)

from ui.theme import MINIMUM_TARGET, Theme
from ui.widgets.button import BigButton
from ui.widgets.press import DRAG_PX

_PAGER_GAP = 16
_KEPT = 120  # pixels of the page before that stay visible
_FIRST = 60  # an item that begins above this is the page's first


class Pager(QWidget):
    """« Remonter » and « Voir la suite »; the side that cannot move is dashed, and still says why.

    ``texts``: up, down, at the top, at the end (also the ``refused`` sentences), and the short words for the
    last two from 150 % on. ``margins``: before and after. ``upright``: one above the other, for the side of
    a low list; always short.
    """

    up_pressed = Signal()
    down_pressed = Signal()
    refused = Signal(str)

    def __init__(
        self,
        theme: Theme,
        texts: tuple[str, str, str, str, str, str],
        margins: tuple[int, int] = (48, 48),
        *,
        upright: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._texts = texts
        self._short = upright or theme.one_column
        self._margins = (0, margins[1]) if upright else margins
        down = QBoxLayout.Direction.TopToBottom
        row = QBoxLayout(down if upright else QBoxLayout.Direction.LeftToRight, self)
        self._edge = 5 if upright else 14
        self._mirror()
        row.setSpacing(10 if upright else _PAGER_GAP)
        if upright:
            row.addStretch(1)
        least = MINIMUM_TARGET if upright else 92
        self.up = BigButton(
            theme,
            texts[0],
            icon="chevron-up",
            role="frame_button",
            minimum_height=least,
            low=upright,
            parent=self,
        )
        self.down = BigButton(
            theme,
            texts[1],
            icon="chevron-down",
            icon_after=True,
            role="frame_button",
            minimum_height=least,
            low=upright,
            parent=self,
        )
        row.addWidget(self.up, 0 if upright else 1)
        row.addWidget(self.down, 0 if upright else 1)
        self.up.clicked.connect(lambda: self._press(self.up, self.up_pressed, texts[2]))
        self.down.clicked.connect(lambda: self._press(self.down, self.down_pressed, texts[3]))

    def _mirror(self) -> None:
        left, right = self._margins[::-1] if self.isRightToLeft() else self._margins
        self.layout().setContentsMargins(left, self._edge, right, self._edge)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._mirror()

    def tall(self, width: int) -> int:
        """The height in which each side has room for all that it may say: the page must not jump."""
        each = (width - sum(self._margins) - _PAGER_GAP) // 2
        up, down, at_top, at_end, top_short, end_short = self._texts
        stuck = (top_short, end_short) if self._short else (at_top, at_end)
        said = ((self.up, (up, stuck[0])), (self.down, (down, stuck[1])))
        return 2 * self._edge + max(button.height_of(words, each) for button, both in said for words in both)

    def wide(self) -> int:
        """The width that one above the other asks for, on one line each, at any place in the list."""
        up, down, _top, _end, top_short, end_short = self._texts
        said = ((self.up, (up, top_short)), (self.down, (down, end_short)))
        return sum(self._margins) + max(button.width_of(words) for button, both in said for words in both)

    def set_ends(self, top: bool, bottom: bool) -> None:
        """Say which side cannot move."""
        up, down, at_top, at_end, top_short, end_short = self._texts
        for button, stuck, words, why, short in (
            (self.up, top, up, at_top, top_short),
            (self.down, bottom, down, at_end, end_short),
        ):
            button.set_dashed(stuck)
            button.kind = "quiet" if stuck else "ghost"
            shown = short if stuck and self._short else why if stuck else words
            button.set_words(shown, name=why if stuck else words)

    def _press(self, button: BigButton, signal: Signal, why: str) -> None:
        if button.dashed:
            self.refused.emit(why)
        else:
            signal.emit()


class PagedArea(QWidget):
    """``content`` in its place; the pager shows only when the content is taller: under it, or ``beside`` it.

    A drag follows the finger with no inertia (nothing on the kiosk moves by itself), which is why neither
    QScroller nor QScrollArea is used; the second also lays everything out for size hints that this page
    never asks.
    ``refused`` gives the sentence of a pager button that cannot move. ``moved`` gives the new offset.
    """

    refused = Signal(str)
    moved = Signal(int)

    def __init__(
        self,
        theme: Theme,
        content: QWidget,
        pager_texts: tuple[str, str, str, str, str, str],
        margins: tuple[int, int] = (48, 48),
        parent: QWidget | None = None,
        *,
        beside: bool = False,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.content = content
        self._beside = beside
        self._offset = 0
        self._drag_y: int | None = None
        self._start_y = 0
        self._fitting = False
        self._fitted = QSize()
        self.view = QWidget(self)  # clips the content
        content.setParent(self.view)
        self.pager = Pager(theme, pager_texts, margins, upright=beside, parent=self)
        self.pager.hide()
        self.pager.up_pressed.connect(self.page_up)
        self.pager.down_pressed.connect(self.page_down)
        self.pager.refused.connect(self.refused)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        content.installEventFilter(self)
        self.view.installEventFilter(self)
        QApplication.instance().focusChanged.connect(self._focus_changed)

    def sizeHint(self) -> QSize:
        return QSize(1080, 600)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 220)

    # -- fitting ---------------------------------------------------------------------------------------

    def fit(self) -> None:
        """Give the content its width and the height that it then needs; show the pager if it is needed."""
        if self._fitting:
            return
        self._fitting = True
        width, tall = self.width(), self.height()
        self._fitted = self.size()
        needed = self._needed(width)
        too_tall = needed > tall
        self.pager.setVisible(too_tall)
        view = QRect(0, 0, width, tall)
        if too_tall and self._beside:
            view = self._beside_pager(view)
            needed = self._needed(view.width())
        elif too_tall:
            view = self._above_pager(view)
        self.view.setGeometry(view)
        self.content.resize(view.width(), max(needed, view.height()))
        self._go(self._offset)
        self._fitting = False

    def _above_pager(self, whole: QRect) -> QRect:
        """Put the pager at the bottom; what is left for the list."""
        below = max(self.pager.tall(whole.width()), 120)
        self.pager.setGeometry(0, whole.height() - below, whole.width(), below)
        return whole.adjusted(0, 0, 0, -below)

    def _beside_pager(self, whole: QRect) -> QRect:
        """Put the pager at the end of the lines; what is left for the list."""
        across = self.pager.wide()
        view = whole.adjusted(0, 0, -across, 0)
        rest = whole.adjusted(view.width(), 0, 0, 0)
        direction = self.layoutDirection()
        self.pager.setGeometry(QStyle.visualRect(direction, whole, rest))
        return QStyle.visualRect(direction, whole, view)

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

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.drag_by(event.angleDelta().y())

    def resizeEvent(self, _event: QResizeEvent) -> None:
        if self.size() != self._fitted:
            self.fit()

    # -- moving ----------------------------------------------------------------------------------------

    def offset(self) -> int:
        """Pixels of content above the place."""
        return self._offset

    def can_drag(self) -> bool:
        """Whether there is anything to scroll."""
        return not self.pager.isHidden()

    def drag_by(self, pixels: int) -> None:
        """Follow the finger: positive is downwards (shows what is above)."""
        self._go(self._offset - pixels)

    def page_down(self) -> None:
        """One page on, to the top of an item if one is near; nothing that was cut below is skipped."""
        page = self.view.height()
        end = self._offset + page
        # The first item that is not yet seen whole; one that is taller than the page goes on where it was.
        tops = [top for top in self._tops() if self._offset + 60 < top < end]
        if tops and max(tops) > self._offset + page // 3:
            # Items side by side do not begin at the same height: the first of those that were cut.
            cut = [top for top, bottom in self._items() if self._offset + 60 < top < end < bottom]
            self._go(min([max(tops), *cut]))
            return
        cut = [top for top, bottom in self._controls() if top < end < bottom and bottom - top < page]
        target = min([end - self._kept(), *cut])
        self._go(target if target > self._offset + page // 3 else end - self._kept())

    def _kept(self) -> int:
        """Pixels of the page before that stay visible: a whole line at least, and never most of the page."""
        return min(max(_KEPT, round(1.3 * self.theme.px("welcome"))), self.view.height() // 2)

    def _controls(self) -> list[tuple[int, int]]:
        """Top and bottom, in the content, of what can be touched."""
        made = (*self.content.findChildren(QAbstractButton), *self.content.findChildren(QLineEdit))
        found = [control for control in made if control.isVisible()]
        tops = [control.mapTo(self.content, QPoint(0, 0)).y() for control in found]
        return [(top, top + control.height()) for top, control in zip(tops, found, strict=True)]

    def page_up(self) -> None:
        """One page back, to the top of an item if one is near."""
        target = self._offset - self.view.height() + self._kept()
        tops = [top for top in self._tops() if target <= top < self._offset - 60]
        self._go(min(tops) if tops and target > 0 else target)

    def shows_some(self, widget: QWidget, pixels: int) -> bool:
        """Whether the widget's top and at least so much of it are seen."""
        top = widget.mapTo(self.content, QPoint(0, 0)).y()
        return self._offset <= top and top + pixels <= self._offset + self.view.height()

    def show_whole(self, widget: QWidget) -> None:
        """Scroll so that the widget is seen, its top first."""
        if not self.content.isAncestorOf(widget) or self.view.height() <= 0:
            return
        layout = self.content.layout()
        if layout is not None:
            layout.activate()
        top = widget.mapTo(self.content, QPoint(0, 0)).y()
        bottom = top + widget.height()
        if bottom + 24 > self._offset + self.view.height():
            self._go(bottom + 24 - self.view.height())
        if top - 24 < self._offset:
            # The first item brings the page's beginning with it.
            self._go(top - 24 if top > _FIRST else 0)

    def _focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        # What is under a finger stays there: moved away, it would not be pressed when the finger lifts.
        touched = QApplication.mouseButtons() != Qt.MouseButton.NoButton
        if new is not None and not touched and self.content.isAncestorOf(new):
            self.show_whole(getattr(new, "ring_widget", new))

    def _tops(self) -> list[int]:
        """Where a page may begin: the tops of the items."""
        return sorted(top for top, _bottom in self._items() if top > 0)

    def _items(self) -> list[tuple[int, int]]:
        """Top and bottom of the items: children of the content, and of children with items of their own."""
        found: list[tuple[int, int]] = []
        for child in self.content.children():
            if not isinstance(child, QWidget) or child.isHidden():
                continue
            inner = getattr(child, "snap_tops", None)
            for item in inner() if inner else [child]:
                top = item.mapTo(self.content, QPoint(0, 0)).y()
                found.append((top - 14, top + item.height()))
        return found

    def _go(self, offset: int) -> None:
        last = max(0, self.content.height() - self.view.height())
        offset = min(max(0, offset), last)
        moved = offset != self._offset
        self._offset = offset
        self.content.move(0, -offset)
        self.pager.set_ends(offset <= 0, offset >= last)
        if moved:
            self.moved.emit(offset)
