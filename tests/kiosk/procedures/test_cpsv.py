"""A pack as CPSV-AP 3.2: it passes the published shapes and says what the pack says."""

from __future__ import annotations

import json
import shutil
import socket
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, RDF, SKOS

from kiosk.procedures import Pack, load_pack
from kiosk.procedures.cpsv import dump_export, export_pack
from kiosk.procedures.cpsv.shapes import find_violations

GOOD, FRANCE = Path("tests/packs/good"), Path("assets/packs/fr")
CPSV, CV = Namespace("http://purl.org/vocab/cpsv#"), Namespace("http://data.europa.eu/m8g/")
BASE = "https://services.example.org/"


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def refuse(*_: object) -> None:
        raise AssertionError("something was fetched")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    return


def edited(folder: Path, *changes: tuple[str, str, str]) -> Pack:
    """The clean pack with parts of its files replaced."""
    shutil.copytree(GOOD, folder)
    for file, old, new in changes:
        path = folder / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
    return load_pack(folder)


def document(pack: Pack) -> str:
    return dump_export(export_pack(pack, pack.events.values(), BASE))


def graph(pack: Pack) -> Graph:
    return Graph().parse(data=document(pack), format="json-ld")


def service(name: str) -> URIRef:
    return URIRef(f"{BASE}service/{name}")


@pytest.mark.parametrize("folder", [GOOD, FRANCE, Path("tests/packs/be"), Path("tests/packs/de")], ids=str)
def test_a_pack_passes_the_published_shapes(folder: Path) -> None:
    assert find_violations(document(load_pack(folder))) == ()


@pytest.mark.parametrize(
    ("kind", "field", "path"),
    [
        ("PublicService", "PublicService.hasCompetentAuthority", CV.hasCompetentAuthority),
        ("PublicService", "PublicService.name", DCTERMS.title),
        ("Channel", "Channel.identifier", DCTERMS.identifier),
        ("Evidence", "Evidence.name", DCTERMS.title),
    ],
)
def test_what_the_shapes_demand_is_missed_when_it_is_taken_away(kind: str, field: str, path: URIRef) -> None:
    whole = json.loads(document(load_pack(GOOD)))
    node = next(node for node in whole["@graph"] if node["@type"] == kind)
    del node[field]
    found = find_violations(json.dumps(whole))
    assert (node["@id"], str(path)) in [(row.node, row.path) for row in found]


def test_a_place_that_is_only_named_is_refused() -> None:
    whole = json.loads(document(load_pack(GOOD)))
    whole["@graph"] = [node for node in whole["@graph"] if node["@type"] != "Location"]
    assert {row.path for row in find_violations(json.dumps(whole))} == {str(DCTERMS.spatial)}


def test_the_same_pack_gives_the_same_bytes(tmp_path: Path) -> None:
    shutil.copytree(FRANCE, tmp_path / "fr")
    assert document(load_pack(FRANCE)) == document(load_pack(tmp_path / "fr"))


def test_every_sure_procedure_of_the_french_pack_is_a_service_with_its_title_in_every_language() -> None:
    pack = load_pack(FRANCE)
    found = graph(pack)
    procedures = [p for event in pack.events.values() for p in event.procedures if p.confidence != "D"]
    assert set(found.subjects(RDF.type, CPSV.PublicService)) == {service(p.id) for p in procedures}
    for procedure in procedures:
        key = f"procedure.{procedure.id}.title"
        titles = {Literal(texts[key], lang) for lang, texts in pack.texts.items() if key in texts}
        assert set(found.objects(service(procedure.id), DCTERMS.title)) == titles
        assert len(titles) >= 2


