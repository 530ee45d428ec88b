"""Finds answers with a wanted outcome, or proves that there are none; the engine confirms each."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any as Anything
from typing import ClassVar

import z3

from kiosk.errors import KioskError
from kiosk.procedures.evaluate import binding
from kiosk.procedures.interview import Fact, facts_of, next_question
from kiosk.procedures.linear import TooManyCases
from kiosk.procedures.model import Event, Pack, QuestionType
from kiosk.procedures.outcomes import Verdict, settle
from kiosk.procedures.proofs.calendar import Day
from kiosk.procedures.proofs.logic import CENTS, Answer, Logic, Members, Variable
from kiosk.procedures.proofs.samples import sample
from kiosk.procedures.tree import All, Expr, Not, questions_in
from kiosk.procedures.values import AnswerValue, Member, PartialDate

PATIENCE_MS = 5_000
PATIENCE_S = 300.0
"""What all proofs of a pack may take; a pack of the size of a country takes a minute."""
ROUNDS, NO_OPTION = 60, -2
Given = dict[str, AnswerValue]


@dataclass(eq=False)
class ProofFailed(KioskError):
    """The solver gave up, or found what the engine denies: nothing is proved."""

    code: ClassVar[str] = "pack.proof-failed"
    event: str
    reason: str


class Prover:
    """Proofs over one event. ``today`` is the day of the visits; ``until``: when it gives up, in seconds of
    ``time.monotonic``."""

    def __init__(self, pack: Pack, event: Event, today: date, until: float = math.inf) -> None:
        self.pack, self.event, self.today = pack, event, today
        self._until = until
        self.facts = facts_of(pack, event)
        rules = [v.rule for question in pack.questions.values() for v in question.valid if v.rule is not None]
        self.logic = Logic(pack.questions, [*(fact.tree for fact in self.facts.all()), *rules], today)
        self.scope: dict[str, Answer] = {name: self.logic.fresh(name) for name in event.questions}
        self._formulas: dict[Expr, Anything] = {}
        self._certain: dict[Expr, Given | None] = {}

    # -- answers with an outcome

    def certain(self, tree: Expr) -> Given | None:
        """Answers for which the engine says that ``tree`` is true; None if there are none."""
        if tree not in self._certain:
            self._certain[tree] = self._sought(tree)
        return self._certain[tree]

    def _sought(self, tree: Expr) -> Given | None:
        wanted = [self.formula(tree)]
        names = questions_in(tree)
        known = [flag for name in names for flag in _flags(self.scope[name])]
        found = self._model([*wanted, *known], names)
        if found is not None:
            return self._confirmed(found, tree)
        for _ in range(ROUNDS):
            found = self._model(wanted, names)
            if found is None:
                return None
            other = self._another_fall(tree, found)
            if other is None:
                return self._confirmed(found, tree)
            wanted.append(other)
        raise ProofFailed(event=self.event.id, reason="too many rounds")

    def _another_fall(self, tree: Expr, found: Given) -> Anything:
        """That ``tree`` holds under a fall of the unknown answers that breaks it now; None if none does."""
        if self.verdict(tree, found) is Verdict.TRUE:
            return None
        open_flags = [flag for name, value in found.items() for flag in _unknown(self.scope[name], value)]
        copies = {name: self._open_copy(name, value) for name, value in found.items()}
        solver = self._solver(copies.values())
        solver.add(z3.Not(self.logic.formula(tree, {**self.scope, **copies})), *self._fixed(found))
        if not open_flags or solver.check() != z3.sat:
            return None
        model = solver.model()
        fall = {n: self._fallen(self.scope[n], copies[n], v, model) for n, v in found.items()}
        return z3.Or(*open_flags, self.logic.formula(tree, {**self.scope, **fall}))

    def _open_copy(self, name: str, value: AnswerValue) -> Answer:
        """The same answer where it is known, another one where it is not."""
        mine, other = self.scope[name], self.logic.fresh(name)
        if isinstance(mine, Members) and isinstance(other, Members) and isinstance(value, tuple):
            unknown = {id(flag) for flag in _unknown(mine, value)}
            rows = [
                {n: (o[n] if id(cell.known) in unknown else cell) for n, cell in row.items()}
                for row, o in zip(mine.rows, other.rows, strict=True)
            ]
            for row, fresh in zip(mine.rows, rows, strict=True):
                for n, cell in row.items():
                    fresh[n].known = cell.known
            return Members(mine.size, mine.known, rows, [*mine.rules, *other.rules])
        other.known = mine.known
        return other if value is None else mine

    def _fallen(self, mine: Answer, copy: Answer, value: AnswerValue, model: Anything) -> Answer:
        """The answer with the unknown parts as the model has them."""
        if isinstance(mine, Members) and isinstance(copy, Members) and isinstance(value, tuple):
            rows = [
                {n: cell if cell is other[n] else _constant_cell(other[n], model) for n, cell in row.items()}
                for row, other in zip(mine.rows, copy.rows, strict=True)
            ]
            return Members(mine.size, mine.known, rows, [])
        return mine if mine is copy else _constant(copy, model)

    def depends(self, tree: Expr, name: str) -> Given | None:
        """Answers at which another answer to ``name`` changes ``tree``."""
        other = self.logic.fresh(name)
        return self._differs(tree, name, other, other.rules)

    def named_in_vain(self, tree: Expr, name: str, value: str) -> bool:
        """Whether ``tree`` would say the same if no condition named this option."""
        mine = self.scope[name]
        if not isinstance(mine, Variable):
            return False
        unnamed: Anything
        if isinstance(mine.term, dict):
            unnamed = {**mine.term, value: z3.BoolVal(False)}
        else:
            unnamed = z3.If(mine.term == self.logic.code(value), NO_OPTION, mine.term)
        return self._differs(tree, name, Variable(mine.question, unnamed, mine.known), []) is None

    def same(self, one: Expr, other: Expr) -> bool:
        """Whether two trees agree for all answers to what either reads."""
        names = dict.fromkeys((*questions_in(one), *questions_in(other)))
        return self._model([self.formula(one) != self.logic.formula(other, self.scope)], tuple(names)) is None

    def essential(self, tree: Expr) -> frozenset[str]:
        """The questions that the tree truly depends on, as the engine sees it; none where it gives up."""
        try:
            return settle(tree, {}, self.pack.questions, self.today).essential
        except TooManyCases:
            return frozenset()

    def undecided(self, tree: Expr, name: str, precision: str) -> Given | None:
        """Answers, the date ``name`` among them, such that another day of the same month or year differs."""
        mine, other = self.scope[name], self.logic.fresh(name)
        if not isinstance(mine, Variable) or not isinstance(other, Variable):
            return None
        near = [mine.term.year == other.term.year, mine.known, other.known]
        if precision == "month":
            near.append(mine.term.month == other.term.month)
        return self._differs(tree, name, other, [*other.rules, *near])

    def _differs(self, tree: Expr, name: str, other: Answer, rules: Sequence[Anything]) -> Given | None:
        names = questions_in(tree)
        if name not in names:
            return None
        parts = [self.formula(tree) != self.logic.formula(tree, {**self.scope, name: other}), *rules]
        parts += [*self.logic.valid(self.scope[name]), *self.logic.valid(other)]
        known = [flag for any_name in names for flag in _flags(self.scope[any_name])]
        return self._model([*parts, *known], names) or self._model(parts, names)

    def formula(self, tree: Expr) -> Anything:
        """The tree over this event's answers."""
        if tree not in self._formulas:
            self._formulas[tree] = self.logic.formula(tree, self.scope)
        return self._formulas[tree]

    def all_known(self, formula: Anything, names: Sequence[str]) -> Given | None:
        """Answers to all of ``names``, none of them unknown, under which a formula holds."""
        return self._model([formula, *(flag for name in names for flag in _flags(self.scope[name]))], names)

    # -- the engine

    def interview(self, wished: Given) -> Given:
        """What a person with these answers is asked and says, in order; "I do not know" for the rest."""
        given: Given = {}
        while question := next_question(self.pack, self.event, given, self.today):
            answer = wished.get(question.id)
            if answer is None and not question.unknown_allowed:
                answer = self._any_answer(question.id)
            given[question.id] = answer
        return given

    def verdict(self, tree: Expr, given: Given) -> Verdict:
        """What the engine says. Raises ProofFailed where it gives up: the loader refuses such conditions."""
        try:
            return settle(tree, self._bindings(given), self.pack.questions, self.today).verdict
        except TooManyCases:
            if not isinstance(tree, All):
                raise ProofFailed(event=self.event.id, reason="too many cases") from None
        # Joined by the proof: the whole is true only if each part is, and false if one part is.
        parts = [self.verdict(part, given) for part in tree.parts]
        if all(part is Verdict.TRUE for part in parts):
            return Verdict.TRUE
        return Verdict.FALSE if Verdict.FALSE in parts else Verdict.MAYBE

    def readers(self, name: str) -> Iterator[Fact]:
        """The facts that the question can change."""
        for fact in self.facts.all():
            if name in fact.support or name in fact.moved_by:
                yield fact

    # -- inside

    def _any_answer(self, name: str) -> AnswerValue:
        variable = self.scope[name]
        solver = self._solver([variable])
        solver.check()
        return self._value(variable, solver.model())

    def _confirmed(self, found: Given, tree: Expr) -> Given:
        if self.verdict(tree, found) is not Verdict.TRUE:
            raise ProofFailed(event=self.event.id, reason=f"the engine does not confirm {found}")
        return found

    @staticmethod
    def _bindings(given: Given) -> dict[str, Anything]:
        return {name: binding(value) for name, value in given.items()}

    def _solver(self, answers: Anything) -> Anything:
        if time.monotonic() > self._until:
            raise ProofFailed(event=self.event.id, reason=f"longer than {PATIENCE_S:.0f} s")
        solver = z3.Solver()
        solver.set("timeout", PATIENCE_MS)
        solver.set("random_seed", 1)
        for answer in answers:
            solver.add(*answer.rules)
        return solver

    def _model(self, formulas: Sequence[Anything], names: Sequence[str]) -> Given | None:
        solver = self._solver(self.scope[name] for name in names)
        solver.add(*formulas)
        result = solver.check()
        if result == z3.unknown:
            raise ProofFailed(event=self.event.id, reason=str(solver.reason_unknown()))
        if result == z3.unsat:
            return None
        model = solver.model()
        return {name: self._known_value(self.scope[name], model) for name in names}

    def _known_value(self, answer: Answer, model: Anything) -> AnswerValue:
        if not z3.is_true(model.eval(answer.known, model_completion=True)):
            return None
        return self._value(answer, model)

    def _value(self, answer: Answer, model: Anything) -> AnswerValue:
        def read(term: Anything) -> Anything:
            return model.eval(term, model_completion=True)

        if isinstance(answer, Members):
            size = read(answer.size).as_long()
            rows = [answer.rows[min(n, len(answer.rows) - 1)] for n in range(size)]
            return tuple(
                Member(tuple((name, self._known_value(cell, model)) for name, cell in row.items()))
                for row in rows
            )
        match answer.question.type:
            case QuestionType.YES_NO:
                return bool(z3.is_true(read(answer.term)))
            case QuestionType.CHOICES:
                return tuple(value for value, term in answer.term.items() if z3.is_true(read(term)))
            case QuestionType.DATE:
                day = answer.term
                return PartialDate(*(read(part).as_long() for part in (day.year, day.month, day.day)))
            case QuestionType.NUMBER:
                return int(read(answer.term).as_long())
            case QuestionType.MONEY:
                return Decimal(read(answer.term).as_long()) / CENTS
            case _ if answer.term is not None:
                code = read(answer.term).as_long()
                return self._text(code) if code >= 0 else sample(answer.question, self.logic.texts)
        return sample(answer.question)

    def _text(self, code: int) -> str:
        return self.logic.texts[code]

    def _fixed(self, found: Given) -> list[Anything]:
        """That what is known is this, and what is not known stays so."""
        fixed: list[Anything] = []
        for name, value in found.items():
            answer = self.scope[name]
            if value is None:
                fixed.append(z3.Not(answer.known))
            else:
                fixed += [answer.known, self._equals(answer, value)]
        return fixed

    def _equals(self, answer: Answer, value: Anything) -> Anything:
        if isinstance(answer, Members):
            cells = [
                self._equals(row[name], cell) if cell is not None else z3.Not(row[name].known)
                for row, member in zip(answer.rows, value, strict=False)
                for name, cell in member.answers
            ]
            return z3.And(answer.known, answer.size == len(value), *cells)
        if answer.term is None:
            return answer.known
        match answer.question.type:
            case QuestionType.YES_NO:
                return answer.term == value
            case QuestionType.CHOICES:
                return z3.And(*(term == (option in value) for option, term in answer.term.items()))
            case QuestionType.DATE:
                day = answer.term
                return z3.And(day.year == value.year, day.month == value.month, day.day == value.day)
            case QuestionType.MONEY:
                return answer.term == int(value * CENTS)
            case QuestionType.NUMBER:
                return answer.term == value
            case _:
                named = value in self.logic.texts
                return answer.term == (self.logic.code(value) if named else -1)


