"""What a condition says of answers that are partly unknown.

:func:`restrict` is Kleene's three-valued logic that keeps what is still open: it gives a literal, or the
smaller tree that remains. It is not exact (``a || !a`` stays open): :mod:`kiosk.procedures.outcomes` is.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any as Anything

import msgspec

from kiosk.procedures.deadlines import FIRST, LAST, add_months, days_between, months_between, years_between
from kiosk.procedures.tree import (
    FALSE,
    TRUE,
    All,
    Any,
    Arithmetic,
    Asked,
    Between,
    Choose,
    Compare,
    Day,
    Each,
    Expr,
    Field,
    Flag,
    Has,
    HasField,
    In,
    Money,
    Not,
    Several,
    Shifted,
    Size,
    Text,
    Today,
    Unit,
    Whole,
    walk,
)
from kiosk.procedures.values import AnswerValue, Member, PartialDate


class Unknown(Enum):
    """Answered by "I do not know": asked never again, open for ever."""

    DONT_KNOW = "dont-know"


class Range(msgspec.Struct, frozen=True):
    """A date answered less precisely than to the day: it has an answer, its day stays open."""

    first: date
    last: date


Known = Flag | Whole | Money | Text | Day | Several


class Members(msgspec.Struct, frozen=True):
    """The members of a group: for each, question id -> what is known. What is not there is unknown."""

    rows: tuple[Row, ...]


Row = tuple[tuple[str, Known | Range | Unknown], ...]
Binding = Known | Range | Unknown | Members
Bindings = Mapping[str, Binding]
"""Question id -> what is known; a question that was not asked is absent."""

OPERATORS: dict[str, Callable[[Anything, Anything], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
SUMS: dict[str, Callable[[Anything, Anything], Anything]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
}
COUNT = {Unit.DAYS: days_between, Unit.MONTHS: months_between, Unit.YEARS: years_between}


def binding(value: AnswerValue) -> Binding:
    """What a condition may know of an answer. Structured answers (a name, a group) only exist or not."""
    match value:
        case None:
            return Unknown.DONT_KNOW
        case bool():
            return TRUE if value else FALSE
        case int():
            return Whole(value)
        case Decimal():
            return Money(value)
        case str():
            return Text(value)
        case PartialDate():
            return Day(value.first) if value.day else Range(value.first, value.last)
        case tuple() if all(isinstance(part, str) for part in value):
            return Several(tuple(Text(part) for part in value if isinstance(part, str)))
        case tuple():
            rows = (part.answers for part in value if isinstance(part, Member))
            return Members(tuple(tuple((name, _simple(inner)) for name, inner in row) for row in rows))
        case _:
            return Text("")


def _simple(value: AnswerValue) -> Known | Range | Unknown:
    found = binding(value)
    return Unknown.DONT_KNOW if isinstance(found, Members) else found


def members(found: Binding | None) -> tuple[Row, ...] | None:
    """The rows of a known group; an answer without members looks like one without ticks."""
    if isinstance(found, Members):
        return found.rows
    return () if isinstance(found, Several) else None


def bound(name: str, known: Bindings) -> Binding | None:
    """What is known of a question, or of the field of one member (``GROUP#N.QUESTION``)."""
    group, mark, rest = name.partition("#")
    if not mark:
        return known.get(name)
    if name in known:
        return known[name]
    number, _, question = rest.partition(".")
    rows = members(known.get(group)) or ()
    row = rows[int(number)] if int(number) < len(rows) else ()
    return dict(row).get(question, Unknown.DONT_KNOW)


def kleene(tree: Expr, known: Bindings, today: date) -> bool | None:
    """True, False, or None where Kleene's logic leaves it open."""
    found = restrict(tree, known, today)
    return found.value if isinstance(found, Flag) else None


def restrict(tree: Expr, known: Bindings, today: date) -> Expr:
    """The tree with everything known put in: a literal, or what remains open."""
    return _RULES[type(tree)](tree, known, today)


def _same(tree: Expr, known: Bindings, today: date) -> Expr:  # noqa: ARG001 - one signature for all rules
    return tree


def _asked(tree: Asked, known: Bindings, today: date) -> Expr:  # noqa: ARG001
    found = known.get(tree.question)
    return tree if found is None or isinstance(found, Range | Unknown | Members) else found


def _has(tree: Has, known: Bindings, today: date) -> Expr:  # noqa: ARG001
    found = known.get(tree.question)
    if found is None:
        return tree
    return FALSE if found is Unknown.DONT_KNOW else TRUE


def _today(tree: Today, known: Bindings, today: date) -> Expr:  # noqa: ARG001
    return Day(today)


def _between(tree: Between, known: Bindings, today: date) -> Expr:
    start, end = restrict(tree.start, known, today), restrict(tree.end, known, today)
    if isinstance(start, Day) and isinstance(end, Day):
        return Whole(COUNT[tree.unit](start.value, end.value))
    return Between(tree.unit, start, end)


def _shifted(tree: Shifted, known: Bindings, today: date) -> Expr:
    day = restrict(tree.day, known, today)
    if isinstance(day, Day):
        return Day(shifted(day.value, tree.months, tree.days))
    return Shifted(day, tree.months, tree.days)


def shifted(day: date, months: int, days: int) -> date:
    """The day ``months``, then ``days`` later, kept inside the calendar of answers."""
    try:
        moved = add_months(day, months) + timedelta(days=days)
    except (ValueError, OverflowError):
        return FIRST if (months or days) < 0 else LAST
    return min(max(moved, FIRST), LAST)


def _arithmetic(tree: Arithmetic, known: Bindings, today: date) -> Expr:
    left, right = restrict(tree.left, known, today), restrict(tree.right, known, today)
    if isinstance(left, Whole | Money) and isinstance(right, Whole | Money):
        found = SUMS[tree.op](left.value, right.value)
        return Whole(found) if isinstance(found, int) else Money(found)
    return Arithmetic(tree.op, left, right)


def _field(tree: Field, known: Bindings, today: date) -> Expr:  # noqa: ARG001
    found = known.get(tree.name)
    if found is None:
        return tree
    return found if isinstance(found, Asked | Flag | Whole | Money | Text | Day | Several) else tree


def _has_field(tree: HasField, known: Bindings, today: date) -> Expr:  # noqa: ARG001
    found = known.get(f"{tree.group}?{tree.question}")
    return found if isinstance(found, Flag) else tree


def _size(tree: Size, known: Bindings, today: date) -> Expr:  # noqa: ARG001
    rows = members(known.get(tree.question))
    return tree if rows is None else Whole(len(rows))


def _each(tree: Each, known: Bindings, today: date) -> Expr:
    rows = members(known.get(tree.question))
    body = restrict(tree.body, known, today)
    if rows is None:
        if isinstance(body, Flag) and body.value is tree.every:
            return body
        return Each(tree.question, tree.every, body)
    parts = tuple(
        restrict(body, _of_member(body, tree.question, n, row), today) for n, row in enumerate(rows)
    )
    return restrict(All(parts) if tree.every else Any(parts), {}, today)


def _of_member(body: Expr, group: str, n: int, row: Row) -> dict[str, Anything]:
    """What the fields of member ``n`` become: what is open is a question of its own."""
    given, found = dict(row), {}
    for node in walk(body):
        if isinstance(node, Field):
            value = given.get(node.question, Unknown.DONT_KNOW)
            is_open = isinstance(value, Range | Unknown)
            found[node.name] = Asked(f"{group}#{n}.{node.question}") if is_open else value
        elif isinstance(node, HasField):
            value = given.get(node.question, Unknown.DONT_KNOW)
            found[f"{group}?{node.question}"] = FALSE if value is Unknown.DONT_KNOW else TRUE
    return found


def _not(tree: Not, known: Bindings, today: date) -> Expr:
    part = restrict(tree.part, known, today)
    if isinstance(part, Flag):
        return FALSE if part.value else TRUE
    return part.part if isinstance(part, Not) else Not(part)


def _all(tree: All, known: Bindings, today: date) -> Expr:
    left: list[Expr] = []
    for part in tree.parts:
        found = restrict(part, known, today)
        if not isinstance(found, Flag):
            left.append(found)
        elif not found.value:
            return FALSE
    return TRUE if not left else left[0] if len(left) == 1 else All(tuple(left))


def _any(tree: Any, known: Bindings, today: date) -> Expr:
    left: list[Expr] = []
    for part in tree.parts:
        found = restrict(part, known, today)
        if not isinstance(found, Flag):
            left.append(found)
        elif found.value:
            return TRUE
    return FALSE if not left else left[0] if len(left) == 1 else Any(tuple(left))


def _compare(tree: Compare, known: Bindings, today: date) -> Expr:
    left, right = restrict(tree.left, known, today), restrict(tree.right, known, today)
    if isinstance(left, _PLAIN) and isinstance(right, _PLAIN):
        return TRUE if OPERATORS[tree.op](left.value, right.value) else FALSE
    return Compare(tree.op, left, right)


def _in(tree: In, known: Bindings, today: date) -> Expr:
    item, several = restrict(tree.item, known, today), restrict(tree.several, known, today)
    if isinstance(item, _PLAIN) and isinstance(several, Several):
        return TRUE if item in several.values else FALSE
    return In(item, several)


def _choose(tree: Choose, known: Bindings, today: date) -> Expr:
    condition = restrict(tree.condition, known, today)
    if isinstance(condition, Flag):
        return restrict(tree.then if condition.value else tree.otherwise, known, today)
    then, otherwise = restrict(tree.then, known, today), restrict(tree.otherwise, known, today)
    return then if then == otherwise else Choose(condition, then, otherwise)


_PLAIN = (Flag, Whole, Money, Text, Day)
_RULES: dict[type, Callable[[Anything, Bindings, date], Expr]] = {
    **dict.fromkeys((Flag, Whole, Money, Text, Day, Several), _same),
    Asked: _asked,
    Has: _has,
    Today: _today,
    Between: _between,
    Shifted: _shifted,
    Arithmetic: _arithmetic,
    Field: _field,
    HasField: _has_field,
    Each: _each,
    Size: _size,
    Not: _not,
    All: _all,
    Any: _any,
    Compare: _compare,
    In: _in,
    Choose: _choose,
}
