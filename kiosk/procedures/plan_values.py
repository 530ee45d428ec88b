"""What a plan is made of: frozen values. Every text is in the plan's language."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

import msgspec

from kiosk.procedures.counting import DeadlineKind

CalendarDay = date
"""For structs that have a field called ``date``."""


class Status(StrEnum):
    """Whether a procedure concerns the person."""

    APPLIES = "applies"
    MAYBE = "maybe"
    NOT = "not"


class PlanDeadline(msgspec.Struct, frozen=True):
    """One deadline. ``date``: the last day, None where only words are known. ``earliest``: it may be later.
    ``at``: local time, rules in open hours only. ``certain``: False where an unknown answer decides it.
    ``opens``: the first day on which it can be done, None = at once. ``paid_from``: the first day that a
    claim made today is paid for, None where that is no matter or nothing is lost yet."""

    date: date | None
    earliest: bool
    at: datetime | None
    precision: str
    text: str
    kind: DeadlineKind
    rule: str
    lost_if_late: str
    passed: bool
    certain: bool
    law: tuple[str, ...]
    confidence: str
    opens: CalendarDay | None = None
    paid_from: CalendarDay | None = None


class PlanDocument(msgspec.Struct, frozen=True):
    """A paper to bring. ``certain``: False where an unknown answer decides whether it is needed. ``shown``:
    it is shown and given back."""

    id: str
    title: str
    copies: int
    note: str
    certain: bool
    shown: bool = False


class Office(msgspec.Struct, frozen=True):
    """Where to do it; empty text = not known."""

    id: str
    name: str
    address: str
    hours: str
    phone: str
    url: str
    note: str


class Sum(msgspec.Struct, frozen=True):
    """An amount of money."""

    amount: Decimal
    currency: str


class PlanChannel(msgspec.Struct, frozen=True):
    """A way to do it: ``kind`` is desk, post, phone or online."""

    kind: str
    text: str
    url: str
    phone: str


class PlanSource(msgspec.Struct, frozen=True):
    """Where the facts were read, and when."""

    url: str
    title: str
    checked: date


class PlanItem(msgspec.Struct, frozen=True):
    """One procedure as it concerns this person. ``deadline``: the most pressing one; ``admin`` ones, which
    are the office's own time, are in ``other_deadlines`` only. ``amount``: what one may receive, if sure.
    ``local``: an aid of a town's overlay, which only may apply. ``every_office``: each office has to be seen;
    else any one of them will do."""

    id: str
    title: str
    summary: str
    status: Status
    because: str
    decides: str
    deadline: PlanDeadline | None
    other_deadlines: tuple[PlanDeadline, ...]
    documents: tuple[PlanDocument, ...]
    office: Office | None
    other_offices: tuple[Office, ...]
    cost: Sum | None
    cost_text: str
    amount: Sum | None
    amount_text: str
    who: str
    channels: tuple[PlanChannel, ...]
    no_other_channel: str
    form: str
    law: tuple[str, ...]
    sources: tuple[PlanSource, ...]
    confidence: str
    sensitive: bool
    local: bool = False
    every_office: bool = False

    @property
    def sources_read(self) -> tuple[PlanSource, ...]:
        """The sources to name: none where the whole is still to be checked and no page was read."""
        read = self.confidence != "D" or any(source.url for source in self.sources)
        return self.sources if read else ()


class TripPaper(msgspec.Struct, frozen=True):
    """A paper to bring, or one that comes out and how many of it to ask for. ``certain``: False where an
    unknown answer decides whether it is needed. ``later``: it is not handed over on the spot. ``shown``:
    it is only shown, and comes home again."""

    id: str
    title: str
    copies: int
    certain: bool = True
    later: bool = False
    shown: bool = False


class Trip(msgspec.Struct, frozen=True):
    """One visit to an office: ``procedures`` are ids in order, ``by`` the earliest of their dates."""

    office: Office
    procedures: tuple[str, ...]
    by: date | None
    bring: tuple[TripPaper, ...]
    get: tuple[TripPaper, ...]


class Errands(msgspec.Struct, frozen=True):
    """What certainly applies, as the fewest trips; ``from_home``: ids of procedures that need none, in order.
    ``papers``: everything that comes out of a procedure, with how many copies to ask for in all. ``first``:
    those from home that others wait for before the first trip."""

    trips: tuple[Trip, ...] = ()
    from_home: tuple[str, ...] = ()
    papers: tuple[TripPaper, ...] = ()
    first: tuple[str, ...] = ()


class Plan(msgspec.Struct, frozen=True):
    """The plan: what applies with a date, by date; then without; then what may apply; then what does not."""

    pack: str
    pack_hash: str
    pack_version: str
    checked: date
    event: str
    title: str
    today: date
    lang: str
    procedures: tuple[PlanItem, ...]
    errands: Errands = Errands()
