"""The outcome of an interview: what applies, by when, with which papers, where, and why. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kiosk.messages import messages_for
from kiosk.procedures.counting import DeadlineKind
from kiosk.procedures.deadlines import DueDate, due_date, opening_day, paid_from
from kiosk.procedures.errands import Errand, plan_errands
from kiosk.procedures.interview import Answers, Facts, facts_of, settled
from kiosk.procedures.model import Deadline, Event, Pack, Procedure
from kiosk.procedures.outcomes import Verdict
from kiosk.procedures.plan_values import (
    Errands,
    Office,
    Plan,
    PlanChannel,
    PlanDeadline,
    PlanDocument,
    PlanItem,
    PlanSource,
    Status,
    Sum,
)
from kiosk.procedures.reasons import explain_outcome, to_ask
from kiosk.procedures.values import PartialDate
from kiosk.procedures.workdays import Holidays

DUTIES = frozenset({DeadlineKind.LEGAL, DeadlineKind.EMPLOYER})
"""The kinds of deadline that somebody else may hold the person to."""

FROM_MEMORY = " (D)"
"""Ends an article in ``law`` that nobody has read: its confidence is D."""

UNSURE = "D"
"""The confidence of what must be checked before it is shown as a fact."""


def make_plan(pack: Pack, event: Event, answers: Answers, today: date, lang: str) -> Plan:
    """The plan for these answers. Questions not asked count as unknown."""
    facts = facts_of(pack, event)
    maker = _Maker(pack, event, answers, today, lang, facts)
    items = [maker.item(n, procedure) for n, procedure in enumerate(event.procedures)]
    return Plan(
        pack=pack.id,
        pack_hash=pack.hash,
        pack_version=pack.version,
        checked=pack.checked,
        event=event.id,
        title=pack.text(f"event.{event.slug}.title", lang),
        today=today,
        lang=lang,
        procedures=_in_order(items, event),
        errands=maker.errands(items),
    )


def _in_order(items: Sequence[PlanItem], event: Event) -> tuple[PlanItem, ...]:
    """By :func:`_place`; a duty without a date that others wait for stands before the first of these."""
    places = {item.id: _place(item) for item in items}
    rows = list(zip(event.procedures, items, strict=True))
    waiting = {
        item.id: [
            procedure.id
            for procedure, other in rows
            if other.status is item.status and any(prior.id == item.id for prior in procedure.after)
        ]
        for item in items
    }

    def place(name: str) -> tuple[int, int, date, bool, int]:
        own = places[name]
        _, undated, _, no_duty = own
        if not undated or no_duty:
            return *own, 0
        return min(((*own, 0), *((*later[:4], later[4] - 1) for later in map(place, waiting[name]))))

    return tuple(sorted(items, key=lambda item: place(item.id)))


def _place(item: PlanItem) -> tuple[int, int, date, bool]:
    """Sort key: by date; what has none; what is too late and no duty. On the same day a duty comes
    before a choice; items of equal key keep the pack's order."""
    rank = (Status.APPLIES, Status.MAYBE, Status.NOT).index(item.status)
    due = item.deadline.date if item.deadline else None
    duty = item.deadline is not None and item.deadline.kind in DUTIES
    over = item.deadline is not None and item.deadline.passed and not duty
    return rank, 2 if over else 1 if due is None else 0, due or date.max, not duty


