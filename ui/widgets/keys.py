"""Keys drawn on the screen: they never take the focus, they send real key events to the field that has it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from ui.icons import draw_icon
from ui.theme import Theme
from ui.widgets.press import Pressable
from ui.widgets.surface import draw_box
from ui.widgets.text_block import TextBlock

_LEAST_ICON = 24  # px beside which a picture on a key is no help


def send_key(target: QWidget | None, key: int, text: str = "") -> None:
    """Press and release a key in ``target``, or in the widget that has the focus."""
    field = target or QApplication.focusWidget()
    if field is None:
        return
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(field, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))


class Key(Pressable, QPushButton):
    """One key. ``label`` is drawn, ``typed`` is written; ``name`` is what assistive technology says."""

    debounced = False  # two quick touches are two letters

    def __init__(
        self,
        theme: Theme,
        label: str,
        *,
        name: str | None = None,
        icon: str | None = None,
        role: str = "key_letter",
        size: float | None = None,
        function: bool = False,
        icon_above: bool = False,
        icon_after: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.label = self.typed = label
        self.icon_name = icon
        self.role = role
        self.size_px = size
        self.function = function
        self.icon_above = icon_above
        self.icon_after = icon_after
        self.lit = False
        self._block: TextBlock | None = None
        self._room: tuple[int, int, str] | None = None
        self.setAutoDefault(False)
        # By the keys only: a touch on a key leaves the focus in the field.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(name or label)

    def set_label(self, label: str, name: str | None = None) -> None:
        if (label, name or label) != (self.label, self.accessibleName()):
            self.label = label
            self._block = None
            self.setAccessibleName(name or label)
            self.update()

    def set_sign(self, sign: str, label: str) -> None:
        """Type ``sign`` from now on, and show it as ``label``."""
        self.typed = sign
        self.set_label(label)

    def set_lit(self, lit: bool) -> None:
        """Show as held (the shift key)."""
        if lit != self.lit:
            self.lit = lit
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(94, 104)

    def _words(self, width: int, height: int, align: str) -> TextBlock:
        """The label, in smaller letters where they would not fit into ``width`` x ``height``."""
        room = (width, height, align)
        if self._block is None or room != self._room:
            block = TextBlock(self.theme, self.label, self.role, align=align, size=self.size_px)
            tall = max(block.height(width), round(block.natural_width() * height / max(width, 1)))
            if tall > height:
                usual = self.size_px or self.theme.px(self.role) / self.theme.frame_scale
                # What a word needs beside its letters does not shrink with them.
                smaller = max(1, int((usual - 0.5) * height / tall))
                block = TextBlock(self.theme, self.label, self.role, align=align, size=smaller)
            self._block, self._room = block, room
        return self._block

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        theme = self.theme
        down = self.isDown() or self.lit
        fill = "brandSoft" if down else "panel" if self.function else "surface"
        edge = "brand" if down else "line"
        draw_box(
            painter, self.rect(), theme.colour(fill), theme.colour(edge), 6 if down else theme.border(2), 14
        )
        painter.setPen(theme.colour("ink"))
        self._draw_face(painter, self.rect().adjusted(6, 4, -6, -4))

    def _draw_face(self, painter: QPainter, box: QRect) -> None:
        line = TextBlock(self.theme, self.label, self.role, size=self.size_px).one_line()
        ink = self.theme.hex("ink")
        if not self.icon_name or (self.icon_above and box.height() < line + _LEAST_ICON):
            # On a low key the word stands alone: it says more than the picture.
            self._words(box.width(), box.height(), "centre").draw(painter, box, middle=True)
            return
        if self.icon_above:
            size = min(self.theme.icon(44), box.height() - line)
            y = box.y() + (box.height() - size - line) // 2
            draw_icon(painter, QRect(box.x(), y, box.width(), size), self.icon_name, ink)
            words = QRect(box.x(), y + size, box.width(), line)
            self._words(words.width(), words.height(), "centre").draw(painter, words, middle=True)
            return
        size = min(self.theme.icon(44), box.width() // 3, box.height())
        gap = 12
        block = self._words(box.width() - size - gap, box.height(), "start")
        wide = min(block.natural_width(), box.width() - size - gap)
        x = box.x() + (box.width() - wide - size - gap) // 2
        icon_x, words_x = (x + wide + gap, x) if self.icon_after else (x, x + size + gap)
        draw_icon(painter, QRect(icon_x, box.y(), size, box.height()), self.icon_name, ink)
        block.draw(painter, QRect(words_x, box.y(), wide, box.height()), middle=True)


class NumericPad(QWidget):
    """Digits, erase, and a last key. Keys go to ``target`` or to the focused field.

    ``erase_text`` « Effacer »; ``next_text`` « Case suivante » or None (no such key); ``comma``: in its
    place, the decimal sign and its name. Signal ``next_pressed``.
    """

    next_pressed = Signal()

    def __init__(
        self,
        theme: Theme,
        erase_text: str,
        next_text: str | None = None,
        *,
        comma: tuple[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.target: QWidget | None = None
        self.keys: dict[str, Key] = {}
        # Made in the order in which they stand: the focus goes through them in this order.
        for digit in "123456789":
            self._digit(digit)
        erase = Key(theme, erase_text, icon="backspace", role="frame_button", function=True, parent=self)
        erase.clicked.connect(lambda: send_key(self.target, Qt.Key.Key_Backspace))
        self.keys["erase"] = erase
        self._digit("0")
        if next_text is not None:
            onward = Key(
                theme,
                next_text,
                icon="arrow-right",
                icon_after=True,
                role="frame_button",
                function=True,
                parent=self,
            )
            onward.clicked.connect(lambda: self.next_pressed.emit())
            self.keys["next"] = onward
        elif comma is not None:
            sign, name = comma
            point = Key(theme, sign, name=name, role="key_digit", parent=self)
            point.clicked.connect(lambda: send_key(self.target, ord(sign), sign))
            self.keys["next"] = point
        self._key_height = round(124 * min(theme.frame_scale, 1.3))
        self.setFixedHeight(4 * self._key_height + 3 * 14)

    def _digit(self, digit: str) -> None:
        key = Key(self.theme, digit, role="key_digit", parent=self)
        key.clicked.connect(lambda: send_key(self.target, ord(digit), digit))
        self.keys[digit] = key

    def sizeHint(self) -> QSize:
        return QSize(984, 4 * self._key_height + 42)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 4 * self._key_height + 42)

    def resizeEvent(self, _event: object) -> None:
        # Digits keep their places in every language, as on every counter and telephone.
        gap, tall = 14, self._key_height
        starts = [round(n * (self.width() + gap) / 3) for n in range(4)]
        for index, name in enumerate(("1", "2", "3", "4", "5", "6", "7", "8", "9", "erase", "0", "next")):
            if name in self.keys:
                row, column = divmod(index, 3)
                wide = starts[column + 1] - gap - starts[column]
                self.keys[name].setGeometry(starts[column], row * (tall + gap), wide, tall)
