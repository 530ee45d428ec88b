"""The typed tree of a condition. Values only: they are hashable, and they go into the compiled pack."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any as Anything

import msgspec


class Node(msgspec.Struct, frozen=True, tag=True):
    """One node. The concrete classes below are the whole language."""


class Flag(Node, frozen=True, tag="flag"):
    """``true`` or ``false``."""

    value: bool


class Whole(Node, frozen=True, tag="whole"):
    """A whole number."""

    value: int


class Money(Node, frozen=True, tag="money"):
    """A decimal amount."""

    value: Decimal


class Text(Node, frozen=True, tag="text"):
    """A string: an option's value, a country, a text."""

    value: str


class Day(Node, frozen=True, tag="day"):
    """A calendar day."""

    value: date


class Several(Node, frozen=True, tag="several"):
    """The values ticked in a ``choices`` question, or a list of literals."""

    values: tuple[Literal, ...]


class Asked(Node, frozen=True, tag="asked"):
    """The answer to a question."""

    question: str


class Has(Node, frozen=True, tag="has"):
    """Whether the question has an answer other than "I do not know"."""

    question: str


class Today(Node, frozen=True, tag="today"):
    """The day of the visit."""


class Unit(StrEnum):
    """What :class:`Between` counts."""

    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"


class Between(Node, frozen=True, tag="between"):
    """Complete units from ``start`` to ``end``; negative when ``end`` is earlier."""

    unit: Unit
    start: Expr
    end: Expr


class Shifted(Node, frozen=True, tag="shifted"):
    """A day ``months`` and then ``days`` later; earlier where they are negative."""

    day: Expr
    months: int
    days: int


class Arithmetic(Node, frozen=True, tag="arithmetic"):
    """``op`` is one of + - * on whole numbers and amounts; of a product one factor is a literal."""

    op: str
    left: Expr
    right: Expr


class Field(Node, frozen=True, tag="field"):
    """The answer of one member of a group, inside the :class:`Each` of that group."""

    group: str
    question: str

    @property
    def name(self) -> str:
        """What stands for it among questions: no id of a question has a dot."""
        return f"{self.group}.{self.question}"


class HasField(Node, frozen=True, tag="has-field"):
    """Whether the member has an answer other than "I do not know"."""

    group: str
    question: str


class Each(Node, frozen=True, tag="each"):
    """``group.exists(m, body)``, or ``group.all(m, body)`` where ``every``. ``question`` is the group."""

    question: str
    every: bool
    body: Expr


class Size(Node, frozen=True, tag="size"):
    """How many members a group has. ``question`` is the group."""

    question: str


class Not(Node, frozen=True, tag="not"):
    """Negation."""

    part: Expr


class All(Node, frozen=True, tag="all"):
    """``&&`` of two parts or more."""

    parts: tuple[Expr, ...]


class Any(Node, frozen=True, tag="any"):
    """``||`` of two parts or more."""

    parts: tuple[Expr, ...]


class Compare(Node, frozen=True, tag="compare"):
    """``op`` is one of == != < <= > >=."""

    op: str
    left: Expr
    right: Expr


class In(Node, frozen=True, tag="in"):
    """``item in several``."""

    item: Expr
    several: Expr


class Choose(Node, frozen=True, tag="choose"):
    """``condition ? then : otherwise``."""

    condition: Expr
    then: Expr
    otherwise: Expr


Literal = Flag | Whole | Money | Text | Day
Expr = (
    Flag
    | Whole
    | Money
    | Text
    | Day
    | Several
    | Asked
    | Has
    | Today
    | Between
    | Shifted
    | Arithmetic
    | Field
    | HasField
    | Each
    | Size
    | Not
    | All
    | Any
    | Compare
    | In
    | Choose
)

TRUE = Flag(True)
FALSE = Flag(False)
READERS = (Asked, Has, Each, Size)
"""Nodes that read the answer to a question of the event."""


def _no_parts(node: Anything) -> tuple[Expr, ...]:  # noqa: ARG001 - one signature for all nodes
    return ()


_PARTS: dict[type, Callable[[Anything], tuple[Expr, ...]]] = {
    **dict.fromkeys((Flag, Whole, Money, Text, Day, Asked, Has, Today, Field, HasField, Size), _no_parts),
    Several: lambda node: node.values,
    Between: lambda node: (node.start, node.end),
    Shifted: lambda node: (node.day,),
    Arithmetic: lambda node: (node.left, node.right),
    Each: lambda node: (node.body,),
    Not: lambda node: (node.part,),
    All: lambda node: node.parts,
    Any: lambda node: node.parts,
    Compare: lambda node: (node.left, node.right),
    In: lambda node: (node.item, node.several),
    Choose: lambda node: (node.condition, node.then, node.otherwise),
}


def children(node: Expr) -> tuple[Expr, ...]:
    """The direct parts of a node."""
    return _PARTS[type(node)](node)


def walk(tree: Expr) -> list[Expr]:
    """Every node of the tree, a node before its parts, in order of appearance."""
    found: list[Expr] = []
    stack = [tree]
    while stack:
        node = stack.pop()
        found.append(node)
        parts = _PARTS[type(node)](node)
        if parts:
            stack.extend(parts[::-1])
    return found


def questions_in(tree: Expr) -> tuple[str, ...]:
    """Ids of the questions that the tree reads, each once, in order of appearance; of a group its own id.

    What one member of a known group leaves open is called ``GROUP#N.QUESTION``.
    """
    return tuple(dict.fromkeys(node.question for node in walk(tree) if type(node) in READERS))  # type: ignore[union-attr]  # just tested, by the faster test


def depth(tree: Expr) -> int:
    """Levels of the tree; a leaf has one."""
    level, deepest = [tree], 0
    while level:
        deepest += 1
        level = [part for node in level for part in children(node)]
    return deepest
