"""The errands of a plan: trips in order, papers to bring, copies to ask for."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from kiosk.procedures import Errands, Pack, Plan, load_pack, make_plan, parse_answers, plan_to_json

TODAY = date(2026, 11, 24)
PACK = """\
schema: pack/1
id: dd
version: "2026.11"
country: FR
source_lang: fr
timezone: Europe/Paris
checked: 2026-11-23
"""
BODIES = """\
mairie: {name: "Mairie"}
banque: {name: "Banque"}
caisse: {name: "Caisse"}
agence: {name: "Agence"}
"""
DOCUMENTS = """\
certificat: {title: "Certificat", held: true}
identite: {title: "Pièce d’identité", held: true}
acte: {title: "Acte"}
attestation: {title: "Attestation"}
"""
QUESTIONS = """\
compte: {number: 1, type: yes-no, text: "Un compte ?"}
jour: {number: 2, type: date, text: "Quel jour ?"}
"""
HEAD = """\
id: dd.deces
title: "Un proche est mort"
lead: "Déclarer, prévenir."
search: [mort]
icon: bulb
questions: [compte, jour]
procedures:
"""
ONE = """\
  - id: dd.deces.{name}
    title: "{name}"
    summary: "Faire."
    sources: [{{url: "https://example.org", checked: 2026-11-23}}]
    confidence: B
