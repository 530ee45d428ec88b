"""The engine on the shipped pack, as ratios to a JSON round trip of its French texts in the same run."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from datetime import date

from kiosk.procedures import (
    AnswerValue,
    QuestionType,
    find_pack,
    load_pack,
    make_plan,
    next_question,
    parse_answer,
)

TODAY = date(2026, 11, 24)
TIMES = 200


def engine_rows() -> list[tuple[str, float]]:
    """Name and ratio of the next question (mean over one interview) and of the plan, for a birth."""
    pack = load_pack(find_pack("fr"))
    event = pack.events["fr.naissance"]
    answers: dict[str, AnswerValue] = {}
    steps = [answers]
    while (question := next_question(pack, event, answers, TODAY)) is not None:
        raw: object = {QuestionType.YES_NO: True, QuestionType.DATE: "2026-11-23"}.get(question.type, 1)
        if question.options:
            raw = question.options[0].value
        answers = {**answers, question.id: parse_answer(question, raw)}
        steps.append(answers)
    texts = pack.texts["fr"]
    unit = _seconds(lambda: json.loads(json.dumps(texts)))

    def interview() -> None:
        pack.memo.clear()
        for known in steps:
            next_question(pack, event, known, TODAY)

    plan = _seconds(lambda: make_plan(pack, event, answers, TODAY, "fr"))
    return [
        ("next_question / JSON of the pack", _seconds(interview) / len(steps) / unit),
        ("make_plan / JSON of the pack", plan / unit),
    ]


def _seconds(work: Callable[[], object]) -> float:
    took = []
    for _ in range(TIMES):
        began = time.perf_counter()
        work()
        took.append(time.perf_counter() - began)
    return statistics.median(took)
