"""``kiosk pack sheet`` from the command line."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kiosk.cli import main

TITLE = "procedure.gg.logis.conge.title"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    target = tmp_path / "gg"
    shutil.copytree("tests/packs/good", target)
    return target


@pytest.fixture
def sheet(folder: Path, tmp_path: Path) -> Path:
    """A sheet in which the title of one procedure was changed."""
    target = tmp_path / "gg.xlsx"
    assert main(["pack", "sheet", "export", str(folder), str(target)]) == 0
    book = load_workbook(target)
    row = next(row for row in book["texts"].iter_rows() if row[0].value == TITLE)
    row[2].value = "Rendre le logement"
    book.save(target)
    return target


def test_a_trial_and_then_the_import_tell_what_changes(folder: Path, sheet: Path, capsys) -> None:
    words = ["pack", "sheet", "import", str(folder), str(sheet)]
    assert main([*words, "--dry-run"]) == 0
    assert capsys.readouterr().out == (
        f"changed: {TITLE}\nnow stale: en:{TITLE}\n1 changes in 1 files: would be written\n"
    )
    assert "Donner congé" in (folder / "events/logis.yaml").read_text("utf-8")
    assert main([*words, "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report == {
        "changed": [TITLE],
        "stale": [f"en:{TITLE}"],
        "same_day": [],
        "conflicts": [],
        "files": ["events/logis.yaml"],
        "written": True,
    }
    assert "Rendre le logement" in (folder / "events/logis.yaml").read_text("utf-8")
    assert main(words) == 0
    assert capsys.readouterr().out == "0 changes in 0 files: nothing to write\n"


def test_a_conflict_is_told_with_its_row_and_is_no_success(folder: Path, sheet: Path, capsys) -> None:
    path = folder / "events/logis.yaml"
    path.write_text(path.read_text("utf-8").replace("Donner congé", "Résilier"), "utf-8")
    assert main(["pack", "sheet", "import", str(folder), str(sheet)]) == 1
    out = capsys.readouterr().out
    row = next(row for row in load_workbook(sheet)["texts"].iter_rows() if row[0].value == TITLE)
    where = f"gg.xlsx:texts:{row[0].row}: {TITLE}"
    assert f"{where} (fr) was changed in the pack since the export" in out
    assert "nothing was written" in out
    assert "Résilier" in path.read_text("utf-8")


def test_files_keep_their_permissions(folder: Path, sheet: Path) -> None:
    (folder / "events/logis.yaml").chmod(0o640)
    assert main(["pack", "sheet", "import", str(folder), str(sheet)]) == 0
    assert (folder / "events/logis.yaml").stat().st_mode & 0o777 == 0o640
    assert not list(folder.rglob("*.part"))


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["import", "DIR", "/nonexistent.xlsx"], "/nonexistent.xlsx"),
        (["import", "DIR", "tests/packs/good/pack.yaml"], "no spreadsheet that can be read; what to do: "),
        (["export", "DIR", "/nonexistent/gg.xlsx"], "/nonexistent/gg.xlsx"),
        (["export", "DIR", "gg.xlsx", "--lang", "fr"], "'fr' is no language to translate to"),
        (["export", "/nonexistent", "gg.xlsx"], "this is no folder"),
    ],
)
def test_a_mistake_is_one_line(words: list[str], says: str, folder: Path, capsys) -> None:
    assert main(["pack", "sheet", *[str(folder) if word == "DIR" else word for word in words]]) == 2
    err = capsys.readouterr().err
    assert says in err
    assert err.count("\n") == 1


def test_without_openpyxl_it_says_what_to_install() -> None:
    script = (
        "import sys, importlib.util as u; real = u.find_spec\n"
        "u.find_spec = lambda name, *rest: None if name == 'openpyxl' else real(name, *rest)\n"
        "from kiosk.cli import main\n"
        "sys.exit(main(['pack', 'sheet', 'export', 'tests/packs/good', '/nonexistent/x.xlsx']))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert "install the authoring extra" in done.stderr


def test_a_town_s_offices_go_out_and_back_over_their_pack(tmp_path: Path, capsys) -> None:
    town, sheet = tmp_path / "town", tmp_path / "town.xlsx"
    shutil.copytree("tests/packs/town", town)
    base = ["--base", "assets/packs/fr"]
    assert main(["pack", "sheet", "export", str(town), str(sheet)]) == 0
    book = load_workbook(sheet)
    row = next(row for row in book["offices"].iter_rows() if row[0].value == "caf")
    names = [found.value for found in book["offices"][1]]
    row[names.index("hours")].value = "Mardi."
    book.save(sheet)
    assert main(["pack", "sheet", "import", str(town), str(sheet), *base]) == 0
    assert capsys.readouterr().out == (
        "changed: body.caf.hours\nnow stale: en:body.caf.hours\n"
        "changed, and its source keeps its day: caf\n1 changes in 1 files: written\n"
    )
    assert 'hours: "Mardi."' in (town / "offices.yaml").read_text("utf-8")


def test_a_town_over_another_pack_is_refused_in_one_line(tmp_path: Path, capsys) -> None:
    words = ["tests/packs/town", str(tmp_path / "x.xlsx"), "--base", "tests/packs/good"]
    assert main(["pack", "sheet", "export", *words]) == 2
    err = capsys.readouterr().err
    assert "town/overlay.yaml:4:7" in err
    assert err.count("\n") == 1
