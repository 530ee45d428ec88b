"""Gives every part of a condition a type, and refuses what can never make sense."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any as Anything

from kiosk.procedures.countries import COUNTRIES
from kiosk.procedures.model import Question, QuestionType
from kiosk.procedures.tree import (
    FALSE,
    TRUE,
    All,
    Any,
    Asked,
    Between,
    Choose,
    Compare,
    Day,
    Expr,
    Has,
    In,
    Literal,
    Money,
    Not,
    Several,
    Text,
    Today,
    Unit,
    Whole,
)

FUNCTIONS = ("has", "today", "date", "days_between", "months_between", "years_between")
LONGEST_NUMBER = 15
Node = tuple[str, int, tuple[Anything, ...]]
"""(kind, offset, parts) as :mod:`kiosk.procedures.grammar` gives them."""


class Kind(StrEnum):
    """Types of the language, named as an editor reads them."""

    BOOL = "true or false"
    WHOLE = "a whole number"
    MONEY = "an amount"
    TEXT = "a text"
    DAY = "a date"
    LIST = "a list of texts"
    NUMBERS = "a list of numbers"


ORDERED = (Kind.WHOLE, Kind.MONEY, Kind.DAY)
KIND_OF = {
    QuestionType.YES_NO: Kind.BOOL,
    QuestionType.CHOICE: Kind.TEXT,
    QuestionType.CHOICES: Kind.LIST,
    QuestionType.DATE: Kind.DAY,
    QuestionType.NUMBER: Kind.WHOLE,
    QuestionType.MONEY: Kind.MONEY,
    QuestionType.TEXT: Kind.TEXT,
    QuestionType.COUNTRY: Kind.TEXT,
}
"""Types that a condition can read; the others can only be the argument of has()."""


@dataclass(eq=False)
class TypeProblem(Exception):
    """What is wrong, ``offset`` characters from the start of the condition."""

    offset: int
    problem: str
    allowed: str


@dataclass(frozen=True)
class Typed:
    """A part of the condition with its type and place. ``question``: the question it is the answer of."""

    tree: Expr
    kind: Kind
    offset: int
    question: Question | None = None


class Typer:
    """Checks conditions over one set of questions."""

    def __init__(self, questions: Mapping[str, Question]) -> None:
        self._questions = questions

    def condition(self, node: Node) -> Expr:
        """The tree of a whole condition, which must be true or false. Raises TypeProblem."""
        return self._bool(node).tree

    def _typed(self, node: Node) -> Typed:
        kind, offset, parts = node
        rule: Callable[..., Typed] = getattr(self, f"_{kind}")
        return rule(offset, *parts)

    def _bool(self, node: Node) -> Typed:
        found = self._typed(node)
        if found.kind is not Kind.BOOL:
            raise TypeProblem(found.offset, f"this is {found.kind}", "something that is true or false")
        return found

    def _name(self, offset: int, name: str) -> Typed:
        if name in ("true", "false"):
            return Typed(TRUE if name == "true" else FALSE, Kind.BOOL, offset)
        question = self._question(offset, name)
        if question.type not in KIND_OF:
            raise TypeProblem(
                offset, f"a condition cannot read a question of type {question.type}", f"has({name})"
            )
        return Typed(Asked(name), KIND_OF[question.type], offset, question)

    def _question(self, offset: int, name: str) -> Question:
        found = self._questions.get(name)
        if found is None:
            raise TypeProblem(offset, f"the event has no question {name!r}", ", ".join(self._questions))
        return found

    def _text(self, offset: int, text: str) -> Typed:
        return Typed(Text(text[1:-1]), Kind.TEXT, offset)

    def _number(self, offset: int, text: str) -> Typed:
        if len(text) > LONGEST_NUMBER:
            raise TypeProblem(offset, "the number is too long", f"at most {LONGEST_NUMBER} characters")
        if "." in text:
            return Typed(Money(Decimal(text)), Kind.MONEY, offset)
        return Typed(Whole(int(text)), Kind.WHOLE, offset)

    def _several(self, offset: int, *parts: Node) -> Typed:
        found = [self._typed(part) for part in parts]
        kinds = {part.kind for part in found}
        if not found or kinds not in ({Kind.TEXT}, {Kind.WHOLE}) or any(part.question for part in found):
            raise TypeProblem(offset, "a list holds literals of one kind", "['a', 'b'] or [1, 2]")
        values = tuple(part.tree for part in found if isinstance(part.tree, Literal))
        return Typed(Several(values), Kind.LIST if kinds == {Kind.TEXT} else Kind.NUMBERS, offset)

    def _negate(self, offset: int, part: Node) -> Typed:
        return Typed(Not(self._bool(part).tree), Kind.BOOL, offset)

    def _all(self, offset: int, *parts: Node) -> Typed:
        return Typed(All(tuple(self._bool(part).tree for part in parts)), Kind.BOOL, offset)

    def _any(self, offset: int, *parts: Node) -> Typed:
        return Typed(Any(tuple(self._bool(part).tree for part in parts)), Kind.BOOL, offset)

    def _choose(self, offset: int, condition: Node, then: Node, otherwise: Node) -> Typed:
        test, first, second = self._bool(condition), self._typed(then), self._typed(otherwise)
        if first.kind is not second.kind:
            raise TypeProblem(
                second.offset, f"the two branches differ: {first.kind} and {second.kind}", first.kind
            )
        return Typed(Choose(test.tree, first.tree, second.tree), first.kind, offset)

    def _contains(self, offset: int, item: Node, several: Node) -> Typed:
        left, right = self._typed(item), self._typed(several)
        if (left.kind, right.kind) not in ((Kind.TEXT, Kind.LIST), (Kind.WHOLE, Kind.NUMBERS)):
            raise TypeProblem(
                offset,
                f"{left.kind} cannot be in {right.kind}",
                "'value' in question; question in ['a', 'b']",
            )
        if left.question and right.question:
            raise TypeProblem(offset, "two answers cannot be compared this way", "a list of values")
        for value in right.tree.values if isinstance(right.tree, Several) else ():
            self._possible(left.question, value, right.offset)
        if isinstance(left.tree, Text):
            self._possible(right.question, left.tree, left.offset)
        return Typed(In(left.tree, right.tree), Kind.BOOL, offset)

    def _compare(self, offset: int, left_node: Node, op: str, right_node: Node) -> Typed:
        left, right = self._alike(self._typed(left_node), self._typed(right_node))
        if left.kind is not right.kind or left.kind in (Kind.LIST, Kind.NUMBERS):
            raise TypeProblem(
                offset, f"{left.kind} cannot be compared with {right.kind}", _advice(left, right)
            )
        if op not in ("==", "!=") and left.kind not in ORDERED:
            raise TypeProblem(offset, f"{left.kind} has no order", "== or !=")
        if left.kind is Kind.TEXT and left.question and right.question:
            raise TypeProblem(offset, "two answers of this type cannot be compared", "a value in quotes")
        if _counts_both(left.tree, right.tree) or _counts_both(right.tree, left.tree):
            raise TypeProblem(offset, "a duration is compared with an answer", "a number")
        self._possible(left.question, right.tree, right.offset)
        self._possible(right.question, left.tree, left.offset)
        return Typed(Compare(op, left.tree, right.tree), Kind.BOOL, offset)

    @staticmethod
    def _alike(left: Typed, right: Typed) -> tuple[Typed, Typed]:
        """A whole number beside an amount is an amount."""
        if left.kind is Kind.MONEY and isinstance(right.tree, Whole):
            return left, Typed(Money(Decimal(right.tree.value)), Kind.MONEY, right.offset)
        if right.kind is Kind.MONEY and isinstance(left.tree, Whole):
            return Typed(Money(Decimal(left.tree.value)), Kind.MONEY, left.offset), right
        return left, right

    def _call(self, offset: int, name: str, *parts: Node) -> Typed:
        wanted = {"has": 1, "date": 1, "today": 0}.get(name, 2)
        if name not in FUNCTIONS:
            raise TypeProblem(offset, f"there is no function {name!r}", ", ".join(FUNCTIONS))
        if len(parts) != wanted:
            raise TypeProblem(
                offset, f"{name}() takes {wanted} arguments, not {len(parts)}", f"{wanted} arguments"
            )
        if name == "today":
            return Typed(Today(), Kind.DAY, offset)
        if name == "has":
            return self._has(offset, parts[0])
        if name == "date":
            return self._date(offset, parts[0])
        start, end = (self._day(part) for part in parts)
        return Typed(Between(Unit(name.removesuffix("_between")), start.tree, end.tree), Kind.WHOLE, offset)

    def _has(self, offset: int, part: Node) -> Typed:
        if part[0] != "name":
            raise TypeProblem(part[1], "has() takes the name of a question", "has(question)")
        question = self._question(part[1], part[2][0])
        return Typed(Has(question.id), Kind.BOOL, offset)

    def _date(self, offset: int, part: Node) -> Typed:
        found = self._typed(part)
        try:
            day = date.fromisoformat(found.tree.value) if isinstance(found.tree, Text) else None
        except ValueError:
            day = None
        if day is None or not 1900 <= day.year <= 2100:
            raise TypeProblem(
                found.offset, "date() takes a day in quotes", "date('2026-01-01'), 1900 to 2100"
            )
        return Typed(Day(day), Kind.DAY, offset)

    def _day(self, part: Node) -> Typed:
        found = self._typed(part)
        if found.kind is not Kind.DAY:
            raise TypeProblem(
                found.offset, f"this is {found.kind}", "a date question, today() or date('2026-01-01')"
            )
        return found

    def _possible(self, question: Question | None, value: Expr, offset: int) -> None:
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


def _counts_both(one: Expr, other: Expr) -> bool:
    """A duration against an answer or another duration: its boundaries would not be finite."""
    return any(isinstance(leaf, Between) for leaf in _leaves(one)) and any(
        isinstance(leaf, Between | Asked) for leaf in _leaves(other)
    )


def _leaves(tree: Expr) -> list[Expr]:
    """The values that a side of a comparison can take."""
    return [*_leaves(tree.then), *_leaves(tree.otherwise)] if isinstance(tree, Choose) else [tree]


def _decimal(end: int | str | None) -> Decimal | None:
    try:
        return None if end is None else Decimal(end)
    except InvalidOperation:
        return None


def _advice(left: Typed, right: Typed) -> str:
    if Kind.LIST in (left.kind, right.kind):
        return "'value' in question"
    return left.kind if left.kind is right.kind else f"{left.kind} on both sides"
