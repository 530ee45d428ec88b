"""The supervisor starts the kiosk again, and knows when to stop."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.supervisor import WIPED, KeepsCrashing, supervise


def program(folder: Path, *statuses: int) -> list[str]:
    """A program that ends with one status after another, counting its lives in a file."""
    source = (
        "import pathlib, sys\n"
        f"lives = pathlib.Path({str(folder / 'lives')!r})\n"
        "n = len(lives.read_text()) if lives.exists() else 0\n"
        "lives.write_text('x' * (n + 1))\n"
        f"sys.exit({list(statuses)!r}[n])\n"
    )
    return [sys.executable, "-c", source]


def lives(folder: Path) -> int:
    return len((folder / "lives").read_text())


def test_after_a_wipe_a_new_kiosk_starts_at_once(tmp_path: Path) -> None:
    assert supervise(program(tmp_path, WIPED, WIPED, 0), os.environ) == 0
    assert lives(tmp_path) == 3


def test_after_a_crash_a_new_kiosk_starts(tmp_path: Path) -> None:
    assert supervise(program(tmp_path, 1, -9 & 0xFF, 0), os.environ) == 0
    assert lives(tmp_path) == 3


def test_a_kiosk_that_cannot_run_is_not_started_again(tmp_path: Path) -> None:
    assert supervise(program(tmp_path, 2), os.environ) == 2
    assert lives(tmp_path) == 1


def test_a_kiosk_that_keeps_crashing_is_given_up_with_a_reason(tmp_path: Path) -> None:
    with pytest.raises(KeepsCrashing) as caught:
        supervise(program(tmp_path, *[3] * 9), os.environ)
    assert caught.value.status == 3
    assert lives(tmp_path) == 5


def test_a_crash_now_and_then_is_never_given_up(tmp_path: Path) -> None:
    hours = iter(range(0, 10_000_000, 3600))
    assert supervise(program(tmp_path, *[1] * 8, 0), os.environ, now=lambda: float(next(hours))) == 0
    assert lives(tmp_path) == 9


def test_ending_the_supervisor_ends_the_kiosk_and_does_not_start_another(tmp_path: Path) -> None:
    inner = "import time; print('up', flush=True); time.sleep(60)"
    outer = (
        "import os, sys\nfrom kiosk.supervisor import supervise\n"
        f"sys.exit(supervise([sys.executable, '-c', {inner!r}], os.environ))"
    )
    with subprocess.Popen([sys.executable, "-c", outer], stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "up\n"
        running.send_signal(signal.SIGTERM)
        assert running.wait(timeout=10) == 0
        assert running.stdout.read() == ""
