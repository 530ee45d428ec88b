"""A few answers that fit what is being written, one touch away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from ui.theme import Theme
from ui.widgets.option import Choice, OptionGroup

MOST = 3
_LOW = 104


class Suggestions(OptionGroup):
    """At most three cards, 104 px at 100 %, the same ones for every key: only their words change.

    ``changed(value)`` when the person touches one.
    """

    def __init__(
        self, theme: Theme, listen: tuple[str, str] | None = None, parent: QWidget | None = None
    ) -> None:
        empty = [Choice(str(n), "") for n in range(MOST)]
        super().__init__(theme, empty, listen=listen, parent=parent)
        for card in self.cards:
            card.mark.least = _LOW - 8
        self.offer(())

    def offer(self, choices: Sequence[Choice], chosen: str | None = None) -> None:
        """Show these, none of them chosen but ``chosen``."""
        for number, card in enumerate(self.cards):
            fits = number < len(choices)
            card.setVisible(fits)
            if fits and card.choice != choices[number]:
                card.set_choice(choices[number])
            self._mark(number, fits and choices[number].value == chosen)
        self.setVisible(bool(choices))

    def _mark(self, number: int, on: bool) -> None:
        mark = self.cards[number].mark
        if mark.isChecked() != on:
            before = self.blockSignals(True)
            mark.setChecked(on)
            self.blockSignals(before)

    def offered(self) -> tuple[str, ...]:
        """The words of the cards that are shown."""
        return tuple(card.mark.accessibleName() for card in self.cards if not card.isHidden())
