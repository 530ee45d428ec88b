"""A pack is read whole or refused in one line: which file, where, what is wrong, what is allowed."""

from __future__ import annotations

import re
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.procedures import Pack, PackError, load_pack
from kiosk.procedures.counting import Counting, Roll, Span
from kiosk.procedures.library import hash_of, read_sources
from kiosk.procedures.loader import build_pack
from kiosk.procedures.yaml_text import read_yaml


def test_the_small_pack_is_read_whole(small: Pack) -> None:
    assert (small.id, small.version, small.country, small.languages) == ("xx", "2026.11", "FR", ("fr", "en"))
    event = small.event("xx/bebe")
    assert event is small.event("bebe") is small.event("xx.bebe")
    assert event.questions == ("ne", "date_naissance", "lieu")
    procedure = event.procedures[0]
    assert procedure.deadlines[0].rule == Span(days=5)
    assert procedure.deadlines[0].counting is Counting.DAY_AFTER
    assert procedure.deadlines[0].roll is Roll.NEXT_WORKING_DAY
    assert procedure.cost
    assert procedure.cost.amount == Decimal(0)
    assert [paper.id for paper in procedure.documents] == ["certificat", "livret"]
    assert small.text("event.bebe.search", "fr") == "bébé, naissance"
    assert small.text("option.lieu.france.sub", "en") == "EN Métropole ou outre-mer"


def test_a_text_without_translation_falls_back_to_the_source(small: Pack) -> None:
    assert small.text("question.seul.text", "en") == "Vivez-vous seul ?"
    assert small.text("question.seul.text", "ar") == "Vivez-vous seul ?"
    assert small.text("question.seul.nothing", "en") == ""
    assert not small.has_text("question.seul.text", "en")
    assert small.translated("xx.bebe", "en")
    assert not small.translated("xx.tout", "en")
    assert small.missing("xx.tout", "en") == ("question.seul.text",)
    assert not small.translated("xx.bebe", "ar")


def test_the_guide_shows_the_very_event_that_is_read(small_folder: Path) -> None:
    guide = Path("docs/pack-format.md").read_text("utf-8")
    shown = re.search(r"```yaml\n# events/bebe.yaml of the pack `xx`\n(.*?)```", guide, re.DOTALL)
    assert shown
    assert shown.group(1) == (small_folder / "events/bebe.yaml").read_text("utf-8")


def test_events_are_offered_in_the_order_of_the_pack_then_by_name(small_folder: Path, tmp_path: Path) -> None:
    shutil.copytree(small_folder, tmp_path / "xx")
    head = tmp_path / "xx/pack.yaml"
    assert [one.slug for one in load_pack(tmp_path / "xx").heads] == ["bebe", "tout"]
    whole = head.read_text("utf-8")
    head.write_text(whole + "events: [tout]\n", "utf-8")
    assert [one.slug for one in load_pack(tmp_path / "xx").heads] == ["tout", "bebe"]
    head.write_text(whole + "events: [tout, rien]\n", "utf-8")
    with pytest.raises(PackError, match="rien"):
        load_pack(tmp_path / "xx")


