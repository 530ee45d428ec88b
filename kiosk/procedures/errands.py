"""The errands of a plan: which trips, in which order, with which papers. Pure.

Only what certainly applies is an errand. A procedure that can be done at a desk is a trip; the others are
done from home. docs/adr/056 says what comes after what, and how copies are counted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import msgspec

from kiosk.procedures.model import Document, Procedure
from kiosk.procedures.plan_values import Errands, Office, PlanDocument, PlanItem, Trip, TripPaper
from kiosk.procedures.trips import Giver, Itinerary, Step, fewest_visits

Use = tuple[PlanDocument, int]
"""A paper that a procedure needs, and how many times: once an office."""


class Errand(msgspec.Struct, frozen=True):
    """A procedure that applies, as it stands in the plan, and the offices that can do it."""

    procedure: Procedure
    item: PlanItem
    offices: tuple[Office, ...]

    @property
    def from_home(self) -> bool:
        """Whether no office need be visited."""
        return not self.offices or all(way.kind != "desk" for way in self.procedure.channels)


def plan_errands(
    errands: Sequence[Errand], documents: Mapping[str, Document], title: Callable[[str], str]
) -> Errands:
    """The trips and what is done from home. ``errands`` in the pack's order; ``title``: of a paper."""
    steps = [_step(errand, errands, documents) for errand in errands]
    way = fewest_visits(steps)
    papers = _outcomes(errands, way, title)
    offices = {office.id: office for errand in errands for office in errand.offices}
    trips = []
    for n, visit in enumerate(way.visits):
        here = [errands[step] for step in visit.steps]
        due = [errand.item.deadline.date for errand in here if errand.item.deadline]
        over = [errands[step].procedure.id for step in visit.steps if way.finished[step] == n]
        trips.append(
            Trip(
                office=offices[visit.office],
                procedures=tuple(errand.procedure.id for errand in here),
                by=min((day for day in due if day), default=None),
                bring=_brought(here),
                get=tuple(paper for giver, paper in papers if giver in over),
            )
        )
    from_home = tuple(errands[step].procedure.id for step in way.home)
    awaited = {giver.step for step in steps for need in step.needs for giver in need}
    first = tuple(errands[n].procedure.id for n in way.home if n in awaited and way.finished[n] < 0)
    return Errands(tuple(trips), from_home, tuple(paper for _, paper in papers), first)


# -- what comes after what


def _step(errand: Errand, errands: Sequence[Errand], documents: Mapping[str, Document]) -> Step:
    places = {other.procedure.id: n for n, other in enumerate(errands)}
    needs: list[tuple[Giver, ...]] = [
        (Giver(places[prior.id], prior.later),) for prior in errand.procedure.after if prior.id in places
    ]
    own = {output.id for output in errand.procedure.gives}
    for paper in errand.item.documents:
        givers = tuple(
            Giver(n, output.later)
            for n, other in enumerate(errands)
            for output in other.procedure.gives
            if output.id == paper.id
        )
        if givers and paper.id not in own and not documents[paper.id].at_hand:
            needs.append(givers)
    return Step(
        offices=() if errand.from_home else tuple(office.id for office in errand.offices),
        every=errand.procedure.every_body,
        needs=tuple(needs),
        due=errand.item.deadline.date if errand.item.deadline else None,
    )


# -- papers


def _brought(here: Sequence[Errand]) -> tuple[TripPaper, ...]:
    """The papers for one trip, but those that come out of it before they are needed."""
    uses: list[Use] = []
    got: set[str] = set()
    for errand in here:
        uses += [(paper, 1) for paper in errand.item.documents if paper.id not in got]
        got |= {output.id for output in errand.procedure.gives if not output.later}
    needed = dict.fromkeys(paper.id for paper, _ in uses)
    return tuple(_counted(name, uses) for name in needed)


def _counted(name: str, uses: Sequence[Use]) -> TripPaper:
    """A paper with the copies that stay at offices, and one more to show if it is shown somewhere."""
    mine = [(paper, times) for paper, times in uses if paper.id == name]
    left = sum(paper.copies * times for paper, times in mine if not paper.shown)
    shown = any(paper.shown for paper, _ in mine)
    return TripPaper(
        name,
        mine[0][0].title,
        left + shown,
        certain=any(paper.certain for paper, _ in mine),
        shown=all(paper.shown for paper, _ in mine),
    )


def _outcomes(
    errands: Sequence[Errand], way: Itinerary, title: Callable[[str], str]
) -> list[tuple[str, TripPaper]]:
    """(procedure, paper that comes out of it with how many to ask for), in the order of the errands.

    Who gives a paper first is asked for all that is needed afterwards; whoever gives it again, for one.
    """
    found: list[tuple[str, TripPaper]] = []
    for place, n in enumerate(way.order):
        for output in errands[n].procedure.gives:
            uses = [
                (paper, len(other.offices) if other.procedure.every_body else 1)
                for other in (errands[step] for step in way.order[place + 1 :])
                for paper in other.item.documents
                if paper.id == output.id
            ]
            first = all(paper.id != output.id for _, paper in found)
            copies = _counted(output.id, uses).copies if uses and first else 1
            paper = TripPaper(output.id, title(output.id), copies, later=output.later)
            found.append((errands[n].procedure.id, paper))
    return found
