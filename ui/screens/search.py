"""A field in which one begins to write, and the answers that fit, one touch away."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout

from ui.screens.form import FormScreen
from ui.widgets.option import Choice
from ui.widgets.suggestions import Suggestions
from ui.widgets.text import Caption

Find = Callable[[str], Sequence[Choice]]


class Search(QObject):
    """``find`` gives at most three choices for what is written. ``chosen`` is the value that was touched,
    None while nothing was or what is written has changed since; ``choices`` are those on the screen. Signal
    ``touched(value)``.

    ``none``: what to say where nothing fits.
    """

    touched = Signal(str)

    def __init__(self, screen: FormScreen, label: str, find: Find, none: str) -> None:
        super().__init__(screen)
        self._screen = screen
        self._find = find
        self._none = none
        self.choices: Sequence[Choice] = ()
        self.chosen: str | None = None
        self.form = screen.form(label, bare=True)
        self.field = self.form.field
        self.hint = Caption(screen.theme)
        self.cards = Suggestions(screen.theme, screen.look.listen)
        for card in self.cards.cards:
            screen.hear(card.listen, lambda card=card: _said(card.choice))
        self.field.changed.connect(self._written)
        self.cards.changed.connect(self._touch)

    def add_to(self, entry: QVBoxLayout, column: QVBoxLayout) -> None:
        """Put the field into ``entry`` and what fits into ``column``."""
        entry.addWidget(self.form)
        column.addWidget(self.hint)
        column.addWidget(self.cards)

    def begin(self) -> None:
        """Show what fits before anything is written."""
        self._written(self.field.text())

    def choose(self, choice: Choice) -> None:
        """Take this answer as if it had been touched."""
        self._write(choice.text)
        self.chosen = choice.value
        self.choices = (choice,)
        self._show()

    def best(self) -> Choice | None:
        """The choice that was touched."""
        return next((one for one in self.choices if one.value == self.chosen), None)

    def complaint(self) -> str:
        """What to say while nothing is chosen."""
        if not self.field.text().strip():
            return self._screen.text("search.missing")
        return self._screen.text("search.touch") if self.choices else self._none

    def said(self) -> list[str]:
        """What fits, for the voice."""
        return [self.hint.text(), *(_said(choice) for choice in self.choices)]

    def _written(self, text: str) -> None:
        self.chosen = None
        self.choices = tuple(self._find(text))
        self._show()

    def _show(self) -> None:
        self.cards.offer(self.choices, self.chosen)
        asked = bool(self.field.text().strip())
        text = self._screen.text("search.touch") if self.choices else self._none if asked else ""
        self.hint.set_text(text if len(self.field.text().strip()) > 1 or self.choices else "")
        self.hint.setVisible(bool(self.hint.text()))
        self._screen.fit()

    def _touch(self, value: str) -> None:
        choice = next((one for one in self.choices if one.value == value), None)
        if choice is not None:
            self._write(choice.text)
            self.chosen = choice.value
            self._screen.refuse(self.form, "")
            self.touched.emit(value)

    def _write(self, text: str) -> None:
        before = self.field.blockSignals(True)
        self.field.edit.setText(text)
        self.field.blockSignals(before)


def _said(choice: Choice) -> str:
    return f"{choice.text}. {choice.sub}." if choice.sub else f"{choice.text}."
