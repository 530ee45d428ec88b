"""Which question comes next. Pure functions of (pack, event, answers, today): no clock, no input."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import msgspec

from kiosk.procedures.compiled import Conditions
from kiosk.procedures.evaluate import Bindings, binding, restrict
from kiosk.procedures.linear import TooManyCases
from kiosk.procedures.model import Event, Pack, Question
from kiosk.procedures.outcomes import Settled, Verdict, settle
from kiosk.procedures.tree import TRUE, All, Expr, questions_in
from kiosk.procedures.values import AnswerValue, PartialDate

Answers = Mapping[str, AnswerValue]
"""Question id -> answer; None = "I do not know"; a question that was not asked is absent."""


class Fact(msgspec.Struct, frozen=True):
    """One thing of the outcome that answers decide: a status, whether a deadline or a paper applies.

    ``anchor``: the date question that moves the deadline's date, or empty; ``hour``: the number question that
    moves its time. ``support``: what ``tree`` reads.
    """

    tree: Expr
    support: tuple[str, ...]
    anchor: str = ""
    hour: str = ""

    @property
    def moved_by(self) -> tuple[str, ...]:
        """The questions that move the deadline without deciding whether it applies."""
        return tuple(name for name in (self.anchor, self.hour) if name)


class Facts(msgspec.Struct, frozen=True):
    """All facts of an event: one status a procedure, then its deadlines, papers and bodies by position."""

    statuses: tuple[Fact, ...]
    deadlines: tuple[tuple[Fact, ...], ...]
    papers: tuple[tuple[Fact, ...], ...]
    bodies: tuple[tuple[Fact, ...], ...]

    def all(self) -> Iterator[Fact]:
        """Every fact once."""
        yield from self.statuses
        for row in (*self.deadlines, *self.papers, *self.bodies):
            yield from row


def facts_of(pack: Pack, event: Event) -> Facts:
    """The facts of the event; worked out once a pack."""
    key = ("facts", event.id)
    if key not in pack.memo:
        pack.memo[key] = Facts(
            statuses=tuple(_fact(p.condition) for p in event.procedures),
            deadlines=tuple(
                tuple(
                    _fact(p.condition, d.when, d.anchor if d.anchor in pack.questions else "", d.hour)
                    for d in p.deadlines
                )
                for p in event.procedures
            ),
            papers=tuple(tuple(_fact(p.condition, d.when) for d in p.documents) for p in event.procedures),
            bodies=tuple(tuple(_fact(p.condition, b.when) for b in p.bodies) for p in event.procedures),
        )
    found: Facts = pack.memo[key]
    return found


def _fact(condition: Expr | None, when: Expr | None = None, anchor: str = "", hour: str = "") -> Fact:
    parts = tuple(part for part in (condition, when) if part is not None)
    tree = TRUE if not parts else parts[0] if len(parts) == 1 else All(parts)
    return Fact(tree, questions_in(tree), anchor, hour)


def settled(pack: Pack, fact: Fact, answers: Answers, today: date) -> Settled:
    """The exact verdict on a fact; remembered for the answers that it reads."""
    given = tuple((name, answers[name]) for name in fact.support if name in answers)
    key = (fact.tree, given, today)
    found: Settled | None = pack.memo.get(key)
    if found is None:
        if len(pack.memo) > MEMO_SIZE:
            pack.memo.clear()
        known: Bindings = {name: binding(value) for name, value in given}
        try:
            found = settle(fact.tree, known, pack.questions, today)
        except TooManyCases:
            found = _all_that_is_open(fact.tree, known, today)
        pack.memo[key] = found
    return found


def _all_that_is_open(tree: Expr, known: Bindings, today: date) -> Settled:
    """For a condition that the loader could settle and that "I do not know" made too large: every question it
    still reads counts, and without any it may apply."""
    left = frozenset(questions_in(restrict(tree, known, today))) - known.keys()
    return Settled(Verdict.OPEN, left) if left else Settled(Verdict.MAYBE)


MEMO_SIZE = 20_000
"""Verdicts kept: some megabytes; a visit needs a few thousand."""


def quick_verdicts(pack: Pack, event: Event, answers: Answers, today: date) -> tuple[bool | None, ...]:
    """What the answers alone settle of :meth:`Facts.all`, in its order; None = :func:`settled` must say."""
    key = ("conditions", event.id)
    if key not in pack.memo:
        pack.memo[key] = Conditions([fact.tree for fact in facts_of(pack, event).all()])
    conditions: Conditions = pack.memo[key]
    return conditions.verdicts(conditions.row(answers), today)


def outcome_questions(pack: Pack, event: Event, answers: Answers, today: date) -> tuple[str, ...]:
    """Ids of the questions, in asking order, whose answer can still change the outcome."""
    open_now: set[str] = set()
    quick = quick_verdicts(pack, event, answers, today)
    for fact, verdict in zip(facts_of(pack, event).all(), quick, strict=True):
        open_now |= _opened(pack, fact, verdict, answers, today)
    return tuple(name for name in event.questions if name in open_now)


def next_question(pack: Pack, event: Event, answers: Answers, today: date) -> Question | None:
    """The first question in asking order that can still change the outcome; None = the plan is ready.

    A question with an answer, "I do not know" included, is never asked again.
    """
    quick = quick_verdicts(pack, event, answers, today)
    readers = _readers(pack, event)
    for name in event.questions:
        if name not in answers and any(
            name in _opened(pack, fact, quick[n], answers, today) for n, fact in readers.get(name, ())
        ):
            return pack.questions[name]
    return None


def open_facts(pack: Pack, event: Event, question: str, answers: Answers, today: date) -> frozenset[int]:
    """The places in :meth:`Facts.all` of what the question can still change; none if it was answered."""
    quick = quick_verdicts(pack, event, answers, today)
    return frozenset(
        n
        for n, fact in _readers(pack, event).get(question, ())
        if question in _opened(pack, fact, quick[n], answers, today)
    )


def relevant_answers(pack: Pack, event: Event, answers: Answers, today: date) -> dict[str, AnswerValue]:
    """The answers that still matter, in asking order. The others are to be kept: a change may revive them.

    An answer matters if the interview, led by the answers before it, would ask its question.
    """
    kept: dict[str, AnswerValue] = {}
    while True:
        found = next((n for n in outcome_questions(pack, event, kept, today) if n in answers), None)
        if found is None:
            return {name: kept[name] for name in event.questions if name in kept}
        kept[found] = answers[found]


def known_already(pack: Pack, event: Event, answers: Answers, today: date | None = None) -> tuple[str, ...]:
    """Questions of this event that the person has answered before, for another event of the visit: a front
    shows them as "you already told us". With ``today`` only those that the interview would ask."""
    kept = answers if today is None else relevant_answers(pack, event, answers, today)
    return tuple(name for name in event.questions if name in kept)


def _opened(pack: Pack, fact: Fact, quick: bool | None, answers: Answers, today: date) -> frozenset[str]:
    """The questions not asked yet that can still change this fact. ``quick``: its :func:`quick_verdicts`."""
    if quick is not None:
        return _moving(fact, answers) if quick else NOTHING
    found = settled(pack, fact, answers, today)
    return found.essential if found.verdict is Verdict.FALSE else found.essential | _moving(fact, answers)


NOTHING: frozenset[str] = frozenset()


def _moving(fact: Fact, answers: Answers) -> frozenset[str]:
    """What still moves a deadline that applies or may; an hour is of use only beside a known day."""
    if not fact.anchor:
        return NOTHING
    if fact.anchor not in answers:
        return frozenset(fact.moved_by)
    day = answers[fact.anchor]
    precise = isinstance(day, PartialDate) and day.day is not None
    return frozenset({fact.hour}) if fact.hour and precise and fact.hour not in answers else frozenset()


def _readers(pack: Pack, event: Event) -> dict[str, list[tuple[int, Fact]]]:
    """Question id -> facts that read it, each with its place in :meth:`Facts.all`."""
    key = ("readers", event.id)
    if key not in pack.memo:
        table: dict[str, list[tuple[int, Fact]]] = {}
        for n, fact in enumerate(facts_of(pack, event).all()):
            for name in {*fact.support, *fact.moved_by}:
                table.setdefault(name, []).append((n, fact))
        pack.memo[key] = table
    found: dict[str, list[tuple[int, Fact]]] = pack.memo[key]
    return found