def test_papers_offices_and_life_event_of_a_procedure_are_those_of_the_pack() -> None:
    found = graph(load_pack(GOOD))
    at = service("gg.logis.adresse")
    papers = {found.value(paper, DCTERMS.identifier) for paper in found.objects(at, CPSV.hasInput)}
    assert papers == {Literal("identite"), Literal("bail")}
    office = found.value(at, CV.hasCompetentAuthority)
    assert set(found.objects(office, SKOS.prefLabel)) == {Literal("Mairie", "fr"), Literal("Town hall", "en")}
    event = found.value(at, CV.isGroupedBy)
    assert (event, RDF.type, CV.LifeEvent) in found
    assert (event, CV.hasRelatedService, at) in found


def test_a_price_is_told_with_its_currency_and_words_where_there_is_no_number(tmp_path: Path) -> None:
    title = 'title: "Changer d’adresse"\n'
    priced = title + '    cost: {amount: "12.50", currency: EUR}\n'
    found = graph(edited(tmp_path / "priced", ("events/logis.yaml", title, priced)))
    cost = found.value(service("gg.logis.adresse"), CV.hasCost)
    assert found.value(cost, CV.hasValue).toPython() == Decimal("12.50")
    assert str(found.value(cost, CV.currency)).endswith("/authority/currency/EUR")
    spoken = title + '    cost: {text: "Selon le poids."}\n'
    found = graph(edited(tmp_path / "spoken", ("events/logis.yaml", title, spoken)))
    cost = found.value(service("gg.logis.adresse"), CV.hasCost)
    assert found.value(cost, DCTERMS.description) == Literal("Selon le poids.", "fr")
    assert found.value(cost, CV.hasValue) is None


def test_a_paper_that_comes_out_and_a_procedure_that_comes_first_are_told(tmp_path: Path) -> None:
    title = 'title: "Donner congé"\n'
    after = title + "    gives: [bail]\n    after: [gg.logis.adresse]\n"
    found = graph(edited(tmp_path / "gg", ("events/logis.yaml", title, after)))
    at = service("gg.logis.conge")
    assert found.value(found.value(at, CPSV.produces), DCTERMS.title, any=True) is not None
    assert found.value(found.value(at, CPSV.produces), DCTERMS.identifier) == Literal("bail")
    assert found.value(at, DCTERMS.requires) == service("gg.logis.adresse")


def test_what_is_unsure_is_left_out_and_listed(tmp_path: Path) -> None:
    title = 'title: "Changer d’adresse"\n'
    unsure = title + (
        '    cost: {amount: "12.50", currency: EUR, confidence: D}\n    law: [CC 55, "Code 9 (D)"]\n'
    )
    last = 'sources: [{title: "Guide des aides", checked: 2026-11-23}]\n    confidence: B'
    pack = edited(
        tmp_path / "gg",
        ("events/logis.yaml", title, unsure),
        ("events/logis.yaml", last, last[:-1] + "D"),
    )
    text = document(pack)
    assert "12.50" not in text
    assert "Code 9" not in text
    assert "CC 55" in text
    assert "347.20" not in text
    assert export_pack(pack, pack.events.values()).left_out == (
        "procedure.gg.logis.aide",
        "procedure.gg.logis.adresse.law: Code 9 (D)",
        "procedure.gg.logis.adresse.cost",
    )
    assert service("gg.logis.aide") not in set(Graph().parse(data=text, format="json-ld").all_nodes())


def test_hours_and_address_of_an_office_are_exported(tmp_path: Path) -> None:
    office = 'mairie: {name: "Mairie"'
    full = office + ', address: "1 place de la Loi", hours: "Lundi au vendredi, 9 h à 17 h", phone: "3646"'
    pack = edited(tmp_path / "gg", ("bodies.yaml", office, full))
    assert find_violations(document(pack)) == ()
    found = graph(pack)
    contact = found.value(service("gg.logis.adresse"), CV.contactPoint)
    hours = found.value(contact, CV.openingHours)
    assert found.value(contact, CV.telephone) == Literal("3646")
    assert found.value(hours, DCTERMS.description) == Literal("Lundi au vendredi, 9 h à 17 h", "fr")
    assert "1 place de la Loi" in document(pack)
