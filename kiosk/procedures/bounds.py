"""The smallest and largest answer of a question, with ``today`` put in."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

from kiosk.procedures.counting import Span
from kiosk.procedures.deadlines import add_months
from kiosk.procedures.model import Question, QuestionType

DURATION = re.compile(r"P(?=.)(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(\d{1,4})H)?\Z")
RELATIVE = re.compile(r"today(?:([+-])(P.+))?\Z")


def parse_duration(text: str) -> Span | None:
    """An ISO 8601 duration of years, months, weeks, days or hours; None if it is none."""
    match = DURATION.match(text)
    if not match or not any(match.groups()):
        return None
    years, months, weeks, days, hours = (int(part or 0) for part in match.groups())
    return Span(years=years, months=months, days=7 * weeks + days, hours=hours)


def date_bound(text: str, today: date) -> date:
    """An ISO date, ``today``, or ``today`` with a duration. Raises ValueError."""
    relative = RELATIVE.match(text)
    if not relative:
        return date.fromisoformat(text)
    sign, duration = relative.groups()
    if not duration:
        return today
    span = parse_duration(duration)
    if span is None or span.hours:
        raise ValueError(text)
    factor = 1 if sign == "+" else -1
    return add_months(today, factor * (12 * span.years + span.months)) + timedelta(days=factor * span.days)


def bounds(
    question: Question, today: date
) -> tuple[int | Decimal | date | None, int | Decimal | date | None]:
    """(smallest, largest) answer; None where there is no such bound."""
    low, high = (_bound(question, value, today) for value in (question.minimum, question.maximum))
    return low, high


def _bound(question: Question, value: int | str | None, today: date) -> int | Decimal | date | None:
    if isinstance(value, str):
        return date_bound(value, today) if question.type is QuestionType.DATE else Decimal(value)
    return value
