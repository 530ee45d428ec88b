"""Conditions as Python functions, made node by node from their typed trees; no text of a pack is ever run.

One function evaluates many conditions by Kleene's logic: thirty over twenty answers in 1 us, 5 us with the
answers read and some of them open (the compiled Rust CEL: 6 us). What it leaves open goes to
:mod:`kiosk.procedures.outcomes`, which is exact. Names of questions become numbers, literals are handed over
as values. Conditions on groups are always left open here.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property
from types import CodeType, FunctionType
from typing import Any as Anything

from kiosk.procedures.evaluate import COUNT, shifted
from kiosk.procedures.tree import (
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
    Flag,
    Has,
    In,
    Money,
    Not,
    Several,
    Shifted,
    Size,
    Text,
    Today,
    Whole,
    children,
    walk,
)
from kiosk.procedures.values import AnswerValue, PartialDate

COMPARISONS: dict[str, type[ast.cmpop]] = {
    "==": ast.Eq,
    "!=": ast.NotEq,
    "<": ast.Lt,
    "<=": ast.LtE,
    ">": ast.Gt,
    ">=": ast.GtE,
}
AT: dict[str, Anything] = {"lineno": 1, "col_offset": 0}
"""Where a node stands: ``compile`` wants it, and ``ast.fix_missing_locations`` takes half of all the time."""
SUMS: dict[str, type[ast.operator]] = {"+": ast.Add, "-": ast.Sub, "*": ast.Mult}


class Conditions:
    """Many conditions, compiled together: the values they read are looked up once."""

    def __init__(self, trees: Sequence[Expr]) -> None:
        distinct = list(dict.fromkeys(trees))
        self._trees = [
            tree if not any(isinstance(node, Each | Size) for node in walk(tree)) else None
            for tree in distinct
        ]
        places = {tree: n for n, tree in enumerate(distinct)}
        order = [places[tree] for tree in trees]
        self._order = None if order == list(range(len(distinct))) else order
        self._writer = _Writer()
        self._kleene = self._writer.function([self._writer.kleene(tree) for tree in self._trees])
        self._names = tuple(self._writer.reads)

    @cached_property
    def _plain(self) -> FunctionType:
        """Made when it is first needed: making costs a thousand times what running does."""
        return self._writer.function([self._writer.plain(tree) for tree in self._trees])

    def row(self, answers: Mapping[str, AnswerValue]) -> list[object]:
        """What the functions read of these answers; None = open."""
        return [_read(answers, name, has) for name, has in self._names]

    def verdicts(self, row: list[object], today: date) -> tuple[bool | None, ...]:
        """True, False or None (open) for each condition, in order."""
        found: tuple[bool | None, ...] = (self._kleene if None in row else self._plain)(row, today)
        return found if self._order is None else tuple([found[n] for n in self._order])


def _read(answers: Mapping[str, AnswerValue], name: str, has: bool) -> object:
    value = answers.get(name)
    if has:
        return value is not None if name in answers else None
    if isinstance(value, PartialDate):
        return value.first if value.day else None
    return value


class _Writer:
    """Writes the two forms of a condition: ``plain``, where everything is known, and ``kleene``."""

    def __init__(self) -> None:
        self.reads: dict[tuple[str, bool], str] = {}
        self._values: dict[str, object] = {}
        self._kept = 0

    def function(self, results: list[ast.expr]) -> FunctionType:
        """``(row, today) -> results``."""
        body: list[ast.stmt] = []
        if self.reads:
            target = ast.Tuple(
                [ast.Name(local, ast.Store(), **AT) for local in self.reads.values()], ast.Store(), **AT
            )
            body.append(ast.Assign([target], _name("row"), **AT))
        body.append(ast.Return(ast.Tuple(results, ast.Load(), **AT), **AT))
        arguments = ast.arguments(
            posonlyargs=[],
            args=[ast.arg("row", **AT), ast.arg("today", **AT)],
            kwonlyargs=[],
            kw_defaults=[],
            defaults=[],
        )
        written = ast.FunctionDef("verdicts", arguments, body, decorator_list=[], returns=None, **AT)
        module = ast.Module([written], type_ignores=[])
        code = compile(module, "<conditions>", "exec")
        inner = next(part for part in code.co_consts if isinstance(part, CodeType))
        return FunctionType(inner, dict(self._values))

    def plain(self, tree: Expr | None) -> ast.expr:
        """The value of a tree of which every part is known."""
        match tree:
            case None:
                return ast.Constant(None, **AT)
            case Not(part=part):
                return ast.UnaryOp(ast.Not(), self.plain(part), **AT)
            case All(parts=parts) | Any(parts=parts):
                joint = ast.And() if isinstance(tree, All) else ast.Or()
                return ast.BoolOp(joint, [self.plain(part) for part in parts], **AT)
            case Choose(condition=condition, then=then, otherwise=otherwise):
                return ast.IfExp(self.plain(condition), self.plain(then), self.plain(otherwise), **AT)
            case _:
                parts = _operands(tree)
                return self._joined(tree, [self.plain(part) for part in parts]) if parts else self._leaf(tree)

    def kleene(self, tree: Expr | None) -> ast.expr:
        """The value of a tree of which parts may be None."""
        match tree:
            case None:
                return ast.Constant(None, **AT)
            case Not(part=part):
                return self._strict((part,), lambda values: ast.UnaryOp(ast.Not(), values[0], **AT))
            case All(parts=parts):
                return self._decided(parts, False)
            case Any(parts=parts):
                return self._decided(parts, True)
            case Choose(condition=condition, then=then, otherwise=otherwise):
                branches = self.kleene(then), self.kleene(otherwise)
                return self._strict((condition,), lambda values: ast.IfExp(values[0], *branches, **AT))
            case _:
                parts = _operands(tree)
                if not parts:
                    return self._leaf(tree)
                return self._strict(parts, lambda values: self._joined(tree, values))

    def _decided(self, parts: tuple[Expr, ...], by: bool) -> ast.expr:
        """``by`` as soon as one part is; else None if one is None; else the contrary."""
        first, again = zip(*(self._twice(part) for part in parts), strict=True)
        return ast.IfExp(
            _any_is(first, by),
            ast.Constant(by, **AT),
            ast.IfExp(_any_is(again, None), ast.Constant(None, **AT), ast.Constant(not by, **AT), **AT),
            **AT,
        )

    def _strict(self, parts: Sequence[Expr], join: Callable[[list[ast.expr]], ast.expr]) -> ast.expr:
        """None if one part is, else what ``join`` makes of them."""
        pairs = [self._twice(part) for part in parts]
        tested = [first for first, _ in pairs if not isinstance(first, ast.Constant)]
        made = join([again for _, again in pairs])
        return ast.IfExp(_any_is(tested, None), ast.Constant(None, **AT), made, **AT) if tested else made

    def _twice(self, tree: Expr) -> tuple[ast.expr, ast.expr]:
        """An expression that works the value out, and one that uses it again."""
        written = self.kleene(tree)
        if isinstance(written, ast.Name | ast.Constant):
            return written, written
        self._kept += 1
        local = f"t{self._kept}"
        return ast.NamedExpr(ast.Name(local, ast.Store(), **AT), written, **AT), _name(local)

    def _leaf(self, tree: Expr) -> ast.expr:
        match tree:
            case Flag(value=value) | Whole(value=value) | Text(value=value):
                return ast.Constant(value, **AT)
            case Money() | Day():
                return self._value(tree.value)
            case Several(values=values):
                return self._value(tuple(part.value for part in values))
            case Asked(question=question):
                return _name(self.reads.setdefault((question, False), f"q{len(self.reads)}"))
            case Has(question=question):
                return _name(self.reads.setdefault((question, True), f"q{len(self.reads)}"))
            case Today():
                return _name("today")
            case _:
                raise TypeError(type(tree))

    def _joined(self, tree: Expr, values: list[ast.expr]) -> ast.expr:
        match tree:
            case Compare(op=op):
                return ast.Compare(values[0], [COMPARISONS[op]()], [values[1]], **AT)
            case In():
                return ast.Compare(values[0], [ast.In()], [values[1]], **AT)
            case Arithmetic(op=op):
                return ast.BinOp(values[0], SUMS[op](), values[1], **AT)
            case Between(unit=unit):
                return ast.Call(self._value(COUNT[unit]), values, [], **AT)
            case Shifted(months=months, days=days):
                return ast.Call(
                    self._value(shifted),
                    [*values, ast.Constant(months, **AT), ast.Constant(days, **AT)],
                    [],
                    **AT,
                )
            case _:
                raise TypeError(type(tree))

    def _value(self, value: object) -> ast.expr:
        name = f"k{len(self._values)}"
        self._values[name] = value
        return _name(name)


def _operands(tree: Expr) -> tuple[Expr, ...]:
    return () if isinstance(tree, Several) else children(tree)


def _name(name: str) -> ast.expr:
    return ast.Name(name, ast.Load(), **AT)


def _any_is(values: Sequence[ast.expr], what: bool | None) -> ast.expr:
    tests: list[ast.expr] = [
        ast.Compare(value, [ast.Is()], [ast.Constant(what, **AT)], **AT) for value in values
    ]
    return tests[0] if len(tests) == 1 else ast.BoolOp(ast.Or(), tests, **AT)
