"""The types of the language of conditions, and what the checker says of a part that has none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kiosk.procedures.model import Question, QuestionType
from kiosk.procedures.tree import Expr


class Kind(StrEnum):
    """Types of the language, named as an editor reads them."""

    BOOL = "true or false"
    WHOLE = "a whole number"
    MONEY = "an amount"
    TEXT = "a text"
    DAY = "a date"
    LIST = "a list of texts"
    NUMBERS = "a list of numbers"


NUMERIC = (Kind.WHOLE, Kind.MONEY)
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
