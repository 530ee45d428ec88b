"""The ring around the control that has the focus: two bands, above everything, never a moving layout."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QApplication, QWidget

from ui.theme import Theme
from ui.widgets.press import drag_area

_GAP, _INNER, _OUTER = 4, 6, 4
_OUTSET = _GAP + _INNER + _OUTER + 4  # 18 px in all, as in the tokens
_KEYS = (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)
_TOUCHES = (QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin, QEvent.Type.TabletPress)


class FocusRing(QWidget):
    """One per window. Shown after a key, hidden by the next touch, unless ``always`` (tactile keypad
    plugged in).

    Call :meth:`watch` once the window has a handle (after ``show``); a new theme is set with
    :meth:`set_theme`.
    """

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self.theme = theme
        self.always = False
        self._by_keys = False
        self._target: QWidget | None = None
        self._followed: list[QWidget] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        QApplication.instance().focusChanged.connect(self._focus_changed)
        window.installEventFilter(self)

    def watch(self) -> None:
        """Listen to keys and touches where they enter: at the native window, before any widget."""
        handle = self.window().windowHandle()
        if handle is not None:
            handle.installEventFilter(self)

    def set_theme(self, theme: Theme) -> None:
        """Draw in other colours."""
        self.theme = theme
        self.update()

    def note_keys(self) -> None:
        """A key, the keypad, a switch or a screen reader acts: show."""
        self._by_keys = True
        self._follow(QApplication.focusWidget())

    def note_touch(self) -> None:
        """A finger acts: hide."""
        self._by_keys = False
        if not self.always:
            self.hide()

    # -- following -------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _KEYS:
            if not self._by_keys:
                self.note_keys()
        elif kind in _TOUCHES:
            self.note_touch()
        elif kind in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self.place()
        elif kind in (QEvent.Type.Hide, QEvent.Type.DeferredDelete) and watched in self._followed:
            self._follow(None)
        return False

    def _focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is None or new.window() is not self.window():
            self._follow(None)
            return
        self._follow(new)

    def _follow(self, focused: QWidget | None) -> None:
        for widget in self._followed:
            widget.removeEventFilter(self)
        self._followed = []
        self._target = getattr(focused, "ring_widget", focused)
        if self._target is None or not (self._by_keys or self.always):
            self.hide()
            return
        widget: QWidget | None = self._target
        while widget is not None and widget is not self.window():
            widget.installEventFilter(self)
            self._followed.append(widget)
            widget = widget.parentWidget()
        self.place()

    def place(self) -> None:
        """Put the ring where its control is now."""
        target = self._target
        if target is None or not (self._by_keys or self.always) or not target.isVisible():
            self.hide()
            return
        box = QRect(target.mapTo(self.window(), QPoint(0, 0)), target.size())
        self.setGeometry(box.adjusted(-_OUTSET, -_OUTSET, _OUTSET, _OUTSET))
        if not self._clip(target):
            self.hide()
            return
        self.show()
        self.raise_()
        self.update()

    def _clip(self, target: QWidget) -> bool:
        """Never draw over what lies outside the paged area; False if nothing is left to draw."""
        area = drag_area(target)
        if area is None:
            self.clearMask()
            return True
        view = area.view
        shown = QRect(view.mapTo(self.window(), QPoint(0, 0)), view.size())
        part = shown.translated(-self.pos()).intersected(self.rect())
        if part.isEmpty():
            return False  # an empty mask would mean no mask at all
        self.setMask(part)
        return True

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(_OUTSET, _OUTSET, -_OUTSET, -_OUTSET)
        for start, width, token in ((_GAP, _INNER, "focusIn"), (_GAP + _INNER, _OUTER, "focusOut")):
            band = QPainterPath()
            for reach in (start + width, start):
                edge = box.adjusted(-reach, -reach, reach, reach)
                band.addRoundedRect(edge, 20 + reach, 20 + reach)
            painter.fillPath(band, self.theme.colour(token))