B, Q, E, P, T = "bodies.yaml", "questions.yaml", "events/bebe.yaml", "pack.yaml", "events/tout.yaml"
BROKEN = [
    # file, what stands there, what is put there, line, column, problem, allowed
    (P, "schema: pack/1", "schema: pack/2", 1, 9, "schema is 'pack/2'", "pack/1"),
    (P, "country: FR", "country: fr", 4, 10, "country is 'fr'", "FR"),
    (P, 'version: "2026.11"', "version: 2026", 3, 10, "must be a text", 'quotes: "2026"'),
    (P, "checked: 2026-11-23", "checked: 2026-11-31", 7, 10, "no date", "2026-11-23"),
    (P, "Europe/Paris", "Europe/Lutece", 6, 11, "no time zone", "IANA"),
    (P, "id: xx", "id: xx\nid: yy", 3, 1, "'id' stands twice", "each key once"),
    (P, "id: xx", "id: &a xx", 2, 5, "anchors", "write the value again"),
    (P, "id: xx", "id: !!str xx", 2, 5, "tags", "plain values"),
    (P, "id: xx", "id: xx\nids: yy", 3, 1, "no key 'ids'", "schema, id"),
    (P, "id: xx", "id: xx\n\tb: c", 3, 1, "not YAML", "YAML 1.2"),
    (P, "[99]", "[99]\n---\na: b", 9, 1, "second document", "one document"),
    (P, "[99]", "[a]", 8, 19, "no number", "whole numbers"),
    (P, "source_lang: fr\n", "", 1, 1, "lacks 'source_lang'", "source_lang: VALUE"),
    (B, 'url: "https://example.org"', "url: example.org", 1, 78, "no web address", "https://"),
    (B, 'phone: "0102030405"', "phone: 0102030405", 1, 59, "must be a text", '"0102030405"'),
    (B, 'holiday_region: "57"', 'holiday_region: "58"', 0, 0, "region '58'", "57"),
    (B, "caf:", "CAF:", 3, 1, "'CAF' is no id", "small letters"),
    (B, '{name: "CAF"}', '{name: ""}', 3, 13, "empty", "1 to 2000"),
    (B, '{name: "CAF"}', '{name: "C\\x07F"}', 3, 13, "control character", "printable"),
    (B, '{name: "CAF"}', '{name: "C\\uD800F"}', 3, 13, "control character", "printable"),
    (B, '{name: "CAF"}', '{name: "C\\u202EF"}', 3, 13, "control character", "printable"),
    (B, '{name: "CAF"}', "[CAF]", 3, 6, "must be a mapping", "KEY: VALUE"),
    (Q, "number: 5,", "number: 4,", 25, 19, "number 4 belongs to aides", "never used"),
    (Q, "number: 5,", "number: 99,", 25, 19, "withdrawn", "never used"),
    (Q, "number: 5,", "number: 0,", 25, 19, "whole number", "1 to 65535"),
    (Q, "type: money", "type: argent", 26, 26, "type is 'argent'", "yes-no, choice"),
    (
        Q,
        "value: bateau, number: 3",
        "value: bateau, number: 2",
        15,
        31,
        "number 2 stands twice",
        "never used",
    ),
    (Q, "value: bateau", "value: france", 15, 15, "'france' stands twice", "once"),
    (Q, "value: bateau", "value: true", 15, 15, "must be a text", '"true"'),
    (Q, "unknown: false", "unknown: non", 20, 12, "boolean", "true, false"),
    (Q, "max: 20", "max: vingt", 25, 78, "whole number", ""),
    (Q, "min: today-P3Y", "min: today-3Y", 7, 85, "min of a date", "today-P3Y"),
    (
        Q,
        "questions: [nom, date_naissance, seul]",
        "questions: [nom, membres]",
        36,
        1,
        "asks 'membres'",
        "no group",
    ),
    (Q, "max: 20", "max: 20, member: Enfant", 25, 90, "has no member", "member for group"),
    (Q, "seul:", "has:", 35, 1, "word of conditions", "another id"),
    (Q, 'text: "Combien d’enfants ?", ', "", 25, 10, "lacks 'text'", "text: VALUE"),
    (E, "id: xx.bebe\n", "id: xx.bb\n", 1, 5, "id of this event", "xx.bebe"),
    (E, "[ne, date_naissance, lieu]", "[ne, lieu, ne]", 6, 23, "'ne' stands twice", "once"),
    (E, "[ne, date_naissance, lieu]", "[ne, lune]", 6, 17, "no question 'lune'", "date_naissance"),
    (E, "ne && lieu != 'etranger'", "ne && lieu != 'lune'", 11, 31, "no option of lieu", "france, etranger"),
    (E, "ne && lieu != 'etranger'", "ne && aides", 11, 23, "no question 'aides'", "ne, date_naissance, lieu"),
    (E, "ne && lieu != 'etranger'", "ne &&", 11, 22, "ends too early", "&&"),
    (E, "bodies: [mairie]", "bodies: [mairie, palais]", 15, 22, "no 'palais'", "mairie-metz"),
    (E, "bodies: [mairie]", "bodies: []", 15, 13, "lacks 'bodies'", "one or more"),
    (E, "from: date_naissance", "from: lieu", 17, 29, "no date of this event", "today, date_naissance"),
    (E, "add: P5D", "add: 5 jours", 17, 50, "no duration", "P5D"),
    (E, "add: P5D", "add: P5D, before: P5D", 17, 63, "two rules", "one of add"),
    (E, "add: P5D, ", "", 17, 9, "without a rule", "add"),
    (E, "roll: next_working_day", "roll: demain", 17, 61, "roll is 'demain'", "next_working_day"),
    (E, "kind: legal", "kind: loi", 17, 16, "kind is 'loi'", "legal, benefit"),
    (E, "add: P5D", "add: P5D, counting: calendar", 17, 65, "counting is 'calendar'", "day_after"),
    (
        E,
        "documents: [certificat,",
        "documents: [certificats,",
        18,
        17,
        "no 'certificats'",
        "certificat, livret",
    ),
    (E, "copies: 1", "copies: 0", 18, 50, "whole number", "1 to 99"),
    (E, 'amount: "0"', "amount: 0", 19, 20, "must be a text", '"0"'),
    (E, "kind: desk", "kind: guichet", 20, 23, "kind is 'guichet'", "desk, post"),
    (E, "checked: 2026-11-23}", "checked: hier}", 22, 63, "no date", "2026-11-23"),
    (E, "confidence: A", "confidence: E", 23, 17, "confidence is 'E'", "A, B, C, D"),
    (E, "id: xx.bebe.declaration", "id: yy.declaration", 8, 9, "procedure id", "xx.bebe.NAME"),
    (T, "parameter: base", "parameter: bases", 40, 25, "no 'bases'", "prime, base"),
    (T, "n: 6, weekday: friday", "n: 6, weekday: vendredi", 39, 79, "weekday is 'vendredi'", "friday"),
]


