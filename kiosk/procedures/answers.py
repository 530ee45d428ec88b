"""Answers as JSON values, in and out. What comes in is hostile: lengths, ranges, characters are bounded."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any as Anything

from kiosk.procedures.bounds import bounds
from kiosk.procedures.countries import COUNTRIES
from kiosk.procedures.deadlines import FIRST, LAST
from kiosk.procedures.errors import AnswerError
from kiosk.procedures.model import Event, Pack, Question, QuestionType
from kiosk.procedures.validity import broken
from kiosk.procedures.values import (
    LARGEST_NUMBER,
    MOST_MEMBERS,
    Address,
    AnswerValue,
    Member,
    Name,
    PartialDate,
)

LONGEST_TEXT, LONGEST_NAME, LONGEST_LINE, LONGEST_POSTCODE, MOST_LINES = 500, 100, 100, 12, 6
DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?\Z")
MONEY = re.compile(r"[0-9]{1,10}(?:\.[0-9]{1,2})?\Z")
PHONE = re.compile(r"\+[1-9][0-9]{6,14}\Z")
EMAIL = re.compile(r"[^\s@,;<>\"()]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?\Z")
NATIONAL_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ./-]{2,29}\Z")
UNWANTED = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")


def parse_answers(
    pack: Pack, event: Event, raw: Mapping[str, object], today: date | None = None
) -> dict[str, AnswerValue]:
    """Answers to questions of the pack, from JSON values. Raises AnswerError.

    Questions of other events of the pack are accepted: answers serve several events of one visit.
    """
    found: dict[str, AnswerValue] = {}
    for name, value in raw.items():
        question = pack.questions.get(name)
        if question is None:
            raise AnswerError(_shown(name), "the pack has no such question", ", ".join(event.questions))
        found[name] = parse_answer(question, value, pack.questions, today)
    return found


def parse_answer(
    question: Question,
    raw: object,
    questions: Mapping[str, Question] | None = None,
    today: date | None = None,
) -> AnswerValue:
    """One answer. ``questions``: those of the pack, needed for groups. With ``today`` the bounds of a date
    that are relative to it are enforced too. Raises AnswerError."""
    if raw is None:
        if not question.unknown_allowed:
            raise AnswerError(question.id, "this question must be answered", "an answer other than null")
        return None
    if question.type is QuestionType.GROUP:
        return _group(question, raw, questions or {}, today)
    found = _PARSERS[question.type](question, raw)
    _check_bounds(question, found, today)
    rule = broken(question, found, today)
    if rule is not None:
        raise AnswerError(
            question.id, "the answer breaks a rule of the question", "see valid", _say(question, rule)
        )
    return found


def dump_answer(value: AnswerValue | Member) -> Anything:
    """The JSON value of an answer: :func:`parse_answer` of it gives the answer back."""
    match value:
        case PartialDate():
            return str(value)
        case Decimal():
            return format(value, "f")
        case Name():
            return {"family": value.family, "given": value.given}
        case Address():
            return {
                "lines": list(value.lines),
                "postcode": value.postcode,
                "city": value.city,
                "country": value.country,
            }
        case Member():
            return {name: dump_answer(part) for name, part in value.answers}
        case tuple():
            return [dump_answer(part) if isinstance(part, Member) else part for part in value]
        case _:
            return value


def dump_answers(answers: Mapping[str, AnswerValue]) -> dict[str, Anything]:
    """Answers as they stand in an answers file."""
    return {name: dump_answer(value) for name, value in answers.items()}


def _check_bounds(question: Question, value: AnswerValue, today: date | None) -> None:
    if question.minimum is None and question.maximum is None:
        return
    relative = any(str(end).startswith("today") for end in (question.minimum, question.maximum))
    if relative and today is None:
        return
    low, high = bounds(question, today or FIRST)
    first, last = (value.first, value.last) if isinstance(value, PartialDate) else (value, value)
    too_low = low is not None and last < low  # type: ignore[operator]  # bounds are of the answer's type
    too_high = high is not None and first > high  # type: ignore[operator]
    if too_low or too_high:
        text = f"at least {low}" if high is None else f"at most {high}" if low is None else f"{low} to {high}"
        end = "min" if too_low else "max"
        rule = next((n for n, validity in enumerate(question.valid) if validity.bound == end), None)
        raise AnswerError(question.id, "the answer is out of range", text, _say(question, rule))


def _say(question: Question, rule: int | None) -> str:
    return "" if rule is None else f"question.{question.id}.valid.{rule}.say"


def _shown(text: str) -> str:
    """A stranger's word, fit for one line of a message."""
    return UNWANTED.sub("?", text)[:60]


def clean_text(question: str, raw: object, longest: int, allowed: str = "a text") -> str:
    """A text without surrounding spaces or control characters. Raises AnswerError."""
    if not isinstance(raw, str):
        raise AnswerError(question, "the answer is no text", allowed)
    if len(raw) > longest:
        raise AnswerError(question, "the text is too long", f"at most {longest} characters")
    if UNWANTED.search(raw):
        raise AnswerError(question, "the text has a control character", "printable characters")
    found = raw.strip()
    if not found:
        raise AnswerError(question, "the text is empty", allowed)
    return found


def _yes_no(question: Question, raw: object) -> AnswerValue:
    if not isinstance(raw, bool):
        raise AnswerError(question.id, "the answer is no boolean", "true, false")
    return raw


def _choice(question: Question, raw: object) -> AnswerValue:
    if not isinstance(raw, str) or raw not in question.values:
        raise AnswerError(question.id, "the answer is none of the options", ", ".join(question.values))
    return raw


