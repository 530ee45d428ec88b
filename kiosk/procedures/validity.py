"""Whether an answer is what its question asks for, beyond type and bounds."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from kiosk.procedures.evaluate import binding
from kiosk.procedures.model import Question
from kiosk.procedures.outcomes import Verdict, settle
from kiosk.procedures.tree import Expr, Today, walk
from kiosk.procedures.values import AnswerValue

CLASSES = {"9": "[0-9]", "A": "[A-Za-z]", "*": "[A-Za-z0-9]"}
SOME_DAY = date(2026, 1, 1)
"""Stands in for today where a rule does not read it."""


def broken(question: Question, value: AnswerValue, today: date | None) -> int | None:
    """The number of the first shape or rule that the answer breaks. Without ``today`` no rule is tried that
    needs to know the day."""
    for n, validity in enumerate(question.valid):
        if validity.shape and isinstance(value, str) and not shape(validity.shape).fullmatch(value):
            return n
        if validity.rule is not None and not _holds(validity.rule, question, value, today):
            return n
    return None


@lru_cache(maxsize=256)
def shape(written: str) -> re.Pattern[str]:
    """The pattern of a shape: classes of one character each, so that no text can make it slow."""
    return re.compile("".join(CLASSES.get(sign, re.escape(sign)) for sign in written))


def _holds(rule: Expr, question: Question, value: AnswerValue, today: date | None) -> bool:
    if today is None and any(isinstance(node, Today) for node in walk(rule)):
        return True
    known = {question.id: binding(value)}
    verdict = settle(rule, known, {question.id: question}, today or SOME_DAY).verdict
    return verdict is not Verdict.FALSE
