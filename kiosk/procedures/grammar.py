"""Reads a condition: text to typed tree. The only module that imports lark; no compiled pack needs it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any as Anything

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken

from kiosk.procedures.kinds import TypeProblem
from kiosk.procedures.model import Question
from kiosk.procedures.tree import Expr, depth
from kiosk.procedures.typecheck import FUNCTIONS, Typer

GRAMMAR = r"""
?start: ternary
?ternary: any | any "?" any ":" ternary -> choose
?any: all ("||" all)*
?all: relation ("&&" relation)*
?relation: sum
    | sum COMPARE sum -> compare
    | sum "in" sum -> contains
?sum: product
    | sum "+" product -> plus
    | sum "-" product -> less
?product: unary
    | product "*" unary -> times
?unary: part
    | "!" unary -> negate
    | "-" unary -> minus
?part: atom
    | part "." NAME "(" (ternary ("," ternary)*)? ")" -> method
    | part "." NAME -> field
?atom: NAME "(" (ternary ("," ternary)*)? ")" -> call
    | NAME -> name
    | TEXT -> text
    | NUMBER -> number
    | "[" (ternary ("," ternary)*)? "]" -> several
    | "(" ternary ")"
COMPARE: "==" | "!=" | "<=" | ">=" | "<" | ">"
NAME: /(?!in\b)[A-Za-z_][A-Za-z0-9_]*/
TEXT: /'[^'\\\n]*'/ | /"[^"\\\n]*"/
NUMBER: /[0-9]+(\.[0-9]+)?/
%import common.WS
%ignore WS
"""
LONGEST, DEEPEST = 2_000, 40


@dataclass(eq=False)
class ConditionProblem(Exception):
    """Something is wrong at ``offset`` (characters from the start of the condition)."""

    offset: int
    problem: str
    allowed: str


def parse_condition(
    text: str, questions: Mapping[str, Question], inner: Mapping[str, Question] | None = None
) -> Expr:
    """The typed tree of a condition over these questions. Raises ConditionProblem.

    ``inner``: where the questions of groups are found, if not in ``questions``.
    """
    if len(text) > LONGEST:
        raise ConditionProblem(0, "the condition is too long", f"at most {LONGEST} characters")
    try:
        found = Typer(questions, inner).condition(_plain(_parser().parse(text)))
    except UnexpectedInput as error:
        raise _syntax(error, text) from None
    except TypeProblem as error:
        raise ConditionProblem(error.offset, error.problem, error.allowed) from None
    except RecursionError:
        raise _TOO_DEEP from None
    if depth(found) > DEEPEST:
        raise _TOO_DEEP
    return found


@lru_cache(maxsize=1)
def _parser() -> Lark:
    return Lark(GRAMMAR, parser="lalr", propagate_positions=True)


def _syntax(error: UnexpectedInput, text: str) -> ConditionProblem:
    offset = (
        error.pos_in_stream if error.pos_in_stream is not None and error.pos_in_stream >= 0 else len(text)
    )
    if isinstance(error, UnexpectedCharacters):
        return ConditionProblem(
            offset, f"{text[offset : offset + 1]!r} is not part of the language", _LANGUAGE
        )
    if isinstance(error, UnexpectedToken) and error.token.type == "$END":
        return ConditionProblem(len(text), "the condition ends too early", _LANGUAGE)
    token = getattr(error, "token", "")
    return ConditionProblem(offset, f"{str(token)!r} cannot stand here", _LANGUAGE)


_TOO_DEEP = ConditionProblem(0, "the condition is nested too deeply", f"at most {DEEPEST} levels")
_LANGUAGE = (
    "&& || ! == != < <= > >= + - * in ?: ( ) [ ], names of questions, 'texts', numbers, true, false, "
    + ", ".join(f"{name}()" for name in FUNCTIONS)
    + ", group.exists(m, …), group.all(m, …)"
)


def _plain(tree: Anything) -> tuple[str, int, tuple[Anything, ...]]:
    """(kind, offset, parts) nodes, so that the type checker knows nothing of the parser."""
    assert isinstance(tree, Tree)  # noqa: S101 - every rule of the grammar is a tree or is inlined to one
    offset = getattr(tree.meta, "start_pos", 0)
    parts = tuple(str(part) if isinstance(part, Token) else _plain(part) for part in tree.children)
    return str(tree.data), offset, parts
