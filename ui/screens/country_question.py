"""A country, found by its name in the person's language."""

from __future__ import annotations

from kiosk.procedures.country_search import search_countries
from ui.screens.form import FormScreen
from ui.screens.screen import Look
from ui.screens.search import Search
from ui.views import Asking
from ui.widgets.option import Choice


def country_choice(look: Look, code: str) -> Choice:
    """A country as a card."""
    return Choice(code, look.words.country(code))


def country_search(screen: FormScreen) -> Search:
    """A search among all countries; before anything is written, the likeliest ones."""
    look = screen.look

    def find(written: str) -> list[Choice]:
        codes = search_countries(written, look.lang, look.pack().country)
        return [country_choice(look, code) for code in codes]

    return Search(screen, screen.text("country.label"), find, screen.text("country.none"))


class CountryScreen(FormScreen):
    """``acted("answer", code)``, ISO 3166 alpha-2."""

    def __init__(self, look: Look, view: Asking) -> None:
        super().__init__(look, view)
        self.search = country_search(self)
        self.search.add_to(self.entry, self.column)
        self.add_links()
        self.finish(dock=self.keyboard)
        if isinstance(view.value, str):
            self.search.choose(country_choice(look, view.value))
        else:
            self.search.begin()

    def lead(self) -> str:
        return super().lead() or self.text("country.lead")

    def said_page(self) -> list[str]:
        return [*super().said_page(), *self.search.said()]

    def forward(self) -> None:
        if self.search.chosen is None:
            self.refuse_all([(self.search.form, self.search.complaint())])
        else:
            self.offer(self.search.chosen, self.search.form, self.search.complaint())

    def state(self) -> object:
        return self.search.chosen, self.search.field.text()

    def restore(self, state: object) -> None:
        chosen, written = state
        if chosen is not None:  # in another language the country has another name
            self.search.choose(country_choice(self.look, chosen))
        else:
            self.search.field.edit.setText(written)
