"""Conditions as formulas of the solver: every possible answer at once, "I do not know" included.

An answer has a value, and a flag whether it is known; a known one fulfils what its question says is valid. A
formula over values and flags is what the condition becomes when the unknown answers fall as the values say; a
verdict is certain if no other fall changes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any as Anything
from typing import ClassVar

import z3

from kiosk.errors import KioskError
from kiosk.procedures.bounds import bounds
from kiosk.procedures.countries import COUNTRIES
from kiosk.procedures.deadlines import FIRST, LAST
from kiosk.procedures.model import Question, QuestionType
from kiosk.procedures.proofs.calendar import Day, months_between, years_between
from kiosk.procedures.proofs.samples import fits
from kiosk.procedures.tree import Text, walk

CENTS = 100
ROWS, MOST_MEMBERS = 4, 20
"""Members of a group that are looked at (two formulas over one group need one each; the others are like the
last of these), and the most a group may have."""
LARGEST = 10**15
ENUMERATED = (QuestionType.CHOICE, QuestionType.COUNTRY, QuestionType.TEXT)


@dataclass(eq=False)
class UnknownNode(KioskError):
    """The proofs do not know a kind of node: they would prove nothing."""

    code: ClassVar[str] = "pack.unproved"
    node: str


@dataclass
class Variable:
    """One question's answer: ``term`` is its value (a flag, a number, a day, flags by option)."""

    question: Question
    term: Anything
    known: Anything
    rules: list[Anything] = field(default_factory=list)


@dataclass
class Members:
    """A group's answer: how many, and the answers of the first few."""

    size: Anything
    known: Anything
    rows: list[dict[str, Variable]]
    rules: list[Anything]


Answer = Variable | Members
Scope = Mapping[str, Answer]


