"""Keeps one program running: starts it again at once after a wipe, and after a crash.

A visit that had answers ends by ending the process (DESIGN.md, decision 4): the memory goes back to the
system, and the next person gets a new process from this one, which has never seen anybody's answers.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from kiosk.errors import KioskError

WIPED = 75
"""Exit status of a program whose visit is over: start a new one."""
LEASH = "KIOSK_LEASH"
"""Names the descriptor that closes when the supervisor is gone; the program then ends by itself."""
CRASHES, WITHIN_S = 5, 20.0


@dataclass(eq=False)
class KeepsCrashing(KioskError):
    """The program ended ``times`` times within ``seconds`` seconds; starting it again would not help."""

    code: ClassVar[str] = "supervisor.crashes"
    times: int
    seconds: int
    status: int


def supervise(
    command: Sequence[str],
    env: Mapping[str, str],
    *,
    now: Callable[[], float] = time.monotonic,
) -> int:
    """Run ``command`` until it ends by itself; its exit status (0, or 2 = it cannot run).

    Raises KeepsCrashing when it dies again and again. SIGTERM and SIGINT are passed on to the program.
    """
    ours, theirs = os.pipe()
    running: list[subprocess.Popen[bytes]] = []
    asked_to_stop = False

    def pass_on(number: int, _frame: object) -> None:
        nonlocal asked_to_stop
        asked_to_stop = True
        for program in running:
            program.send_signal(number)

    before = {number: signal.signal(number, pass_on) for number in (signal.SIGTERM, signal.SIGINT)}
    crashes: deque[float] = deque(maxlen=CRASHES)
    try:
        while True:
            leash = {LEASH: str(ours)}
            running[:] = [subprocess.Popen(command, env={**env, **leash}, pass_fds=[ours])]
            status = running[0].wait()
            if asked_to_stop or status in (0, 2):
                return 0 if asked_to_stop else status
            if status == WIPED:
                continue
            crashes.append(now())
            if len(crashes) == CRASHES and crashes[-1] - crashes[0] < WITHIN_S:
                raise KeepsCrashing(CRASHES, round(WITHIN_S), status)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        os.close(ours)
        os.close(theirs)
