"""Texts and offices through a spreadsheet and back: only what an editor changed changes."""

from __future__ import annotations

import difflib
import io
import re
import shutil
import tempfile
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from kiosk.procedures import load_pack
from kiosk.procedures.errors import SheetError
from kiosk.procedures.fields import UNWANTED
from kiosk.procedures.library import read_sources
from kiosk.procedures.sheets import Merge, export_sheet, import_sheet, workbook
from kiosk.procedures.sheets.entries import find_entries
from kiosk.procedures.yaml_text import Scalar

GOOD, FRANCE = Path("tests/packs/good"), Path("assets/packs/fr")
PACKS = [
    GOOD,
    FRANCE,
    Path("tests/packs/be"),
    Path("tests/packs/de"),
    Path("tests/kiosk/procedures/packs/small"),
    Path("tests/kiosk/procedures/packs/whole"),
]
TITLE = "procedure.gg.logis.conge.title"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    target = tmp_path / "gg"
    shutil.copytree(GOOD, target)
    return target


def cell(sheet: Worksheet, row_name: str, column: str) -> object:
    """The cell of a row, found by its id, and of a column, found by its name."""
    names = [c.value for c in sheet[1]]
    row = next(row for row in sheet.iter_rows() if row[0].value == row_name)
    return row[names.index(column)]


def filled(data: bytes, *changes: tuple[str, str, str, object]) -> bytes:
    """The workbook with cells (sheet, row, column, value) changed, as a spreadsheet program saves it."""
    book = load_workbook(io.BytesIO(data))
    for sheet, row, column, value in changes:
        target = cell(book[sheet], row, column)
        target.value = value
        if isinstance(value, str) and not value.startswith("=SUM"):
            target.data_type = "s"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def exported(folder: Path, *languages: str) -> bytes:
    return export_sheet(folder, languages, "gg.xlsx")


def imported(folder: Path, data: bytes, write: bool = True) -> Merge:
    return import_sheet(folder, data, "gg.xlsx", write=write)


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def changed_lines(old: dict[str, bytes], new: dict[str, bytes]) -> list[str]:
    """``FILE: -old line`` and ``FILE: +new line`` of everything that differs."""
    found = []
    for name in sorted(old.keys() | new.keys()):
        before, after = (side.get(name, b"").decode().splitlines(keepends=True) for side in (old, new))
        for line in difflib.unified_diff(before, after, n=0):
            if line[:1] in "+-" and not line.startswith(("---", "+++")):
                found.append(f"{name}: {line.rstrip()}")
    return found


# -- what is exported


@pytest.mark.parametrize("pack", PACKS, ids=str)
def test_every_text_of_a_pack_has_its_place_in_the_files(pack: Path) -> None:
    loaded = load_pack(pack)
    entries = find_entries(read_sources(pack))
    for key, text in loaded.texts[loaded.source_lang].items():
        node = entries[key]
        words = [node] if isinstance(node, Scalar) else node.items
        assert ", ".join(str(word.value).strip() for word in words) == text


def test_the_sheet_says_in_words_where_each_text_is_read() -> None:
    book = load_workbook(io.BytesIO(exported(GOOD)))
    assert cell(book["texts"], TITLE, "where").value == "Démarche «\u00a0Donner congé\u00a0»\u00a0: titre"
    assert cell(book["texts"], "option.logement.locataire.text", "where").value == (
        "Réponse «\u00a0En location\u00a0» à «\u00a0Comment habitez-vous ?\u00a0»\u00a0: texte"
    )
    assert cell(book["texts"], "procedure.gg.logis.adresse.deadline.1.text", "where").value.endswith(
        "délai 2"
    )


@pytest.mark.parametrize("pack", PACKS, ids=str)
def test_no_place_is_left_without_words(pack: Path) -> None:
    sheet = load_workbook(io.BytesIO(exported(pack)))["texts"]
    assert all(row[1].value for row in sheet.iter_rows(min_row=3))


