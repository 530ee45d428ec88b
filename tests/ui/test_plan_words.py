"""What the plan says on the screen and aloud: limits without a date, private reasons, other dates."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import msgspec

from kiosk.messages import messages_for
from kiosk.procedures import (
    AnswerValue,
    Office,
    Pack,
    PartialDate,
    Plan,
    PlanItem,
    find_pack,
    load_pack,
    make_plan,
)
from ui import plan_facts, plan_words

TODAY = date(2026, 11, 24)
WORDS = messages_for("fr")
BORN: dict[str, AnswerValue] = {"enfant_ne": True, "date_naissance": PartialDate(2026, 11, 23)}


@cache
def pack() -> Pack:
    return load_pack(find_pack("fr"))


def plan_of(answers: dict[str, AnswerValue]) -> Plan:
    return make_plan(pack(), pack().events["fr.naissance"], answers, TODAY, "fr")


def item_of(plan: Plan, name: str) -> PlanItem:
    return next(item for item in plan.procedures if item.id == f"fr.naissance.{name}")


def test_a_reason_that_rests_on_a_private_answer_is_not_read_aloud() -> None:
    plan = plan_of({**BORN, "ressources_paje": "sous_plafond", "grossesse_declaree": "a_temps"})
    hush = plan_words.hushed(pack(), plan)
    hushed = [item for item in plan.procedures if item.id in hush and item.status == "applies"]
    assert hushed
    for item in hushed:
        assert item.because not in plan_words.said(WORDS, item, TODAY, hush)
        assert WORDS.after_colon(item.because) in plan_words.entry(WORDS, item, TODAY, done=False).why[1]


def test_a_duty_without_a_known_date_is_not_said_to_have_none() -> None:
    item = item_of(plan_of({"enfant_ne": True, "date_naissance": None}), "declaration")
    assert plan_words.entry(WORDS, item, TODAY, done=False).date == "Un délai existe, sans date connue"


def test_what_may_be_due_tells_the_papers_the_office_and_when_it_was_checked() -> None:
    plan = plan_of({**BORN, "employeur_second": None})
    maybe = next(
        item for item in plan.procedures if item.status == "maybe" and item.documents and item.office
    )
    shown = "\n".join(plan_words.right(WORDS, maybe, TODAY).lines)
    assert "Apportez\u00a0: " in shown
    assert maybe.office is not None
    assert maybe.office.name in shown
    assert "Vérifiée le 23 novembre 2026." in shown


def test_the_voice_never_stops_twice() -> None:
    plan = plan_of(BORN)
    hush = plan_words.hushed(pack(), plan)
    for item in plan.procedures:
        said = plan_words.said(WORDS, item, TODAY, hush)
        assert ".." not in said
        assert all(line.endswith((".", "?", "!", "»")) for line in said.split("\n")), said


def test_a_town_s_aid_says_what_to_ask_and_what_it_may_pay() -> None:
    town = load_pack(find_pack("fr"), overlays=[Path("tests/packs/town")])
    plan = make_plan(town, town.events["fr.naissance"], BORN, TODAY, "fr")
    (aid,) = (item for item in plan.procedures if item.local)
    to_ask = "À demander\u00a0: vos ressources, et depuis quand vous habitez Valmerle."
    shown = plan_words.right(WORDS, aid, TODAY).lines
    assert {to_ask, "Jusqu’à 150\u00a0€"} <= set(shown)
    said = plan_words.said(WORDS, aid, TODAY, plan_words.hushed(town, plan))
    assert to_ask in said
    assert "CCAS de Valmerle" in said


def planned(slug: str, answers: dict[str, AnswerValue], procedure: str) -> PlanItem:
    plan = make_plan(pack(), pack().events[f"fr.{slug}"], answers, TODAY, "fr")
    return next(item for item in plan.procedures if item.id == f"fr.{slug}.{procedure}")


def test_offices_that_all_have_to_be_seen_are_not_a_choice() -> None:
    item = planned("emploi", {"fin_contrat": "licenciement", "mutuelle_entreprise": True}, "portabilite")
    assert item.office is not None
    assert item.other_offices
    rows = plan_words.entry(WORDS, item, TODAY, done=False).rows
    also = next(str(row.value) for row in rows if row.label == "Et aussi")
    assert all(office.name in also for office in item.other_offices)
    said = plan_words.said(WORDS, item, TODAY, frozenset())
    assert "Et aussi" in said
    assert " ou ".join((item.office.name, item.other_offices[0].name)) not in said


def test_an_amount_says_how_often_it_is_paid_after_a_colon() -> None:
    item = planned("emploi", {"fin_contrat": "fin_cdd"}, "inscription")
    notes = [text for _, text in plan_words.entry(WORDS, item, TODAY, done=False).notes]
    told = next(text for text in notes if "32,13" in text)
    assert told == "Au moins, si France Travail accorde l’allocation\u00a0: 32,13\u00a0€ par jour"
    assert (
        messages_for("en").money(item.amount.amount, "EUR/month") == "€32.13 a month" if item.amount else None
    )


def test_a_date_in_ten_years_is_not_counted_in_days() -> None:
    lost: dict[str, AnswerValue] = {"lien": "conjoint", "date_deces": PartialDate(2026, 11, 23)}
    item = planned("deces", {**lost, "heritier": True}, "option-successorale")
    assert item.deadline is not None
    assert item.deadline.date is not None
    assert item.deadline.date.year > TODAY.year + 1
    assert plan_words.entry(WORDS, item, TODAY, done=False).length == ""


def test_what_may_apply_says_the_address_of_its_office() -> None:
    plan = plan_of({**BORN, "employeur_second": None})
    maybe = next(item for item in plan.procedures if item.status == "maybe" and item.office)
    office = msgspec.structs.replace(maybe.office, address="1 place du Marché")
    shown = plan_words.right(WORDS, msgspec.structs.replace(maybe, office=office), TODAY).lines
    assert any(f"{office.name} (1 place du Marché)" in str(line) for line in shown)


def test_the_doctor_stands_before_the_town_hall_that_waits_for_the_certificate() -> None:
    answers: dict[str, AnswerValue] = {"lien": "parent", "date_deces": PartialDate(2026, 11, 23)}
    answers |= {"deces_declare": False, "lieu_deces": "domicile"}
    plan = make_plan(pack(), pack().events["fr.deces"], answers, TODAY, "fr")
    assert [item.id for item in plan_words.along(plan)][:2] == ["fr.deces.constat", "fr.deces.declaration"]


def test_what_may_be_a_duty_stands_at_its_date_among_what_applies() -> None:
    plan = plan_of({**BORN, "employeur_second": None, "declaration_faite": "pas_encore"})
    thread = plan_words.along(plan)
    perhaps = plan_words.dated_duties(plan)
    assert perhaps
    dates = [item.deadline.date for item in thread if item.deadline and item.deadline.date]
    assert dates == sorted(dates)
    assert set(perhaps) <= set(thread)


def test_a_second_office_goes_on_small_whatever_the_gender_of_its_possessive() -> None:
    say = messages_for("uk")
    offices = [Office("", name, *[""] * 5) for name in ("Ваша CAF", "Ваша MSA", "Ваш лікар", "Мерія")]
    names = [plan_facts.name_within(say, office, first=office is offices[0]) for office in offices]
    assert names == ["Ваша CAF", "ваша MSA", "ваш лікар", "Мерія"]
