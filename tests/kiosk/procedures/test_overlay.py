"""A town's overlay: its offices, texts and aids over a pack, and nothing that decides."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.procedures import Pack, PackError, load_pack, make_plan, plan_to_json
from kiosk.procedures.interview import outcome_questions
from kiosk.procedures.library import hash_of, is_compiled, read_sources
from kiosk.procedures.loader import build_pack
from kiosk.procedures.overlay import DECIDING, compose
from kiosk.procedures.reasons import explain_outcome
from kiosk.procedures.values import PartialDate

TODAY = date(2026, 11, 24)
HEAD = """\
schema: overlay/1
id: xx-val
over: xx
name: "Valmerle"
version: "1"
checked: 2026-11-23
source_lang: fr
insee: "99999"
"""
OFFICES = """\
mairie:
  address: "1 rue de l’Essai, 99999 Valmerle"
  hours: "Le matin."
  phone: "01 99 00 00 01"
  holiday_region: "57"
  source: {title: "Mairie", checked: 2026-11-20}
"""
AID = """\
procedures:
  - id: xx-val.bebe.colis
    title: "Colis de naissance"
    summary: "La ville donne un colis."
    decides: "votre adresse."
    bodies: [ccas]
    documents: [justificatif]
    amount: "Jusqu’à 50 euros"
    channels: [{kind: desk, text: "Au CCAS"}]
    sources: [{title: "Guide de Valmerle", checked: 2026-11-20}]
    confidence: B
