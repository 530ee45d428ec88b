"""Reads what a question says of a valid answer, with a sentence for each refusal."""

from __future__ import annotations

from kiosk.procedures.fields import LONGEST_TEXT, Fields, read_text
from kiosk.procedures.grammar import ConditionProblem, parse_condition
from kiosk.procedures.linear import TooManyCases
from kiosk.procedures.model import Question, QuestionType, Validity
from kiosk.procedures.outcomes import Effort, settle
from kiosk.procedures.tree import Expr
from kiosk.procedures.validity import SOME_DAY
from kiosk.procedures.yaml_text import Mapping, Scalar, Sequence, Yaml

WAYS = ("bound", "shape", "rule")
SHAPED = (QuestionType.TEXT, QuestionType.PHONE, QuestionType.NATIONAL_NUMBER)
LONGEST_SHAPE = 40


def read_validity(
    node: Yaml, question: Question, texts: dict[str, str], effort: Effort
) -> tuple[Validity, ...]:
    """The ``valid`` of a question that was read; the sentences go into ``texts``. Raises PackError."""
    entries = node.items.get("valid") if isinstance(node, Mapping) else None
    if entries is None:
        return ()
    if not isinstance(entries, Sequence):
        raise entries.place.error(f"valid of {question.id} must be a list", "lines that start with -")
    found = []
    for n, item in enumerate(entries.items):
        fields = Fields(item, f"valid of {question.id}", "say " + " ".join(WAYS))
        if len([way for way in WAYS if way in fields]) != 1:
            raise fields.place.error("valid says one thing at a time", "one of " + ", ".join(WAYS))
        texts[f"question.{question.id}.valid.{n}.say"] = read_text(
            fields.need("say"), f"{fields.what}, say", LONGEST_TEXT
        )
        found.append(
            Validity(_bound(fields, question), _shape(fields, question), _rule(fields, question, effort))
        )
    return tuple(found)


def _bound(fields: Fields, question: Question) -> str:
    if "bound" not in fields:
        return ""
    found = fields.one_of("bound", ("min", "max"))
    if (question.minimum if found == "min" else question.maximum) is None:
        raise fields.at("bound").error(f"the question {question.id} has no {found}", f"{found}: VALUE")
    return found


def _shape(fields: Fields, question: Question) -> str:
    found = fields.word("shape")
    if found and (question.type not in SHAPED or len(found) > LONGEST_SHAPE):
        raise fields.at("shape").error(
            f"a question of type {question.type} and this shape",
            f"at most {LONGEST_SHAPE} characters, for {', '.join(SHAPED)}",
        )
    return found


def _rule(fields: Fields, question: Question, effort: Effort) -> Expr | None:
    node = fields.get("rule")
    if node is None:
        return None
    text = node.value if isinstance(node, Scalar) else None
    if not isinstance(text, str):
        raise node.place.error(f"{fields.what}, rule must be a condition", "a text in quotes")
    try:
        found = parse_condition(text, {question.id: question})
        settle(found, {}, {question.id: question}, SOME_DAY, effort)
    except ConditionProblem as problem:
        raise node.place.error_inside(problem.offset, problem.problem, problem.allowed) from None
    except TooManyCases:
        raise node.place.error("the rule has too many cases", "fewer values in it") from None
    return found
