"""The supervisor starts the kiosk again, and knows when to stop. It forks: each test gives it a process."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from pathlib import Path

from kiosk.supervisor import WIPED

STORY = """
import itertools, json, os, pathlib, sys
from kiosk.supervisor import KeepsCrashing, supervise

lives = pathlib.Path(sys.argv[1])
statuses = json.loads(sys.argv[2])
hours = itertools.count(step=float(sys.argv[3]))

def program():
    n = len(lives.read_text()) if lives.exists() else 0
    lives.write_text("x" * (n + 1))
    if statuses[n] == "kill":
        os.kill(os.getpid(), 9)
    if statuses[n] == "raise":
        raise RuntimeError
    return statuses[n]

try:
    print("ended", supervise(program, now=lambda: next(hours)))
except KeepsCrashing as error:
    print("gave up", error.times, error.status)
"""


def story(folder: Path, *statuses: int | str, seconds_between: float = 0.0) -> tuple[str, int]:
    """What the supervisor says in the end, and how many lives the program had."""
    lives = folder / "lives"
    command = [sys.executable, "-c", STORY, str(lives), json.dumps(statuses), str(seconds_between)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    return done.stdout.strip(), len(lives.read_text())


def test_after_a_wipe_a_new_kiosk_starts_at_once(tmp_path: Path) -> None:
    assert story(tmp_path, WIPED, WIPED, 0) == ("ended 0", 3)


def test_after_a_crash_a_new_kiosk_starts(tmp_path: Path) -> None:
    assert story(tmp_path, 1, "kill", "raise", 0) == ("ended 0", 4)


def test_a_kiosk_that_cannot_run_is_not_started_again(tmp_path: Path) -> None:
    assert story(tmp_path, 2) == ("ended 2", 1)


def test_a_kiosk_that_keeps_crashing_is_given_up_with_a_reason(tmp_path: Path) -> None:
    assert story(tmp_path, *[3] * 9) == ("gave up 5 3", 5)


def test_a_crash_now_and_then_is_never_given_up(tmp_path: Path) -> None:
    assert story(tmp_path, *[1] * 8, 0, seconds_between=3600) == ("ended 0", 9)


def test_the_kiosk_s_memory_is_never_written_to_a_core_file() -> None:
    source = (
        "import resource, sys; from kiosk.supervisor import supervise;"
        "supervise(lambda: print(resource.getrlimit(resource.RLIMIT_CORE)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True)
    assert done.stdout == "(0, 0)\n"


LEASHED = """
import os, sys, time
from kiosk.supervisor import LEASH, supervise

def program():
    print(os.getpid(), flush=True)
    os.read(int(os.environ[LEASH]), 1)  # comes back when the supervisor is gone
    print("let go", flush=True)
    time.sleep(60)
    return 0

sys.exit(supervise(program))
"""


def test_ending_the_supervisor_ends_the_kiosk_and_does_not_start_another() -> None:
    with subprocess.Popen([sys.executable, "-c", LEASHED], stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stdout.readline().strip().isdigit()
        running.send_signal(signal.SIGTERM)
        assert running.wait(timeout=10) == 0
        assert running.stdout.read() == ""


def test_the_kiosk_notices_when_its_supervisor_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", LEASHED], stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        kiosk = int(running.stdout.readline())
        running.kill()
        ready, _, _ = select.select([running.stdout], [], [], 10)
        assert ready
        assert running.stdout.readline() == "let go\n"
        os.kill(kiosk, signal.SIGKILL)


def test_the_supervisor_has_loaded_no_screen_and_no_content() -> None:
    source = (
        "import sys, kiosk.supervisor, kiosk.commands.run\n"
        "print(*[name for name in sys.modules if name.startswith(('PySide6', 'ui', 'kiosk.procedures'))])"
    )
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
