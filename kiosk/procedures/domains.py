"""Finitely many answers that stand for all answers to a question, in one condition.

A condition tells two answers apart only by the literals in it. For each question it is enough to try every
option that is named and one that is not, and every number or day at, just below and just above each boundary.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
    Money,
    Several,
    Text,
    Unit,
    Whole,
    children,
)

UNNAMED = "\x00"
"""A text that no condition can name."""
ORDERED = (QuestionType.NUMBER, QuestionType.MONEY, QuestionType.DATE)
MONTH_END_DAYS = 4
"""Months of 28 to 31 days: a boundary counted in months lies within this many days of the computed one."""


def walk(tree: Expr) -> Iterable[Expr]:
    """Every node of the tree."""
    stack = [tree]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(children(node))


def domain(
    question: Question, tree: Expr, questions: Mapping[str, Question], today: date
) -> tuple[Known, ...]:
    """Answers to ``question`` of which two differ wherever any two answers differ in ``tree``."""
    if question.type is QuestionType.YES_NO:
        return (TRUE, FALSE)
    if question.type in ORDERED:
        return _ordered(question, tree, questions, today)
    named = [node.value for node in walk(tree) if isinstance(node, Text)]
    if question.type is QuestionType.CHOICE:
        wanted = [value for value in question.values if value in named]
        other = [value for value in question.values if value not in named][:1]
        return tuple(Text(value) for value in wanted + other)
    if question.type is QuestionType.CHOICES:
        wanted = [value for value in question.values if value in named]
        return tuple(
            Several(tuple(Text(value) for value in picked))
            for size in range(len(wanted) + 1)
            for picked in combinations(wanted, size)
        )
    return tuple(Text(value) for value in (*dict.fromkeys(named), UNNAMED))


def days_in_range(
    found: Range, question: Question, tree: Expr, questions: Mapping[str, Question], today: date
) -> tuple[Known, ...]:
    """Like :func:`domain` for a date of which only the month or year is known."""
    inside = {
        node.value
        for node in _ordered(question, tree, questions, today, found)
        if isinstance(node, Day) and found.first <= node.value <= found.last
    }
    return tuple(Day(day) for day in sorted(inside | {found.first, found.last}))


def _ordered(
    question: Question,
    tree: Expr,
    questions: Mapping[str, Question],
    today: date,
    within: Range | None = None,
) -> tuple[Known, ...]:
    """Boundaries of one ordered type; several questions of the type share them, with room between them."""
    rivals = {
        node.question
        for node in walk(tree)
        if isinstance(node, Asked) and questions[node.question].type is question.type
    }
    room = max(1, len(rivals))
    low, high = bounds(question, today)
    if question.type is QuestionType.DATE:
        first = within.first if within else low if isinstance(low, date) else FIRST
        last = within.last if within else high if isinstance(high, date) else LAST
        days = _days(tree, (first, last, today), len(rivals), room)
        return tuple(Day(day) for day in sorted(days) if first <= day <= last)
    if question.type is QuestionType.MONEY:
        sums = {node.value for node in walk(tree) if isinstance(node, Money)}
        return tuple(
            Money(Decimal(cents) / 100)
            for cents in _spread((int(s * 100) for s in sums), low, high, room, 100)
        )
    wholes = {node.value for node in walk(tree) if isinstance(node, Whole)}
    return tuple(Whole(value) for value in _spread(wholes, low, high, room, 1))


def _spread(values: Iterable[int], low: object, high: object, room: int, scale: int) -> list[int]:
    """Each boundary and its neighbours, inside the bounds."""
    ends = [int(end * scale) for end in (low, high) if isinstance(end, int | Decimal)]
    found = {value + step for value in (*values, *ends, 0) for step in range(-room, room + 1)}
    smallest = int(low * scale) if isinstance(low, int | Decimal) else None
    largest = int(high * scale) if isinstance(high, int | Decimal) else None
    return sorted(
        v for v in found if (smallest is None or v >= smallest) and (largest is None or v <= largest)
    )


def _days(tree: Expr, ends: tuple[date, ...], rounds: int, room: int) -> set[date]:
    """Days named in the tree, moved by every duration that it compares with, once a date question."""
    base = {node.value for node in walk(tree) if isinstance(node, Day)} | set(ends)
    steps = _durations(tree)
    found = set(base)
    for _ in range(rounds if steps else 0):
        found |= {moved for day in found for unit, n in steps for moved in _moved(day, unit, n)}
    near = {
        day + timedelta(days=step) for day in found if FIRST < day < LAST for step in range(-room, room + 1)
    }
    return found | near


def _durations(tree: Expr) -> set[tuple[Unit, int]]:
    found: set[tuple[Unit, int]] = set()
    for node in walk(tree):
        if isinstance(node, Compare):
            units = {
                part.unit
                for side in (node.left, node.right)
                for part in walk(side)
                if isinstance(part, Between)
            }
            limits = {
                part.value
                for side in (node.left, node.right)
                for part in walk(side)
                if isinstance(part, Whole)
            }
            found |= {(unit, n + step) for unit in units for n in limits for step in (-1, 0, 1)}
    return found


def _moved(day: date, unit: Unit, n: int) -> Iterable[date]:
    for amount in (n, -n):
        if unit is Unit.DAYS:
            target, blur = _shifted(day, 0, amount), 1
        else:
            target, blur = _shifted(day, amount * (12 if unit is Unit.YEARS else 1), 0), MONTH_END_DAYS
        if target:
            yield from (
                target + timedelta(days=step) for step in range(-blur, blur + 1) if FIRST < target < LAST
            )


def _shifted(day: date, months: int, days: int) -> date | None:
    """None where the calendar of answers ends."""
    try:
        moved = add_months(day, months) + timedelta(days=days)
    except (ValueError, OverflowError):
        return None
    return moved if FIRST <= moved <= LAST else None