"""
FILES = {
    "overlay.yaml": HEAD,
    "offices.yaml": OFFICES,
    "bodies.yaml": 'ccas: {name: "CCAS"}\n',
    "documents.yaml": 'justificatif: {title: "Un justificatif d’adresse"}\n',
    "aids/bebe.yaml": AID,
    "locales/en.po": 'msgctxt "body.mairie.hours"\nmsgid "Le matin."\nmsgstr "In the morning."\n',
}


def town(place: Path, **changed: str | None) -> Path:
    """The overlay as a folder; files by their names, with _ for the dot; None leaves one out."""
    named = {name.replace("__", "/").replace("_", "."): text for name, text in changed.items()}
    for name, text in (FILES | named).items():
        if text is not None:
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_text(text, "utf-8")
    return place


def plan_of(pack: Pack, lang: str = "fr", **answers: object):
    given = {"ne": True, "date_naissance": PartialDate.of(date(2026, 11, 23)), "lieu": "france"} | answers
    return make_plan(pack, pack.event("bebe"), given, TODAY, lang)


@pytest.fixture
def local(small_folder: Path, tmp_path: Path) -> Pack:
    return load_pack(small_folder, overlays=[town(tmp_path / "val")])


def test_an_office_gets_the_fields_that_the_town_gives_and_keeps_the_others(local: Pack) -> None:
    office = plan_of(local).procedures[0].office
    assert office is not None
    assert (office.address, office.hours) == ("1 rue de l’Essai, 99999 Valmerle", "Le matin.")
    assert (office.phone, office.url) == ("01 99 00 00 01", "https://example.org")
    assert (office.name, office.note) == ("Mairie", "Sur rendez-vous.")
    assert local.bodies["mairie"].source.checked == date(2026, 11, 20)


def test_the_holidays_of_the_town_s_office_move_the_last_day(small: Pack, local: Pack) -> None:
    """26 December is a holiday in Moselle only; without a region the earliest day is given, marked."""
    born = {"date_naissance": PartialDate.of(date(2025, 12, 21))}
    days = [plan_of(pack, **born).procedures[0].deadline for pack in (small, local)]
    assert [(day.date, day.earliest) for day in days] == [
        (date(2025, 12, 26), True),
        (date(2025, 12, 29), False),
    ]


def test_a_local_aid_may_apply_and_comes_after_what_applies(local: Pack) -> None:
    first, aid = plan_of(local).procedures
    assert (first.id, first.status, first.local) == ("xx.bebe.declaration", "applies", False)
    assert (aid.id, aid.status, aid.local) == ("xx-val.bebe.colis", "maybe", True)
    assert aid.decides == aid.because == "À demander\u00a0: votre adresse."
    assert (aid.office.name, [paper.title for paper in aid.documents]) == (
        "CCAS",
        ["Un justificatif d’adresse"],
    )
    assert (aid.amount, aid.amount_text) == (None, "Jusqu’à 50 euros")
    why = explain_outcome(local, local.event("bebe"), aid.id, {}, TODAY, "en")
    assert (why.verdict.name, why.words) == ("MAYBE", "Ask the office: votre adresse.")


def test_a_local_aid_is_marked_in_json_and_no_other_item_is(local: Pack) -> None:
    items = plan_to_json(plan_of(local))["procedures"]
    assert [item.get("local") for item in items] == [None, True]


def test_a_local_aid_asks_nothing(small: Pack, local: Pack) -> None:
    asked = [outcome_questions(pack, pack.event("bebe"), {}, TODAY) for pack in (small, local)]
    assert asked[0] == asked[1]


def test_a_language_that_the_town_lacks_falls_back_to_its_own_words(local: Pack) -> None:
    office = plan_of(local, "en").procedures[0].office
    assert (office.name, office.hours) == ("EN Mairie", "In the morning.")
    assert office.address == "1 rue de l’Essai, 99999 Valmerle"
    assert local.text("procedure.xx-val.bebe.colis.title", "en") == "Colis de naissance"
    assert local.missing("xx.bebe", "en") == ()


def test_a_translation_does_not_outlive_the_text_that_it_was_of(small_folder: Path, tmp_path: Path) -> None:
    renamed = OFFICES.replace("  hours:", '  name: "Mairie de Valmerle"\n  hours:')
    pack = load_pack(small_folder, overlays=[town(tmp_path / "val", offices_yaml=renamed)])
    assert pack.text("body.mairie.name", "en") == "Mairie de Valmerle"


def test_the_hash_pins_pack_and_overlay(small_folder: Path, small: Pack, local: Pack, tmp_path: Path) -> None:
    other = load_pack(small_folder, overlays=[town(tmp_path / "b", overlay_yaml=HEAD.replace('"1"', '"2"'))])
    assert len({small.hash, local.hash, other.hash}) == 3
    assert (local.id, local.version) == (small.id, small.version)
    overlay = local.overlays[0]
    assert (overlay.id, overlay.version, overlay.insee) == ("xx-val", "1", "99999")


def test_a_composed_pack_is_compiled_and_built_anew_when_a_part_changes(
    small_folder: Path, local: Pack, tmp_path: Path
) -> None:
    cache, folder = tmp_path / "cache", tmp_path / "val"
    assert not is_compiled(small_folder, cache, [folder])
    load_pack(small_folder, cache, [folder])
    assert is_compiled(small_folder, cache, [folder])
    again = load_pack(small_folder, cache, [folder])
    assert all(getattr(again, name) == getattr(local, name) for name in local.__struct_fields__)
    assert plan_of(again) == plan_of(local)
    town(folder, offices_yaml=OFFICES.replace("Le matin.", "Le soir."))
    assert not is_compiled(small_folder, cache, [folder])
    assert plan_of(load_pack(small_folder, cache, [folder])).procedures[0].office.hours == "Le soir."


def test_a_town_lies_over_its_department(small_folder: Path, tmp_path: Path) -> None:
    department = town(
        tmp_path / "dept",
        overlay_yaml=HEAD.replace("xx-val", "xx-dept"),
        aids__bebe_yaml=AID.replace("xx-val", "xx-dept"),
        offices_yaml=OFFICES.replace("Le matin.", "Le soir.").replace(
            "  address", '  note: "Du soir"\n  address'
        ),
    )
    pack = load_pack(
        small_folder, overlays=[department, town(tmp_path / "val", bodies_yaml=None, documents_yaml=None)]
    )
    found = plan_of(pack)
    assert [item.id for item in found.procedures][1:] == ["xx-dept.bebe.colis", "xx-val.bebe.colis"]
    assert (found.procedures[0].office.hours, found.procedures[0].office.note) == ("Le matin.", "Du soir")


@pytest.mark.parametrize("key", DECIDING)
def test_what_decides_is_refused_with_the_reason(small_folder: Path, tmp_path: Path, key: str) -> None:
    folder = town(tmp_path / "val", aids__bebe_yaml=AID + f'    {key}: "ne"\n')
    with pytest.raises(PackError) as caught:
        load_pack(small_folder, overlays=[folder])
    assert (caught.value.file, caught.value.line) == ("val/aids/bebe.yaml", 12)
    assert f"has no {key!r}: who is concerned, and by when, is proved in the pack" in caught.value.problem


BAD = [
    ({"overlay_yaml": None}, "val/overlay.yaml", "the file is missing"),
    ({"overlay_yaml": HEAD.replace("over: xx", "over: zz")}, "val/overlay.yaml:3:7", "'zz'; allowed: xx"),
    ({"overlay_yaml": HEAD.replace("lang: fr", "lang: en")}, "val/overlay.yaml:7:14", "allowed: fr"),
    ({"overlay_yaml": HEAD.replace("xx-val", "xx")}, "val/overlay.yaml:2:5", "the id 'xx' is taken"),
    ({"overlay_yaml": HEAD.replace("99999", "7")}, "val/overlay.yaml:8:8", "no INSEE code"),
    ({"overlay_yaml": HEAD + "rules: 1\n"}, "val/overlay.yaml:9:1", "no key 'rules'"),
    ({"questions_yaml": "q: {}"}, "val/questions.yaml", "this file is for packs"),
    ({"events__bebe_yaml": "id: x"}, "val/events/bebe.yaml", "this file is for packs"),
    ({"parameters_yaml": "p: []"}, "val/parameters.yaml", "this file is for packs"),
    ({"aids__mariage_yaml": AID}, "val/aids/mariage.yaml", "no life event 'mariage'; allowed: bebe, tout"),
    ({"aids__bebe_yaml": "procedures: []"}, "val/aids/bebe.yaml:1:13", "1 to 50"),
    ({"aids__bebe_yaml": AID.replace("xx-val.", "xx.")}, "val/aids/bebe.yaml:2:9", "xx-val.bebe.NAME"),
    ({"aids__bebe_yaml": AID.replace("decides", "notes")}, "val/aids/bebe.yaml:2:5", "lacks 'decides'"),
    ({"aids__bebe_yaml": AID.replace("[ccas]", "[police]")}, "val/aids/bebe.yaml:6:14", "no 'police'"),
    (
        {"aids__bebe_yaml": AID.replace("[justificatif]", '[{id: livret, when: "ne"}]')},
        "val/aids/bebe.yaml:7:30",
        "has no 'when'",
    ),
    ({"offices_yaml": OFFICES.replace("mairie:", "mairi:")}, "val/offices.yaml", "no office 'mairi'"),
    ({"offices_yaml": OFFICES.replace('"57"', '"99"')}, "val/offices.yaml", "in region '99'"),
    ({"offices_yaml": OFFICES.replace("  source", "  sourc")}, "val/offices.yaml:6:3", "no key 'sourc'"),
    ({"offices_yaml": "mairie: {hours: x}"}, "val/offices.yaml:1:9", "lacks 'source'"),
    ({"offices_yaml": OFFICES + "mairie: {}"}, "val/offices.yaml:7:1", "stands twice"),
    ({"bodies_yaml": 'caf: {name: "CAF"}'}, "val/bodies.yaml:1:1", "offices.yaml changes it"),
    ({"documents_yaml": 'livret: {title: "x"}'}, "val/documents.yaml:1:1", "the pack has this paper"),
    ({"locales__de_po": ""}, "val/locales/de.po", "no other language of the pack; allowed: locales/en.po"),
    ({"locales__en_po": 'msgid "x'}, "val/locales/en.po", "not a PO file"),
]


@pytest.mark.parametrize(("changed", "where", "says"), BAD, ids=[f"{row[1]} {row[2]}" for row in BAD])
def test_a_mistake_is_one_line_with_its_place(
    small_folder: Path, tmp_path: Path, changed: dict[str, str | None], where: str, says: str
) -> None:
    with pytest.raises(PackError) as caught:
        load_pack(small_folder, overlays=[town(tmp_path / "val", **changed)])
    facts = caught.value.facts()
    assert facts["where"].startswith(where)
    assert says in f"{facts['problem']}; allowed: {facts['allowed']}"


def test_a_stale_or_unknown_translation_names_the_town_s_file(small_folder: Path, tmp_path: Path) -> None:
    po = FILES["locales/en.po"] + '\nmsgctxt "body.caf.name"\nmsgid "CAF"\nmsgstr "X"\n'
    pack = load_pack(small_folder, overlays=[town(tmp_path / "val", locales__en_po=po)])
    assert [(flaw.file, flaw.problem) for flaw in pack.flaws if flaw.file.startswith("val/")] == [
        ("val/locales/en.po", "body.caf.name is no text of this pack")
    ]


def test_two_folders_of_one_name_are_told_apart(small_folder: Path, tmp_path: Path) -> None:
    one, two = (town(tmp_path / name / "val") for name in "ab")
    with pytest.raises(PackError) as caught:
        load_pack(small_folder, overlays=[one, two])
    assert caught.value.file == "2/val/overlay.yaml"
    assert "taken" in caught.value.problem


def test_a_link_out_of_the_folder_is_refused(small_folder: Path, tmp_path: Path) -> None:
    folder = town(tmp_path / "val", offices_yaml=None)
    (folder / "offices.yaml").symlink_to("/etc/passwd")
    with pytest.raises(PackError, match=re.escape("val/offices.yaml")):
        load_pack(small_folder, overlays=[folder])


SOURCES = {name: text.encode() for name, text in FILES.items()}
BITS = st.sampled_from(["mairie", "{", "[", "- ", '"', ": ", "\n", "  ", "source", "\x00", "é", "when", "~"])


@given(st.sampled_from(sorted(SOURCES)), st.integers(0, 400), st.lists(BITS, max_size=4), st.integers(0, 20))
@settings(max_examples=150, deadline=None)
def test_any_damage_ends_in_a_pack_or_in_one_placed_refusal(
    file: str, at: int, bits: list[str], lost: int
) -> None:
    text = FILES[file]
    damaged = SOURCES | {file: (text[:at] + "".join(bits) + text[at + lost :]).encode()}
    pack, refusal = composed(damaged)
    if refusal is not None:
        assert refusal.file.startswith("val/")
        assert "\n" not in f"{refusal.problem}{refusal.allowed}"
    else:
        aids = pack.events["xx.bebe"].procedures[1:]
        assert all(aid.local and aid.condition is None and not aid.deadlines for aid in aids)


def composed(sources: dict[str, bytes]) -> tuple[Pack, PackError | None]:
    try:
        return compose(SMALL, sources, hash_of(sources), "val"), None
    except PackError as error:
        return SMALL, error


SMALL = build_pack(read_sources(Path(__file__).parent / "packs/small"), "0" * 64)
