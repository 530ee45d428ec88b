"""Keeps one program running: starts it again at once after a wipe, and after a crash.

A visit that had answers ends by ending the process (docs/adr/007): the memory goes back to the
system, and the next person gets a new process, forked from this one, which has never seen anybody's answers
and has loaded no part of the screens. Forking saves the start of an interpreter, which every visitor would
wait for (docs/adr/041-speed.md).
"""

from __future__ import annotations

import os
import resource
import signal
import sys
import time
import traceback
from collections import deque
from collections.abc import Callable
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


def supervise(program: Callable[[], int], *, now: Callable[[], float] = time.monotonic) -> int:
    """Run ``program`` in processes of its own until it ends by itself; its exit status (0; 2 = cannot run).

    Raises KeepsCrashing when it dies again and again. SIGTERM and SIGINT are passed on to the program.
    """
    ours, theirs = os.pipe()
    running = 0
    asked_to_stop = False

    def pass_on(number: int, _frame: object) -> None:
        nonlocal asked_to_stop
        asked_to_stop = True
        if running:
            os.kill(running, number)

    before = {number: signal.signal(number, pass_on) for number in (signal.SIGTERM, signal.SIGINT)}
    crashes: deque[float] = deque(maxlen=CRASHES)
    try:
        while True:
            running = _start(program, leash=ours, close=theirs)
            status = os.waitstatus_to_exitcode(os.waitpid(running, 0)[1])
            running = 0
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


def _start(program: Callable[[], int], *, leash: int, close: int) -> int:
    """Fork; the new process runs ``program`` and nothing else. Its process id."""
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        # Answers are in this process's memory: a crash must not write it to a disk.
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        # Only the supervisor may hold the other end, or the leash would not notice its death.
        os.close(close)
        os.environ[LEASH] = str(leash)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_DFL)
        status = program()
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