def test_ids_are_locked_texts_are_not_and_the_head_stays_in_sight() -> None:
    sheet = load_workbook(io.BytesIO(exported(GOOD)))["texts"]
    assert sheet.freeze_panes == "C3"
    assert sheet.protection.sheet
    assert cell(sheet, TITLE, "key").protection.locked
    assert not cell(sheet, TITLE, "fr").protection.locked
    assert cell(sheet, TITLE, "fr").alignment.wrap_text
    assert sheet.column_dimensions["C"].width > sheet.column_dimensions["F"].width


def test_arabic_runs_from_right_to_left() -> None:
    sheet = load_workbook(io.BytesIO(exported(GOOD, "ar")))["texts"]
    assert cell(sheet, TITLE, "ar").alignment.readingOrder == 2
    assert cell(sheet, TITLE, "ar.state").value == "missing"


def test_states_tell_reviewed_unreviewed_stale_and_missing(folder: Path) -> None:
    po = folder / "locales/en.po"
    text = po.read_text("utf-8")
    text = text.replace('msgctxt "body.mairie.name"', '# reviewed\nmsgctxt "body.mairie.name"')
    text = text.replace('msgid "Contrat de location"', 'msgid "Ancien texte"').replace(
        'msgstr "Aid office"', 'msgstr ""'
    )
    po.write_text(text, "utf-8")
    sheet = load_workbook(io.BytesIO(exported(folder)))["texts"]
    states = {
        key: cell(sheet, key, "en.state").value
        for key in ("body.mairie.name", TITLE, "document.bail.title", "body.caisse.name")
    }
    assert list(states.values()) == ["reviewed", "unreviewed", "stale", "missing"]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_a_text_that_looks_like_a_formula_is_stored_as_a_text(sign: str, folder: Path) -> None:
    path = folder / "events/logis.yaml"
    path.write_text(path.read_text("utf-8").replace('"Donner congé"', f'"{sign}SUM(1;2)|cmd"'), "utf-8")
    data = exported(folder)
    found = cell(load_workbook(io.BytesIO(data))["texts"], TITLE, "fr")
    assert (found.value, found.data_type, found.number_format) == (f"{sign}SUM(1;2)|cmd", "s", "@")
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")


# -- what comes back


@pytest.mark.parametrize("pack", PACKS, ids=str)
def test_what_nobody_changed_changes_no_byte(pack: Path, tmp_path: Path) -> None:
    target = tmp_path / pack.name
    shutil.copytree(pack, target)
    merge = imported(target, filled(exported(target)))
    assert (merge.changed, merge.files) == ((), {})
    assert files(target) == files(pack)


def test_one_changed_text_is_one_changed_line_and_its_translation_is_stale(folder: Path) -> None:
    before = files(folder)
    merge = imported(folder, filled(exported(folder), ("texts", TITLE, "fr", 'Rendre le "logement"')))
    assert changed_lines(before, files(folder)) == [
        'events/logis.yaml: -    title: "Donner congé"',
        'events/logis.yaml: +    title: "Rendre le \\"logement\\""',
    ]
    assert (merge.changed, merge.stale) == ((TITLE,), (f"en:{TITLE}",))
    pack = load_pack(folder)
    assert pack.text(TITLE, "fr") == 'Rendre le "logement"'
    assert [flaw.problem for flaw in pack.flaws] == [
        f"{TITLE} is stale: its msgid is no longer the source text"
    ]


def test_a_changed_translation_is_one_changed_line(folder: Path) -> None:
    before = files(folder)
    merge = imported(folder, filled(exported(folder), ("texts", "body.mairie.name", "en", "City hall")))
    assert changed_lines(before, files(folder)) == [
        'locales/en.po: -msgstr "Town hall"',
        'locales/en.po: +msgstr "City hall"',
    ]
    assert merge.changed == ("en:body.mairie.name",)


def test_text_and_translation_changed_together_stay_together(folder: Path) -> None:
    changes = [("texts", TITLE, "fr", "Rendre le logement"), ("texts", TITLE, "en", "Give the home back")]
    assert imported(folder, filled(exported(folder), *changes)).stale == ()
    assert load_pack(folder).text(TITLE, "en") == "Give the home back"


