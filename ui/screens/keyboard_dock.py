"""The keyboard under a screen, and the fields that it writes into."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.screens.screen import Look, Screen
from ui.widgets.field import TextField
from ui.widgets.keyboard import KeyboardTexts, ScreenKeyboard

_KEYS = ("shift", "erase", "space", "close", "digits", "latin", "arabic", "ukrainian")


class KeyboardDock:
    """``keyboard`` goes under the screen (:meth:`Screen.finish`). It follows the focus from field to field;
    « Fermer » hides it, and touching a field brings it back."""

    def __init__(self, screen: Screen) -> None:
        look: Look = screen.look
        self._screen = screen
        texts = KeyboardTexts(**{key: look.words.text(f"keyboard.{key}") for key in _KEYS})
        self.keyboard = ScreenKeyboard(look.theme, look.lang, texts)
        self.keyboard.close_pressed.connect(lambda: self.show(False))
        self.keyboard.height_changed.connect(self._seen)
        self._field: TextField | None = None

    def serve(self, field: TextField) -> None:
        """Write into ``field`` while it has the focus; into the first one before any has."""
        field.focused.connect(lambda: self._aim(field))
        field.touched.connect(lambda: self.show(True, field))
        field.changed.connect(lambda text: self._emptied(field, text))
        if self._field is None:
            self._aim(field)

    def write_into(self, field: TextField) -> None:
        """Aim at ``field`` without giving it the focus: the title is read first."""
        self._aim(field)

    def show(self, shown: bool, field: QWidget | None = None) -> None:
        """Show or hide the keyboard."""
        if shown == (not self.keyboard.isHidden()):
            return
        self.keyboard.setVisible(shown)
        self._seen(field)

    def _seen(self, field: QWidget | None = None) -> None:
        self._screen.paged.fit()
        shown = field or self._field
        if shown is not None and shown.isVisible():
            self._screen.paged.show_whole(shown)

    def _aim(self, field: TextField) -> None:
        self._field = field
        self.keyboard.aim(field.edit, not field.text())

    def _emptied(self, field: TextField, text: str) -> None:
        """An empty field begins with a capital again."""
        if not text and field is self._field:
            self.keyboard.begin(True)
