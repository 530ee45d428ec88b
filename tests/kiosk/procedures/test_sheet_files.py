"""What a sheet is taken from and put into, file by file: YAML, PO and XLSX."""

from __future__ import annotations

import contextlib
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.procedures.errors import SheetError
from kiosk.procedures.sheets import export_sheet, workbook
from kiosk.procedures.sheets.po_edit import PoFile
from kiosk.procedures.sheets.yaml_edit import YamlEdit
from kiosk.procedures.yaml_text import read_yaml


@cache
def whole() -> bytes:
    """The sheet of the clean pack."""
    return export_sheet(Path("tests/packs/good"), (), "gg.xlsx")


PO = """# Translators: A, B
msgid ""
msgstr ""
"X-Reviewed: yes\\n"

# a comment that stays
#: events/logis.yaml:5
msgctxt "a"
msgid "un"
msgstr ""
"o"
"ne"

# detached

#~ msgctxt "gone"
#~ msgid "vieux"
#~ msgstr "old"

msgctxt "b"
msgid "deux"
msgstr "two"
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("value", ["Rendre", 'L\'un: "deux" # \\ trois', "- un\n- deux", "true", "12"])
@pytest.mark.parametrize("form", ["Un", "'Un'", "|\n  Un\n", ">-\n  Un\n  deux\n", '"Un\n  deux"'])
def test_a_text_is_changed_in_every_form_of_yaml_and_nothing_around_it(
    form: str, value: str, newline: str
) -> None:
    before, after = "# é\na: 1\nb: ", "\nc: d  # e\n"
    text = (before + form + after).replace("\n", newline)
    edit = YamlEdit(b"\xef\xbb\xbf" + text.encode(), "x.yaml")
    edit.replace(read_yaml(text, "x.yaml").items["b"], value)
    found = edit.result().decode("utf-8-sig")
    assert edit.result().startswith(b"\xef\xbb\xbf")
    assert found.startswith(before.replace("\n", newline))
    assert found.endswith(after.lstrip().replace("\n", newline))
    assert read_yaml(found, "x.yaml").items["b"].value == value


def test_entries_of_a_po_file_are_read_as_they_are_laid_out() -> None:
    po = PoFile(PO.encode())
    assert {key: (entry.msgid, entry.text) for key, entry in po.entries.items()} == {
        "a": ("un", "one"),
        "b": ("deux", "two"),
    }
    assert po.reviewed
    assert po.result() == PO.encode()


def test_a_changed_entry_keeps_its_comments_and_all_around_it() -> None:
    po = PoFile(PO.encode())
    po.write("a", "un", "1", reviewed=True)
    po.write("b", "les deux", "both\nof them", reviewed=False)
    wanted = PO.replace('msgstr ""\n"o"\n"ne"', 'msgstr "1"').replace(
        'msgctxt "b"\nmsgid "deux"\nmsgstr "two"',
        '# unreviewed\nmsgctxt "b"\nmsgid "les deux"\nmsgstr ""\n"both\\n"\n"of them"',
    )
    assert po.result().decode() == wanted


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_new_entry_comes_last(newline: str) -> None:
    po = PoFile(PO.replace("\n", newline).encode())
    po.write("c", "trois", "three", reviewed=True)
    po.write("d", "quatre", "four", reviewed=True)
    added = '\nmsgctxt "c"\nmsgid "trois"\nmsgstr "three"\n\nmsgctxt "d"\nmsgid "quatre"\nmsgstr "four"\n'
    assert po.result().decode() == (PO + added).replace("\n", newline)


@given(st.data())
def test_any_damage_to_a_file_is_refused_or_harmless(drawn: st.DataObject) -> None:
    data = bytearray(whole())
    for _ in range(drawn.draw(st.integers(1, 8))):
        data[drawn.draw(st.integers(0, len(data) - 1))] = drawn.draw(st.integers(0, 255))
    with contextlib.suppress(SheetError):
        workbook.read_workbook(bytes(data), "gg.xlsx")
