"""A town's overlay through a spreadsheet and back: its own values, over what the pack below says."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kiosk.procedures import load_pack
from kiosk.procedures.errors import SheetError
from kiosk.procedures.sheets import Merge, export_sheet, import_sheet
from tests.kiosk.procedures.test_sheets import cell, changed_lines, files, filled

GOOD, FRANCE, TOWN = Path("tests/packs/good"), Path("assets/packs/fr"), Path("tests/packs/town")
HEAD = """\
schema: overlay/1
id: zz-val
over: gg
name: "Val"
version: "7"
checked: 2026-11-23
source_lang: fr
"""
OFFICES = """\
# Written by hand
mairie:
  hours: "Le matin." # for ever
  source: {title: "Mairie", checked: 2026-11-20}
"""
AID = """\
procedures:
  - id: zz-val.logis.colis
    title: "Colis de bienvenue"
    summary: "La ville donne un colis."
    decides: "votre adresse."
    bodies: [guichet]
    channels: [{kind: desk, text: "Au guichet"}]
    amount: "10 €"
    sources: [{title: "Guide de la ville", checked: 2026-11-20}]
    confidence: B
"""
AID_ID = "zz-val.logis.colis"
CAISSE = (
    ("offices", "caisse", "hours", "Lundi."),
    ("offices", "caisse", "source", "https://val.example/caisse"),
    ("offices", "caisse", "checked", "2026-11-24"),
)


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """An overlay over the clean pack of the tests, whose offices are mairie and caisse."""
    folder = tmp_path / "val"
    (folder / "aids").mkdir(parents=True)
    (folder / "overlay.yaml").write_text(HEAD, "utf-8")
    (folder / "offices.yaml").write_text(OFFICES, "utf-8")
    (folder / "bodies.yaml").write_text('guichet: {name: "Guichet de Val", phone: "12"}\n', "utf-8")
    (folder / "aids/logis.yaml").write_text(AID, "utf-8")
    return folder


def exported(folder: Path, *languages: str) -> bytes:
    return export_sheet(folder, languages, "val.xlsx", GOOD)


def imported(folder: Path, data: bytes, write: bool = True) -> Merge:
    return import_sheet(folder, data, "val.xlsx", write=write, base=GOOD)


def refused(folder: Path, *changes: tuple[str, str, str, object]) -> SheetError:
    """The refusal of these changes, which leave no trace."""
    data, before = filled(exported(folder), *changes), files(folder)
    with pytest.raises(SheetError) as caught:
        imported(folder, data)
    assert files(folder) == before
    return caught.value


# -- what is exported


def test_every_office_is_listed_with_the_town_s_own_values_and_what_holds_without_them(town: Path) -> None:
    base = town.parent / "gg"
    shutil.copytree(GOOD, base)
    bodies = base / "bodies.yaml"
    text = bodies.read_text("utf-8").replace("caisse: {", 'caisse: {phone: "3646", ')
    assert "3646" in text
    bodies.write_text(text, "utf-8")
    sheet = load_workbook(io.BytesIO(export_sheet(town, (), "val.xlsx", base)))["offices"]
    assert [row[0].value for row in sheet.iter_rows(min_row=3)] == ["mairie", "caisse", "guichet"]
    assert cell(sheet, "mairie", "hours").value == "Le matin."
    assert cell(sheet, "mairie", "source").value == "Mairie"
    assert cell(sheet, "mairie", "checked").value == "2026-11-20"
    hint, own = cell(sheet, "caisse", "below"), cell(sheet, "caisse", "phone")
    assert hint.value == "Téléphone\u00a0: 3646"
    assert hint.protection.locked
    assert hint.font.color.rgb == "FF555555"
    assert own.value is None
    assert not own.protection.locked
    assert cell(sheet, "guichet", "phone").value == "12"


def test_the_texts_are_the_town_s_own_with_words_for_their_place(town: Path) -> None:
    sheet = load_workbook(io.BytesIO(exported(town)))["texts"]
    places = {row[0].value: row[1].value for row in sheet.iter_rows(min_row=3)}
    assert places == {
        "overlay.zz-val.name": "Commune ou département «\u00a0Val\u00a0»\u00a0: nom",
        "body.mairie.hours": "Lieu «\u00a0Mairie\u00a0»\u00a0: horaires",
        "body.guichet.name": "Lieu «\u00a0Guichet de Val\u00a0»\u00a0: nom",
        **{
            f"procedure.{AID_ID}.{part}": f"Démarche «\u00a0Colis de bienvenue\u00a0»\u00a0: {words}"
            for part, words in {
                "title": "titre",
                "summary": "résumé",
                "decides": "ce qui reste à vérifier",
                "amount": "montant reçu",
                "channel.0.text": "moyen 1",
            }.items()
        },
    }
    assert cell(sheet, "body.mairie.hours", "fr").protection.locked
    assert cell(sheet, "overlay.zz-val.name", "en.state").value == "missing"


def test_a_language_that_the_pack_below_lacks_is_refused(town: Path) -> None:
    with pytest.raises(SheetError) as caught:
        exported(town, "de")
    assert "'de' is no other language of the pack below" in caught.value.problem


# -- what comes back


@pytest.mark.parametrize(("overlay", "base"), [(TOWN, FRANCE), (None, GOOD)], ids=str)
def test_what_nobody_changed_changes_no_byte(overlay: Path | None, base: Path, town: Path) -> None:
    if overlay:
        shutil.copytree(overlay, town, dirs_exist_ok=True)
        for path in town.rglob("*.yaml"):
            if not (overlay / path.relative_to(town)).exists():
                path.unlink()
    before = files(town)
    data = filled(export_sheet(town, (), "val.xlsx", base))
    merge = import_sheet(town, data, "val.xlsx", write=True, base=base)
    assert (merge.changed, merge.files, files(town)) == ((), {}, before)


def test_hours_for_an_office_that_the_town_did_not_have_are_one_entry_with_its_source(town: Path) -> None:
    before = files(town)
    merge = imported(town, filled(exported(town), *CAISSE))
    assert merge.changed == ("body.caisse.hours", "body.caisse.source", "body.caisse.checked")
    assert merge.same_day == ()
    assert changed_lines(before, files(town)) == [
        "offices.yaml: +caisse:",
        'offices.yaml: +  hours: "Lundi."',
        'offices.yaml: +  source: {url: "https://val.example/caisse", checked: 2026-11-24}',
    ]
    pack = load_pack(GOOD, overlays=[town])
    assert pack.text("body.caisse.hours", "fr") == "Lundi."
    assert pack.bodies["caisse"].source.checked.isoformat() == "2026-11-24"


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("end", [True, False])
def test_new_entries_come_last_however_the_file_ends(town: Path, newline: str, end: bool) -> None:
    text = OFFICES.replace("\n", newline)
    path = town / "offices.yaml"
    path.write_bytes((text if end else text.removesuffix(newline)).encode())
    imported(town, filled(exported(town), ("offices", "mairie", "phone", "1"), *CAISSE))
    added = '  source: {title: "Mairie", checked: 2026-11-20}\n'
    wanted = OFFICES.replace(added, f'{added}  phone: "1"\n')
    wanted += 'caisse:\n  hours: "Lundi."\n'
    wanted += '  source: {url: "https://val.example/caisse", checked: 2026-11-24}\n'
    assert path.read_bytes().decode() == wanted.replace("\n", newline)


def test_a_town_without_offices_gets_its_file(town: Path) -> None:
    (town / "offices.yaml").unlink()
    more = [(sheet, "mairie", column, value) for sheet, _, column, value in CAISSE]
    assert list(imported(town, filled(exported(town), *CAISSE, *more)).files) == ["offices.yaml"]
    source = '  source: {url: "https://val.example/caisse", checked: 2026-11-24}\n'
    assert (town / "offices.yaml").read_text("utf-8") == (
        f'mairie:\n  hours: "Lundi."\n{source}caisse:\n  hours: "Lundi."\n{source}'
    )


def test_one_changed_value_is_one_changed_line_and_an_old_date_is_told(town: Path) -> None:
    before = files(town)
    merge = imported(town, filled(exported(town), ("offices", "mairie", "hours", "Le soir.")))
    assert changed_lines(before, files(town)) == [
        'offices.yaml: -  hours: "Le matin." # for ever',
        'offices.yaml: +  hours: "Le soir." # for ever',
    ]
    assert merge.same_day == ("mairie",)


@pytest.mark.parametrize(
    ("source", "column", "value", "written"),
    [
        (
            '{title: "Mairie", checked: 2026-11-20}', "checked", "2026-11-24",
            '{title: "Mairie", checked: 2026-11-24}',
        ),
        (
            "{title: 'Mairie', checked: 2026-11-20}  # asked", "source", "Le maire",
            "{title: 'Le maire', checked: 2026-11-20}  # asked",
        ),
        (
            '{title: "Mairie", checked: 2026-11-20}', "source", "https://val.example\n Le maire",
            '{title: "Le maire", url: "https://val.example", checked: 2026-11-20}',
        ),
        (
            "\n    title: Mairie # a\n    checked: 2026-11-20", "checked", "2026-11-24",
            "\n    title: Mairie # a\n    checked: 2026-11-24",
        ),
    ],
)  # fmt: skip
def test_a_source_is_changed_where_it_stands(
    source: str, column: str, value: str, written: str, town: Path
) -> None:
    old = '{title: "Mairie", checked: 2026-11-20}'
    path = town / "offices.yaml"
    path.write_text(OFFICES.replace(old, source), "utf-8")
    imported(town, filled(exported(town), ("offices", "mairie", column, value)))
    assert path.read_text("utf-8") == OFFICES.replace(old, written)


def test_an_office_of_the_town_itself_gets_what_it_lacks(town: Path) -> None:
    changes = [(sheet, "guichet", column, value) for sheet, _, column, value in CAISSE]
    imported(town, filled(exported(town), *changes))
    assert (town / "bodies.yaml").read_text("utf-8") == (
        'guichet: {name: "Guichet de Val", hours: "Lundi.", '
        'source: {url: "https://val.example/caisse", checked: 2026-11-24}, phone: "12"}\n'
    )


def test_texts_and_translations_of_the_town_are_taken_back(town: Path) -> None:
    title = "procedure.zz-val.logis.colis.title"
    before = files(town)
    imported(
        town,
        filled(
            exported(town),
            ("texts", title, "fr", "Un colis"),
            ("texts", title, "en", "A parcel"),
            ("texts", "overlay.zz-val.name", "fr", "Ville de Val"),
            ("texts", "procedure.zz-val.logis.colis.amount", "fr", "20 €"),
        ),
    )
    lines = changed_lines(before, files(town))
    assert [line for line in lines if ".yaml: +" in line] == [
        'aids/logis.yaml: +    title: "Un colis"',
        'aids/logis.yaml: +    amount: "20 €"',
        'overlay.yaml: +name: "Ville de Val"',
    ]
    assert load_pack(GOOD, overlays=[town]).text(title, "en") == "A parcel"


def test_a_translation_that_is_taken_out_leaves_the_source(town: Path) -> None:
    (town / "locales").mkdir()
    head = 'msgid ""\nmsgstr ""\n"Language: en\\n"\n\n'
    entry = 'msgctxt "overlay.zz-val.name"\nmsgid "Val"\nmsgstr "Vale"\n'
    (town / "locales/en.po").write_text(head + entry, "utf-8")
    imported(town, filled(exported(town), ("texts", "overlay.zz-val.name", "en", None)))
    assert load_pack(GOOD, overlays=[town]).text("overlay.zz-val.name", "en") == "Val"


def test_a_name_that_the_town_shares_with_the_pack_falls_back_to_the_pack_s_translation(town: Path) -> None:
    (town / "offices.yaml").write_text(OFFICES.replace("  hours", '  name: "Mairie"\n  hours'), "utf-8")
    imported(town, filled(exported(town), ("texts", "body.mairie.name", "en", "City hall")))
    assert load_pack(GOOD, overlays=[town]).text("body.mairie.name", "en") == "City hall"
    imported(town, filled(exported(town), ("texts", "body.mairie.name", "en", None)))
    assert load_pack(GOOD, overlays=[town]).text("body.mairie.name", "en") == "Town hall"


def test_what_changed_on_both_sides_is_a_conflict_and_nothing_is_written(town: Path) -> None:
    data = filled(exported(town), ("offices", "mairie", "checked", "2026-11-24"), *CAISSE)
    path = town / "offices.yaml"
    path.write_text(OFFICES.replace("2026-11-20", "2026-11-22"), "utf-8")
    before = files(town)
    assert [(one.key, one.column) for one in imported(town, data).conflicts] == [
        ("body.mairie.checked", "checked")
    ]
    assert files(town) == before


# -- what is refused


@pytest.mark.parametrize("field", ["address", "hours", "phone", "url"])
def test_a_new_value_without_a_dated_source_is_refused(town: Path, field: str) -> None:
    value = "https://val.example" if field == "url" else "1 rue"
    for more in ((), CAISSE[1:2], CAISSE[2:]):
        error = refused(town, ("offices", "caisse", field, value), *more)
        assert (error.sheet, error.row) == ("offices", 4)
        assert error.problem == f"the {field} of caisse is new, and has no dated source"


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        (CAISSE[1:], "caisse has a source and nothing from it"),
        ([*CAISSE[:2], ("offices", "caisse", "checked", "24/11/2026")], "was checked on '24/11/2026'"),
        ([("offices", "mairie", "hours", None)], "the hours of mairie was emptied"),
        ([("offices", "mairie", "checked", None)], "the checked of mairie was emptied"),
        ([("offices", "mairie", "source", "a\nb")], "the source of mairie cannot be that"),
        (
            [("offices", "mairie", "source", "https://a.b\nhttps://a.c")],
            "the source of mairie cannot be that",
        ),
        ([("offices", "mairie", "source", "x" * 201)], "the source of mairie cannot be that"),
        ([("offices", "mairie", "url", "javascript:alert(1)")], "the url of mairie cannot be that"),
        ([("offices", "mairie", "phone", "=SUM(1)")], "formula"),
        ([("texts", "body.mairie.hours", "fr", "Le soir.")], "body.mairie.hours was changed here"),
        ([("offices", "mairie", "id", "gare")], "the pack has no 'gare'"),
    ],
)
def test_a_sheet_that_cannot_be_meant_is_refused(
    changes: list[tuple[str, str, str, object]], problem: str, town: Path
) -> None:
    error = refused(town, *changes)
    assert problem in error.problem
    assert error.row


def test_a_sheet_of_the_pack_below_is_none_of_the_town(town: Path) -> None:
    with pytest.raises(SheetError) as caught:
        imported(town, export_sheet(GOOD, (), "gg.xlsx"))
    assert "no sheet of the pack 'zz-val'" in caught.value.problem


def test_a_source_in_lines_that_would_get_another_key_is_left_to_a_person(town: Path) -> None:
    lines = "\n    title: Mairie\n    checked: 2026-11-20"
    text = OFFICES.replace('{title: "Mairie", checked: 2026-11-20}', lines)
    (town / "offices.yaml").write_text(text, "utf-8")
    error = refused(town, ("offices", "mairie", "source", "Mairie\nhttps://val.example"))
    assert error.problem == "body.mairie.source is written in a way that only a person should change"
    assert error.allowed == "change offices.yaml, line 5, by hand"


def test_an_entry_without_a_place_for_more_breaks_nothing(town: Path) -> None:
    text = "mairie:\n  source:\n    title: Mairie\n    checked: 2026-11-20\n"
    (town / "offices.yaml").write_text(text, "utf-8")
    error = refused(town, ("offices", "mairie", "phone", "1"))
    assert "only a person" in error.problem


def test_what_would_be_another_pack_than_the_sheet_says_is_not_written(town: Path, monkeypatch) -> None:
    from kiosk.procedures.sheets.yaml_edit import YamlEdit

    real = YamlEdit.result
    monkeypatch.setattr(
        YamlEdit, "result", lambda edit: real(edit).replace(b'title: "Mairie"', b'title: "Other"')
    )
    error = refused(town, ("offices", "mairie", "hours", "Le soir."))
    assert error.problem == "mairie would not be written as the sheet says"
