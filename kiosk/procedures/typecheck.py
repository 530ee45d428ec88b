"""Gives every part of a condition a type, and refuses what can never make sense."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any as Anything

from kiosk.procedures.bounds import parse_duration
from kiosk.procedures.kinds import KIND_OF, NUMERIC, ORDERED, Kind, Typed, TypeProblem
from kiosk.procedures.model import Question, QuestionType
from kiosk.procedures.reach import check_meeting, check_possible, counts_both, interval, leaves
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
    Has,
    HasField,
    In,
    Literal,
    Money,
    Not,
    Several,
    Shifted,
    Size,
    Text,
    Today,
    Unit,
    Whole,
)

FUNCTIONS = (
    "has",
    "today",
    "date",
    "days_between",
    "months_between",
    "years_between",
    "later",
    "earlier",
    "size",
)
MACROS = ("exists", "all")
LONGEST_NUMBER, LARGEST_RESULT = 15, 10**20
Node = tuple[str, int, tuple[Anything, ...]]
"""(kind, offset, parts) as :mod:`kiosk.procedures.grammar` gives them."""


class Typer:
    """Checks conditions over one set of questions; those of groups are found in ``inner``."""

    def __init__(
        self, questions: Mapping[str, Question], inner: Mapping[str, Question] | None = None
    ) -> None:
        self._questions = questions
        self._inner = questions if inner is None else inner
        self._member: tuple[str, Question] | None = None

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
        if self._member and name == self._member[0]:
            raise TypeProblem(offset, f"{name!r} is a member of the group", f"{name}.QUESTION")
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

    def _asked(self, name: str) -> Question:
        return self._questions.get(name) or self._inner[name]

    def _field(self, offset: int, base: Node, name: str) -> Typed:
        group, question = self._of_member(offset, base, name)
        if question.type not in KIND_OF:
            raise TypeProblem(
                offset,
                f"a condition cannot read a question of type {question.type}",
                f"has({base[2][0]}.{name})",
            )
        return Typed(Field(group.id, name), KIND_OF[question.type], offset, question)

    def _of_member(self, offset: int, base: Node, name: str) -> tuple[Question, Question]:
        """(group, question) of ``m.name`` inside a macro."""
        if not self._member or base[0] != "name" or base[2][0] != self._member[0]:
            raise TypeProblem(offset, "only a member of a group has fields", "group.exists(m, m.QUESTION …)")
        group = self._member[1]
        if name not in group.questions:
            raise TypeProblem(
                offset, f"the group {group.id} does not ask {name!r}", ", ".join(group.questions)
            )
        return group, self._inner[name]

    def _method(self, offset: int, base: Node, name: str, *parts: Node) -> Typed:
        if name not in MACROS:
            raise TypeProblem(offset, f"there is no {name!r} of a group", ", ".join(MACROS))
        group = self._group(base)
        if self._member:
            raise TypeProblem(offset, "a group inside a group's condition", "one after the other, with &&")
        if len(parts) != 2 or parts[0][0] != "name" or parts[0][2][0] in self._questions:
            raise TypeProblem(
                offset, f"{name}() takes a new name and a condition", f"{group.id}.{name}(m, …)"
            )
        self._member = (parts[0][2][0], group)
        try:
            body = self._bool(parts[1]).tree
        finally:
            self._member = None
        return Typed(Each(group.id, name == "all", body), Kind.BOOL, offset)

    def _group(self, node: Node) -> Question:
        kind, offset, parts = node
        question = self._question(offset, parts[0]) if kind == "name" else None
        if question is None or question.type is not QuestionType.GROUP:
            groups = [q.id for q in self._questions.values() if q.type is QuestionType.GROUP]
            raise TypeProblem(offset, "this is no group", ", ".join(groups) or "a question of type group")
        return question

    def _plus(self, offset: int, left: Node, right: Node) -> Typed:
        return self._arithmetic(offset, "+", self._numeric(left), self._numeric(right))

    def _less(self, offset: int, left: Node, right: Node) -> Typed:
        return self._arithmetic(offset, "-", self._numeric(left), self._numeric(right))

    def _times(self, offset: int, left: Node, right: Node) -> Typed:
        one, other = self._numeric(left), self._numeric(right)
        if not isinstance(one.tree, Whole | Money) and not isinstance(other.tree, Whole | Money):
            raise TypeProblem(offset, "a product of two answers", "a number times an answer")
        if one.kind is Kind.MONEY and other.kind is Kind.MONEY and not _literal(one, other):
            raise TypeProblem(offset, "a product of two amounts", "an amount times a number")
        return self._arithmetic(offset, "*", one, other)

    def _minus(self, offset: int, part: Node) -> Typed:
        found = self._numeric(part)
        if isinstance(found.tree, Whole):
            return Typed(Whole(-found.tree.value), Kind.WHOLE, offset)
        if isinstance(found.tree, Money):
            return Typed(Money(-found.tree.value), Kind.MONEY, offset)
        return self._arithmetic(offset, "-", Typed(Whole(0), found.kind, offset), found)

    def _numeric(self, node: Node) -> Typed:
        found = self._typed(node)
        if found.kind not in NUMERIC:
            raise TypeProblem(found.offset, f"this is {found.kind}", "a number or an amount")
        return found

    def _arithmetic(self, offset: int, op: str, left: Typed, right: Typed) -> Typed:
        tree = Arithmetic(op, left.tree, right.tree)
        values = leaves(tree)
        counted = [leaf for leaf in values if isinstance(leaf, Between)]
        if len(counted) > 1 or (counted and any(isinstance(leaf, Asked | Field | Size) for leaf in values)):
            raise TypeProblem(offset, "a duration is counted together with an answer", "a number")
        low, high = interval(tree, self._asked)
        if max(abs(low), abs(high)) > LARGEST_RESULT:
            raise TypeProblem(
                offset, "the result is too large", f"up to {LARGEST_RESULT:.0e}, or min and max"
            )
        kind = Kind.MONEY if Kind.MONEY in (left.kind, right.kind) else Kind.WHOLE
        return Typed(tree, kind, offset)

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
            check_possible(left.question, value, right.offset)
        if isinstance(left.tree, Text):
            check_possible(right.question, left.tree, left.offset)
        return Typed(In(left.tree, right.tree), Kind.BOOL, offset)

    def _compare(self, offset: int, left_node: Node, op: str, right_node: Node) -> Typed:
        left, right = self._alike(self._typed(left_node), self._typed(right_node))
        mixed = left.kind is not right.kind and not (left.kind in NUMERIC and right.kind in NUMERIC)
        if mixed or left.kind in (Kind.LIST, Kind.NUMBERS):
            raise TypeProblem(
                offset, f"{left.kind} cannot be compared with {right.kind}", _advice(left, right)
            )
        if op not in ("==", "!=") and left.kind not in ORDERED:
            raise TypeProblem(offset, f"{left.kind} has no order", "== or !=")
        if left.kind is Kind.TEXT and left.question and right.question:
            raise TypeProblem(offset, "two answers of this type cannot be compared", "a value in quotes")
        if counts_both(left.tree, right.tree) or counts_both(right.tree, left.tree):
            raise TypeProblem(offset, "a duration is compared with an answer", "a number")
        check_possible(left.question, right.tree, right.offset)
        check_possible(right.question, left.tree, left.offset)
        if left.kind in NUMERIC:
            check_meeting(left, right, self._asked)
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
        wanted = {"has": 1, "date": 1, "today": 0, "size": 1}.get(name, 2)
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
        if name == "size":
            return Typed(Size(self._group(parts[0]).id), Kind.WHOLE, offset)
        if name in ("later", "earlier"):
            return self._shifted(offset, 1 if name == "later" else -1, *parts)
        start, end = (self._day(part) for part in parts)
        return Typed(Between(Unit(name.removesuffix("_between")), start.tree, end.tree), Kind.WHOLE, offset)

    def _shifted(self, offset: int, sign: int, day_node: Node, text_node: Node) -> Typed:
        day, text = self._day(day_node), self._typed(text_node)
        span = parse_duration(text.tree.value) if isinstance(text.tree, Text) else None
        if span is None or span.hours or span.years > 100 or span.months > 1200 or span.days > 36_600:
            raise TypeProblem(text.offset, "this is no duration of days", "'P5D', 'P3M', 'P1Y'")
        months = sign * (12 * span.years + span.months)
        return Typed(Shifted(day.tree, months, sign * span.days), Kind.DAY, offset)

    def _has(self, offset: int, part: Node) -> Typed:
        if part[0] == "field":
            group, question = self._of_member(part[1], part[2][0], part[2][1])
            return Typed(HasField(group.id, question.id), Kind.BOOL, offset)
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


def _literal(*parts: Typed) -> bool:
    return all(isinstance(part.tree, Whole | Money) for part in parts)


def _advice(left: Typed, right: Typed) -> str:
    if Kind.LIST in (left.kind, right.kind):
        return "'value' in question"
    return left.kind if left.kind is right.kind else f"{left.kind} on both sides"
