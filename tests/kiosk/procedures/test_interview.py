"""The interview: what is asked, in which order, and what a changed answer does."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.procedures import (
    AnswerValue,
    Event,
    Pack,
    Plan,
    Question,
    QuestionType,
    find_pack,
    load_pack,
    make_plan,
    next_question,
    outcome_questions,
    parse_answer,
    relevant_answers,
)

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def bebe(small: Pack) -> Event:
    return small.event("bebe")


def ask(pack: Pack, event: Event, given: dict[str, object]) -> str | None:
    answers = {name: parse_answer(pack.questions[name], raw) for name, raw in given.items()}
    found = next_question(pack, event, answers, TODAY)
    return found.id if found else None


def test_questions_come_in_the_order_of_the_event(small: Pack, bebe: Event) -> None:
    assert ask(small, bebe, {}) == "ne"
    assert ask(small, bebe, {"ne": True}) == "date_naissance"
    assert ask(small, bebe, {"ne": True, "date_naissance": "2026-11-23"}) == "lieu"
    assert ask(small, bebe, {"ne": True, "date_naissance": "2026-11-23", "lieu": "france"}) is None


def test_what_can_no_longer_change_anything_is_not_asked(small: Pack, bebe: Event) -> None:
    assert ask(small, bebe, {"ne": False}) is None
    assert ask(small, bebe, {"lieu": "etranger"}) is None


def test_a_date_is_asked_for_its_deadline_even_where_no_condition_reads_it(small: Pack, bebe: Event) -> None:
    assert outcome_questions(small, bebe, {"ne": None, "lieu": None}, TODAY) == ("date_naissance",)


def test_i_do_not_know_is_never_asked_again(small: Pack, bebe: Event) -> None:
    assert ask(small, bebe, {"ne": None, "date_naissance": None, "lieu": None}) is None
    assert ask(small, bebe, {"ne": None, "date_naissance": "2026"}) == "lieu"


def test_a_changed_answer_keeps_the_others_and_they_come_back(small: Pack, bebe: Event) -> None:
    whole = {"ne": True, "date_naissance": "2026-11-23", "lieu": "france"}
    answers = {name: parse_answer(small.questions[name], raw) for name, raw in whole.items()}
    assert relevant_answers(small, bebe, answers, TODAY) == answers
    changed = {**answers, "ne": False}
    assert relevant_answers(small, bebe, changed, TODAY) == {"ne": False}
    assert next_question(small, bebe, changed, TODAY) is None
    assert relevant_answers(small, bebe, {**changed, "ne": True}, TODAY) == answers


def test_an_answer_stays_relevant_while_an_earlier_question_is_open(small: Pack, bebe: Event) -> None:
    assert relevant_answers(small, bebe, {"lieu": "france"}, TODAY) == {"lieu": "france"}


def samples(question: Question) -> list[object]:
    match question.type:
        case QuestionType.YES_NO:
            found: list[object] = [True, False]
        case QuestionType.CHOICE:
            found = list(question.values)
        case QuestionType.CHOICES:
            found = [[], list(question.values), *[[value] for value in question.values]]
        case QuestionType.DATE:
            found = ["2026-11-23", "2026-12-20", "2026-11", "2025", "2001-02-28", "2027-06"]
        case QuestionType.NUMBER:
            found = [0, 1, 2, 3, 4]
        case QuestionType.MONEY:
            found = ["0", "800.49", "800.50", "4000"]
        case QuestionType.COUNTRY:
            found = ["FR", "BE"]
        case _:
            found = ["texte"]
    return [*found, None] if question.unknown_allowed else found


def events() -> list[tuple[str, str]]:
    return [("small", "bebe"), ("small", "tout"), ("fr", "naissance"), ("fr", "demenagement")]


@pytest.fixture(scope="module")
def packs(small: Pack, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Pack]:
    return {"small": small, "fr": load_pack(find_pack("fr"), tmp_path_factory.mktemp("compiled"))}


def outcome(plan: Plan) -> list[tuple[object, ...]]:
    """What a person gets, without words that only say what is open."""
    return sorted(
        (item.id, item.status, item.deadline, item.other_deadlines, item.documents)
        for item in plan.procedures
    )


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(events()), st.data())
def test_any_interview_ends_asks_nothing_twice_and_only_what_matters(
    packs: dict[str, Pack], which: tuple[str, str], data: st.DataObject
) -> None:
    pack, event = packs[which[0]], packs[which[0]].event(which[1])
    answers: dict[str, AnswerValue] = {}
    while (question := next_question(pack, event, answers, TODAY)) is not None:
        assert question.id not in answers
        left = outcome_questions(pack, event, answers, TODAY)
        assert left[0] == question.id
        assert not set(left) & set(answers)
        raw = data.draw(st.sampled_from(samples(question)))
        answers[question.id] = parse_answer(question, raw)
    assert outcome_questions(pack, event, answers, TODAY) == ()
    assert list(relevant_answers(pack, event, answers, TODAY)) == [n for n in event.questions if n in answers]
    plan = make_plan(pack, event, answers, TODAY, "fr")
    assert len(plan.procedures) == len(event.procedures)
    if None not in answers.values():
        assert not [item.id for item in plan.procedures if item.status == "maybe"]


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(events()), st.data())
def test_answers_that_were_not_asked_change_nothing(
    packs: dict[str, Pack], which: tuple[str, str], data: st.DataObject
) -> None:
    pack, event = packs[which[0]], packs[which[0]].event(which[1])
    answers: dict[str, AnswerValue] = {}
    while (question := next_question(pack, event, answers, TODAY)) is not None:
        answers[question.id] = parse_answer(question, data.draw(st.sampled_from(samples(question))))
    plain = outcome(make_plan(pack, event, answers, TODAY, "fr"))
    for name in event.questions:
        if name not in answers:
            for raw in samples(pack.questions[name]):
                more = {**answers, name: parse_answer(pack.questions[name], raw)}
                assert outcome(make_plan(pack, event, more, TODAY, "fr")) == plain, name


def test_every_question_is_asked_exactly_when_brute_force_says_so(small: Pack, bebe: Event) -> None:
    """All partial answers of a whole event: the questions that matter are those that change the outcome."""
    values = {
        name: [parse_answer(small.questions[name], raw) for raw in samples(small.questions[name])]
        for name in bebe.questions
    }
    absent = object()
    for filled in product(*([absent, *values[name]] for name in bebe.questions)):
        answers = {n: v for n, v in zip(bebe.questions, filled, strict=True) if v is not absent}
        open_now = [name for name in bebe.questions if name not in answers]
        expected = tuple(name for name in open_now if matters(small, bebe, answers, open_now, values, name))
        assert outcome_questions(small, bebe, answers, TODAY) == expected


def matters(
    pack: Pack,
    event: Event,
    answers: dict[str, AnswerValue],
    open_now: list[str],
    values: dict[str, list[AnswerValue]],
    name: str,
) -> bool:
    others = [other for other in open_now if other != name]
    for filled in product(*([v for v in values[other] if v is not None] for other in others)):
        base = {**answers, **dict(zip(others, filled, strict=True))}
        plans = {
            repr(outcome(make_plan(pack, event, {**base, name: value}, TODAY, "fr")))
            for value in values[name]
            if value is not None
        }
        if len(plans) > 1:
            return True
    return False