def broken(folder: Path, into: Path, file: str, old: str, new: str) -> Path:
    shutil.copytree(folder, into)
    text = (into / file).read_text("utf-8")
    assert old in text, "the vector no longer fits the pack"
    (into / file).write_text(text.replace(old, new, 1), "utf-8")
    return into


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "column", "problem", "allowed"),
    BROKEN,
    ids=[f"{file}-{problem}-{n}" for n, (file, _, _, _, _, problem, _) in enumerate(BROKEN)],
)
def test_a_broken_pack_is_refused_at_its_place(
    small_folder: Path,
    tmp_path: Path,
    file: str,
    old: str,
    new: str,
    line: int,
    column: int,
    problem: str,
    allowed: str,
) -> None:
    folder = broken(small_folder, tmp_path / "xx", file, old, new)
    with pytest.raises(PackError) as refused:
        load_pack(folder)
    error = refused.value
    assert (error.file, error.line, error.column) == (file, line, column), error
    assert problem in error.problem
    assert allowed in error.allowed


def test_a_missing_file_is_named(small_folder: Path, tmp_path: Path) -> None:
    shutil.copytree(small_folder, tmp_path / "xx")
    (tmp_path / "xx/bodies.yaml").unlink()
    with pytest.raises(PackError) as refused:
        load_pack(tmp_path / "xx")
    assert (refused.value.file, refused.value.problem) == ("bodies.yaml", "the file is missing")


@pytest.mark.parametrize(
    ("data", "line", "problem"),
    [
        (b"schema: pack/1\nid: \xff\n", 2, "not UTF-8"),
        (b"x" * 2_000_001, 0, "too large"),
        (b"", 1, "empty"),
        (b"- a\n", 1, "empty or no mapping"),
        (b"a: \x00b\n", 1, "control character"),
        (b"[" * 5000, 1, "too deep"),
        (b"a: b\n" + b"!" * 20_000, 2, "the line is too long"),
        (b"a: *b\n", 1, "anchors and aliases"),
        (b"%YAML 1.1\n---\na: b\n", 2, "version"),
    ],
)
def test_a_hostile_file_is_refused_in_one_line(
    small_folder: Path, tmp_path: Path, data: bytes, line: int, problem: str
) -> None:
    shutil.copytree(small_folder, tmp_path / "xx")
    (tmp_path / "xx/pack.yaml").write_bytes(data)
    with pytest.raises(PackError) as refused:
        load_pack(tmp_path / "xx")
    assert (refused.value.file, refused.value.line) == ("pack.yaml", line)
    assert problem in refused.value.problem


