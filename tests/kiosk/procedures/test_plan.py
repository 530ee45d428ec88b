"""The plan: statuses, dates, papers, offices, sums, and their published forms."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from kiosk.procedures import (
    Pack,
    Plan,
    PlanItem,
    Status,
    Sum,
    dump_answers,
    find_pack,
    load_pack,
    make_plan,
    next_question,
    parse_answer,
    plan_to_json,
    question_to_json,
)

TODAY = date(2026, 11, 24)


@cache
def schema(name: str) -> Draft202012Validator:
    body = json.loads(Path(f"docs/schemas/{name}.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(body)
    return Draft202012Validator(body)


@pytest.fixture(scope="module")
def fr(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    return load_pack(find_pack("fr"), tmp_path_factory.mktemp("compiled"))


def plan(pack: Pack, event: str, given: dict[str, object], today: date = TODAY, lang: str = "fr") -> Plan:
    answers = {name: parse_answer(pack.questions[name], raw, pack.questions) for name, raw in given.items()}
    return make_plan(pack, pack.event(event), answers, today, lang)


def item(found: Plan, name: str) -> PlanItem:
    return next(item for item in found.procedures if item.id.endswith(f".{name}"))


BORN = {"ne": True, "lieu": "france"}


@pytest.mark.parametrize(
    ("birth", "last_day", "earliest", "precision"),
    [
        ("2026-11-23", "2026-11-30", False, "day"),
        ("2026-12-20", "2026-12-28", False, "day"),
        ("2026-03-29", "2026-04-03", True, "day"),
        ("2026-11", "2026-11-06", True, "month"),
        ("2026", "2026-01-06", True, "year"),
    ],
)
def test_the_last_day_to_declare_a_birth(
    small: Pack, birth: str, last_day: str, earliest: bool, precision: str
) -> None:
    deadline = item(plan(small, "bebe", {**BORN, "date_naissance": birth}), "declaration").deadline
    assert deadline
    assert (str(deadline.date), deadline.earliest, deadline.precision) == (last_day, earliest, precision)
    assert deadline.rule == "date_naissance add P5D, day_after, next_working_day"


@pytest.mark.parametrize(("birth", "last_day"), [("2026-11-23", "2026-11-30"), ("2026-12-20", "2026-12-28")])
def test_the_worked_examples_hold_in_the_shipped_pack(fr: Pack, birth: str, last_day: str) -> None:
    found = plan(
        fr,
        "naissance",
        {
            "enfant_ne": True,
            "date_naissance": birth,
            "lieu_naissance": "france",
            "declaration_faite": "pas_encore",
        },
    )
    declared = item(found, "declaration")
    assert declared.status is Status.APPLIES
    assert declared.deadline
    assert str(declared.deadline.date) == last_day
    assert not declared.deadline.earliest


def test_a_missing_date_leaves_the_rule_in_words(small: Pack) -> None:
    deadline = item(plan(small, "bebe", {**BORN, "date_naissance": None}), "declaration").deadline
    assert deadline
    assert (deadline.date, deadline.precision, deadline.passed) == (None, "text", False)
    assert deadline.text == "Dans les 5 jours."


def test_a_deadline_has_passed_the_day_after_its_last_day(small: Pack) -> None:
    given = {**BORN, "date_naissance": "2026-11-23"}
    for today, passed in ((date(2026, 11, 30), False), (date(2026, 12, 1), True)):
        deadline = item(plan(small, "bebe", given, today), "declaration").deadline
        assert deadline
        assert deadline.passed is passed


def test_what_applies_what_does_not_and_what_may_say_why(small: Pack) -> None:
    assert item(plan(small, "bebe", BORN), "declaration").because == "L’enfant est né en France."
    no = item(plan(small, "bebe", {"ne": False}), "declaration")
    assert (no.status, no.because, no.deadline, no.documents) == (
        Status.NOT,
        "L’enfant n’est pas né en France.",
        None,
        (),
    )
    maybe = item(plan(small, "bebe", {"ne": True, "lieu": None}), "declaration")
    assert (maybe.status, maybe.because, maybe.decides) == (
        Status.MAYBE,
        *["Le lieu de naissance décide."] * 2,
    )
    assert [paper.certain for paper in maybe.documents] == [True, False]


def test_without_words_of_the_pack_the_reason_is_still_a_sentence(small: Pack) -> None:
    maybe = item(plan(small, "tout", {"date_naissance": None, "pays": None}), "majeur")
    assert maybe.because
    assert maybe.decides == "Quand est-il né ? Quel pays ?"


def test_the_time_of_the_office_is_never_the_deadline(small: Pack) -> None:
    prime = item(
        plan(small, "tout", {"enfants": 3, "loyer": "500", "seul": True, "date_naissance": "2026-01-10"}),
        "prime",
    )
    assert prime.deadline
    assert (prime.deadline.kind, str(prime.deadline.date)) == ("benefit", "2027-01-10")
    assert [(str(d.date), d.kind) for d in prime.other_deadlines] == [("2027-01-24", "admin")]


def test_of_two_rules_that_may_hold_the_earliest_is_given_and_marked(small: Pack) -> None:
    prime = item(
        plan(small, "tout", {"enfants": 3, "loyer": "500", "seul": None, "date_naissance": "2026-11-10"}),
        "prime",
    )
    assert prime.deadline
    assert (str(prime.deadline.date), prime.deadline.earliest, prime.deadline.certain) == (
        "2027-05-10",
        True,
        False,
    )
    assert str(prime.other_deadlines[0].date) == "2027-11-10"


def test_sums_that_are_not_sure_are_not_shown(small: Pack) -> None:
    known = {"enfants": 3, "loyer": "500", "date_naissance": "2000", "pays": "BE"}
    found = plan(small, "tout", known)
    assert item(found, "prime").amount == Sum(Decimal("1098.57"), "EUR")
    assert item(plan(small, "tout", known, date(2026, 3, 31)), "prime").amount == Sum(
        Decimal("1084.43"), "EUR"
    )
    assert item(plan(small, "tout", known, date(2024, 1, 1)), "prime").amount is None
    assert item(found, "majeur").amount is None, "its confidence is D"
    assert item(found, "majeur").cost == Sum(Decimal("25.50"), "EUR")
    assert item(found, "remarque").form == "", "its confidence is D"


def test_the_plan_is_in_order_of_urgency(fr: Pack) -> None:
    found = plan(
        fr, "naissance", {"enfant_ne": True, "date_naissance": "2026-11-23", "lieu_naissance": "france"}
    )
    ranks = [("applies", "maybe", "not").index(item.status) for item in found.procedures]
    assert ranks == sorted(ranks)
    applies = [item.deadline.date for item in found.procedures if item.status == "applies" and item.deadline]
    dated = [day for day in applies if day]
    assert dated == sorted(dated)
    assert applies[: len(dated)] == dated


def test_what_is_too_late_comes_last_unless_it_is_a_duty(fr: Pack) -> None:
    answers = {"enfant_ne": True, "date_naissance": "2026-03-10", "employeur_second": True}
    answers |= {"situation_parents": "maries", "role": "mere", "declaration_faite": "pas_encore"}
    found = [item for item in plan(fr, "naissance", answers).procedures if item.status == "applies"]
    names = [item.id.rsplit(".", 1)[1] for item in found]
    late = [item.deadline is not None and item.deadline.passed for item in found]
    assert names[0] == "declaration"
    assert late[0], "a duty that was missed"
    assert late[names.index("conge-paternite")], "a right that has ended"
    assert names.index("conge-paternite") > max(n for n, over in enumerate(late) if not over)


def test_the_first_body_is_the_office_and_knows_its_holidays(small: Pack) -> None:
    majeur = item(plan(small, "tout", {"pays": "BE", "date_prevue": "2027-03"}), "majeur")
    assert majeur.office
    assert (majeur.office.name, [office.id for office in majeur.other_offices]) == (
        "Mairie de Metz",
        ["mairie"],
    )
    assert majeur.deadline
    assert (str(majeur.deadline.date), majeur.deadline.precision) == ("2027-01-22", "month")


def test_the_plan_is_in_the_language_asked_for(small: Pack) -> None:
    found = item(plan(small, "bebe", BORN, lang="en"), "declaration")
    assert found.title == "EN Déclarer la naissance"
    assert found.office
    assert found.office.name == "EN Mairie"


ANSWERS: list[dict[str, object]] = [
    {},
    {
        "ne": None,
        "date_naissance": "2026-11",
        "lieu": "etranger",
        "aides": ["rsa"],
        "enfants": 3,
        "loyer": "10",
    },
    {"seul": False, "pays": "BE", "remarque": "x", "date_prevue": "2027-03-01", "aides": ["apl"]},
]


@pytest.mark.parametrize("given", ANSWERS)
@pytest.mark.parametrize("event", ["bebe", "tout"])
def test_plan_and_answers_are_in_their_published_forms(
    small: Pack, given: dict[str, object], event: str
) -> None:
    form = plan_to_json(plan(small, event, given))
    schema("plan").validate({"plan": json.loads(json.dumps(form))})
    answers = {name: parse_answer(small.questions[name], raw) for name, raw in given.items()}
    schema("answers").validate(json.loads(json.dumps(dump_answers(answers))))


def test_every_question_is_in_its_published_form(small: Pack, fr: Pack) -> None:
    for pack in (small, fr, load_pack(Path("tests/ui/packs/cite"))):
        for question in pack.questions.values():
            form = {"question": question_to_json(pack, question, "en", TODAY, "why"), "about_left": 1}
            schema("question").validate(json.loads(json.dumps(form)))
    born = question_to_json(small, small.questions["date_naissance"], "fr", TODAY, "")
    assert (born["min"], born["max"]) == ("2023-11-24", "2026-11-24")
    group = question_to_json(small, small.questions["membres"], "fr", TODAY, "")
    assert [inner["id"] for inner in group["questions"]] == ["nom", "date_naissance", "seul"]


def test_the_schema_refuses_what_is_no_question() -> None:
    assert list(schema("question").iter_errors({"question": {"id": "a", "type": "slider"}, "about_left": 0}))


def test_every_question_of_the_shipped_pack_can_be_asked_in_english(fr: Pack) -> None:
    for event in fr.events.values():
        assert fr.missing(event.id, "en") == ()
        assert next_question(fr, event, {}, TODAY)
