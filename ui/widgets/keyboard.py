"""The keyboard on the screen: AZERTY, QWERTY, accents, digits."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from ui.theme import Theme
from ui.widgets.keys import Key, send_key

_LETTERS = {
    "azerty": ("azertyuiop", "qsdfghjklm", "wxcvbn’"),
    "qwerty": ("qwertyuiop", "asdfghjkl’", "zxcvbnm"),
}
_DIGITS = ("1234567890", "@/:;()°+&,", '.?!’"_#')
_ACCENTS = "éèêëàâçîïôœùûü"
LAYOUTS = {"fr": "azerty", "en": "qwerty"}
_MARGIN, _GAP, _ROW = 24, 10, 104


@dataclass(frozen=True)
class KeyboardTexts:
    """Words of the function keys."""

    shift: str  # Maj
    erase: str  # Effacer
    space: str  # Espace
    close: str  # Fermer
    digits: str = "123"
    letters: str = "ABC"
    accents: str = "É È À Ç"


class ScreenKeyboard(QWidget):
    """``language`` picks the layout. Keys go to ``target`` or to the focused field. Signal ``close_pressed``.

    Shift holds for one letter and is on at first; :meth:`begin` sets it again for an empty field.
    """

    close_pressed = Signal()
    height_changed = Signal()

    def __init__(
        self, theme: Theme, language: str, texts: KeyboardTexts, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.target: QWidget | None = None
        self._texts = texts
        self._layout_name = LAYOUTS.get(language, "qwerty")
        self._shift = True
        self._digits = False
        self._accents = False
        # Keys stay where the hand knows them, whatever the direction of the text.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._rows = [[self._letter(c) for c in row] for row in _LETTERS[self._layout_name]]
        self._accent_keys = [self._letter(c) for c in _ACCENTS]
        self._functions = self._make_functions()
        self._show_state()
        self._fix_height()

    # -- state -----------------------------------------------------------------------------------------

    def begin(self, empty: bool) -> None:
        """Back to letters; capital if the field is empty."""
        self._shift, self._digits = empty, False
        self._show_state()

    def set_focusable(self, on: bool) -> None:
        """With the tactile keypad the keys join the focus order, row by row."""
        policy = Qt.FocusPolicy.TabFocus if on else Qt.FocusPolicy.NoFocus
        for key in self.findChildren(Key):
            key.setFocusPolicy(policy)

    def _letter(self, character: str) -> Key:
        key = Key(self.theme, character, parent=self)
        key.clicked.connect(lambda _=False, key=key: self._type(key.label))
        return key

    def _make_functions(self) -> dict[str, Key]:
        texts = self._texts
        made = {
            "shift": self._function(texts.shift, "arrow-big-up", above=True),
            "erase": self._function(texts.erase, "backspace"),
            "accents": self._function(texts.accents),
            "digits": self._function(texts.digits),
            "space": self._function(texts.space),
            "hyphen": self._letter("-"),
            "close": self._function(texts.close, "keyboard-hide"),
        }
        made["space"].function = False
        made["shift"].clicked.connect(self._toggle_shift)
        made["erase"].clicked.connect(lambda: send_key(self.target, Qt.Key.Key_Backspace))
        made["accents"].clicked.connect(self._toggle_accents)
        made["digits"].clicked.connect(self._toggle_digits)
        made["space"].clicked.connect(lambda: self._type(" "))
        made["close"].clicked.connect(lambda: self.close_pressed.emit())
        return made

    def _function(self, label: str, icon: str | None = None, above: bool = False) -> Key:
        return Key(
            self.theme,
            label,
            icon=icon,
            role="frame_button",
            size=24,
            function=True,
            icon_above=above,
            parent=self,
        )

    def _type(self, character: str) -> None:
        send_key(self.target, ord(character.upper()[0]) if character.isascii() else 0, character)
        if self._shift:
            self._shift = False
            self._show_state()

    def _toggle_shift(self) -> None:
        self._shift = not self._shift
        self._show_state()

    def _toggle_digits(self) -> None:
        self._digits = not self._digits
        self._show_state()

    def _toggle_accents(self) -> None:
        self._accents = not self._accents
        self._show_state()
        self._fix_height()
        self.height_changed.emit()

    def _show_state(self) -> None:
        rows = _DIGITS if self._digits else _LETTERS[self._layout_name]
        for keys, characters in zip(self._rows, rows, strict=True):
            for key, character in zip(keys, characters, strict=True):
                key.set_label(character.upper() if self._shift and not self._digits else character)
        for key, character in zip(self._accent_keys, _ACCENTS, strict=True):
            key.set_label(character.upper() if self._shift else character)
            key.setVisible(self._accents)
        self._functions["shift"].set_lit(self._shift and not self._digits)
        self._functions["accents"].set_lit(self._accents)
        self._functions["digits"].set_label(self._texts.letters if self._digits else self._texts.digits)

    # -- geometry --------------------------------------------------------------------------------------

    def row_count(self) -> int:
        """Rows shown: the accents take one more (two when letters are large)."""
        return 4 + (2 if self._accents else 0)

    def _fix_height(self) -> None:
        rows = self.row_count()
        self.setFixedHeight(rows * _ROW + (rows - 1) * _GAP + 20 + _MARGIN)
        self._place()

    def sizeHint(self) -> QSize:
        return QSize(1080, self.height())

    def resizeEvent(self, _event: object) -> None:
        self._place()

    def _place(self) -> None:
        wide = (self.width() - 2 * _MARGIN - 9 * _GAP) / 10
        y = 20
        if self._accents:
            for start in (0, 7):
                self._place_row(
                    self._accent_keys[start : start + 7], y, (self.width() - 2 * _MARGIN - 6 * _GAP) / 7
                )
                y += _ROW + _GAP
        self._place_row(self._rows[0], y, wide)
        self._place_row(self._rows[1], y + _ROW + _GAP, wide)
        functions = self._functions
        third = [functions["shift"], *self._rows[2]]
        spans = [(key, 1) for key in third] + [(functions["erase"], 2)]
        self._place_spans(spans, y + 2 * (_ROW + _GAP), wide)
        last = [("accents", 2), ("digits", 1), ("space", 4), ("hyphen", 1), ("close", 2)]
        self._place_spans([(functions[name], span) for name, span in last], y + 3 * (_ROW + _GAP), wide)

    def _place_row(self, keys: list[Key], y: int, wide: float) -> None:
        for index, key in enumerate(keys):
            key.setGeometry(QRect(round(_MARGIN + index * (wide + _GAP)), y, round(wide), _ROW))

    def _place_spans(self, keys: list[tuple[Key, int]], y: int, wide: float) -> None:
        x = float(_MARGIN)
        for key, span in keys:
            across = span * wide + (span - 1) * _GAP
            key.setGeometry(QRect(round(x), y, round(across), _ROW))
            x += across + _GAP

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.colour("bg"))
        painter.fillRect(QRect(0, 0, self.width(), self.theme.border(2)), self.theme.colour("line"))
