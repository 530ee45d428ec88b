"""``kiosk pack preview`` from the command line: the real program, without a display."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.cli import main

GOOD = Path("tests/packs/good")


def test_a_preview_shows_the_pack_and_leaves_nothing_behind(tmp_path: Path) -> None:
    home, temporary = tmp_path / "home", tmp_path / "tmp"
    home.mkdir()
    temporary.mkdir()
    command = ["-m", "kiosk", "pack", "preview", str(GOOD), "--event", "logis", "--windowed"]
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(home), "TMPDIR": str(temporary)}
    for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "KIOSK_DATA"):
        env.pop(name, None)
    with subprocess.Popen([sys.executable, *command], stdout=subprocess.PIPE, env=env, text=True) as program:
        assert program.stdout
        assert program.stdout.readline().startswith("READY ")
        assert list(temporary.glob("kiosk-preview-*"))
        program.send_signal(signal.SIGINT)
        assert program.wait(30) == 0
    assert not list(temporary.iterdir())
    assert not list(home.rglob("*"))


def refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["pack", "preview", *arguments]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    return error


def test_a_preview_that_cannot_begin_says_why(tmp_path: Path, capsys, monkeypatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    broken = Path(shutil.copytree(GOOD, tmp_path / "gg"))
    (broken / "bodies.yaml").write_text("mairie: {nam: a}", "utf-8")
    assert "bodies.yaml:1:10" in refused([str(broken)], capsys)
    assert "logis" in refused([str(GOOD), "--event", "noces"], capsys)
    assert "fr, en" in refused([str(GOOD), "--lang", "de"], capsys)
    assert "1080x1920" in refused([str(GOOD), "--size", "big"], capsys)
    monkeypatch.delenv("QT_QPA_PLATFORM")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert "no screen" in refused([str(GOOD)], capsys)
