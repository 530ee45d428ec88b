"""Ten thousand people who answer anything: each interview ends in a plan, asks nothing twice or in vain."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.procedures import (
    Pack,
    PlanItem,
    Question,
    QuestionType,
    explain_question,
    find_pack,
    load_pack,
    make_plan,
    next_question,
    outcome_questions,
    parse_answer,
)
from kiosk.procedures.bounds import bounds
from kiosk.procedures.deadlines import FIRST, LAST
from kiosk.procedures.values import AnswerValue

PEOPLE = 10_000
THOROUGH = 10
"""One interview in so many also tries what was not asked."""
SLUGS = sorted(event.slug for event in load_pack(find_pack("fr")).events.values())
DAYS = st.sampled_from([date(2026, 11, 24), date(2026, 12, 24), date(2027, 4, 30), date(2028, 2, 29)])
AMOUNTS = st.integers(0, 500_000).map(lambda cents: f"{cents / 100:.2f}")
WHOLE = 8
"""The largest number drawn where the pack sets no bound."""


def days(question: Question, today: date) -> st.SearchStrategy[str]:
    """Days near the visit, and the very bounds; in part only a month or a year."""
    low, high = bounds(question, today)
    first = low if isinstance(low, date) else max(FIRST, today - timedelta(days=1500))
    last = high if isinstance(high, date) else min(LAST, today + timedelta(days=1500))
    near = st.integers(0, (last - first).days).map(lambda n: (first + timedelta(days=n)).isoformat())
    return st.one_of(near, st.sampled_from([first.isoformat(), last.isoformat()]), near.map(lambda d: d[:7]))


def raw_answers(
    question: Question, questions: Mapping[str, Question], today: date
) -> st.SearchStrategy[object]:
    """Answers to one question as JSON values; "I do not know" among them where it is allowed."""
    match question.type:
        case QuestionType.YES_NO:
            found: st.SearchStrategy[object] = st.booleans()
        case QuestionType.CHOICE:
            found = st.sampled_from(question.values)
        case QuestionType.CHOICES:
            found = st.lists(st.sampled_from(question.values), unique=True)
        case QuestionType.DATE:
            found = days(question, today)
        case QuestionType.NUMBER:
            low = question.minimum if isinstance(question.minimum, int) else 0
            found = st.integers(low, question.maximum if isinstance(question.maximum, int) else WHOLE)
        case QuestionType.MONEY:
            found = AMOUNTS
        case QuestionType.GROUP:
            member = {name: raw_answers(questions[name], questions, today) for name in question.questions}
            found = st.lists(st.fixed_dictionaries({}, optional=member), max_size=3)
        case QuestionType.COUNTRY:
            found = st.sampled_from(["FR", "BE", "MA"])
        case kind:
            raise AssertionError(f"no people answer a question of type {kind} yet")
    return st.one_of(found, found, found, st.none()) if question.unknown_allowed else found


def outcome(item: PlanItem) -> tuple[object, ...]:
    """What the answers decide of one procedure."""
    deadlines = [(d.kind, d.date, d.text, d.certain) for d in (item.deadline, *item.other_deadlines) if d]
    papers = [(paper.id, paper.certain) for paper in item.documents]
    return item.status, deadlines, papers, item.office, item.other_offices


def fits(question: Question, raw: object, pack: Pack, today: date) -> AnswerValue:
    return parse_answer(question, raw, pack.questions, None if isinstance(raw, str) else today)


@pytest.mark.crowd
@pytest.mark.parametrize("slug", SLUGS)
def test_any_interview_ends_in_a_plan_and_asks_nothing_twice_nor_in_vain(pack: Pack, slug: str) -> None:
    event = pack.events[f"fr.{slug}"]

    @settings(
        max_examples=PEOPLE // len(SLUGS),
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        database=None,
    )
    @given(st.data())
    def anyone(data: st.DataObject) -> None:
        today = data.draw(DAYS, "today")
        given: dict[str, AnswerValue] = {}
        while question := next_question(pack, event, given, today):
            assert question.id not in given
            purpose = explain_question(pack, event, question.id, given, today, "fr")
            assert purpose.words
            assert {*purpose.statuses, *purpose.deadlines, *purpose.papers, *purpose.offices}
            raw = data.draw(raw_answers(question, pack.questions, today), question.id)
            given[question.id] = fits(question, raw, pack, today)
        assert not set(outcome_questions(pack, event, given, today)) - set(given)
        plan = make_plan(pack, event, given, today, "fr")
        assert len(plan.procedures) == len(event.procedures)
        assert any(item.status != "not" for item in plan.procedures)
        if data.draw(st.integers(1, THOROUGH)) > 1:
            return
        more = {}
        for other in (pack.questions[name] for name in event.questions if name not in given):
            raw = data.draw(raw_answers(other, pack.questions, today), other.id)
            more[other.id] = fits(other, raw, pack, today)
        whole = make_plan(pack, event, given | more, today, "fr")
        assert [outcome(item) for item in plan.procedures] == [outcome(item) for item in whole.procedures]

    anyone()
