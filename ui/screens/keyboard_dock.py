"""The keyboard under a screen, and the fields that it writes into."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.screens.screen import Screen
from ui.widgets.field import TextField
from ui.widgets.focus_order import in_chain, put_after, put_before
from ui.widgets.keyboard import KeyboardTexts, ScreenKeyboard

_KEYS = ("shift", "erase", "space", "close", "digits", "latin", "arabic", "ukrainian")


class KeyboardDock:
    """``keyboard`` goes under the screen (:meth:`Screen.finish`). It follows the focus from field to field;
    « Fermer » hides it, and touching a field brings it back."""

    def __init__(self, screen: Screen) -> None:
        look = screen.look
        self._screen = screen
        texts = KeyboardTexts(**{key: look.words.text(f"keyboard.{key}") for key in _KEYS})
        self.keyboard = ScreenKeyboard(look.theme, look.lang, texts)
        self.keyboard.close_pressed.connect(lambda: self.show(False))
        self.keyboard.height_changed.connect(self._seen)
        self.keyboard.no_room.connect(self._into_page)
        self._field: TextField | None = None

    def serve(self, field: TextField) -> None:
        """Write into ``field`` while it has the focus; into the first one before any has."""
        field.focused.connect(lambda: self.aim(field))
        field.touched.connect(lambda: self._touched(field))
        field.changed.connect(lambda text: self._written(field, text))
        if self._field is None:
            self.aim(field)

    def aim(self, field: TextField) -> None:
        """Write into ``field``, also before it has the focus: on a new page the title is read first."""
        self._field = field
        self.keyboard.aim(field.edit, not field.text())
        if self.keyboard.free:
            self._into_page()

    def show(self, shown: bool) -> None:
        """Show or hide the keyboard."""
        if shown == self.keyboard.isHidden():
            self.keyboard.setVisible(shown)
            self._seen()

    def _touched(self, field: TextField) -> None:
        self.aim(field)
        self.show(True)

    def _into_page(self) -> None:
        """A display too low for page and keyboard: it stands under its field and is paged with it."""
        column, place = self._screen.column, 0
        for index in range(column.count()):
            widget = column.itemAt(index).widget()
            if widget is not None and self._field is not None and _holds(widget, self._field):
                place = index + 1
        if column.indexOf(self.keyboard) not in (place, place - 1) or not place:
            column.insertWidget(place, self.keyboard)
            self._order(place)

    def _order(self, place: int) -> None:
        """The focus comes to the keys after what stands above them, or before what stands below."""
        column = self._screen.column
        widgets = [column.itemAt(index).widget() for index in range(column.count())]
        if place:
            put_after(widgets[place - 1], self.keyboard)
            return
        below = [stop for widget in widgets[1:] if widget is not None for stop in in_chain(widget)]
        if below:
            put_before(self.keyboard, below[0])
        elif self._field is not None:
            put_after(self._field, self.keyboard)

    def _seen(self) -> None:
        """The page has another height now: what is written in stays in sight."""
        self._screen.fit()
        self._show_field()

    def _show_field(self) -> None:
        if self._field is not None and self._field.isVisible():
            for pane in self._screen.panes:
                pane.show_whole(self._field)

    def _written(self, field: TextField, text: str) -> None:
        """What is written is seen, and an empty field begins with a capital again."""
        if field is self._field:
            self._show_field()
            if not text:
                self.keyboard.begin(True)


def _holds(widget: QWidget, field: QWidget) -> bool:
    return widget is field or widget.isAncestorOf(field)
