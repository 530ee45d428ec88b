"""An address, one step after the other: the commune, found by name or postcode; then the street."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kiosk.places import LEAST, Place, covers, fold, places
from kiosk.procedures import Address
from ui.deck import AFTER_PAINT_MS
from ui.screens.country_question import country_choice, country_search
from ui.screens.form import FormScreen, Wrong
from ui.screens.screen import GAP, Look
from ui.screens.search import Search
from ui.views import Asking
from ui.widgets.button import SkipLink
from ui.widgets.option import Choice
from ui.widgets.suggestions import MOST
from ui.widgets.title import TitleBlock

LIST, COUNTRY, PLACE, STREET = "list", "country", "place", "street"
_FIVE = 5


class AddressScreen(FormScreen):
    """``acted("answer", Address)``.

    Steps: LIST, the communes that are known here; COUNTRY, for an address abroad; PLACE, postcode and town in
    free words; STREET. ``trail``: the steps behind the person and the one on the screen; « Retour » goes back
    through it.
    """

    def __init__(self, look: Look, view: Asking) -> None:
        super().__init__(look, view)
        self.home = look.pack().country
        self.country = self.home
        self.known: dict[str, Place] = {}
        self._parts: dict[str, list[QWidget]] = {}
        self._make_steps()
        abroad = self._link("address.abroad", "world", lambda: self._leave_list(COUNTRY))
        self.unlisted = self._link("address.unlisted", "pencil", lambda: self._leave_list(PLACE))
        self._parts[LIST].append(abroad)
        self.add_links(abroad, self.unlisted)
        self.finish(dock=self.keyboard)
        self.trail: list[str] = []
        self._place_lead = self.text("address.place.lead")
        self._lead_said = self.lead()
        self.search.field.changed.connect(lambda _: self._offer_unlisted())
        self._fill(view.value if isinstance(view.value, Address) else None)
        if covers(self.home):
            # Read while the person reads the question, so that the first key does not wait for it.
            QTimer.singleShot(AFTER_PAINT_MS, places)

    # -- the steps ----------------------------------------------------------------------------------------

    def _make_steps(self) -> None:
        label, none = self.text("address.search.label"), self.text("address.search.none")
        self.search = Search(self, label, self._find, none)
        self.countries = country_search(self)
        self.postcode = self.form(self.text("address.postcode"), longest=12)
        self.city = self.form(self.text("address.city"))
        self.street = self.form(self.text("address.street"))
        self.more = self.form(self.text("address.street.more"), hint=self.text("address.street.hint"))
        self._step(LIST, self.search)
        self._step(COUNTRY, self.countries)
        self._step(PLACE, self.postcode, self.city)
        self._step(STREET, self.street, self.more)

    def _step(self, name: str, *parts: QWidget | Search) -> None:
        """A step has its own fields; what fits stands with the answers."""
        entry, column = QWidget(), QWidget()
        inside, below = QVBoxLayout(entry), QVBoxLayout(column)
        for layout in (inside, below):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(GAP)
        for part in parts:
            if isinstance(part, Search):
                part.add_to(inside, below)
            else:
                inside.addWidget(part)
        self.entry.addWidget(entry)
        self._parts[name] = [entry]
        if below.count():
            self.column.addWidget(column)
            self._parts[name].append(column)

    def _link(self, key: str, icon: str, act: Callable[[], None]) -> SkipLink:
        link = SkipLink(self.theme, self.text(key), icon=icon)
        link.clicked.connect(act)
        return link

    @property
    def step(self) -> str:
        """The step on the screen."""
        return self.trail[-1]

    def _first(self) -> str:
        return LIST if covers(self.home) else PLACE

    def _go(self, step: str) -> None:
        self.trail.append(step)
        self._show()
        self._begin()

    def _show(self) -> None:
        for name, parts in self._parts.items():
            for part in parts:
                part.setVisible(name == self.step)
        self._offer_unlisted()
        self.set_lead(self._step_lead(self.step))

    def _step_lead(self, step: str) -> str:
        if step == PLACE:
            return self._place_lead
        if step == STREET:
            place = " ".join(filter(None, (self._written(self.postcode), self._written(self.city))))
            return self.text("address.street.lead", place=place)
        return self.text("address.search.lead" if step == LIST else "address.country.lead")

    def lead(self) -> str:
        first = LIST if covers(self.look.pack().country) else PLACE
        step = "address.search.lead" if first == LIST else "address.place.lead"
        return " ".join(filter(None, (super().lead(), self.text(step))))

    def set_lead(self, words: str) -> None:
        """Say under the question what this step asks."""
        words = " ".join(filter(None, (super().lead(), words)))
        self._said[self._said.index(self._lead_said)] = self._lead_said = words
        block = self.heading.parentWidget() if self.heading is not None else None
        if isinstance(block, TitleBlock) and block.lead is not None:
            block.lead.set_text(words)
        self.fit()

    def _offer_unlisted(self) -> None:
        """« Elle n’est pas dans la liste »: from when the person has seen all that there is."""
        written = self.search.field.text()
        names = {fold(choice.text) for choice in self.search.choices}
        seen = len(names) < MOST or fold(written) in names
        asked = len(written.strip()) >= LEAST and self.search.chosen is None
        self.unlisted.setVisible(self.step == LIST and asked and seen)
        self.fit()

    def _begin(self) -> None:
        """Into the first field of a new step that is still empty."""
        shown = self._shown()
        self.go_to(next((form for form in shown if not form.field.text()), shown[0]))

    # -- what fits ----------------------------------------------------------------------------------------

    def _find(self, written: str) -> list[Choice]:
        if len(written.strip()) < LEAST:
            return []
        found = places().search(written)
        self.known.update({_key(place): place for place in found})
        return [_choice(place) for place in found]

    def _place(self) -> Place | None:
        """The commune that was touched, or that is the only one of its name."""
        chosen = self.search.chosen
        return self.known[chosen] if chosen else places().exactly(self.search.field.text())

    def _leave_list(self, step: str) -> None:
        if step == PLACE:
            self.country = self.home
            self._place_lead = self.text("address.place.lead")
        else:
            self.countries.begin()
        self._go(step)

    # -- on -----------------------------------------------------------------------------------------------

    def forward(self) -> None:
        {
            LIST: self._after_list,
            COUNTRY: self._after_country,
            PLACE: self._after_place,
            STREET: self._after_street,
        }[self.step]()

    def _after_list(self) -> None:
        place = self._place()
        if place is None:
            self.refuse_all([(self.search.form, self.search.complaint())])
            return
        self.country = self.home
        self.city.field.edit.setText(place.city)
        written = self._written(self.postcode)
        if place.postcode or written not in place.postcodes:
            self.postcode.field.edit.setText(place.postcode)
        if place.postcode:
            self._go(STREET)
        else:
            self._place_lead = self.text("address.postcode.several", city=place.city)
            self._go(PLACE)

    def _after_country(self) -> None:
        if self.countries.chosen is None:
            self.refuse_all([(self.countries.form, self.countries.complaint())])
            return
        if self.countries.chosen != self.country:
            self.postcode.field.edit.clear()
            self.city.field.edit.clear()
        self.country = self.countries.chosen
        name = self.text("address.country", country=self.words.country(self.country))
        optional = "" if self.country == self.home else f" {self.text('address.postcode.optional')}"
        self._place_lead = f"{name}.{optional}"
        self._go(PLACE)

    def _after_place(self) -> None:
        if not self.refuse_all(self._wrong_place()):
            self._go(STREET)

    def _wrong_place(self) -> list[Wrong]:
        postcode, city = self._written(self.postcode), self._written(self.city)
        wrong: list[Wrong] = []
        if covers(self.country):
            bare = postcode.replace(" ", "")
            if not bare:
                wrong.append((self.postcode, self.text("address.postcode.missing")))
            elif len(bare) != _FIVE or not bare.isdecimal():
                wrong.append((self.postcode, self.text("address.postcode.five")))
            else:
                self.postcode.field.edit.setText(bare)
        elif not postcode and self.country == self.home:
            wrong.append((self.postcode, self.text("address.postcode.missing")))
        if not city:
            wrong.append((self.city, self.text("address.city.missing")))
        return wrong

    def _after_street(self) -> None:
        if not self._written(self.street):
            self.refuse_all([(self.street, self.text("address.street.missing"))])
            return
        lines = [line for line in (self._written(self.street), self._written(self.more)) if line]
        raw = {
            "lines": lines,
            "postcode": self._written(self.postcode),
            "city": self._written(self.city),
            "country": self.country,
        }
        self.offer(raw, self.street, self.text("text.refused.text"))

    @staticmethod
    def _written(form: QWidget) -> str:
        return form.field.text().strip()

    # -- back, and what was there -------------------------------------------------------------------------

    def back(self) -> bool:
        if len(self.trail) < 2:
            return False
        self.trail.pop()
        self._show()
        self._begin()
        return True

    def _fill(self, value: Address | None) -> None:
        """The answer that was given, at its first step."""
        if value is not None:
            self.country = value.country
            self.postcode.field.edit.setText(value.postcode)
            self.city.field.edit.setText(value.city)
            self.street.field.edit.setText(value.lines[0])
            self.more.field.edit.setText(", ".join(value.lines[1:]))
        self.trail = [self._first()]
        if value is not None and value.country != self.home:
            self.trail.append(COUNTRY)
            self.countries.choose(country_choice(self.look, value.country))
        elif value is not None and self.step == LIST:
            self._fill_list(value)
        self._show()

    def _fill_list(self, value: Address) -> None:
        found = [
            place
            for place in places().search(f"{value.postcode} {value.city}", 9)
            if place.city == value.city and place.postcode == value.postcode
        ]
        if found:
            self.known[_key(found[0])] = found[0]
            self.search.choose(_choice(found[0]))
        else:
            self.search.field.edit.setText(value.city)
            self.trail.append(PLACE)

    def said_page(self) -> list[str]:
        shown = {LIST: self.search, COUNTRY: self.countries}.get(self.step)
        return [*super().said_page(), *(shown.said() if shown is not None else ())]

    def state(self) -> object:
        texts = tuple(form.field.text() for form in self.forms)
        chosen = self.search.best()
        place = self.known[chosen.value] if chosen else None
        return tuple(self.trail), texts, place, self.country, self.countries.chosen

    def restore(self, state: object) -> None:
        trail, texts, place, self.country, chosen = state
        for form, text in zip(self.forms, texts, strict=True):
            form.field.edit.setText(text)
        if place is not None:
            self.known[_key(place)] = place
            self.search.choose(_choice(place))
        if chosen is not None:
            self.countries.choose(country_choice(self.look, chosen))
        self.trail = list(trail)
        self._show()


def _key(place: Place) -> str:
    return "|".join((place.code, place.name, *place.postcodes))


def _choice(place: Place) -> Choice:
    """« Saint-Marcellin », « 38160, Isère »."""
    codes = place.postcodes
    shown = codes[0] if len(codes) == 1 else f"{codes[0]} – {codes[-1]}" if codes else ""
    return Choice(_key(place), place.name, ", ".join(filter(None, (shown, place.within, place.department))))