class _Maker:
    """Makes the items of one plan."""

    def __init__(
        self, pack: Pack, event: Event, answers: Answers, today: date, lang: str, facts: Facts
    ) -> None:
        self._pack = pack
        self._event = event
        self._answers = answers
        self._today = today
        self._lang = lang
        self._facts = facts
        key = ("holidays",)
        if key not in pack.memo:
            pack.memo[key] = Holidays(pack.country, pack.holidays, pack.holiday_years)
        self._holidays: Holidays = pack.memo[key]

    def item(self, n: int, procedure: Procedure) -> PlanItem:
        status = Status.MAYBE if procedure.local else self._status(n)
        at = f"procedure.{procedure.id}"
        # What does not concern the person has neither papers nor a date to meet.
        due = [] if status is Status.NOT else self._deadlines(n, procedure)
        deadlines = sorted(due, key=self._pressing)
        pressing = next((d for d in deadlines if d.kind is not DeadlineKind.ADMIN), None)
        sure, perhaps = self._competent(n, procedure)
        offices = tuple(self._office(name) for name in (*sure, *perhaps))
        amount = self._amount(procedure)
        return PlanItem(
            id=procedure.id,
            title=self._text(f"{at}.title"),
            summary=self._text(f"{at}.summary"),
            status=status,
            because=self._because(procedure, status),
            decides=self._decides(procedure, n) if status is Status.MAYBE else "",
            deadline=pressing,
            other_deadlines=tuple(d for d in deadlines if d is not pressing),
            documents=() if status is Status.NOT else self._documents(n, procedure),
            office=offices[0] if offices else None,
            other_offices=offices[1:],
            cost=self._cost(procedure),
            cost_text=self._text(f"{at}.cost") if procedure.cost and not self._unsure_cost(procedure) else "",
            amount=amount,
            amount_text=self._text(f"{at}.amount") if amount or procedure.local else "",
            who=self._text(f"{at}.who"),
            channels=tuple(
                PlanChannel(channel.kind, self._text(f"{at}.channel.{i}.text"), channel.url, channel.phone)
                for i, channel in enumerate(procedure.channels)
            ),
            no_other_channel=self._text(f"{at}.no_other_channel"),
            form="" if procedure.form_confidence == UNSURE else procedure.form,
            law=self._law(procedure.law),
            sources=tuple(
                PlanSource(source.url, source.title, source.checked) for source in procedure.sources
            ),
            confidence=procedure.confidence,
            sensitive=procedure.sensitive,
            local=procedure.local,
            every_office=procedure.every_body,
        )

    def _law(self, cited: tuple[str, ...]) -> tuple[str, ...]:
        """Articles as cited; one that is known from memory only says so in the reader's language."""
        unsure = messages_for(self._lang).text("procedures.law.unsure")
        return tuple(
            f"{text.removesuffix(FROM_MEMORY)} ({unsure})" if text.endswith(FROM_MEMORY) else text
            for text in cited
        )

    def _text(self, key: str) -> str:
        return self._pack.text(key, self._lang)

    def _status(self, n: int) -> Status:
        verdict = settled(self._pack, self._facts.statuses[n], self._answers, self._today).verdict
        return {Verdict.TRUE: Status.APPLIES, Verdict.FALSE: Status.NOT}.get(verdict, Status.MAYBE)

    def errands(self, items: Sequence[PlanItem]) -> Errands:
        """``items`` in the pack's order."""
        found = []
        for n, (procedure, item) in enumerate(zip(self._event.procedures, items, strict=True)):
            if item.status is Status.APPLIES:
                sure, perhaps = self._competent(n, procedure)
                # Of those that only might be competent the usual one is the fair guess.
                possible = perhaps if procedure.every_body else perhaps[:1]
                offices = tuple(self._office(name) for name in sure or possible)
                found.append(Errand(procedure, item, offices))
        return plan_errands(found, self._pack.documents, lambda name: self._text(f"document.{name}.title"))

    def _competent(self, n: int, procedure: Procedure) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The bodies that can do it, and those that might; all of them where none can."""
        sure: list[str] = []
        perhaps: list[str] = []
        for body, fact in zip(procedure.bodies, self._facts.bodies[n], strict=True):
            if body.when is None:
                sure.append(body.id)
                continue
            verdict = settled(self._pack, fact, self._answers, self._today).verdict
            if verdict is not Verdict.FALSE:
                (sure if verdict is Verdict.TRUE else perhaps).append(body.id)
        if not sure and not perhaps:
            perhaps = [body.id for body in procedure.bodies]
        return tuple(sure), tuple(perhaps)

    def _because(self, procedure: Procedure, status: Status) -> str:
        """The pack's words, else those made from the condition."""
        if procedure.local:
            return to_ask(self._pack, procedure, self._lang)
        key = {Status.APPLIES: "because", Status.NOT: "not_because", Status.MAYBE: "decides"}[status]
        name = procedure.id
        written = self._text(f"procedure.{name}.{key}")
        if written:
            return written
        return explain_outcome(self._pack, self._event, name, self._answers, self._today, self._lang).words

    def _decides(self, procedure: Procedure, n: int) -> str:
        """What decides, in the pack's words, else the questions that are open."""
        if procedure.local:
            return to_ask(self._pack, procedure, self._lang)
        written = self._text(f"procedure.{procedure.id}.decides")
        if written:
            return written
        fact = self._facts.statuses[n]
        open_now = [name for name in fact.support if self._answers.get(name) is None]
        return " ".join(self._text(f"question.{name}.text") for name in open_now)

    def _documents(self, n: int, procedure: Procedure) -> tuple[PlanDocument, ...]:
        found = []
        for i, (paper, fact) in enumerate(zip(procedure.documents, self._facts.papers[n], strict=True)):
            verdict = settled(self._pack, fact, self._answers, self._today).verdict
            if verdict is not Verdict.FALSE or paper.when is None:
                note = self._text(f"procedure.{procedure.id}.document.{i}.note")
                note = note or self._text(f"document.{paper.id}.note")
                certain = paper.when is None or verdict is Verdict.TRUE
                title = self._text(f"document.{paper.id}.title")
                found.append(PlanDocument(paper.id, title, paper.copies, note, certain, paper.shown))
        return tuple(found)

    def _office(self, name: str) -> Office:
        body = self._pack.bodies[name]
        words = {key: self._text(f"body.{name}.{key}") for key in ("name", "address", "hours", "note")}
        return Office(id=name, phone=body.phone, url=body.url, **words)

    @staticmethod
    def _unsure_cost(procedure: Procedure) -> bool:
        return procedure.cost is not None and (procedure.cost.confidence or procedure.confidence) == UNSURE

    def _cost(self, procedure: Procedure) -> Sum | None:
        cost = procedure.cost
        if cost is None or cost.amount is None or self._unsure_cost(procedure):
            return None
        return Sum(cost.amount, cost.currency)

    def _amount(self, procedure: Procedure) -> Sum | None:
        rows = self._pack.parameters.get(procedure.amount, ())
        valid = [row for row in rows if row.valid_from <= self._today]
        if not valid or valid[-1].confidence == UNSURE:
            return None
        return Sum(valid[-1].value, valid[-1].unit)

    def _deadlines(self, n: int, procedure: Procedure) -> list[PlanDeadline]:
        sure, perhaps = self._competent(n, procedure)
        region = self._pack.bodies[(sure or perhaps)[0]].holiday_region or None
        found = []
        for i, (deadline, fact) in enumerate(zip(procedure.deadlines, self._facts.deadlines[n], strict=True)):
            verdict = settled(self._pack, fact, self._answers, self._today).verdict
            if verdict is not Verdict.FALSE or deadline.when is None:
                certain = deadline.when is None or verdict is Verdict.TRUE
                key = f"procedure.{procedure.id}.deadline.{i}"
                found.append(self._deadline(deadline, key, certain, procedure.confidence, region))
        return found

    def _deadline(
        self, deadline: Deadline, key: str, certain: bool, confidence: str, region: str | None
    ) -> PlanDeadline:
        due = self._due(deadline, region)
        opens = self._opens(deadline)
        if due and opens and opens > due.day:
            opens = None  # of a day known to the month only: the two ends contradict each other
        return PlanDeadline(
            date=due.day if due else None,
            earliest=due is not None and (due.earliest or not certain),
            at=due.at if due else None,
            precision=due.precision if due else "text",
            text=self._text(f"{key}.text"),
            kind=deadline.kind,
            rule=deadline.spelled,
            lost_if_late=self._text(f"{key}.lost_if_late"),
            passed=due is not None and due.passed(self._today),
            certain=certain,
            law=self._law(deadline.law),
            confidence=deadline.confidence or confidence,
            opens=opens,
            paid_from=self._paid_from(deadline),
        )

    def _anchor(self, deadline: Deadline) -> PartialDate | None:
        if deadline.anchor == "today":
            return PartialDate.of(self._today)
        found = self._answers.get(deadline.anchor)
        return found if isinstance(found, PartialDate) else None

    def _opens(self, deadline: Deadline) -> date | None:
        anchor = self._anchor(deadline)
        return opening_day(deadline.opens, anchor, self._holidays) if deadline.opens and anchor else None

    def _paid_from(self, deadline: Deadline) -> date | None:
        anchor = self._anchor(deadline)
        if deadline.reaches_back is None or anchor is None or not anchor.day:
            return None
        found = paid_from(deadline.reaches_back, anchor.first, self._today)
        return found if found > anchor.first else None

    def _due(self, deadline: Deadline, region: str | None) -> DueDate | None:
        anchor = self._anchor(deadline)
        if anchor is None or deadline.rule is None:
            return None
        hour = self._answers.get(deadline.hour) if deadline.hour else None
        return due_date(deadline, anchor, self._holidays, region, hour if isinstance(hour, int) else None)

    @staticmethod
    def _pressing(deadline: PlanDeadline) -> tuple[bool, int, date]:
        """Sort key: a missed duty first, then what is to come by date, then words, then what is over.
        The office's own time comes last."""
        duty = deadline.kind in DUTIES
        if deadline.date is None:
            rank = 2
        elif deadline.passed:
            rank = 0 if duty else 3
        else:
            rank = 1
        return deadline.kind is DeadlineKind.ADMIN, rank, deadline.date or date.max
