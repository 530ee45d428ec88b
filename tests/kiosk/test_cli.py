"""The command line: help, unknown commands, one-line errors."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from kiosk.cli import COMMANDS, main


def kiosk(*words: str, **env: str) -> subprocess.CompletedProcess[str]:
    base = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    base.pop("QT_QPA_PLATFORM", None)
    return subprocess.run(
        [sys.executable, "-m", "kiosk", *words],
        capture_output=True,
        text=True,
        env={**base, **env},
        timeout=60,
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_of_the_table_exists_and_explains_itself(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main([name, "--help"])
    assert caught.value.code == 0
    assert f"kiosk {name}" in capsys.readouterr().out


def test_help_lists_the_commands_and_is_no_error() -> None:
    done = kiosk("--help")
    assert done.returncode == 0
    assert all(name in done.stdout for name in COMMANDS)


def test_the_version_is_that_of_the_project() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))["project"]
    assert kiosk("--version").stdout == f"kiosk {project['version']}\n"


def test_an_unknown_command_is_told_in_one_line() -> None:
    done = kiosk("prnit")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "prnit" in done.stderr
    assert "print" in done.stderr


def test_without_a_screen_the_kiosk_says_what_to_do() -> None:
    done = kiosk("run")
    assert done.returncode == 2
    assert done.stderr == (
        "kiosk: error: there is no screen: start the kiosk inside a graphical session,"
        " or under xvfb-run to try it\n"
    )


@pytest.mark.parametrize("size", ["big", "10x10", "1080", "1080x99999", "1080X1920"])
def test_a_size_that_is_none_is_refused(size: str) -> None:
    done = kiosk("run", "--size", size, QT_QPA_PLATFORM="offscreen")
    assert done.returncode == 2
    assert "1080x1920" in done.stderr


def test_the_command_line_itself_imports_no_part_of_the_product() -> None:
    source = "import sys, kiosk.cli; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True)
    ours = [name for name in done.stdout.split() if name.startswith(("kiosk.", "ui", "sync", "PySide6"))]
    assert sorted(ours) == ["kiosk.cli", "kiosk.errors"]