def test_a_stale_translation_that_is_read_again_is_confirmed(folder: Path) -> None:
    po = folder / "locales/en.po"
    old = 'msgctxt "document.bail.title"\nmsgid "Contrat de location"'
    stale = '#, fuzzy, c-format\n#| msgid "Bail"\nmsgctxt "document.bail.title"\nmsgid "Bail"'
    po.write_text(po.read_text("utf-8").replace(old, stale), "utf-8")
    before = files(folder)
    imported(folder, filled(exported(folder), ("texts", "document.bail.title", "en.state", "reviewed")))
    assert changed_lines(before, files(folder)) == [
        "locales/en.po: -#, fuzzy, c-format",
        'locales/en.po: -#| msgid "Bail"',
        "locales/en.po: +# reviewed",
        "locales/en.po: +#, c-format",
        'locales/en.po: -msgid "Bail"',
        'locales/en.po: +msgid "Contrat de location"',
    ]
    assert load_pack(folder).text("document.bail.title", "en") == "Lease"


def test_a_new_language_gets_its_file(folder: Path) -> None:
    data = filled(
        exported(folder, "de"), ("texts", TITLE, "de", "Kündigen"), ("texts", TITLE, "de.state", "reviewed")
    )
    imported(folder, data)
    assert load_pack(folder).text(TITLE, "de") == "Kündigen"
    assert "# reviewed\nmsgctxt" in (folder / "locales/de.po").read_text("utf-8")
    assert cell(load_workbook(io.BytesIO(exported(folder)))["texts"], TITLE, "de.state").value == "reviewed"


def test_offices_get_hours_address_phone_and_page_whatever_the_form_of_their_entry(folder: Path) -> None:
    (folder / "bodies.yaml").write_text(
        '# offices\nmairie: {name: "Mairie", phone: "1"}  # first\n'
        "caisse:  # second\n  name: Caisse d’aide # name\n",
        "utf-8",
    )
    data = filled(
        exported(folder),
        ("offices", "mairie", "hours", "9 h : 17 h # midi"),
        ("offices", "mairie", "phone", "0123"),
        ("offices", "caisse", "address", "1 rue\n75000 Paris"),
        ("offices", "caisse", "url", "https://example.org/caisse"),
    )
    imported(folder, data)
    assert (folder / "bodies.yaml").read_text("utf-8") == (
        '# offices\nmairie: {name: "Mairie", hours: "9 h : 17 h # midi", phone: "0123"}  # first\n'
        "caisse:  # second\n  name: Caisse d’aide # name\n"
        '  address: "1 rue\\n75000 Paris"\n  url: "https://example.org/caisse"\n'
    )


@pytest.mark.parametrize(
    ("old", "new", "written"),
    [
        ("[déménager, adresse]", "déménager, loyer", "[déménager, loyer]"),
        ("[déménager, adresse]", "déménager, loyer, 3 pièces", '[déménager, loyer, "3 pièces"]'),
        ("\n  - déménager # a\n  - adresse", "déménager, oui: non", '\n  - déménager # a\n  - "oui: non"'),
    ],
)
def test_search_words_are_changed_in_their_list(old: str, new: str, written: str, folder: Path) -> None:
    path = folder / "events/logis.yaml"
    text = path.read_text("utf-8").replace("[déménager, adresse]", old)
    path.write_text(text, "utf-8")
    imported(folder, filled(exported(folder), ("texts", "event.logis.search", "fr", new)))
    assert path.read_text("utf-8") == text.replace(old, written)


def test_a_trial_says_what_would_change_and_writes_nothing(folder: Path) -> None:
    before = files(folder)
    merge = imported(folder, filled(exported(folder), ("texts", TITLE, "fr", "Rendre")), write=False)
    assert (merge.changed, list(merge.files)) == ((TITLE,), ["events/logis.yaml"])
    assert files(folder) == before