def _flags(answer: Answer) -> list[Anything]:
    """The flags that make an answer wholly known."""
    cells = (
        [cell.known for row in answer.rows for cell in row.values()] if isinstance(answer, Members) else []
    )
    return [answer.known, *cells]


def _unknown(answer: Answer, value: AnswerValue) -> list[Anything]:
    """The flags of what is not known in this value."""
    if value is None:
        return [answer.known]
    if not isinstance(answer, Members) or not isinstance(value, tuple):
        return []
    return [
        row[name].known
        for row, member in zip(answer.rows, value, strict=False)
        if isinstance(member, Member)
        for name, cell in member.answers
        if cell is None
    ]


def _constant(answer: Answer, model: Anything) -> Answer:
    """The answer with the model's values in place of its variables; its flags stay."""
    if isinstance(answer, Members):
        rows = [{name: _constant_cell(cell, model) for name, cell in row.items()} for row in answer.rows]
        return Members(model.eval(answer.size, model_completion=True), answer.known, rows, [])
    return _constant_cell(answer, model)


def _constant_cell(answer: Variable, model: Anything) -> Variable:
    def read(term: Anything) -> Anything:
        return model.eval(term, model_completion=True)

    term = answer.term
    if isinstance(term, dict):
        term = {value: read(part) for value, part in term.items()}
    elif isinstance(term, Day):
        term = Day(read(term.year), read(term.month), read(term.day))
    elif term is not None:
        term = read(term)
    return Variable(answer.question, term, answer.known)


def both(*trees: Expr | None) -> Expr:
    """That all hold."""
    return All(tuple(tree for tree in trees if tree is not None))


def neither(trees: Sequence[Expr]) -> Expr:
    """That none holds."""
    return All(tuple(Not(tree) for tree in trees))
