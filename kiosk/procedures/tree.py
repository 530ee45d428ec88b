"""The typed tree of a condition. Values only: they are hashable, and they go into the compiled pack."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

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
    | Not
    | All
    | Any
    | Compare
    | In
    | Choose
)

TRUE = Flag(True)
FALSE = Flag(False)


def questions_in(tree: Expr) -> tuple[str, ...]:
    """Ids of the questions that the tree reads, each once, in order of appearance."""
    found: dict[str, None] = {}
    stack: list[Expr] = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, Asked | Has):
            found[node.question] = None
        stack.extend(reversed(children(node)))
    return tuple(found)


def children(node: Expr) -> tuple[Expr, ...]:
    """The direct parts of a node."""
    match node:
        case Between(start=a, end=b) | Compare(left=a, right=b) | In(item=a, several=b):
            return (a, b)
        case Not(part=a):
            return (a,)
        case All(parts=parts) | Any(parts=parts):
            return parts
        case Choose(condition=a, then=b, otherwise=c):
            return (a, b, c)
        case Several(values=values):
            return values
        case _:
            return ()


def depth(tree: Expr) -> int:
    """Levels of the tree; a leaf has one."""
    level, deepest = [tree], 0
    while level:
        deepest += 1
        level = [part for node in level for part in children(node)]
    return deepest
