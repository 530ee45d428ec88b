"""What goes wrong at a terminal is told in one line, with exit status 2, whatever it was."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.cli import main
from sync.hub.database import claim, open_database
from sync.hub.tables import devices

LONG = "a" * 300
"""Longer than a file's name may be: even asking whether it exists fails."""


def told(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """The one line on standard error."""
    assert main(words) == 2
    said = capsys.readouterr()
    assert not said.out
    assert said.err.startswith("kiosk: error: ")
    assert said.err.count("\n") == 1
    return said.err


@pytest.mark.parametrize(
    "words",
    [
        ["ask"],
        ["ask", "--wat"],
        ["hub"],
        ["hub", "serve", "--port", "many", "--data", "x"],
        ["hub", "export", "--data", "x"],
        ["sync", "later"],
        ["tenant", "init"],
        ["doctor", "--lang", "xx"],
        ["run", "--window"],
    ],
)
def test_a_mistyped_command_is_told_in_one_line(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert f"see kiosk {words[0]}" in told(capsys, *words)


@pytest.mark.parametrize(
    "words",
    [
        ["pack", "check", LONG],
        ["sync", "status", "--data", LONG],
        ["sync", "once", "--data", LONG],
        ["hub", "init", "--data", LONG],
        ["hub", "devices", "--data", LONG],
        ["tenant", "init", LONG],
    ],
)
def test_a_path_that_is_too_long_is_told_in_one_line(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert LONG in told(capsys, *words)


@pytest.mark.parametrize(
    "words",
    [
        ["hub", "init", "--data", ""],
        ["sync", "once", "--data", ""],
        ["tenant", "init", ""],
        ["enrol", "http://127.0.0.1:1", "--token", "x", "--data", ""],
    ],
)
def test_an_unset_variable_never_means_the_folder_one_stands_in(
    words: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "empty" in told(capsys, *words)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("action", [["devices"], ["export", "--to", "out"]])
def test_looking_at_a_hub_that_is_not_there_makes_none(
    action: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert "there is no hub" in told(capsys, "hub", *action, "--data", str(tmp_path))
    assert not list(tmp_path.iterdir())


def test_a_device_cannot_steer_the_terminal_that_lists_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    engine = open_database(tmp_path, None)
    claim(engine, "valmerle")
    row = {"device_id": "d", "tenant": "valmerle", "public_key": b"k", "enrolled_at": "2026"}
    with engine.begin() as link:
        link.execute(devices.insert().values(**row, name="borne\x1b[2J\nd  active"))
    engine.dispose()
    assert main(["hub", "devices", "--data", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "borne" in said
    assert said.count("\n") == 1
    assert "\x1b" not in said


@pytest.mark.parametrize("text", ["2026-W10-1", "20261123", "2026-1-02", "٢٠٢٦-١١-٢٣", ""])
def test_a_day_has_one_written_form(text: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "answers.json").write_text("{}")
    answers = str(tmp_path / "answers.json")
    assert "is no date" in told(capsys, "ask", "fr", "naissance", "--answers", answers, "--today", text)


@pytest.mark.parametrize(
    "content", ["a = " + "[" * 50_000, "a = " + "9" * 10_000], ids=["nested without end", "a long number"]
)
def test_a_configuration_that_exhausts_its_reader_is_told_in_one_line(
    content: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "kiosk.toml").write_text(content)
    assert "kiosk.toml, line 1" in told(capsys, "doctor", "--config", str(tmp_path / "kiosk.toml"))


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ('{\n"enfant_ne": true,\n"enfant_ne": false}', 3),
        ('{\n\n"enfant_ne": NaN}', 3),
        ('{"enfant_ne":\n' + "9" * 400 + "}", 2),
    ],
    ids=["a key twice", "not a number", "a number too long"],
)
def test_a_wrong_answers_file_names_the_line(
    content: str, line: int, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "answers.json").write_text(content)
    answers = str(tmp_path / "answers.json")
    assert f"answers.json:{line}: " in told(capsys, "ask", "fr", "naissance", "--answers", answers)


def _ask(tmp_path: Path, output: int) -> subprocess.Popen[bytes]:
    (tmp_path / "answers.json").write_text("{}")
    command = ["-m", "kiosk", "ask", "fr", "naissance", "--json", "--answers", str(tmp_path / "answers.json")]
    return subprocess.Popen([sys.executable, *command], stdout=output, stderr=subprocess.PIPE)


def test_a_reader_that_has_gone_is_no_news(tmp_path: Path) -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    program = _ask(tmp_path, theirs)
    os.close(theirs)
    said = program.communicate(timeout=60)[1]
    assert (program.returncode, said) == (2, b"")


def test_a_result_that_finds_no_room_is_told(tmp_path: Path) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    program = _ask(tmp_path, full)
    os.close(full)
    said = program.communicate(timeout=60)[1]
    assert program.returncode == 2
    assert said.startswith(b"kiosk: error: cannot write standard output: ")
    assert said.count(b"\n") == 1


def test_a_trust_file_without_end_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    said = told(capsys, "hub", "serve", "--data", str(tmp_path), "--trust", "/dev/zero")
    assert "the trust file is refused" in said


def test_without_a_home_the_kiosk_asks_for_a_folder(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "~nobody-of-that-name/share")
    assert "--data DIR" in told(capsys, "doctor")


def test_a_terminal_without_accents_gets_escapes(tmp_path: Path) -> None:
    (tmp_path / "answers.json").write_text("{}")
    words = ["ask", "fr", "naissance", "--answers", str(tmp_path / "answers.json")]
    env = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run([sys.executable, "-m", "kiosk", *words], capture_output=True, env=env, timeout=60)
    assert done.returncode == 0
    assert b"\\u2019" in done.stdout
