"""The keyboard on the screen: the letters of a language, Latin ones beside them, accents, digits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Theme
from ui.widgets.focus_order import chain, stop_before
from ui.widgets.key_rows import UNITS, Cell, Layout, Rows, accents, digits, layouts_of, letters
from ui.widgets.keys import Key, send_key

_MARGIN, _GAP, _ROW, _TOP = 24, 10, 104, 20
_NARROW, _TIGHT_MARGIN, _TIGHT_GAP = 760, 8, 6
_LEAST, _LEAST_ROW = 44, 53
"""px: 12 mm high, 10 mm across; 10 mm high too while the accents stand over the letters."""
_USUAL_ROWS = 4
_PAGE_ABOVE, _FREE_ROW = 228, 64
_MOST_ROWS, _PAGER_MORE = 6, 24
_SHARE, _BESIDE_SHARE, _LOW_PAGE, _LOW_BESIDE = 0.6, 0.44, 700, 560
"""How much of its page the keyboard takes at most; the keys get lower where that is not enough. Where
the page is wide or its upper part is only read, answers to touch need the room above the keys."""
_ICONS = {"shift": "arrow-big-up", "erase": "backspace", "close": "keyboard-hide"}
_MARKS = range(0x064B, 0x0653)  # signs of Arabic that sit on a letter: a bar carries them on the key


@dataclass(frozen=True)
class KeyboardTexts:
    """Words of the function keys; the last three say which letters a key leads to."""

    shift: str  # Maj
    erase: str  # Effacer
    space: str  # Espace
    close: str  # Fermer
    digits: str = "123"
    latin: str = "ABC"
    arabic: str = "أبج"
    ukrainian: str = "АБВ"


class ScreenKeyboard(QWidget):
    """``language`` picks the letters. Keys go to ``target`` or to the focused field. ``close_pressed``.

    Where its page is too low for both, ``no_room`` asks to put it among what the page scrolls, and it is
    ``free`` from then on.
    Shift holds for one letter and is on at first; :meth:`begin` sets it again for an empty field.
    """

    close_pressed = Signal()
    height_changed = Signal()
    no_room = Signal()

    def __init__(
        self, theme: Theme, language: str, texts: KeyboardTexts, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.target: QWidget | None = None
        self._texts = texts
        self._layouts = layouts_of(language)
        self._script = 0
        self._shift = True
        self._digits = False
        self._accents = False
        self._row_height = _ROW
        self._tight = False
        self.free = False
        self._signs: list[Key] = []
        self._functions: dict[str, Key] = {}
        self._shown: list[list[tuple[Key, Cell]]] = []
        # Keys stay where the hand knows them, whatever the direction of the text.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._show_page()

    # -- state -----------------------------------------------------------------------------------------

    @property
    def layout_now(self) -> Layout:
        """The letters that are shown."""
        return self._layouts[self._script]

    def begin(self, empty: bool) -> None:
        """Back to letters; capital if the field is empty."""
        self._shift = empty
        if self._digits:
            self._digits = False
            self._show_page()
        else:
            self._show_case()

    def aim(self, target: QWidget, empty: bool) -> None:
        """Write into ``target`` from now on."""
        if target is not self.target:
            self.target = target
            self.begin(empty)

    def _type(self, sign: str) -> None:
        send_key(self.target, ord(sign.upper()[0]) if sign.isascii() else 0, sign)
        if self._shift:
            self._shift = False
            self._show_case()

    def _toggle_shift(self) -> None:
        self._shift = not self._shift
        self._show_case()

    def _toggle_digits(self) -> None:
        self._digits = not self._digits
        self._accents = False
        self._show_page()

    def _toggle_accents(self) -> None:
        self._accents = not self._accents
        self._show_page()

    def _next_script(self) -> None:
        self._script = (self._script + 1) % len(self._layouts)
        self._accents = False
        self._show_page()

    # -- keys ------------------------------------------------------------------------------------------

    def _rows(self) -> Rows:
        if self._digits:
            return digits(self.layout_now)
        rows = letters(self.layout_now, len(self._layouts) > 1)
        return (*accents(self.layout_now), *rows) if self._accents else rows

    def _show_page(self) -> None:
        """Give every key of the page its sign; keys are made when a page needs more than there were."""
        before = self.height()
        free = iter(list(self._signs))
        first = self._shown[0][0][0] if self._shown else None
        self._shown = []
        for row in self._rows():
            self._shown.append(
                [self._function(cell) if cell.acts else self._sign(cell, free) for cell in row]
            )
        used = {id(key) for row in self._shown for key, _ in row}
        for key in (*self._signs, *self._functions.values()):
            key.setVisible(id(key) in used)
        shown = [key for row in self._shown for key, _ in row]
        stop = stop_before(first, outside=self) if first is not None else None
        chain([stop, *shown])  # keys are made once, and change places
        self._show_case()
        self._fit()
        if self.height() != before:
            self.height_changed.emit()

    def _sign(self, cell: Cell, free: Iterator[Key]) -> tuple[Key, Cell]:
        key = next(free, None)
        if key is None:
            key = Key(self.theme, cell.sign, parent=self)
            key.clicked.connect(lambda _=False, key=key: self._type(key.typed))
            self._signs.append(key)
        return key, cell

    def _function(self, cell: Cell) -> tuple[Key, Cell]:
        name = cell.sign
        if name not in self._functions:
            key = Key(
                self.theme,
                getattr(self._texts, name, ""),
                icon=_ICONS.get(name),
                role="frame_button",
                size=26 if name == "shift" else 28,
                function=name != "space",
                icon_above=name == "shift",
                parent=self,
            )
            key.clicked.connect(lambda: self._act(name))
            self._functions[name] = key
        return self._functions[name], cell

    def _act(self, name: str) -> None:
        acts: dict[str, Callable[[], None]] = {
            "shift": self._toggle_shift,
            "erase": lambda: send_key(self.target, Qt.Key.Key_Backspace),
            "accents": self._toggle_accents,
            "digits": self._toggle_digits,
            "script": self._next_script,
            "space": lambda: self._type(" "),
            "close": self._close,
        }
        acts[name]()

    def _close(self) -> None:
        """Who came here by the keys finds the focus in the field again."""
        if self.target is not None and self._functions["close"].hasFocus():
            self.target.setFocus(Qt.FocusReason.OtherFocusReason)
        self.close_pressed.emit()

    def _show_case(self) -> None:
        layout = self.layout_now
        capital = self._shift and layout.cased and not self._digits
        for row in self._shown:
            for key, cell in row:
                if not cell.acts:
                    sign = _capital(cell.sign) if capital else cell.sign
                    key.set_sign(sign, f"ـ{sign}" if ord(sign[0]) in _MARKS else sign)
        lit = {"shift": capital, "accents": self._accents}
        words = {
            "accents": (layout.accents_label, ""),
            "digits": self._to_letters(layout) if self._digits else (self._texts.digits, ""),
            "script": self._to_letters(self._layouts[(self._script + 1) % len(self._layouts)]),
        }
        for name, key in self._functions.items():
            key.set_lit(lit.get(name, False))
            if name in words:
                label, more = words[name]
                key.set_label(label, f"{label}, {more}" if more else label)

    def _to_letters(self, layout: Layout) -> tuple[str, str]:
        """What stands on a key that leads to the letters of ``layout``, and its words for the voice."""
        names = {"arabic": self._texts.arabic, "ukrainian": self._texts.ukrainian}
        name = names.get(layout.name, self._texts.latin)
        return layout.label, "" if name == layout.label else name

    # -- geometry --------------------------------------------------------------------------------------

    def row_count(self) -> int:
        """Rows shown."""
        return len(self._shown)

    def _fit(self) -> None:
        """As high as the keys want to be, or as the page allows; ``no_room`` where that is too little."""
        rows = self.row_count()
        tall, share = self._room()
        self._tight = self.free or 0 < tall < _LOW_PAGE
        gaps = (rows - 1) * self._gap + self._top + self._margin
        least = _LEAST if rows > _USUAL_ROWS else _LEAST_ROW
        # Seven rows (Arabic with its signs) leave less than that where the pager's words are large.
        above = _PAGE_ABOVE + (_PAGER_MORE if rows > _MOST_ROWS else 0)
        if not self.free and 0 < tall < rows * least + gaps + above:
            self.free = True
            self.no_room.emit()
            self._fit()
            return
        most = min(round(tall * share), tall - _PAGE_ABOVE)
        wanted = min(_ROW, (most - gaps) // rows) if tall else _ROW
        self._row_height = _FREE_ROW if self.free else max(wanted, least)
        self.setFixedHeight(rows * self._row_height + gaps)
        self._place()

    def _room(self) -> tuple[int, float]:
        """Height of the page that can be touched, 0 = not known; and the keyboard's share of it."""
        page = self.parentWidget()
        if page is None or not page.testAttribute(Qt.WidgetAttribute.WA_Resized):
            return 0, _SHARE
        fixed = QSizePolicy.Policy.Fixed
        others = [one for one in page.children() if isinstance(one, QWidget) and one is not self]
        above = sum(one.height() for one in others if one.sizePolicy().verticalPolicy() == fixed)
        beside = page.width() > page.height() and page.height() >= _LOW_BESIDE
        return page.height() - above, _BESIDE_SHARE if above or beside else _SHARE

    @property
    def _gap(self) -> int:
        return _TIGHT_GAP if self._tight or self.width() < _NARROW else _GAP

    @property
    def _margin(self) -> int:
        return _TIGHT_MARGIN if self._tight or self.width() < _NARROW else _MARGIN

    @property
    def _top(self) -> int:
        return _TIGHT_MARGIN if self._tight else _TOP

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ParentChange and self.parentWidget() is not None:
            self.parentWidget().installEventFilter(self)
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.parentWidget() and event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._fit()
        return False

    def sizeHint(self) -> QSize:
        return QSize(1080, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(UNITS * _LEAST + (UNITS - 1) * _TIGHT_GAP + 2 * _TIGHT_MARGIN, self.height())

    def resizeEvent(self, _event: object) -> None:
        self._fit()

    def _place(self) -> None:
        y = self._top
        for row in self._shown:
            units = sum(cell.span for _, cell in row)
            wide = (self.width() - 2 * self._margin - (units - 1) * self._gap) / units
            x = float(self._margin)
            for key, cell in row:
                across = cell.span * wide + (cell.span - 1) * self._gap
                key.setGeometry(QRect(round(x), y, round(x + across) - round(x), self._row_height))
                x += across + self._gap
            y += self._row_height + self._gap

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.colour("bg"))
        painter.fillRect(QRect(0, 0, self.width(), self.theme.border(2)), self.theme.colour("line"))


def _capital(sign: str) -> str:
    """« ß » has a capital of its own; its usual one is two letters."""
    return "ẞ" if sign == "ß" else sign.upper()
