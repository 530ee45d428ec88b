"""Finitely many answers that stand for all answers to a question, in one condition.

A condition tells two answers apart only by the literals in it. For each question it is enough to try every
option that is named and one that is not, and every number or day at, just below and just above each boundary.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations

from kiosk.procedures.bounds import bounds
from kiosk.procedures.deadlines import FIRST, LAST, add_months
from kiosk.procedures.evaluate import Known, Range
from kiosk.procedures.model import Question, QuestionType
from kiosk.procedures.tree import (
    FALSE,
    TRUE,
    Asked,
    Between,
    Compare,
    Day,
    Expr,
    In,
    Money,
    Several,
    Text,
    Unit,
    Whole,
    children,
    walk,
)

UNNAMED = "\x00"
"""A text that no condition can name."""
MOST_VALUES = 2_000
"""Representative answers of one question; beyond, a condition is refused."""
ORDERED = (QuestionType.NUMBER, QuestionType.MONEY, QuestionType.DATE)
MONTH_END_DAYS, SHORTEST_MONTH = 4, 28
"""Months of 28 to 31 days: a boundary counted in months lies within this many days of the computed one."""
MONTH_END = timedelta(days=MONTH_END_DAYS)


Nodes = Sequence[Expr]
"""Every node of one condition."""


class TooManyCases(Exception):
    """A condition has too many representative answers, or takes too many branches."""


def domain(
    question: Question, nodes: Nodes, questions: Mapping[str, Question], today: date
) -> tuple[Known, ...]:
    """Answers to ``question``: two of them differ in the condition wherever any two answers do."""
    if question.type is QuestionType.YES_NO:
        return (TRUE, FALSE)
    if question.type in ORDERED:
        return _ordered(question, nodes, questions, today)
    named = [node.value for node in nodes if isinstance(node, Text)]
    if question.type is QuestionType.CHOICE:
        wanted = [value for value in question.values if value in named]
        other = [value for value in question.values if value not in named][:1]
        return tuple(Text(value) for value in wanted + other)
    if question.type is QuestionType.CHOICES:
        wanted = [value for value in question.values if value in named]
        if 2 ** len(wanted) > MOST_VALUES:
            raise TooManyCases
        return tuple(
            Several(tuple(Text(value) for value in picked))
            for size in range(len(wanted) + 1)
            for picked in combinations(wanted, size)
        )
    return tuple(Text(value) for value in (*dict.fromkeys(named), UNNAMED))


def days_in_range(
    found: Range, question: Question, nodes: Nodes, questions: Mapping[str, Question], today: date
) -> tuple[Known, ...]:
    """Like :func:`domain` for a date of which only the month or year is known."""
    inside = {
        node.value
        for node in _ordered(question, nodes, questions, today, found)
        if isinstance(node, Day) and found.first <= node.value <= found.last
    }
    return tuple(Day(day) for day in sorted(inside | {found.first, found.last}))


def _ordered(
    question: Question,
    nodes: Nodes,
    questions: Mapping[str, Question],
    today: date,
    within: Range | None = None,
) -> tuple[Known, ...]:
    """Boundaries of one ordered type; several questions of the type share them, with room between them."""
    asked = {node.question for node in nodes if isinstance(node, Asked)}
    rivals = [name for name in asked if questions[name].type is question.type]
    room = len(rivals) if _side_by_side(nodes) else 1
    low, high = bounds(question, today)
    if question.type is QuestionType.DATE:
        first = within.first if within else low if isinstance(low, date) else FIRST
        last = within.last if within else high if isinstance(high, date) else LAST
        days = _days(nodes, (first, last), len(rivals), room)
        return tuple(Day(day) for day in sorted(days) if first <= day <= last)
    if question.type is QuestionType.MONEY:
        sums = {int(node.value * 100) for node in nodes if isinstance(node, Money)}
        return tuple(Money(Decimal(cents) / 100) for cents in _spread(sums, low, high, room, 100))
    wholes = {node.value for node in nodes if isinstance(node, Whole)}
    return tuple(Whole(value) for value in _spread(wholes, low, high, room, 1))


def _side_by_side(nodes: Nodes) -> bool:
    """Whether two answers are compared with each other, so that several must fit between two boundaries."""
    return any(
        isinstance(node, Compare)
        and all(any(isinstance(part, Asked) for part in walk(side)) for side in (node.left, node.right))
        for node in nodes
    )


def _spread(values: Iterable[int], low: object, high: object, room: int, scale: int) -> list[int]:
    """Each boundary and its neighbours, inside the bounds."""
    smallest = int(low * scale) if isinstance(low, int | Decimal) else None
    largest = int(high * scale) if isinstance(high, int | Decimal) else None
    ends = [end for end in (smallest, largest) if end is not None]
    found = {value + step for value in (*values, *ends, 0) for step in range(-room, room + 1)}
    return sorted(
        value
        for value in found
        if (smallest is None or value >= smallest) and (largest is None or value <= largest)
    )


def _days(nodes: Nodes, ends: tuple[date, ...], rivals: int, room: int) -> set[date]:
    """Days named in the condition, moved by the durations that it compares with.

    A boundary of one date can move that of the next by one ``..._between``, so once for each of these.
    """
    pairs = {(node.start, node.end) for node in nodes if isinstance(node, Between)}
    steps = _durations(nodes)
    found = {node.value for node in nodes if isinstance(node, Day)} | set(ends)
    for _ in range(min(rivals, len(pairs))):
        found |= {moved for day in found for unit, n in steps for moved in _moved(day, unit, n)}
        if len(found) > MOST_VALUES:
            raise TooManyCases
    inner = [day for day in found if FIRST < day < LAST]
    return found | {day + timedelta(days=step) for day in inner for step in range(-room, room + 1)}


def _durations(nodes: Nodes) -> set[tuple[Unit, int]]:
    """(unit, n) such that a comparison with n units turns: at n, just below, just above."""
    found: set[tuple[Unit, int]] = set()
    for node in nodes:
        if isinstance(node, Compare | In):
            parts = [part for side in children(node) for part in walk(side)]
            units = {part.unit for part in parts if isinstance(part, Between)}
            limits = {part.value for part in parts if isinstance(part, Whole)}
            found |= {(unit, n + step) for unit in units for n in limits for step in (-1, 0, 1)}
    return found


def _moved(day: date, unit: Unit, n: int) -> Iterable[date]:
    """The day ``n`` units later and earlier, with its neighbours where months end on different days."""
    for amount in (n, -n):
        months, days = (0, amount) if unit is Unit.DAYS else (amount * (12 if unit is Unit.YEARS else 1), 0)
        target = _shifted(day, months, days)
        if target is None:
            continue
        yield target
        if months and (day.day > SHORTEST_MONTH - 2 or target.day < 3 or day.day < 3):
            near = (target + timedelta(days=s) for s in range(-MONTH_END_DAYS, MONTH_END_DAYS + 1))
            yield from (moved for moved in near if FIRST <= moved <= LAST)


def _shifted(day: date, months: int, days: int) -> date | None:
    """None where the calendar of answers ends."""
    try:
        moved = add_months(day, months) + timedelta(days=days)
    except (ValueError, OverflowError):
        return None
    return moved if FIRST + MONTH_END <= moved <= LAST - MONTH_END else None
