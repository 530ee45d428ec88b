"""A new version of a pack under answers already given, and answers that serve several life events."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kiosk.procedures import (
    Fate,
    Pack,
    PackChange,
    Reason,
    change_words,
    classify_change,
    known_already,
    next_question,
    parse_answers,
    relevant_answers,
    without_earlier,
)
from tests.kiosk.procedures.edited import edited_pack

TODAY = date(2026, 11, 24)
GIVEN: dict[str, object] = {
    "ne": True,
    "date_naissance": "2025-03-02",
    "lieu": "bateau",
    "aides": ["rsa", "aah"],
    "enfants": 15,
    "loyer": "900",
    "seul": None,
    "membres": [{"date_naissance": "2026-01", "seul": True}, {"seul": None}],
}
Edit = Callable[[str], str]


@pytest.fixture
def edited(small_folder: Path, tmp_path: Path) -> Callable[..., Pack]:
    def edit(*edits: tuple[str, str]) -> Pack:
        return edited_pack(small_folder, tmp_path / "small", *edits)

    return edit


def change(old: Pack, new: Pack) -> PackChange:
    return classify_change(old, new, parse_answers(old, old.event("tout"), GIVEN), TODAY)


def reasons(found: PackChange) -> dict[str, Reason]:
    return {one.question: one.reason for one in found.fates if one.reason is not Reason.SAME}


def test_the_same_pack_keeps_everything(small: Pack) -> None:
    found = change(small, small)
    assert (reasons(found), found.ask_again, found.withdrawn) == ({}, (), ())
    assert list(found.kept) == list(GIVEN)


@pytest.mark.parametrize(
    ("edit", "question", "fate", "reason"),
    [
        (("L’enfant est-il né ?", "Est-il né ?"), "ne", Fate.KEPT, Reason.TEXT),
        (("Métropole ou outre-mer", "Outre-mer aussi"), "lieu", Fate.KEPT, Reason.TEXT),
        (("min: 0, max: 20", "min: 0, max: 30"), "enfants", Fate.KEPT, Reason.RELAXED),
        (("min: 0, max: 20", "min: 0, max: 16"), "enfants", Fate.KEPT, Reason.RELAXED),
        (("min: 0, max: 20", "min: 0, max: 12"), "enfants", Fate.ASK_AGAIN, Reason.NARROWED),
        (("min: today-P3Y", "min: today-P1Y"), "date_naissance", Fate.ASK_AGAIN, Reason.NARROWED),
        (('max: "5000.50"', 'max: "850"'), "loyer", Fate.ASK_AGAIN, Reason.NARROWED),
        (
            ("min: 0, max: 20", 'min: 0, max: 20, valid: [{say: "Non.", rule: "enfants < 15"}]'),
            *("enfants", Fate.ASK_AGAIN, Reason.NARROWED),
        ),
        (
            ("min: 0, max: 20", 'min: 0, max: 20, valid: [{say: "Non.", rule: "enfants < 16"}]'),
            *("enfants", Fate.KEPT, Reason.RELAXED),
        ),
        (
            ('- {value: bateau, number: 3, text: "En mer"}', '- {value: mer, number: 4, text: "En mer"}'),
            "lieu",
            Fate.ASK_AGAIN,
            Reason.OPTION_GONE,
        ),
        (
            ('{value: aah, number: 3, text: "AAH"}', '{value: aeeh, number: 7, text: "AEEH"}'),
            "aides",
            Fate.ASK_AGAIN,
            Reason.OPTION_GONE,
        ),
        (
            ("{number: 15, type: yes-no,", "{number: 15, type: yes-no, unknown: false,"),
            "seul",
            Fate.ASK_AGAIN,
            Reason.MUST_ANSWER,
        ),
        (
            ("enfants: {number: 5, type: number,", "enfants: {number: 98, type: number,"),
            "enfants",
            Fate.WITHDRAWN,
            Reason.QUESTION_GONE,
        ),
        (
            ("questions: [nom, date_naissance, seul]", "questions: [nom, date_naissance, seul, pays]"),
            "membres",
            Fate.ASK_AGAIN,
            Reason.MORE_ASKED,
        ),
        (
            ("questions: [nom, date_naissance, seul]", "questions: [seul, date_naissance]"),
            "membres",
            Fate.KEPT,
            Reason.RELAXED,
        ),
    ],
)
def test_only_an_answer_that_no_longer_fits_is_asked_again(
    small: Pack, edited: Callable[..., Pack], edit: tuple[str, str], question: str, fate: Fate, reason: Reason
) -> None:
    new = edited(edit, ("condition: \"has(remarque) ? ne : lieu in ['france', 'bateau']\"", "condition: ne"))
    found = change(small, new)
    one = next(one for one in found.fates if one.question == question)
    assert (one.fate, one.reason) == (fate, reason)
    inside = "membres" if question == "seul" else ""  # the group asks that question of its members
    others = {name: why for name, why in reasons(found).items() if name != question}
    assert all(one.fate is Fate.KEPT for one in found.fates if one.question in {*others} - {inside})
    words = change_words(small, new, one, "fr")
    assert bool(words) is (fate is not Fate.KEPT)
    if words:
        assert small.text(f"question.{question}.text", "fr") in words
    usable = parse_answers(new, new.event("tout"), {})
    assert next_question(new, new.event("tout"), {**usable, **found.kept}, TODAY) is not None


def test_a_new_id_and_a_new_value_are_followed_by_their_numbers(
    small: Pack, edited: Callable[..., Pack]
) -> None:
    new = edited(("lieu", "endroit"), ("value: bateau", "value: mer"), ("'bateau'", "'mer'"))
    found = change(small, new)
    assert found.kept["endroit"] == "mer"
    assert reasons(found)["endroit"] is Reason.RENAMED
    assert not found.ask_again


def test_a_question_of_another_type_is_asked_again(small: Pack, edited: Callable[..., Pack]) -> None:
    new = edited(
        ("loyer: {number: 6, type: money,", "loyer: {number: 6, type: country,"),
        (', min: "0", max: "5000.50"', ""),
        ("&& loyer < 800.50", "&& loyer == 'FR'"),
    )
    assert change(small, new).ask_again == ("loyer",)


def test_members_of_a_group_keep_what_they_said(small: Pack, edited: Callable[..., Pack]) -> None:
    new = edited(("Quel loyer ?", "Combien de loyer ?"))
    found = change(small, new)
    assert found.kept["membres"] == parse_answers(small, small.event("tout"), GIVEN)["membres"]


def test_packs_of_different_authorities_are_no_versions_of_each_other(
    small: Pack, edited: Callable[..., Pack]
) -> None:
    new = edited(("id: xx", "id: yy"))
    with pytest.raises(ValueError, match="different packs"):
        classify_change(small, new, {})


def test_what_was_told_for_one_life_event_is_known_in_the_next(small: Pack) -> None:
    first, second = small.event("bebe"), small.event("tout")
    answers = parse_answers(
        small, first, {"ne": True, "date_naissance": "2026-11-23", "lieu": "france", "pays": "FR"}
    )
    assert known_already(small, first, {}) == ()
    assert known_already(small, second, answers) == ("ne", "date_naissance", "lieu", "pays")
    asked = []
    while (question := next_question(small, second, answers, TODAY)) is not None:
        asked.append(question.id)
        answers[question.id] = None if question.unknown_allowed else ()
    assert not {"ne", "date_naissance", "lieu", "pays"} & set(asked)
    told = known_already(small, second, answers, TODAY)
    assert set(told) == set(relevant_answers(small, second, answers, TODAY))


def test_without_the_old_pack_only_what_still_fits_its_own_question_is_kept(
    small: Pack, edited: Callable[..., Pack]
) -> None:
    new = edited(
        ("min: 0, max: 20", "min: 0, max: 12"),
        ("lieu", "endroit"),
        ("loyer: {number: 6,", "loyer: {number: 96,"),
    )
    numbers = {name: small.questions[name].number for name in GIVEN}
    found = without_earlier(new, GIVEN, numbers, TODAY)
    assert list(found.kept) == ["ne", "date_naissance", "aides", "seul", "membres"]
    assert found.ask_again == ("endroit", "enfants")
    assert found.withdrawn == ("loyer",)
    gone = next(one for one in found.fates if one.fate is Fate.WITHDRAWN)
    assert change_words(None, new, gone, "fr") == "Nous n’avons plus besoin d’une de vos réponses."
