"""Checks of how questions are asked: ways to answer, what counts as valid, what becomes of the answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kiosk.procedures.answers import parse_answer
from kiosk.procedures.errors import AnswerError
from kiosk.procedures.linear import TooManyCases
from kiosk.procedures.model import Pack, Question, QuestionType
from kiosk.procedures.outcomes import Verdict, settle
from kiosk.procedures.proofs.findings import Finding, found
from kiosk.procedures.proofs.places import Places
from kiosk.procedures.questions import DATA_TEXTS
from kiosk.procedures.tree import All, Expr

TYPED = frozenset(
    {
        QuestionType.TEXT,
        QuestionType.NAME,
        QuestionType.ADDRESS,
        QuestionType.PHONE,
        QuestionType.EMAIL,
        QuestionType.NATIONAL_NUMBER,
        QuestionType.NUMBER,
        QuestionType.MONEY,
    }
)
"""Types whose answer is typed."""


def check_asking(pack: Pack, places: Places, today: date) -> Iterator[Finding]:
    """Everything about questions that no event decides."""
    yield from _data_use(pack, places)
    for question in pack.questions.values():
        if question.type in TYPED and not (
            question.unknown_allowed or question.about or question.typed_by_law
        ):
            problem = (
                f"{question.id} can only be typed: give about, allow 'I do not know', or name the "
                "article in typed_by_law"
            )
            witness = {"type": question.type.value, "unknown": False}
            yield found(places, "typed-only", f"question.{question.id}.unknown", problem, witness)
        yield from _rules(pack, question, places, today)
        yield from _about(question, places, today)


def _data_use(pack: Pack, places: Places) -> Iterator[Finding]:
    """GDPR article 13 for the pack as a whole, and a name for what is sensitive."""
    lang = pack.source_lang
    missing = [key for key in DATA_TEXTS if not pack.has_text(f"pack.data.{key}", lang)]
    if pack.basis is None:
        missing.append("basis")
    if missing:
        problem = f"what becomes of the answers is not said: data lacks {', '.join(missing)}"
        yield found(places, "data-missing", "pack.data", problem, {"missing": missing})
    sensitive = [f"event.{event.slug}" for event in pack.events.values() if event.sensitive]
    sensitive += [
        f"procedure.{procedure.id}"
        for event in pack.events.values()
        for procedure in event.procedures
        if procedure.sensitive
    ]
    if sensitive and not pack.has_text("pack.neutral", lang):
        problem = f"{sensitive[0]} is sensitive, and the pack has no neutral name for others to read"
        witness = {"missing": ["neutral"], "sensitive": sensitive}
        yield found(places, "data-missing", f"{sensitive[0]}.sensitive", problem, witness)


def _rules(pack: Pack, question: Question, places: Places, today: date) -> Iterator[Finding]:
    """A rule, with those before it, must let some answers through and refuse some."""
    before: list[Expr] = []
    for n, validity in enumerate(question.valid):
        if validity.rule is None:
            continue
        key = f"question.{question.id}.valid.{n}"
        say = pack.text(f"{key}.say", pack.source_lang)
        alone = {question.id: question}
        try:
            together = settle(All((*before, validity.rule)), {}, alone, today).verdict
        except TooManyCases:  # each rule alone was tried when the pack was read
            return
        if together is Verdict.FALSE:
            problem = f"{question.id}: no answer inside the bounds fulfils this rule"
            yield found(places, "rule-never", f"{key}.rule", problem, {"say": say})
            return
        if settle(validity.rule, {}, alone, today).verdict is Verdict.TRUE:
            problem = f"{question.id}: every answer inside the bounds fulfils this rule: leave it out"
            yield found(places, "rule-always", f"{key}.rule", problem, {"say": say}, warning=True)
        before.append(validity.rule)


def _about(question: Question, places: Places, today: date) -> Iterator[Finding]:
    for n, value in enumerate(question.about):
        try:
            parse_answer(question, value, {}, today)
        except AnswerError as refused:
            problem = f"{question.id} offers {value!r}, which it refuses: {refused.problem}"
            witness = {"question": question.id, "value": value}
            yield found(places, "about-refused", f"question.{question.id}.about.{n}.value", problem, witness)
