"""Fields: painted line editors that speak as editable text."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from ui.fonts import font
from ui.theme import Theme
from ui.widgets.button import BigButton
from ui.widgets.keys import Key
from ui.widgets.strip import Icon
from ui.widgets.surface import Card, draw_box
from ui.widgets.text import TextLabel
from ui.widgets.text_block import TextBlock, is_arabic

_INSET = 8  # px between the box and the first letter
_UNBOUNDED = 1_000_000.0


class DigitBox(QLineEdit):
    """A box of at most ``digits`` digits, large, with a steady caret. ``filled`` when it is full."""

    filled = Signal()
    emptied_back = Signal()  # erase pressed in an empty box

    def __init__(self, theme: Theme, name: str, digits: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.digits = digits
        self.setAccessibleName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setFrame(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAcceptDrops(False)
        self.setFixedHeight(round(140 * min(theme.scale, 1.5)))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def is_full(self, text: str) -> bool:
        """Whether no other digit can follow."""
        return len(text) >= self.digits

    def sizeHint(self) -> QSize:
        return QSize(282, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text()
        if len(typed) == 1 and typed in "0123456789":
            full = self.is_full(self.text())
            new = typed if full else self.text() + typed  # a full box starts again
            self.setText(new)
            self.textEdited.emit(new)
            if self.is_full(new):
                self.filled.emit()
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            if not self.text():
                self.emptied_back.emit()
                return
            self.setText(self.text()[:-1])
            self.textEdited.emit(self.text())
        else:
            event.ignore()  # arrows, Tab, Enter, F keys belong to the screen

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.deselect()
        self.update()

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        active = self.hasFocus()
        theme = self.theme
        draw_box(
            painter,
            self.rect(),
            theme.colour("surface"),
            theme.colour("brand" if active else "line"),
            6 if active else theme.border(3),
            20,
        )
        written = font(min(theme.px("date_value"), self.width() // max(3, self.digits)), 600)
        painter.setFont(written)
        painter.setPen(theme.colour("ink"))
        metrics = QFontMetrics(written)
        shown = self.displayText()
        wide = metrics.horizontalAdvance(shown)
        x = (self.width() - wide) // 2
        painter.drawText(QRect(x, 0, wide + 4, self.height()), Qt.AlignmentFlag.AlignVCenter, shown)
        if active:
            tall = metrics.ascent()
            caret = QRect(x + wide + 4, (self.height() - tall) // 2, 5, tall)
            painter.fillRect(caret, theme.colour("brand"))


class SumBox(DigitBox):
    """An amount: digits and, once, the decimal sign ``comma`` with at most two digits after it."""

    DIGITS, CENTS = 8, 2

    def __init__(self, theme: Theme, name: str, comma: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, name, self.DIGITS + self.CENTS + 1, parent)
        self.comma = comma

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed, text = event.text(), self.text()
        if typed and typed in ",.":
            if text and self.comma not in text:
                self.setText(text + self.comma)
                self.textEdited.emit(self.text())
            return
        whole, point, cents = text.partition(self.comma)
        full = len(cents) >= self.CENTS if point else len(whole) >= self.DIGITS
        if typed and typed in "0123456789" and full:
            return  # an amount that starts again at the ninth digit would be another amount
        super().keyPressEvent(event)


class SumField(QWidget):
    """An amount and its currency. ``changed(str)``: what stands in the box."""

    changed = Signal(str)

    def __init__(
        self,
        theme: Theme,
        label: str,
        comma: str,
        currency: str,
        *,
        text: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.box = SumBox(theme, label, comma, self)
        self.box.setText(text)
        self.box.textEdited.connect(self.changed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(20)
        row.addWidget(self.box, 1)
        sign = TextLabel(theme, currency, "h1", weight=700)
        sign.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignVCenter)


class _Line(QLineEdit):
    """The editor inside a text field: no frame, steady thick caret, right word order."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.hint: TextBlock | None = None
        self.setFrame(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAcceptDrops(False)
        self._fit_text()
        self.textChanged.connect(self._fit_text)
        self.setPalette(theme.palette())
        self.setTextMargins(0, 0, 8, 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def ring_widget(self) -> QWidget:
        return self.parentWidget()

    def _fit_text(self) -> None:
        """A long name is written smaller, down to the size of running text, before it runs out of sight."""
        usual, least = (round(size * min(self.theme.scale, 1.5)) for size in (56, 32))
        wide = QFontMetrics(font(usual, 400)).horizontalAdvance(self.text())
        room = self.width() - 24 if self.testAttribute(Qt.WidgetAttribute.WA_Resized) else 0
        self.setFont(font(max(least, usual * room // wide) if 0 < room < wide else usual, 400))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_text()
        if self.hint is not None:
            self.setMinimumHeight(self.hint.height(self.width() - 16))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.deselect()
        self.end(False)
        self.parentWidget().focused.emit()
        self.parentWidget().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.parentWidget().touched.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.parentWidget().update()

    def paintEvent(self, _event: object) -> None:
        """Drawn by hand: Qt centres Latin letters only, and its caret is one pixel wide and blinks."""
        painter = QPainter(self)
        if self.hint is not None and not self.text():
            painter.setPen(self.theme.colour("inkSoft"))
            self.hint.draw(painter, self.rect().adjusted(8, 0, -8, 0), middle=True)
        layout, wide = self._laid_out()
        room = self.width() - 2 * _INSET
        at = layout.lineAt(0).cursorToX(self.cursorPosition())
        caret = at[0] if isinstance(at, tuple) else at
        spare = room - wide if self.isRightToLeft() else 0
        # What does not fit even in small letters moves along with the caret.
        left = _INSET + (spare if wide <= room else min(0, room - caret))
        metrics = self.fontMetrics()
        base = (self.height() + metrics.capHeight()) // 2
        painter.setPen(self.theme.colour("ink"))
        layout.draw(painter, QPointF(left, base - layout.lineAt(0).ascent()), self._selection())
        if self.hasFocus():
            tall = metrics.ascent()
            box = QRect(round(left + caret) - 2, (self.height() - tall) // 2, 5, tall)
            painter.fillRect(box, self.theme.colour("brand"))

    def _laid_out(self) -> tuple[QTextLayout, float]:
        layout = QTextLayout(self.text(), self.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        rtl = is_arabic(self.text()) if self.text() else self.isRightToLeft()
        option.setTextDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
        layout.setTextOption(option)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(_UNBOUNDED)
        wide = line.naturalTextWidth()
        line.setLineWidth(wide + 1)
        layout.endLayout()
        return layout, wide

    def _selection(self) -> list[QTextLayout.FormatRange]:
        if not self.hasSelectedText():
            return []
        shown = QTextLayout.FormatRange()
        shown.start, shown.length = self.selectionStart(), self.selectionLength()
        shown.format = QTextCharFormat()
        shown.format.setBackground(self.theme.colour("brand"))
        shown.format.setForeground(self.theme.colour("onBrand"))
        return [shown]


class _Clear(BigButton):
    """« Effacer tout »: words without a box, inside the box of the field."""

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        if self.isDown():
            draw_box(painter, self.rect(), self.theme.colour("brandSoft"), None, radius=16)
        self._draw_content(painter, "ink", "brand")


class TextField(Card):
    """One line of text. ``label`` is its accessible name; ``clear_text`` « Effacer tout »; ``placeholder``
    is painted.

    ``edit`` is the QLineEdit. Signals ``changed(str)``, ``touched`` (brings the keyboard back), ``focused``,
    ``entered``.
    """

    changed = Signal(str)
    touched = Signal()
    focused = Signal()
    entered = Signal()

    def __init__(
        self,
        theme: Theme,
        label: str,
        *,
        clear_text: str,
        text: str = "",
        placeholder: str = "",
        icon: str = "",
        longest: int = 120,
        private: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, border="brand", width=4, parent=parent)
        self.edit = _Line(theme, self)
        self.edit.setAccessibleName(label)
        self.edit.setMaxLength(longest)
        self.edit.setText(text)
        self.private = private
        if placeholder:
            self.edit.hint = TextBlock(theme, placeholder, "body", direction=self.layoutDirection())
            self.edit.setAccessibleDescription(placeholder)
        row = QHBoxLayout(self)
        row.setContentsMargins(22, 10, 22, 10)
        row.setSpacing(16)
        if icon:
            row.addWidget(Icon(theme, icon, 50))
        row.addWidget(self.edit, 1)
        self.clear = _Clear(
            theme, clear_text, kind="quiet", icon="x", role="frame_button", minimum_height=88, parent=self
        )
        self.clear.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.clear.clicked.connect(self._clear)
        self.clear.setVisible(bool(text))
        row.addWidget(self.clear)
        self.setMinimumHeight(132)
        self.edit.textChanged.connect(self._text_changed)
        self.edit.returnPressed.connect(self.entered)

    def text(self) -> str:
        """What is written."""
        return self.edit.text()

    def _clear(self) -> None:
        self.edit.clear()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _text_changed(self, text: str) -> None:
        self.clear.setVisible(bool(text))
        self.changed.emit(text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.edit.setFocus(Qt.FocusReason.MouseFocusReason)
        self.touched.emit()
        event.accept()

    def paintEvent(self, event: object) -> None:
        self.border_width = 6 if self.edit.hasFocus() else 4
        super().paintEvent(event)


class NumberField(QWidget):
    """A number with minus and plus (88 px or more) around it. ``changed(int | None)``.

    ``texts``: label, less, more (accessible names of the buttons). ``low`` and ``high`` bound the steps only;
    the engine judges what is typed.
    """

    changed = Signal(object)

    def __init__(
        self,
        theme: Theme,
        texts: tuple[str, str, str],
        *,
        value: int | None = None,
        low: int = 0,
        high: int = 999,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._low, self._high = low, high
        label, less, more = texts
        self.box = DigitBox(theme, label, max(2, len(str(high))), self)
        self.box.setText("" if value is None else str(value))
        tall = self.box.height()
        self.less = Key(theme, less, icon="minus", role="frame_button", icon_above=True, parent=self)
        self.more = Key(theme, more, icon="plus", role="frame_button", icon_above=True, parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        for widget, stretch in ((self.less, 1), (self.box, 2), (self.more, 1)):
            widget.setMinimumHeight(tall)
            widget.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            row.addWidget(widget, stretch)
        for key in (self.less, self.more):
            key.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        QWidget.setTabOrder(self.less, self.box)
        QWidget.setTabOrder(self.box, self.more)
        self.less.clicked.connect(lambda: self._step(-1))
        self.more.clicked.connect(lambda: self._step(1))
        self.box.textEdited.connect(lambda _text: self.changed.emit(self.value()))

    def value(self) -> int | None:
        """The number, or None while the box is empty."""
        return int(self.box.text()) if self.box.text() else None

    def _step(self, by: int) -> None:
        now = self.value()
        new = max(self._low, 0) if now is None else min(max(now + by, self._low), self._high)
        if new != now:
            self.box.setText(str(new))
            self.changed.emit(new)
