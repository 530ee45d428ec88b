"""Why a question is asked and why an outcome is what it is: from the conditions, as data and in words.

What an editor wrote (``because``, ``not_because``, ``decides``, ``why``) comes first on every screen; this
says the same of any condition, in every language of the interface, and names the answers that settle it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations, count

import msgspec

from kiosk.messages import Messages, messages_for
from kiosk.procedures.interview import Answers, Fact, facts_of, open_facts, settled
from kiosk.procedures.model import Event, Pack, Procedure, Question, QuestionType
from kiosk.procedures.outcomes import Verdict
from kiosk.procedures.values import Address, AnswerValue, Name, PartialDate

TRIED_TOGETHER = 2
"""Sets of answers up to this size are all tried; larger ones are only made irreducible."""
MOST_NAMED = 3
"""Procedures named in one sentence."""


Settlers = tuple[tuple[str, AnswerValue], ...]


class Outcome(msgspec.Struct, frozen=True):
    """Why one procedure applies, does not, or may.

    ``settled_by``: (question id, answer) pairs that are enough for it, whatever the other answers, and of
    which none can be left out; empty where nothing needs to be known, or where it is open. ``depends_on``:
    ids of the questions whose answer would decide it, in asking order.
    """

    procedure: str
    verdict: Verdict
    settled_by: Settlers
    depends_on: tuple[str, ...]
    words: str


class Purpose(msgspec.Struct, frozen=True):
    """What one question still decides: ids of procedures of which it settles whether they apply, a deadline
    or its date, a paper, the competent office. ``words`` names the first of these that has any."""

    question: str
    statuses: tuple[str, ...]
    deadlines: tuple[str, ...]
    papers: tuple[str, ...]
    offices: tuple[str, ...]
    words: str


def explain_outcome(
    pack: Pack, event: Event, procedure: str, answers: Answers, today: date, lang: str
) -> Outcome:
    """Why the procedure of this id has its status. Raises KeyError for an id that the event has not."""
    names = [one.id for one in event.procedures]
    if procedure not in names:
        raise KeyError(procedure)
    known = event.procedures[names.index(procedure)]
    if known.local:
        return Outcome(procedure, Verdict.MAYBE, (), (), to_ask(pack, known, lang))
    fact = facts_of(pack, event).statuses[names.index(procedure)]
    verdict = settled(pack, fact, answers, today).verdict
    settlers = _settlers(pack, event, fact, answers, today) if verdict < Verdict.MAYBE else ()
    depends = _depends(pack, event, fact, answers, today) if verdict >= Verdict.MAYBE else ()
    settled_by = tuple((name, answers[name]) for name in settlers)
    words = _outcome_words(pack, verdict, settled_by, depends, lang)
    return Outcome(procedure, verdict, settled_by, depends, words)


def to_ask(pack: Pack, aid: Procedure, lang: str) -> str:
    """What to ask of a local aid, which no answer settles."""
    decides = pack.text(f"procedure.{aid.id}.decides", lang)
    return messages_for(lang).text("procedures.local", decides=decides)


def explain_question(
    pack: Pack, event: Event, question: str, answers: Answers, today: date, lang: str
) -> Purpose:
    """What the question can still change, given these answers."""
    facts = facts_of(pack, event)
    places = open_facts(pack, event, question, answers, today)
    numbers = count()

    def among(rows: Sequence[Sequence[Fact]]) -> tuple[str, ...]:
        """The procedures of which the question moves something in this part of :meth:`Facts.all`."""
        moved = [[next(numbers) in places for _ in row] for row in rows]
        return tuple(procedure.id for procedure, row in zip(event.procedures, moved, strict=True) if any(row))

    statuses = among([(fact,) for fact in facts.statuses])
    deadlines, papers, offices = among(facts.deadlines), among(facts.papers), among(facts.bodies)
    words = ""
    parts = (("status", statuses), ("deadline", deadlines), ("paper", papers), ("office", offices))
    for key, ids in parts:
        if ids and not words:
            titles = [pack.text(f"procedure.{name}.title", lang) for name in ids[:MOST_NAMED]]
            say = messages_for(lang)
            more = say.text("procedures.purpose.more") if len(ids) > MOST_NAMED else ""
            listed = say.text("procedures.list").join(titles) + more
            words = say.text(f"procedures.purpose.{key}", procedures=listed)
    return Purpose(question, statuses, deadlines, papers, offices, words)


def answer_words(pack: Pack, question: Question, value: AnswerValue, lang: str) -> str:
    """An answer as a person reads it: « Oui », « En France », « 23 novembre 2026 », « 2 personnes »."""
    say = messages_for(lang)
    match value:
        case None:
            return say.text("procedures.answer.unknown")
        case bool():
            return say.text("procedures.answer.yes" if value else "procedures.answer.no")
        case str():
            text = pack.text(f"option.{question.id}.{value}.text", lang)
            if question.type is QuestionType.COUNTRY:
                return say.country(value)
            return text if question.type is QuestionType.CHOICE else value
        case int() if value in question.about:
            return pack.text(f"question.{question.id}.about.{question.about.index(value)}.text", lang)
        case Decimal():
            return say.money(value, question.unit or "EUR")
        case PartialDate():
            return _date_words(value, say)
        case Name():
            return f"{value.given} {value.family}"
        case Address():
            abroad = [say.country(value.country)] if value.country != pack.country else []
            return ", ".join([*value.lines, f"{value.postcode} {value.city}".strip(), *abroad])
        case tuple() if question.type is QuestionType.CHOICES:
            texts = [pack.text(f"option.{question.id}.{one}.text", lang) for one in value]
            return say.text("procedures.list").join(texts) or say.text("procedures.answer.none")
        case tuple():
            return say.count("procedures.answer.members", len(value))
        case _:
            return str(value)


def _date_words(value: PartialDate, say: Messages) -> str:
    if value.day:
        return say.date(value.first)
    return say.month(value.first) if value.month else str(value.year)


def _settlers(pack: Pack, event: Event, fact: Fact, answers: Answers, today: date) -> tuple[str, ...]:
    """A smallest set of answers that alone gives the same verdict."""
    wanted = settled(pack, fact, answers, today).verdict
    given = [name for name in event.questions if name in fact.support and name in answers]

    def enough(names: Sequence[str]) -> bool:
        only: Mapping[str, AnswerValue] = {name: answers[name] for name in names}
        return settled(pack, fact, only, today).verdict is wanted

    for size in range(min(TRIED_TOGETHER, len(given)) + 1):
        for some in combinations(given, size):
            if enough(some):
                return some
    kept = list(given)
    for name in reversed(given):
        fewer = [other for other in kept if other != name]
        if enough(fewer):
            kept = fewer
    return tuple(kept)


def _depends(pack: Pack, event: Event, fact: Fact, answers: Answers, today: date) -> tuple[str, ...]:
    """The questions that would decide, if what the person does not know were known."""
    known = {name: value for name, value in answers.items() if not _is_open(value)}
    essential = settled(pack, fact, known, today).essential
    if not essential:  # a member of a group leaves it open
        essential = frozenset(name for name in fact.support if name in answers)
    return tuple(name for name in event.questions if name in essential)


def _is_open(value: AnswerValue) -> bool:
    return value is None or (isinstance(value, PartialDate) and not value.day)


def _outcome_words(
    pack: Pack, verdict: Verdict, settled_by: Settlers, depends_on: tuple[str, ...], lang: str
) -> str:
    say = messages_for(lang)
    status = {Verdict.TRUE: "applies", Verdict.FALSE: "not"}.get(verdict, "maybe")
    if depends_on:
        asked = [
            say.text("procedures.reason.question", question=pack.text(f"question.{name}.text", lang))
            for name in depends_on
        ]
        return say.text("procedures.reason.maybe", questions=say.text("procedures.list").join(asked))
    if not settled_by:
        return say.text(f"procedures.because.{status}")
    said = [
        say.text(
            "procedures.reason.answer",
            question=pack.text(f"question.{name}.text", lang),
            answer=answer_words(pack, pack.questions[name], value, lang),
        )
        for name, value in settled_by
    ]
    return say.text(f"procedures.reason.{status}", answers=say.text("procedures.reason.list").join(said))