@pytest.mark.parametrize(
    ("change", "conflict"),
    [
        (("texts", TITLE, "fr", "Rendre"), "fr"),
        (("texts", TITLE, "en", "Give it back"), "fr"),
        (("texts", "body.mairie.name", "en", "City hall"), "en"),
        (("offices", "mairie", "phone", "12"), "phone"),
    ],
)
def test_what_changed_on_both_sides_is_a_conflict_and_nothing_is_written(
    change: tuple[str, str, str, str], conflict: str, folder: Path
) -> None:
    data = filled(exported(folder), change, ("texts", "body.caisse.name", "fr", "Caisse"))
    for file, old, new in (
        ("events/logis.yaml", "Donner congé", "Résilier"),
        ("locales/en.po", "Town hall", "The town hall"),
        ("bodies.yaml", 'name: "Mairie"', 'name: "Mairie", phone: "11"'),
    ):
        path = folder / file
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    before = files(folder)
    merge = imported(folder, data)
    assert [one.column for one in merge.conflicts] == [conflict]
    assert files(folder) == before


def test_a_change_elsewhere_in_the_pack_is_no_conflict(folder: Path) -> None:
    data = filled(exported(folder), ("texts", TITLE, "fr", "Rendre"))
    path = folder / "events/logis.yaml"
    path.write_text(path.read_text("utf-8").replace("Demander l’aide", "Avoir l’aide"), "utf-8")
    assert imported(folder, data).changed == (TITLE,)
    assert load_pack(folder).text("procedure.gg.logis.aide.title", "fr") == "Avoir l’aide"


# -- hostile files


def without_column(name: str) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        sheet = book["texts"]
        sheet.delete_cols([c.value for c in sheet[1]].index(name) + 1)

    return change


def put(sheet: str, row: int, column: int, value: object) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        book[sheet].cell(row, column).value = value

    return change


@pytest.mark.parametrize(
    ("change", "sheet", "row", "problem"),
    [
        (put("texts", 5, 3, "=SUM(1)"), "texts", 5, "formula"),
        (put("texts", 5, 3, '=HYPERLINK("https://example.org")'), "texts", 5, "formula"),
        (put("texts", 5, 3, 12), "texts", 5, "number"),
        (put("texts", 5, 3, None), "texts", 5, "empty"),
        (put("texts", 5, 3, "x" * 2_001), "texts", 5, "too long"),
        (put("texts", 5, 3, "a\u2028b"), "texts", 5, "control character"),
        (put("texts", 5, 1, "event.logis.nothing"), "texts", 5, "no 'event.logis.nothing'"),
        (lambda book: put("texts", 5, 1, book["texts"]["A4"].value)(book), "texts", 5, "stands twice"),
        (put("texts", 5, 4, "facile"), "texts", 5, "easy version"),
        (put("texts", 5, 6, "finished"), "texts", 5, "state is"),
        (put("texts", 5, 7, "x"), "texts", 5, "'was' is damaged"),
        (put("texts", 1, 9, "notes"), "texts", 1, "unknown column 'notes'"),
        (put("texts", 30_000, 1, "x"), "texts", 20_001, "too many rows"),
        (put("offices", 3, 6, "javascript:alert(1)"), "offices", 3, "url of mairie"),
        (put("about", 3, 2, "kiosk-sheet/9"), "about", 0, "no sheet of the pack"),
        (put("about", 4, 2, "fr"), "about", 0, "no sheet of the pack"),
        (without_column("fr"), "texts", 1, "'fr' is missing"),
        (without_column("was"), "texts", 1, "'was' is missing"),
        (without_column("en.state"), "texts", 1, "'en.state' is missing"),
        (lambda book: book.remove(book["offices"]), "", 0, "'offices' is missing"),
    ],
)
def test_a_sheet_that_cannot_be_meant_is_refused_with_its_row(
    change: Callable[[Workbook], None], sheet: str, row: int, problem: str, folder: Path
) -> None:
    book = load_workbook(io.BytesIO(exported(folder)))
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    with pytest.raises(SheetError) as caught:
        imported(folder, stream.getvalue())
    assert (caught.value.sheet, caught.value.row) == (sheet, row)
    assert problem in caught.value.problem
    assert files(folder) == files(GOOD)


