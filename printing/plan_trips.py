"""The trips of the printed plan: where to go, in which order, with which papers, and what to ask for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reportlab.platypus import CondPageBreak

from kiosk.procedures import Plan, Trip
from printing import fonts
from printing.blocks import INK_SOFT, Look
from printing.pieces import Pieces


class TripStory:
    """Makes the flowables of the trips of one plan."""

    def __init__(self, pieces: Pieces, plan: Plan) -> None:
        self._p, self._m, self._plan = pieces, pieces.m, plan
        self._titles = {item.id: item.title for item in plan.procedures}
        self._passed = {
            item.id: item.deadline.date for item in plan.procedures if item.deadline and item.deadline.passed
        }

    def flowables(self) -> Iterator[Any]:
        """What others wait for, each trip in order, then the rest that needs none."""
        errands = self._plan.errands
        yield self._p.text(self._m.count("paper.trips.lead", len(errands.trips)), Look(after=4, next=True))
        first = self._named(errands.first)
        if first:
            yield self._p.row(self._m.text("paper.trips.first"), first, left=0)
        for number, trip in enumerate(errands.trips, 1):
            if number > 1:  # the first one stays with the heading
                yield CondPageBreak(150 * self._p.scale)
            yield from self._trip(number, trip)
        at_home = self._named(tuple(name for name in errands.from_home if name not in errands.first))
        if at_home:
            yield CondPageBreak(110 * self._p.scale)
            yield self._heading(self._m.text("paper.trips.home.title"))
            yield self._p.text(
                self._m.text("paper.trips.home.text"), Look(after=4, next=True), colour=INK_SOFT
            )
            yield self._p.row(self._m.text("paper.trips.do"), at_home, left=0)

    def _heading(self, text: str) -> Any:
        look = Look(before=14, after=4, next=True, bookmark=fonts.plain(text), level=2)
        return self._p.heading(text, 3, look, 18)

    def _trip(self, number: int, trip: Trip) -> Iterator[Any]:
        m = self._m
        yield self._heading(m.text("paper.trips.trip", n=number, office=trip.office.name))
        if trip.by:
            over = any(self._passed.get(name) == trip.by for name in trip.procedures)
            key = "plan.passed" if over else "plan.before"
            yield self._p.text(m.text(key, date=m.date(trip.by)), Look(after=4, next=True), bold=True)
        where = "\n".join(filter(None, (trip.office.note, trip.office.address, trip.office.hours)))
        if where:
            yield self._p.row(m.text("plan.where"), where, left=0)
        yield self._p.row(m.text("paper.trips.do"), self._named(trip.procedures), left=0)
        papers = [
            self._p.paper(paper.title, paper.copies, certain=paper.certain, shown=paper.shown or None)
            for paper in trip.bring
        ]
        yield from self._p.boxes(m.text("plan.bring"), papers, f"trip-{number}", left=0)
        got = []
        for paper in trip.get:
            title = self._p.paper(paper.title, paper.copies)
            got.append(m.text("paper.trips.later", title=title) if paper.later else title)
        if got:
            yield self._p.row(m.text("paper.trips.get"), "\n".join(got), left=0)

    def _named(self, procedures: tuple[str, ...]) -> str:
        return "\n".join(self._titles[name] for name in procedures if name in self._titles)