def _choices(question: Question, raw: object) -> AnswerValue:
    allowed = f"a list of {', '.join(question.values)}"
    if not isinstance(raw, list) or len(raw) > len(question.values):
        raise AnswerError(question.id, "the answer is no list of options", allowed)
    if any(not isinstance(value, str) or value not in question.values for value in raw) or len(
        set(raw)
    ) < len(raw):
        raise AnswerError(question.id, "the list holds something else, or an option twice", allowed)
    return tuple(value for value in question.values if value in raw)


def _date(question: Question, raw: object) -> AnswerValue:
    allowed = f'"2026-11-23", "2026-11" or "2026", {FIRST.year} to {LAST.year}'
    match = DATE.match(raw) if isinstance(raw, str) else None
    if not match:
        raise AnswerError(question.id, "the answer is no date", allowed)
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        found = PartialDate(year or 0, month, day)
        inside = FIRST <= found.first <= LAST and (month != 0 and day != 0)
    except (ValueError, OverflowError):
        inside = False
    if not inside:
        raise AnswerError(question.id, "there is no such day, or it is out of range", allowed)
    return found


def _number(question: Question, raw: object) -> AnswerValue:
    if not isinstance(raw, int) or isinstance(raw, bool) or abs(raw) > LARGEST_NUMBER:
        raise AnswerError(question.id, "the answer is no whole number", f"up to {LARGEST_NUMBER}")
    return raw


def _money(question: Question, raw: object) -> AnswerValue:
    if not isinstance(raw, str) or not MONEY.match(raw):
        raise AnswerError(question.id, "the answer is no amount", '"1098.57"')
    return Decimal(raw)


def _text(question: Question, raw: object) -> AnswerValue:
    return clean_text(question.id, raw, LONGEST_TEXT)


def _matching(pattern: re.Pattern[str], allowed: str) -> Callable[[Question, object], AnswerValue]:
    def parse(question: Question, raw: object) -> AnswerValue:
        found = clean_text(question.id, raw, LONGEST_TEXT, allowed)
        if not pattern.match(found):
            raise AnswerError(question.id, f"the answer is no {question.type}", allowed)
        return found

    return parse


def _country(question: Question, raw: object) -> AnswerValue:
    if not isinstance(raw, str) or raw not in COUNTRIES:
        raise AnswerError(question.id, "the answer is no country", "two capital letters of ISO 3166: FR")
    return raw


def _record(question: Question, raw: object, keys: tuple[str, ...]) -> dict[str, object]:
    if not isinstance(raw, dict) or set(raw) != set(keys):
        raise AnswerError(
            question.id, f"the answer is no {question.type}", "an object with " + ", ".join(keys)
        )
    return raw


def _name(question: Question, raw: object) -> AnswerValue:
    record = _record(question, raw, ("family", "given"))
    return Name(*(clean_text(question.id, record[key], LONGEST_NAME) for key in ("family", "given")))


def _address(question: Question, raw: object) -> AnswerValue:
    record = _record(question, raw, ("lines", "postcode", "city", "country"))
    lines = record["lines"]
    if not isinstance(lines, list) or not 1 <= len(lines) <= MOST_LINES:
        raise AnswerError(question.id, "the lines of the address", f"a list of 1 to {MOST_LINES} texts")
    country = record["country"]
    if not isinstance(country, str) or country not in COUNTRIES:
        raise AnswerError(question.id, "the country of the address", "two capital letters of ISO 3166: FR")
    return Address(
        tuple(clean_text(question.id, line, LONGEST_LINE) for line in lines),
        # Many countries have none, and who comes from another one may not know it.
        "" if record["postcode"] == "" else clean_text(question.id, record["postcode"], LONGEST_POSTCODE),
        clean_text(question.id, record["city"], LONGEST_LINE),
        country,
    )


def _group(
    question: Question, raw: object, questions: Mapping[str, Question], today: date | None
) -> tuple[Member, ...]:
    if not isinstance(raw, list) or len(raw) > MOST_MEMBERS:
        raise AnswerError(question.id, "the answer is no list", f"a list of at most {MOST_MEMBERS} objects")
    return tuple(_member(question, item, questions, today) for item in raw)


def _member(question: Question, raw: object, questions: Mapping[str, Question], today: date | None) -> Member:
    if not isinstance(raw, dict) or not set(raw) <= set(question.questions):
        raise AnswerError(
            question.id, "the list holds something else", "objects of " + ", ".join(question.questions)
        )
    return Member(
        tuple(
            (name, parse_answer(questions[name], raw[name], questions, today))
            for name in question.questions
            if name in raw
        )
    )


_PARSERS: dict[QuestionType, Callable[[Question, object], AnswerValue]] = {
    QuestionType.YES_NO: _yes_no,
    QuestionType.CHOICE: _choice,
    QuestionType.CHOICES: _choices,
    QuestionType.DATE: _date,
    QuestionType.NUMBER: _number,
    QuestionType.MONEY: _money,
    QuestionType.TEXT: _text,
    QuestionType.NAME: _name,
    QuestionType.ADDRESS: _address,
    QuestionType.PHONE: _matching(PHONE, "E.164: +33612345678"),
    QuestionType.EMAIL: _matching(EMAIL, "name@example.org"),
    QuestionType.NATIONAL_NUMBER: _matching(NATIONAL_NUMBER, "letters and digits"),
    QuestionType.COUNTRY: _country,
}
