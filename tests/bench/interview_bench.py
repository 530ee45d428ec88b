"""How fast the engine is on the shipped pack, beside the Rust CEL on conditions of the same size.

Run with ``pytest tests/bench/interview_bench.py``; a plain test run leaves it out.
"""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from timeit import timeit

import cel
import pytest

from kiosk.procedures import (
    AnswerValue,
    Event,
    Pack,
    find_pack,
    load_pack,
    make_plan,
    next_question,
    outcome_questions,
    parse_answer,
)
from kiosk.procedures.check import check_folder
from kiosk.procedures.compiled import Conditions
from kiosk.procedures.evaluate import binding, kleene
from kiosk.procedures.grammar import parse_condition
from kiosk.procedures.model import Question, QuestionType

TODAY = date(2026, 11, 24)
EVENTS = tuple(head.slug for head in load_pack(find_pack("fr")).heads)
NEXT_QUESTION, CHECK, LOAD = 0.002, 15.0, 0.05
"""Seconds that the next question, the check of the shipped pack and a start may take."""
MANY = 30


@pytest.fixture(scope="module")
def fr() -> Pack:
    return load_pack(find_pack("fr"))


def interview(pack: Pack, event: Event) -> list[dict[str, AnswerValue]]:
    """The answers before each question of one interview."""
    steps: list[dict[str, AnswerValue]] = [{}]
    while (question := next_question(pack, event, steps[-1], TODAY)) is not None:
        raw: object = {
            QuestionType.YES_NO: True,
            QuestionType.DATE: "2026-11-23",
            QuestionType.NUMBER: 1,
            QuestionType.MONEY: "500",
            QuestionType.CHOICES: list(question.values[:1]),
        }.get(question.type, question.values[0] if question.values else None)
        steps.append({**steps[-1], question.id: parse_answer(question, raw)})
    return steps


@pytest.mark.parametrize("name", EVENTS)
def test_next_question_with_nothing_remembered(benchmark, fr: Pack, name: str) -> None:
    event = fr.event(name)
    steps = interview(fr, event)

    def whole() -> None:
        fr.memo.clear()
        for answers in steps:
            next_question(fr, event, answers, TODAY)

    benchmark.pedantic(whole, rounds=20, warmup_rounds=2)
    benchmark.extra_info["questions"] = len(steps)


@pytest.mark.parametrize("name", EVENTS)
def test_each_next_question_comes_within_two_milliseconds_of_the_answer(fr: Pack, name: str) -> None:
    """Each step for the first time, in the order of one interview; the best of five interviews."""
    event = fr.event(name)
    steps = interview(fr, event)
    took: list[float] = [1.0] * len(steps)
    for _ in range(5):
        fr.memo.clear()
        outcome_questions(fr, event, {}, TODAY)  # while the person reads the welcome screen
        for n, answers in enumerate(steps):
            took[n] = min(took[n], timeit(lambda: next_question(fr, event, answers, TODAY), number=1))  # noqa: B023
    assert max(took) < NEXT_QUESTION, took


@pytest.mark.parametrize("name", EVENTS)
def test_questions_left_with_nothing_remembered(benchmark, fr: Pack, name: str) -> None:
    event = fr.event(name)

    def first() -> None:
        fr.memo.clear()
        outcome_questions(fr, event, {}, TODAY)

    benchmark.pedantic(first, rounds=20, warmup_rounds=2)


@pytest.mark.parametrize("name", EVENTS)
def test_make_plan(benchmark, fr: Pack, name: str) -> None:
    event = fr.event(name)
    answers = interview(fr, event)[-1]
    benchmark(make_plan, fr, event, answers, TODAY, "fr")


def test_load_a_compiled_pack(benchmark, tmp_path) -> None:
    load_pack(find_pack("fr"), tmp_path)
    benchmark(load_pack, find_pack("fr"), tmp_path)


def test_a_start_reads_the_pack_within_fifty_milliseconds_and_no_event_that_is_not_opened(tmp_path) -> None:
    """The shipped pack, and one with many more events: the same visit costs nearly the same."""
    few, many, cache = find_pack("fr"), tmp_path / "many", tmp_path / "cache"
    shutil.copytree(few, many)
    for n in range(MANY):
        copied = (few / "events/demenagement.yaml").read_text("utf-8")
        (many / f"events/copy{n}.yaml").write_text(copied.replace("fr.demenagement", f"fr.copy{n}"), "utf-8")

    def start(folder: Path) -> None:
        pack = load_pack(folder, cache)
        assert pack.text(f"procedure.{pack.event('naissance').procedures[0].id}.title", "fr")

    took = dict.fromkeys((few, many), 1.0)
    for folder in (few, many):
        load_pack(folder, cache)
    for _ in range(30):
        for folder in took:
            took[folder] = min(took[folder], timeit(lambda: start(folder), number=1))  # noqa: B023
    assert took[many] < LOAD
    assert took[many] / took[few] < 2, took


def test_the_shipped_pack_is_proved_within_fifteen_seconds() -> None:
    assert timeit(lambda: check_folder(find_pack("fr"), TODAY), number=1) < CHECK


NAMES = [f"q{n}" for n in range(20)]
CONDITIONS = [f"q{n % 20} && (q{(n + 3 + n // 20) % 20} || !q{(n + 7) % 20})" for n in range(30)]


def test_thirty_conditions_by_kleene(benchmark) -> None:
    questions = {name: Question(name, n, QuestionType.YES_NO) for n, name in enumerate(NAMES, 1)}
    trees = [parse_condition(text, questions) for text in CONDITIONS]
    known = {name: binding(n % 3 == 0) for n, name in enumerate(NAMES)}
    benchmark(lambda: [kleene(tree, known, TODAY) for tree in trees])


def compiled() -> Conditions:
    questions = {name: Question(name, n, QuestionType.YES_NO) for n, name in enumerate(NAMES, 1)}
    return Conditions([parse_condition(text, questions) for text in CONDITIONS])


def test_thirty_conditions_compiled(benchmark) -> None:
    conditions = compiled()
    row = conditions.row({name: n % 3 == 0 for n, name in enumerate(NAMES)})
    benchmark(conditions.verdicts, row, TODAY)


def test_thirty_conditions_compiled_from_the_answers_with_some_open(benchmark) -> None:
    conditions = compiled()
    answers: dict[str, AnswerValue] = {name: n % 3 == 0 for n, name in enumerate(NAMES) if n % 5}
    benchmark(lambda: conditions.verdicts(conditions.row(answers), TODAY))


def test_full_evaluation_is_no_slower_than_the_rust_cel() -> None:
    """The same 30 conditions over the same 20 answers, in turns, the best of each."""
    conditions = compiled()
    answers: dict[str, AnswerValue] = {name: n % 3 == 0 for n, name in enumerate(NAMES)}
    row = conditions.row(answers)
    programs = [cel.compile(text) for text in CONDITIONS]
    context = cel.Context(variables=dict(answers))
    assert list(conditions.verdicts(row, TODAY)) == [program.execute(context) for program in programs]
    ours, theirs = [], []
    for _ in range(30):
        ours.append(timeit(lambda: conditions.verdicts(row, TODAY), number=200))
        theirs.append(timeit(lambda: [program.execute(context) for program in programs], number=200))
    assert min(ours) <= min(theirs), (min(ours), min(theirs))


def test_thirty_conditions_by_the_rust_cel(benchmark) -> None:
    programs = [cel.compile(text) for text in CONDITIONS]
    context = cel.Context(variables={name: n % 3 == 0 for n, name in enumerate(NAMES)})
    benchmark(lambda: [program.execute(context) for program in programs])