def repacked(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return stream.getvalue()


def bomb(name: str, data: bytes) -> bytes:
    return data + b" " * 40_000_000 if name.endswith("sheet1.xml") else data


def many_cells(name: str, data: bytes) -> bytes:
    return data.replace(b"</sheetData>", b"<row/>" * 1_600_000 + b"</sheetData>")


def entities(_: str, data: bytes) -> bytes:
    lol = b'<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    return data if data.startswith(b"<?xml") else lol + data


@pytest.mark.parametrize(
    ("change", "problem"),
    [(bomb, "unpacks to too much"), (many_cells, "too many cells"), (entities, "no spreadsheet needs")],
)
def test_a_bomb_is_refused_before_it_is_parsed(
    change: Callable[[str, bytes], bytes], problem: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("openpyxl.load_workbook", lambda *_, **__: pytest.fail("it was parsed"))
    with pytest.raises(SheetError) as caught:
        imported(folder, repacked(exported(GOOD), change))
    assert problem in caught.value.problem


def test_a_file_that_declares_less_than_it_holds_gives_no_more_than_it_declares(folder: Path) -> None:
    data = repacked(exported(GOOD), bomb)
    declared = 40_000_000 + len(zipfile.ZipFile(io.BytesIO(exported(GOOD))).read("xl/worksheets/sheet1.xml"))
    lying = data.replace(declared.to_bytes(4, "little"), (1_000).to_bytes(4, "little"))
    assert lying != data
    with pytest.raises(SheetError):
        imported(folder, lying)


@cache
def whole() -> bytes:
    """The sheet of the clean pack."""
    return export_sheet(GOOD, (), "gg.xlsx")


LETTERS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
LINES = st.lists(st.text(LETTERS, min_size=1, max_size=200), min_size=1, max_size=3)
TEXT = st.builds(lambda lines: "\n".join(lines).strip(), LINES).filter(
    lambda text: text and not UNWANTED.search(text)
)


@given(TEXT, TEXT)
@settings(max_examples=15)
@example("_x0041_", "_x005F_x0041_")
@example("=1+1", "#N/A")
@example("'quoted\\", '"\\n"')
@example("# reviewed", 'msgid "x"')
@example("12", "true")
def test_any_text_survives_the_way_out_and_back(source: str, translation: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "gg"
        shutil.copytree(GOOD, folder)
        # A spreadsheet program writes what looks like one of its escapes as an escape of its own.
        cells = [workbook.ESCAPED.sub("_x005F_", text) for text in (source, translation)]
        merge = imported(
            folder, filled(whole(), ("texts", TITLE, "fr", cells[0]), ("texts", TITLE, "en", cells[1]))
        )
        assert merge.conflicts == ()
        pack = load_pack(folder)
        assert (pack.text(TITLE, "fr"), pack.text(TITLE, "en")) == (source, translation)
        again = workbook.read_workbook(exported(folder), "gg.xlsx")["texts"].rows
        assert [(row.cells["fr"], row.cells["en"]) for row in again if row.cells["key"] == TITLE] == [
            (source, translation)
        ]


def test_a_file_as_excel_saves_it_with_shared_strings_is_read(folder: Path) -> None:
    texts: list[bytes] = []

    def share(name: str, data: bytes) -> bytes:
        def one(match: re.Match[bytes]) -> bytes:
            texts.append(match[1])
            return b't="s"><v>%d</v></c>' % (len(texts) - 1)

        if name == "[Content_Types].xml":
            part = (
                b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-'
                b'officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
            )
            return data.replace(b"</Types>", part)
        return re.sub(rb't="inlineStr"><is>(.*?)</is></c>', one, data, flags=re.DOTALL)

    data = repacked(filled(exported(folder), ("texts", TITLE, "fr", "Rendre  le\nlogement")), share)
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        rows = b"".join(b"<si>%s</si>" % text for text in texts)
        archive.writestr("xl/sharedStrings.xml", b'<sst xmlns="%s">%s</sst>' % (space, rows))
    assert texts
    assert imported(folder, stream.getvalue()).changed == (TITLE,)
    assert load_pack(folder).text(TITLE, "fr") == "Rendre  le\nlogement"
