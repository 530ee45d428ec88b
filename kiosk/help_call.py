"""Calling a person with the town's own command: a bell, a message, a telephone.

The call is truthful: the command's end with status 0 means that somebody has acknowledged. Any other end, or
none in time, means that nobody is answering. The command learns which kiosk calls and nothing of who stands
there; it runs without a shell, reads nothing, and what it writes is thrown away.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

POLL_S = 0.05
GRACE_S = 0.5
"""What a command that is called off gets for its own tidying, after SIGTERM and before SIGKILL."""
_LIMIT = "/usr/bin/timeout"
"""From Debian's coreutils: ends the command even if this process is not there any more to do it."""
_LIMIT_AFTER_S = 5


def can_run(command: Sequence[str]) -> bool:
    """Whether there is a command, and its program is there to be run."""
    try:
        return bool(command) and Path(command[0]).is_file() and os.access(command[0], os.X_OK)
    except OSError:  # a name that is too long, a folder that may not be entered
        return False


def call_person(
    command: Sequence[str], wait_s: float, about: Mapping[str, str], cancelled: threading.Event
) -> bool:
    """Call, and wait until somebody acknowledges: True. False: nobody within ``wait_s`` seconds, no such
    program, or ``cancelled``. ``about`` is what the command finds in its environment.

    When this returns, neither the command nor what it started (in its process group) is left.
    """
    if cancelled.is_set() or not can_run(command):
        return False
    # Its own session: no terminal, and a process group that can be ended as a whole.
    limit = [_LIMIT, "--signal=KILL", f"{wait_s + _LIMIT_AFTER_S:g}"] if can_run([_LIMIT]) else []
    end = time.monotonic() + wait_s
    try:
        process = subprocess.Popen(
            [*limit, *command],
            env=_environment(about),
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except (OSError, ValueError):
        return False
    try:
        while not cancelled.wait(POLL_S) and time.monotonic() < end:
            if _has_ended(process.pid):
                break
        acknowledged = not cancelled.is_set() and _has_ended(process.pid)
    finally:
        _end_group(process.pid)
        status = process.wait()
    return acknowledged and status == 0


def _environment(about: Mapping[str, str]) -> dict[str, str]:
    """Nothing of ours: neither what a person did, nor the libraries of a frozen bundle."""
    return {"PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", **about}


def _has_ended(leader: int) -> bool:
    """Asked without burying it: as long as it is not, no other process can get its number."""
    return os.waitid(os.P_PID, leader, os.WEXITED | os.WNOWAIT | os.WNOHANG) is not None


def _end_group(leader: int) -> None:
    """SIGTERM to all, and SIGKILL to those that are still there after the grace."""
    _signal(leader, signal.SIGTERM)
    end = time.monotonic() + GRACE_S
    while not _has_ended(leader) and time.monotonic() < end:
        time.sleep(POLL_S)
    _signal(leader, signal.SIGKILL)


def _signal(group: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)