class Logic:
    """Makes variables for questions and formulas for trees. ``trees``: all that will be asked about."""

    def __init__(self, questions: Mapping[str, Question], trees: Iterable[Anything], today: date) -> None:
        self._questions = questions
        self._today = today
        self._copies = 0
        self._row: tuple[str, dict[str, Variable]] | None = None
        nodes = [node for tree in trees for node in walk(tree)]
        texts = sorted({node.value for node in nodes if isinstance(node, Text)})
        self.texts = list(texts)
        self._codes = {text: n for n, text in enumerate(texts)}

    # -- answers

    def fresh(self, name: str) -> Answer:
        """A new variable for an answer to the question."""
        self._copies += 1
        question = self._questions[name]
        label = f"{name}~{self._copies}"
        if question.type is QuestionType.GROUP:
            return self._members(question, label)
        return self._valid(self._variable(question, label))

    def _members(self, question: Question, label: str) -> Members:
        size = z3.Int(f"{label}.size")
        rows = [
            {
                name: self._valid(self._variable(self._questions[name], f"{label}.{n}.{name}"))
                for name in question.questions
            }
            for n in range(ROWS)
        ]
        rules = [
            size >= 0,
            size <= MOST_MEMBERS,
            *(rule for row in rows for v in row.values() for rule in v.rules),
        ]
        return Members(size, self._flag(question, label), rows, rules)

    def _valid(self, answer: Variable) -> Variable:
        """The same answer, which is valid if it is known."""
        answer.rules += [z3.Implies(answer.known, rule) for rule in self.valid(answer)]
        return answer

    def valid(self, answer: Answer) -> list[Anything]:
        """The rules that the kiosk holds an answer to, beside its bounds."""
        if isinstance(answer, Members):
            return [rule for row in answer.rows for cell in row.values() for rule in self.valid(cell)]
        question = answer.question
        rules = [
            self._term(one.rule, {question.id: answer}) for one in question.valid if one.rule is not None
        ]
        if question.type is QuestionType.TEXT:
            misshapen = [text for text in self.texts if not fits(question, text)]
            rules += [answer.term != self.code(text) for text in misshapen]
        return rules

    @staticmethod
    def _flag(question: Question, label: str) -> Anything:
        return z3.Bool(f"{label}?") if question.unknown_allowed else z3.BoolVal(True)

    def _variable(self, question: Question, label: str) -> Variable:
        known = self._flag(question, label)
        low, high = bounds(question, self._today)
        match question.type:
            case QuestionType.YES_NO:
                return Variable(question, z3.Bool(label), known)
            case QuestionType.CHOICES:
                return Variable(question, {v: z3.Bool(f"{label}.{v}") for v in question.values}, known)
            case QuestionType.DATE:
                day = Day(z3.Int(f"{label}.y"), z3.Int(f"{label}.m"), z3.Int(f"{label}.d"))
                first, last = Day.of(low or FIRST), Day.of(high or LAST)  # type: ignore[arg-type]  # dates here
                rules = [day.exists(), first.key <= day.key, day.key <= last.key]
                return Variable(question, day, known, rules)
            case QuestionType.NUMBER | QuestionType.MONEY:
                scale = CENTS if question.type is QuestionType.MONEY else 1
                least = Decimal(0) if scale == CENTS else Decimal(-LARGEST)
                ends = (
                    Decimal(str(low)) if low is not None else least,
                    Decimal(str(LARGEST if high is None else high)),
                )
                term = z3.Int(label)
                rules = [term >= int(ends[0] * scale), term <= int(ends[1] * scale)]
                return Variable(question, term, known, rules)
            case kind if kind in ENUMERATED:
                term = z3.Int(label)
                values: tuple[str, ...] = question.values or tuple(self.texts)
                if question.type is QuestionType.COUNTRY:
                    values = tuple(text for text in values if text in COUNTRIES)
                free = [] if question.options else [term == -1]
                return Variable(
                    question, term, known, [z3.Or(*(term == self.code(v) for v in values), *free)]
                )
            case _:
                return Variable(question, None, known)

    def code(self, text: str) -> int:
        """The number that stands for a text."""
        if text not in self._codes:
            self._codes[text] = len(self.texts)
            self.texts.append(text)
        return self._codes[text]

    # -- formulas

    def formula(self, tree: Anything, scope: Scope) -> Anything:
        """A boolean tree as a formula. Raises UnknownNode."""
        return self._term(tree, scope)

    def _term(self, node: Anything, scope: Scope) -> Anything:
        rule: Callable[[Anything, Scope], Anything] | None = getattr(self, f"_on_{type(node).__name__}", None)
        if rule is None:
            raise UnknownNode(node=type(node).__name__)
        return rule(node, scope)

    def _on_Flag(self, node: Anything, scope: Scope) -> Anything:
        return z3.BoolVal(node.value)

    def _on_Whole(self, node: Anything, scope: Scope) -> Anything:
        return z3.IntVal(node.value)

    def _on_Money(self, node: Anything, scope: Scope) -> Anything:
        return z3.Q(*Decimal(node.value).as_integer_ratio())

    def _on_Text(self, node: Anything, scope: Scope) -> Anything:
        return z3.IntVal(self.code(node.value))

    def _on_Day(self, node: Anything, scope: Scope) -> Anything:
        return Day.of(node.value)

    def _on_Today(self, node: Anything, scope: Scope) -> Anything:
        return Day.of(self._today)

    def _on_Asked(self, node: Anything, scope: Scope) -> Anything:
        return self._value(scope[node.question])

    @staticmethod
    def _value(found: Anything) -> Anything:
        if found.question.type is QuestionType.MONEY:
            return z3.ToReal(found.term) / CENTS
        return found.term

    def _on_Has(self, node: Anything, scope: Scope) -> Anything:
        return scope[node.question].known

    def _on_Field(self, node: Anything, scope: Scope) -> Anything:
        return self._value(self._member(node))

    def _on_HasField(self, node: Anything, scope: Scope) -> Anything:
        return self._member(node).known

    def _member(self, node: Anything) -> Variable:
        if self._row is None or self._row[0] != node.group:
            raise UnknownNode(node=f"{type(node).__name__} outside its group")
        return self._row[1][node.question]

    def _on_Each(self, node: Anything, scope: Scope) -> Anything:
        members = scope[node.question]
        if not isinstance(members, Members):
            raise UnknownNode(node=f"Each over {node.question}")
        parts = []
        for n, row in enumerate(members.rows):
            self._row = (node.question, row)
            body = self._term(node.body, scope)
            parts.append(z3.Implies(members.size > n, body) if node.every else z3.And(members.size > n, body))
        self._row = None
        return z3.And(*parts) if node.every else z3.Or(*parts)

    def _on_Size(self, node: Anything, scope: Scope) -> Anything:
        return scope[node.question].size  # type: ignore[union-attr]  # the type check admits groups only

    def _on_Between(self, node: Anything, scope: Scope) -> Anything:
        start, end = self._term(node.start, scope), self._term(node.end, scope)
        match str(node.unit):
            case "days":
                return end.ordinal - start.ordinal
            case "months":
                return months_between(start, end)
            case "years":
                return years_between(start, end)
        raise UnknownNode(node=f"Between {node.unit}")

    def _on_Shifted(self, node: Anything, scope: Scope) -> Anything:
        day = self._term(node.day, scope).later(node.months)
        return _Moved(day, node.days) if node.days else day

    def _on_Arithmetic(self, node: Anything, scope: Scope) -> Anything:
        left, right = self._term(node.left, scope), self._term(node.right, scope)
        match node.op:
            case "+":
                return left + right
            case "-":
                return left - right
            case "*":
                return left * right
        raise UnknownNode(node=f"Arithmetic {node.op}")

    def _on_Not(self, node: Anything, scope: Scope) -> Anything:
        return z3.Not(self._term(node.part, scope))

    def _on_All(self, node: Anything, scope: Scope) -> Anything:
        return z3.And(*(self._term(part, scope) for part in node.parts))

    def _on_Any(self, node: Anything, scope: Scope) -> Anything:
        return z3.Or(*(self._term(part, scope) for part in node.parts))

    def _on_Compare(self, node: Anything, scope: Scope) -> Anything:
        left, right = self._term(node.left, scope), self._term(node.right, scope)
        if isinstance(left, Day | _Moved):
            if isinstance(left, Day) and isinstance(right, Day):
                left, right = left.key, right.key
            else:
                left, right = left.ordinal, right.ordinal
        match node.op:
            case "==":
                return left == right
            case "!=":
                return left != right
            case "<":
                return left < right
            case "<=":
                return left <= right
            case ">":
                return left > right
            case ">=":
                return left >= right
        raise UnknownNode(node=f"Compare {node.op}")

    def _on_In(self, node: Anything, scope: Scope) -> Anything:
        if type(node.several).__name__ == "Several":
            item = self._term(node.item, scope)
            return z3.Or(*(item == self._term(value, scope) for value in node.several.values))
        several = self._term(node.several, scope)
        if not isinstance(node.item, Text) or not isinstance(several, dict):
            raise UnknownNode(node="In of an answer")
        return several[node.item.value]

    def _on_Choose(self, node: Anything, scope: Scope) -> Anything:
        test = self._term(node.condition, scope)
        then, otherwise = self._term(node.then, scope), self._term(node.otherwise, scope)
        if isinstance(then, Day) and isinstance(otherwise, Day):
            pairs = ((getattr(then, n), getattr(otherwise, n)) for n in ("year", "month", "day"))
            return Day(*(z3.If(test, one, other) for one, other in pairs))
        if isinstance(then, Day | _Moved | dict):
            raise UnknownNode(node="Choose of days moved or of lists")
        return z3.If(test, then, otherwise)


class _Moved:
    """A day moved by days: it has a place in the order, no year and month."""

    def __init__(self, day: Day, days: int) -> None:
        self.ordinal = day.ordinal + days