def test_a_link_out_of_the_folder_is_refused(small_folder: Path, tmp_path: Path) -> None:
    shutil.copytree(small_folder, tmp_path / "xx")
    (tmp_path / "secret.yaml").write_text("a: b\n")
    (tmp_path / "xx/events/loin.yaml").symlink_to(tmp_path / "secret.yaml")
    with pytest.raises(PackError) as refused:
        load_pack(tmp_path / "xx")
    assert (refused.value.file, refused.value.problem) == (
        "events/loin.yaml",
        "the link leaves the pack's folder",
    )


def test_a_link_in_a_circle_is_refused(small_folder: Path, tmp_path: Path) -> None:
    shutil.copytree(small_folder, tmp_path / "xx")
    (tmp_path / "xx/events/rond.yaml").symlink_to("rond.yaml")
    with pytest.raises(PackError) as refused:
        load_pack(tmp_path / "xx")
    assert refused.value.file == "events/rond.yaml"


def test_a_condition_with_too_many_cases_is_refused(small_folder: Path, tmp_path: Path) -> None:
    age, wait = "days_between(date_naissance, date_prevue)", "days_between(today(), date_prevue)"
    many = " || ".join(f"({age} > {n * n} && {wait} > {n})" for n in range(1, 20))
    folder = broken(
        small_folder, tmp_path / "xx", T, "has(remarque) ? ne : lieu in ['france', 'bateau']", many
    )
    with pytest.raises(PackError) as refused:
        load_pack(folder)
    assert "too many cases" in refused.value.problem
    assert refused.value.line > 1


PO_HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
FLAWED = [
    ('msgctxt "body.caf.name"\nmsgid "Caf"\nmsgstr "X"\n', "stale"),
    ('#, fuzzy\nmsgctxt "body.caf.name"\nmsgid "CAF"\nmsgstr "X"\n', "fuzzy"),
    ('msgctxt "body.no.name"\nmsgid "CAF"\nmsgstr "X"\n', "no text of this pack"),
    ('msgid "CAF"\nmsgstr "X"\n', "no msgctxt"),
    ('msgctxt "body.caf.name"\nmsgid "CAF"\nmsgid_plural "CAFs"\nmsgstr[0] "X"\nmsgstr[1] "Y"\n', "plural"),
    (
        'msgctxt "body.caf.name"\nmsgid "CAF"\nmsgstr "X\\u0007"\n'.replace("\\u0007", "\x07"),
        "control character",
    ),
]


@pytest.mark.parametrize(("entry", "problem"), FLAWED, ids=[problem for _, problem in FLAWED])
def test_a_doubtful_translation_is_reported_and_not_shown(
    small_folder: Path, tmp_path: Path, entry: str, problem: str
) -> None:
    shutil.copytree(small_folder, tmp_path / "xx")
    (tmp_path / "xx/locales/en.po").write_text(PO_HEAD + entry, "utf-8")
    pack = load_pack(tmp_path / "xx")
    assert problem in pack.flaws[0].problem
    assert pack.text("body.caf.name", "en") == "CAF"


def test_a_file_that_is_no_po_is_refused(small_folder: Path, tmp_path: Path) -> None:
    shutil.copytree(small_folder, tmp_path / "xx")
    (tmp_path / "xx/locales/en.po").write_bytes(b"msgid\nnonsense \xff")
    with pytest.raises(PackError) as refused:
        load_pack(tmp_path / "xx")
    assert refused.value.file == "locales/en.po"


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=120) | st.text(alphabet="ab:-[]{}'\"&*!#|>%@`?, \n\t0", max_size=120))
def test_any_text_is_yaml_or_refused_with_its_place(text: str) -> None:
    try:
        read_yaml(text, "any.yaml")
    except PackError as error:
        refused = error
    else:
        return
    assert refused.file == "any.yaml"
    assert refused.line >= 1
    assert "\n" not in refused.problem


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_pack_with_bytes_changed_is_read_or_refused(small_folder: Path, data: st.DataObject) -> None:
    sources = read_sources(small_folder)
    name = data.draw(st.sampled_from(sorted(sources)))
    content = sources[name]
    at = data.draw(st.integers(0, len(content)))
    sources[name] = (
        content[:at] + data.draw(st.binary(max_size=6)) + content[at + data.draw(st.integers(0, 20)) :]
    )
    try:
        build_pack(sources, hash_of(sources))
    except PackError as error:
        refused = error
    else:
        return
    assert refused.problem
    assert refused.allowed
