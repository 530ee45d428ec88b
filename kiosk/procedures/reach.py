"""What the two sides of a comparison can reach: sides that can never meet are refused."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from kiosk.procedures.countries import COUNTRIES
from kiosk.procedures.kinds import Typed, TypeProblem
from kiosk.procedures.model import Question, QuestionType
from kiosk.procedures.tree import (
    Arithmetic,
    Asked,
    Between,
    Choose,
    Expr,
    Field,
    Money,
    Size,
    Text,
    Whole,
)
from kiosk.procedures.values import LARGEST_AMOUNT, LARGEST_NUMBER, MOST_MEMBERS

Asker = Callable[[str], Question]


def interval(tree: Expr, asked: Asker) -> tuple[Decimal, Decimal]:
    """The smallest and largest value that a number or an amount can take. ``asked``: id -> question."""
    match tree:
        case Whole(value=value) | Money(value=value):
            return Decimal(value), Decimal(value)
        case Arithmetic(op=op, left=left, right=right):
            (a, b), (c, d) = interval(left, asked), interval(right, asked)
            if op == "+":
                return a + c, b + d
            if op == "-":
                return a - d, b - c
            corners = (a * c, a * d, b * c, b * d)
            return min(corners), max(corners)
        case Choose(then=then, otherwise=otherwise):
            (a, b), (c, d) = interval(then, asked), interval(otherwise, asked)
            return min(a, c), max(b, d)
        case Size():
            return Decimal(0), Decimal(MOST_MEMBERS)
        case Asked(question=name) | Field(question=name):
            return _range(asked(name))
        case _:
            return Decimal(-LARGEST_NUMBER), Decimal(LARGEST_NUMBER)


def check_meeting(left: Typed, right: Typed, asked: Asker) -> None:
    """Refuse two sides of which one is always the larger."""
    (a, b), (c, d) = interval(left.tree, asked), interval(right.tree, asked)
    if b < c or d < a:
        raise TypeProblem(
            right.offset,
            f"the two sides never meet: {_spell(a, b)} and {_spell(c, d)}",
            "values both can have",
        )


def check_possible(question: Question | None, value: Expr, offset: int) -> None:
    """Refuse a literal that the question can never have as its answer."""
    if question is None:
        return
    if isinstance(value, Text):
        if question.options and value.value not in question.values:
            raise TypeProblem(
                offset, f"{value.value!r} is no option of {question.id}", ", ".join(question.values)
            )
        if question.type is QuestionType.COUNTRY and value.value not in COUNTRIES:
            raise TypeProblem(offset, f"{value.value!r} is no country", "two capital letters of ISO 3166")
    elif isinstance(value, Whole | Money):
        low, high = (_decimal(end) for end in (question.minimum, question.maximum))
        if (low is not None and value.value < low) or (high is not None and value.value > high):
            raise TypeProblem(
                offset,
                f"{question.id} can never reach {value.value}",
                f"{question.minimum} to {question.maximum}",
            )


def counts_both(one: Expr, other: Expr) -> bool:
    """A duration against an answer or another duration: its boundaries would not be finite."""
    return any(isinstance(leaf, Between) for leaf in leaves(one)) and any(
        isinstance(leaf, Between | Asked | Field | Size) for leaf in leaves(other)
    )


def leaves(tree: Expr) -> list[Expr]:
    """The values that a side of a comparison can take."""
    if isinstance(tree, Choose):
        return [*leaves(tree.then), *leaves(tree.otherwise)]
    return [*leaves(tree.left), *leaves(tree.right)] if isinstance(tree, Arithmetic) else [tree]


def _range(question: Question) -> tuple[Decimal, Decimal]:
    """What an answer can be at all: the bounds, else those of its type."""
    low, high = _decimal(question.minimum), _decimal(question.maximum)
    if question.type is QuestionType.MONEY:
        return Decimal(0) if low is None else max(low, Decimal(0)), LARGEST_AMOUNT if high is None else high
    least, most = Decimal(-LARGEST_NUMBER), Decimal(LARGEST_NUMBER)
    return least if low is None else low, most if high is None else high


def _spell(low: Decimal, high: Decimal) -> str:
    return f"{low:f}" if low == high else f"{low:f} to {high:f}"


def _decimal(end: int | str | None) -> Decimal | None:
    try:
        return None if end is None else Decimal(end)
    except InvalidOperation:
        return None
