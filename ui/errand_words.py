"""The errands of a plan in the words of the screen: one card for each trip, in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from kiosk.messages import Messages
from kiosk.procedures import Plan, PlanItem, Trip, TripPaper
from ui.plan_facts import channel_row, closed, open_rows, row_said, trip_paper
from ui.widgets.plan_rows import Row
from ui.widgets.step_card import StepEntry
from ui.widgets.text_block import Run, Words


@dataclass(frozen=True)
class Stop:
    """A card and what the voice says of it; ``veiled``: what it says while the card is closed."""

    entry: StepEntry
    said: str
    veiled: str = ""


class ErrandWords:
    """``veils``: sensitive procedures and what to call them where others can read or hear. ``done``: ids of
    procedures that are done, the person says."""

    def __init__(self, words: Messages, plan: Plan, done: frozenset[str], veils: Mapping[str, str]) -> None:
        self._words, self._plan, self._done, self._veils = words, plan, done, veils
        self._items = {item.id: item for item in plan.procedures}

    def stops(self) -> Iterator[Stop]:
        """What others wait for, each trip, then the rest that needs no trip."""
        errands = self._plan.errands
        if errands.first:
            yield self._at_home("errands.first", errands.first)
        for number, trip in enumerate(errands.trips, 1):
            yield self._trip(number, trip)
        rest = tuple(name for name in errands.from_home if name not in errands.first)
        if rest:
            yield self._at_home("paper.trips.home.title", rest)

    def lead(self) -> str:
        """How many trips there are."""
        trips = len(self._plan.errands.trips)
        if not trips:
            return self._words.text("errands.none" if self._plan.errands.from_home else "errands.nothing")
        return self._words.count("paper.trips.lead", trips)

    def _trip(self, number: int, trip: Trip) -> Stop:
        text = self._words.text
        rows = [*self._place(trip), *open_rows(self._words, trip.office)]
        rows.append(self._to_do(trip.procedures))
        for icon, label, papers in (
            ("files", "plan.bring", trip.bring),
            ("receipt", "paper.trips.get", _once(trip.get)),
        ):
            if papers:
                listed = "\n".join(trip_paper(self._words, paper) for paper in papers)
                rows.append(Row(icon, text(label), listed, listed=True))
        cover = next((self._veils[name] for name in trip.procedures if name in self._veils), "")
        entry = StepEntry(trip.office.name, tuple(rows), number, when=self._by(trip), cover=cover)
        return self._stop(entry)

    def _stop(self, entry: StepEntry) -> Stop:
        title = f"{entry.number}. {entry.title}" if entry.number else entry.title
        parts = [title, entry.when, *map(row_said, entry.rows)]
        said = "\n".join(closed(part) for part in parts if part)
        veiled = f"{entry.cover}. {self._words.text('plan.veiled')}" if entry.cover else ""
        return Stop(entry, said, veiled)

    def _place(self, trip: Trip) -> Iterator[Row]:
        office = trip.office
        where = "\n".join(filter(None, (office.address, office.note)))
        if where:
            place: Words = [Run(office.address, 700), Run(where[len(office.address) :])]
            yield Row("map-pin", self._words.text("plan.where"), place if office.address else where)

    def _by(self, trip: Trip) -> str:
        if trip.by is None:
            return ""
        over = any(self._is_over(self._items[name], trip) for name in trip.procedures)
        return self._words.text("plan.passed" if over else "plan.before", date=self._words.date(trip.by))

    @staticmethod
    def _is_over(item: PlanItem, trip: Trip) -> bool:
        due = item.deadline
        return due is not None and due.passed and due.date == trip.by

    def _to_do(self, procedures: tuple[str, ...]) -> Row:
        named = "\n".join(self._named(name) for name in procedures)
        return Row("list-check", self._words.text("paper.trips.do"), named, strong=True, listed=True)

    def _named(self, procedure: str) -> str:
        title = self._items[procedure].title
        return self._words.text("errands.done", title=title) if procedure in self._done else title

    def _at_home(self, title: str, procedures: tuple[str, ...]) -> Stop:
        """What needs no trip: each procedure, and how it is done."""
        text = self._words.text
        rows = []
        for name in procedures:
            item = self._items[name]
            veiled = name in self._veils
            rows.append(Row("", "", self._shown(name), strong=True))
            ways = () if veiled else item.channels
            # The picture and the words say how; a label would say it twice.
            rows += [replace(channel_row(self._words, way), label="") for way in ways]
        entry = StepEntry(text(title), tuple(rows), icon="home")
        return self._stop(entry)

    def _shown(self, procedure: str) -> str:
        """Its name where it stands in the open among others."""
        return self._veils.get(procedure) or self._named(procedure)


def _once(papers: tuple[TripPaper, ...]) -> tuple[TripPaper, ...]:
    """A paper that two procedures give is asked for once, as often as the more wanting one says."""
    found: dict[str, TripPaper] = {}
    for paper in papers:
        if paper.id not in found or found[paper.id].copies < paper.copies:
            found[paper.id] = paper
    return tuple(found.values())
