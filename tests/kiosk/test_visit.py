"""A visit is a value: what is kept when an answer changes, and what comes back from a draft."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.paper import new_case_code
from kiosk.procedures import AnswerValue, Fate, Name, Pack, PartialDate, load_pack
from kiosk.visit import (
    DraftUnreadable,
    IdleClock,
    Resumed,
    Visit,
    begin_event,
    dump_draft,
    left,
    load_draft,
    next_asked,
    says_done,
    with_answer,
)
from tests.kiosk.procedures.edited import edited_pack

SMALL = load_pack(Path(__file__).parent / "procedures/packs/small")
TODAY = date(2026, 11, 24)
VALUES: dict[str, st.SearchStrategy[AnswerValue]] = {
    "ne": st.none() | st.booleans(),
    "date_naissance": st.none() | st.builds(PartialDate, st.integers(1900, 2100), st.integers(1, 12)),
    "lieu": st.none() | st.sampled_from(["france", "etranger", "bateau"]),
    "aides": st.sets(st.integers(0, 2)).map(lambda at: tuple(("rsa", "apl", "aah")[i] for i in sorted(at))),
    "enfants": st.none() | st.integers(0, 20),
    "loyer": st.decimals(0, 5000, places=2),
    "nom": st.builds(Name, st.sampled_from(["Ó Néill", "李", "d’Arc-Dupont"]), st.just("Zoé")),
    "seul": st.booleans(),
}


@pytest.fixture
def small() -> Pack:
    return SMALL


@pytest.fixture
def begun() -> Visit:
    return begin_event(Visit("fr", TODAY, new_case_code().text), event_named("bebe"))


def event_named(slug: str) -> str:
    return next(key for key, event in SMALL.events.items() if event.slug == slug)


@st.composite
def visits(draw: st.DrawFn) -> Visit:
    visit = Visit(draw(st.sampled_from(["fr", "en"])), draw(st.dates(date(2026, 1, 1))), new_case_code().text)
    visit = begin_event(visit, draw(st.sampled_from(sorted(SMALL.events))))
    for question in draw(st.lists(st.sampled_from(sorted(VALUES)), max_size=12)):
        visit = with_answer(visit, question, draw(VALUES[question]))
    for procedure in draw(st.sets(st.sampled_from(["xx.bebe.declaration", "xx.tout.prime"]))):
        visit = says_done(visit, procedure, True)
    return visit


@given(visits())
def test_a_draft_comes_back_as_it_was(visit: Visit) -> None:
    assert load_draft(dump_draft(visit, SMALL), SMALL) == Resumed(visit, (), SMALL)


@given(st.binary(max_size=200))
def test_bytes_that_are_no_draft_are_told_apart(raw: bytes) -> None:
    with pytest.raises(DraftUnreadable):
        load_draft(raw, SMALL)


@given(visits(), st.data())
def test_a_draft_that_was_changed_comes_back_whole_or_not_at_all(visit: Visit, data: st.DataObject) -> None:
    table = json.loads(dump_draft(visit, SMALL))
    key = data.draw(st.sampled_from(sorted(table)))
    table[key] = data.draw(st.none() | st.integers() | st.text() | st.lists(st.text()) | st.just({"x": [1]}))
    try:
        found = load_draft(json.dumps(table).encode(), SMALL).visit
    except DraftUnreadable:
        return
    assert found.event in SMALL.events
    assert set(found.trail) <= set(found.answers) <= set(SMALL.questions)


@pytest.mark.parametrize(
    "change",
    [
        {"schema": "draft/4"},
        {"schema": "draft/1"},
        {"pack": {"id": "yy", "hash": ""}},
        {"event": "deces"},
        {"answers": {"gone": True}},
        {"answers": {"ne": "yes"}},
    ],
    ids=[
        "a newer form",
        "an older form",
        "another pack",
        "an event that left",
        "a question that left",
        "an answer of another type",
    ],
)
def test_a_draft_of_another_version_is_not_taken_up(begun: Visit, change: dict[str, object]) -> None:
    table = json.loads(dump_draft(begun, SMALL)) | change
    with pytest.raises(DraftUnreadable):
        load_draft(json.dumps(table).encode(), SMALL)


def test_changing_an_answer_loses_no_other(small: Pack, begun: Visit) -> None:
    visit = with_answer(with_answer(with_answer(begun, "ne", True), "lieu", "france"), "date_naissance", None)
    changed = with_answer(visit, "ne", False)
    assert changed.matter(small) == ("ne",)
    assert set(changed.answers) == {"ne", "lieu", "date_naissance"}
    assert with_answer(changed, "ne", True) == visit


def test_answers_are_reviewed_in_the_order_in_which_they_were_given(small: Pack, begun: Visit) -> None:
    visit = with_answer(with_answer(begun, "lieu", "france"), "ne", True)
    assert visit.matter(small) == ("lieu", "ne")
    assert with_answer(visit, "lieu", "bateau").matter(small) == ("lieu", "ne")


def test_another_life_event_does_not_ask_again_what_is_known(small: Pack, begun: Visit) -> None:
    other = begin_event(with_answer(begun, "ne", True), event_named("tout"))
    assert other.answers == {"ne": True}
    assert next_asked(other, small) != "ne"


def test_the_number_left_goes_down_to_nothing(small: Pack, begun: Visit) -> None:
    given_now: dict[str, AnswerValue] = {
        "ne": True,
        "date_naissance": PartialDate(2026, 11, 23),
        "lieu": "france",
    }
    counted = [left(begun, small)]
    visit = begun
    while (question := next_asked(visit, small)) is not None:
        visit = with_answer(visit, question, given_now[question])
        counted.append(left(visit, small))
    assert counted == sorted(counted, reverse=True)
    assert counted[-1] == 0


def test_saying_that_something_is_done_can_be_taken_back(begun: Visit) -> None:
    done = says_done(begun, "xx.bebe.declaration", True)
    assert done.done == {"xx.bebe.declaration"}
    assert says_done(done, "xx.bebe.declaration", False) == begun


def test_there_is_nothing_to_wipe_before_the_first_answer(begun: Visit) -> None:
    assert not begun.has_answers
    assert with_answer(begun, "ne", None).has_answers


@pytest.mark.parametrize(
    ("now", "left_s"),
    [(100.0, None), (279.9, None), (280.0, 120.0), (300.0, 100.0), (400.0, 0.0), (9999.0, 0.0)],
)
def test_a_silent_person_is_warned_then_the_visit_ends(now: float, left_s: float | None) -> None:
    assert IdleClock(180, 120).touched(100.0).seconds_left(now) == left_s


def test_a_touch_extends_as_often_as_one_likes() -> None:
    clock = IdleClock(180, 120)
    for moment in range(0, 50 * 290, 290):
        clock = clock.touched(moment)
        assert clock.seconds_left(moment + 289) == pytest.approx(11)
    assert clock.seconds_left(moment) is None


def test_money_keeps_its_cents() -> None:
    visit = with_answer(Visit("fr", TODAY, "", event_named("tout")), "loyer", Decimal("612.50"))
    assert load_draft(dump_draft(visit, SMALL), SMALL).visit.answers["loyer"] == Decimal("612.50")


# -- a draft under another version of its pack -------------------------------------------------------------

SMALL_FOLDER = Path(__file__).parent / "procedures/packs/small"
TOLD_BY: dict[str, AnswerValue] = {
    "ne": True,
    "date_naissance": PartialDate(2024, 3, 2),
    "lieu": "bateau",
    "enfants": 15,
}
AT_SEA = (("{value: bateau, number: 3,", "{value: mer, number: 4,"), ("'bateau'", "'mer'"))
OTHER_ORDER = ("date_prevue, lieu, aides", "aides, lieu, date_prevue")
VERSIONS = {
    "other words": ((("L’enfant est-il né ?", "Est-il né ?"),), [], []),
    "another order": ((OTHER_ORDER,), [], []),
    "wider bounds": ((("min: 0, max: 20", "min: 0, max: 30"),), [], []),
    "narrower bounds": ((("min: today-P3Y", "min: today-P1Y"),), ["date_naissance"], []),
    "an option gone": (AT_SEA, ["lieu"], []),
    "a question gone": ((("enfants: {number: 5,", "enfants: {number: 95,"),), [], ["enfants"]),
}


@pytest.mark.parametrize(("edits", "again", "gone"), VERSIONS.values(), ids=VERSIONS)
def test_a_draft_of_an_earlier_version_asks_again_only_what_no_longer_fits(
    tmp_path: Path, edits: tuple[tuple[str, str], ...], again: list[str], gone: list[str]
) -> None:
    visit = begin_event(Visit("fr", TODAY, new_case_code().text), event_named("tout"))
    for question, value in TOLD_BY.items():
        visit = with_answer(visit, question, value)
    new = edited_pack(SMALL_FOLDER, tmp_path / "xx", *edits)
    found = load_draft(dump_draft(visit, SMALL), new, {SMALL.hash: SMALL}.get)
    assert [one.question for one in found.lost if one.fate is Fate.ASK_AGAIN] == again
    assert [one.question for one in found.lost if one.fate is Fate.WITHDRAWN] == gone
    kept = {name: value for name, value in TOLD_BY.items() if name not in (*again, *gone)}
    assert dict(found.visit.answers) == kept
    assert found.visit.trail == tuple(kept)
    unknown = load_draft(dump_draft(visit, SMALL), new)
    assert unknown.visit.answers == found.visit.answers
    assert [one.question for one in unknown.lost] == [*again, *gone]


def test_a_question_that_is_no_longer_put_to_this_person_is_not_called_asked_again(tmp_path: Path) -> None:
    visit = with_answer(begin_event(Visit("fr", TODAY, ""), event_named("bebe")), "ne", False)
    visit = with_answer(visit, "date_naissance", PartialDate(2024, 3, 2))
    new = edited_pack(SMALL_FOLDER, tmp_path / "xx", ("min: today-P3Y", "min: today-P1Y"))
    found = load_draft(dump_draft(visit, SMALL), new, {SMALL.hash: SMALL}.get)
    assert found.lost == ()
    assert dict(found.visit.answers) == {"ne": False}


def test_what_was_told_for_an_earlier_life_event_is_remembered_in_the_draft() -> None:
    first = with_answer(begin_event(Visit("fr", TODAY, ""), event_named("bebe")), "ne", True)
    visit = begin_event(first, event_named("tout"))
    visit = with_answer(visit, "seul", True)
    assert visit.told == {"ne"}
    assert load_draft(dump_draft(visit, SMALL), SMALL).visit.told == {"ne"}
    assert begin_event(visit, event_named("tout")).told == {"ne"}