"""
DESK, POST = 'channels: [{kind: desk, text: "Au guichet"}]', 'channels: [{kind: post, text: "Par lettre"}]'
DECLARATION = ["bodies: [mairie]", DESK, "documents: [certificat]", "gives: [acte]"]
LATE = ["bodies: [mairie]", DESK, "documents: [certificat]", "gives: [{id: acte, later: true}]"]


@pytest.fixture
def plan(tmp_path: Path):
    def one(procedures: dict[str, list[str]], **answers: object) -> Plan:
        for name, text in (("pack", PACK), ("bodies", BODIES), ("documents", DOCUMENTS),
                           ("questions", QUESTIONS), ("parameters", "{}\n")):  # fmt: skip
            (tmp_path / f"{name}.yaml").write_text(text, "utf-8")
        (tmp_path / "events").mkdir(exist_ok=True)
        parts = [
            ONE.format(name=name) + "".join(f"    {line}\n" for line in lines)
            for name, lines in procedures.items()
        ]
        (tmp_path / "events/deces.yaml").write_text(HEAD + "".join(parts), "utf-8")
        pack: Pack = load_pack(tmp_path)
        event = pack.event("deces")
        given = parse_answers(pack, event, {"compte": True, "jour": "2026-11-20"} | answers)
        return make_plan(pack, event, given, TODAY, "fr")

    return one


def trips(found: Errands) -> list[tuple[str, list[str]]]:
    return [(t.office.id, [name.removeprefix("dd.deces.") for name in t.procedures]) for t in found.trips]


def bring(found: Errands, trip: int) -> dict[str, int]:
    return {paper.id: paper.copies for paper in found.trips[trip].bring}


def test_three_offices_that_keep_a_copy_make_three_copies_to_ask_for(plan) -> None:
    found = plan(
        {
            "banque": ["bodies: [banque]", DESK, "documents: [acte]"],
            "capital": ["bodies: [caisse]", POST, "documents: [acte]"],
            "pension": ["bodies: [caisse]", DESK, "documents: [acte, {id: identite, shown: true}]"],
            "declaration": DECLARATION,
        }
    ).errands
    assert trips(found) == [
        ("mairie", ["declaration"]),
        ("banque", ["banque"]),
        ("caisse", ["pension"]),
    ]
    assert found.from_home == ("dd.deces.capital",)
    assert [(paper.id, paper.copies) for paper in found.trips[0].get] == [("acte", 3)]
    assert [(paper.id, paper.copies) for paper in found.papers] == [("acte", 3)]
    assert bring(found, 2) == {"acte": 1, "identite": 1}


def test_a_paper_that_is_only_shown_is_asked_for_once(plan) -> None:
    shown = "documents: [{id: acte, shown: true}]"
    found = plan(
        {
            "declaration": DECLARATION,
            "banque": ["bodies: [banque]", DESK, shown],
            "pension": ["bodies: [caisse]", DESK, shown],
        }
    ).errands
    assert [(paper.id, paper.copies) for paper in found.papers] == [("acte", 1)]


def test_one_copy_more_is_asked_for_where_others_keep_theirs(plan) -> None:
    found = plan(
        {
            "declaration": DECLARATION,
            "banque": ["bodies: [banque]", DESK, "documents: [{id: acte, shown: true}]"],
            "pension": ["bodies: [caisse]", DESK, "documents: [{id: acte, copies: 2}]"],
        }
    ).errands
    assert [(paper.id, paper.copies) for paper in found.papers] == [("acte", 3)]


def test_a_paper_that_nobody_asks_for_again_is_taken_once(plan) -> None:
    found = plan({"declaration": DECLARATION}).errands
    assert [(paper.id, paper.copies) for paper in found.papers] == [("acte", 1)]


def test_at_one_office_copies_add_up_and_what_is_shown_is_brought_once(plan) -> None:
    papers = "documents: [{id: identite, shown: true}, {id: certificat, copies: 2}]"
    found = plan(
        {
            "un": ["bodies: [mairie]", DESK, papers],
            "deux": ["bodies: [mairie]", DESK, papers],
        }
    ).errands
    assert trips(found) == [("mairie", ["un", "deux"])]
    assert bring(found, 0) == {"identite": 1, "certificat": 4}


def test_a_paper_given_and_used_at_one_counter_is_not_brought(plan) -> None:
    livret = ["bodies: [mairie]", DESK, "documents: [acte]"]
    found = plan({"livret": livret, "declaration": DECLARATION}).errands
    assert trips(found) == [("mairie", ["declaration", "livret"])]
    assert bring(found, 0) == {"certificat": 1}


def test_a_paper_that_comes_later_takes_another_trip_and_is_brought_then(plan) -> None:
    livret = ["bodies: [mairie]", DESK, "documents: [acte]"]
    found = plan({"livret": livret, "declaration": LATE}).errands
    assert trips(found) == [("mairie", ["declaration"]), ("mairie", ["livret"])]
    assert found.trips[0].get[0].later
    assert bring(found, 1) == {"acte": 1}


@pytest.mark.parametrize("owned", ["held: true", "given_by: [banque]"])
def test_a_paper_that_the_person_has_already_puts_nothing_in_order(plan, owned: str, monkeypatch) -> None:
    monkeypatch.setitem(globals(), "DOCUMENTS", DOCUMENTS.replace('"Acte"', f'"Acte", {owned}'))
    found = plan(
        {"banque": ["bodies: [banque]", DESK, "documents: [acte]"], "declaration": DECLARATION}
    ).errands
    assert trips(found) == [("banque", ["banque"]), ("mairie", ["declaration"])]


def test_after_puts_procedures_in_order(plan) -> None:
    found = plan(
        {
            "pension": ["bodies: [caisse]", DESK, "after: [dd.deces.compte]"],
            "compte": ["bodies: [banque]", DESK],
        }
    ).errands
    assert trips(found) == [("banque", ["compte"]), ("caisse", ["pension"])]


def test_the_office_is_one_that_is_competent_for_these_answers(plan) -> None:
    bodies = 'bodies: [{id: banque, when: "!compte"}, {id: agence, when: "compte"}]'
    assert trips(plan({"un": [bodies, DESK]}).errands) == [("agence", ["un"])]
    both = {"un": [bodies, DESK], "deux": ["bodies: [agence]", DESK]}
    assert trips(plan(both, compte=True).errands) == [("agence", ["un", "deux"])]
    assert trips(plan(both, compte=None).errands) == [("banque", ["un"]), ("agence", ["deux"])]


def test_each_office_is_seen_where_one_is_not_enough(plan) -> None:
    found = plan(
        {
            "declaration": DECLARATION,
            "prevenir": ["bodies: [banque, agence]", "every_body: true", DESK, "documents: [acte]"],
        }
    ).errands
    assert trips(found) == [
        ("mairie", ["declaration"]),
        ("banque", ["prevenir"]),
        ("agence", ["prevenir"]),
    ]
    assert [(paper.id, paper.copies) for paper in found.papers] == [("acte", 2)]


def test_a_trip_carries_its_earliest_date_and_the_most_pressing_comes_first(plan) -> None:
    def due(duration: str) -> str:
        return f'deadlines: [{{kind: legal, from: jour, add: {duration}, text: "{duration}"}}]'

    found = plan(
        {
            "un": ["bodies: [banque]", DESK],
            "deux": ["bodies: [mairie]", DESK, due("P30D")],
            "trois": ["bodies: [mairie]", DESK, due("P10D")],
            "quatre": ["bodies: [agence]", DESK, due("P5D")],
        }
    ).errands
    assert trips(found) == [("agence", ["quatre"]), ("mairie", ["trois", "deux"]), ("banque", ["un"])]
    assert [trip.by for trip in found.trips] == [date(2026, 11, 25), date(2026, 11, 30), None]


def test_what_only_may_apply_is_no_errand(plan) -> None:
    banque = ["bodies: [banque]", DESK, 'condition: "compte"']
    assert trips(plan({"banque": banque}).errands) == [("banque", ["banque"])]
    assert plan({"banque": banque}, compte=None).errands == Errands()
    assert plan({"banque": banque}, compte=False).errands == Errands()


def test_the_published_form_has_the_trips_and_the_schema_knows_it(plan) -> None:
    found = plan(
        {"declaration": LATE, "banque": ["bodies: [banque]", DESK, "documents: [acte]"]}, compte=None
    )
    body = json.loads(json.dumps({"plan": plan_to_json(found)}))
    schema = json.loads(Path("docs/schemas/plan.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(body)
    errands = body["plan"]["errands"]
    first, second = errands["trips"]
    assert (first["office"]["name"], first["procedures"]) == ("Mairie", ["dd.deces.declaration"])
    assert first["get"] == [{"id": "acte", "title": "Acte", "copies": 1, "later": True}]
    assert second["bring"] == [{"id": "acte", "title": "Acte", "copies": 1, "certain": True, "shown": False}]
    assert (errands["from_home"], errands["papers"]) == ([], first["get"])
    trip = schema["$defs"]["trip"]
    assert set(trip["required"]) == set(first) == set(trip["properties"])
