"""``kiosk print``: a whole file or none, and one line that says what to do."""

from __future__ import annotations

import json
import os
import resource
import stat
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest

from kiosk.cli import main
from kiosk.paper.case_code import CaseCode
from kiosk.resources import root

ANSWERS = {"enfant_ne": True, "date_naissance": "2026-11-23", "lieu_naissance": "france"}


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(ANSWERS))
    return path


def printed(answers: Path, target: Path, *more: str) -> int:
    words = ["print", "plan", "fr", "fr/naissance", "--answers", str(answers), "--today", "2026-11-23"]
    return main([*words, "--to", str(target), *more])


def text_of(path: Path) -> str:
    return "".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def test_the_plan_is_written_as_pdf_for_its_owner_alone(answers: Path, tmp_path: Path) -> None:
    target = tmp_path / "plan.pdf"
    assert printed(answers, target) == 0
    assert "Au plus tard le lundi 30 novembre 2026" in text_of(target)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["answers.json", "plan.pdf"]


def test_language_town_and_case_code_are_as_asked(answers: Path, tmp_path: Path) -> None:
    config, code = tmp_path / "kiosk.toml", CaseCode(bytes(16)).text
    config.write_text('[town]\nname = "Ville de Brumes"\n')
    options = ("--lang", "en", "--config", str(config), "--case-code", code.lower())
    assert printed(answers, tmp_path / "plan.pdf", *options) == 0
    text = text_of(tmp_path / "plan.pdf")
    assert "My plan" in text
    assert "Ville de Brumes" in text
    assert code in text


def test_a_plan_in_arabic_says_its_date_in_arabic(answers: Path, tmp_path: Path) -> None:
    assert printed(answers, tmp_path / "plan.pdf", "--lang", "ar") == 0
    words = "".join(text_of(tmp_path / "plan.pdf").split())
    assert "آخر موعد: الاثنين 30 نوفمبر 2026".replace(" ", "") in words


def test_an_older_file_is_replaced(answers: Path, tmp_path: Path) -> None:
    target = tmp_path / "plan.pdf"
    target.write_text("old")
    assert printed(answers, target) == 0
    assert target.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("{", "bad.json:1"),
        ('{"enfant_ne": "peut-être"}', "enfant_ne"),
        ('{"inconnue": true}', "inconnue"),
        ("[]", "QUESTION_ID"),
    ],
)
def test_a_bad_answers_file_is_named_in_one_line(
    content: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bad.json"
    path.write_text(content)
    assert printed(path, tmp_path / "plan.pdf") == 2
    error = capsys.readouterr().err
    assert error.startswith("kiosk: error: ")
    assert error.count("\n") == 1
    assert says in error
    assert "bad.json" in error
    assert not (tmp_path / "plan.pdf").exists()


@pytest.mark.parametrize(
    "options", [("--today", "hier"), ("--lang", "xx"), ("--case-code", "AAAA"), ("--config", "/nonexistent")]
)
def test_a_bad_option_is_one_line_and_no_file(
    options: tuple[str, str], answers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert printed(answers, tmp_path / "plan.pdf", *options) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert not (tmp_path / "plan.pdf").exists()


def test_a_folder_a_device_or_a_missing_folder_is_never_written(
    answers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "folder").mkdir()
    before = sorted(tmp_path.rglob("*"))
    for target in (
        tmp_path / "folder",
        Path("/dev/null"),
        tmp_path / "nowhere" / "plan.pdf",
        tmp_path / ("x" * 300),
    ):
        assert printed(answers, target) == 2
        assert capsys.readouterr().err.count("\n") == 1
    assert sorted(tmp_path.rglob("*")) == before


def test_a_disk_that_is_full_leaves_the_old_file_and_nothing_half_written(
    answers: Path, tmp_path: Path
) -> None:
    """The limit on the size of a file fails the write half-way, as a full disk does."""
    target = tmp_path / "plan.pdf"
    target.write_text("old")
    before = sorted(tmp_path.iterdir())
    words = [sys.executable, "-m", "kiosk", "print", "plan", "fr", "naissance", "--answers", str(answers)]
    done = subprocess.run(
        [*words, "--to", str(target)],
        cwd=root(),
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)),
    )
    assert done.returncode == 2
    assert done.stderr.startswith("kiosk: error: ")
    assert done.stderr.count("\n") == 1
    assert target.read_text() == "old"
    assert sorted(tmp_path.iterdir()) == before
