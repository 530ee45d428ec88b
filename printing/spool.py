"""To paper through CUPS, and knowing whether it came out.

``lp`` gets the document on its standard input, so no file of ours holds it, and exits 0 even with a dead
printer: it only says that CUPS took the job. So the queue is watched until the job has left it; past the
deadline the job is cancelled with its files, or it would come out hours later in front of somebody else.
"""

from __future__ import annotations

import re
import subprocess
import threading
import time
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from kiosk.resources import system_environment

LARGEST_DOCUMENT = 64 * 1024 * 1024
COMMAND_S = 10.0
POLL_S = 0.2
_QUEUE = re.compile(r"[A-Za-z0-9_.][A-Za-z0-9_.-]{0,126}")


class PrintOutcome(StrEnum):
    """What became of a document."""

    PRINTED = "printed"  # the job has left the queue, completed
    ABORTED = "aborted"  # the printer refused it half-way
    NO_PRINTER = "no-printer"  # no such queue, or CUPS does not answer
    NOT_PRINTED = "not-printed"  # not out by the deadline; cancelled


@dataclass(frozen=True)
class PrintResult:
    """``job`` is CUPS's name for it ("ticket-7"), "" if there was none."""

    outcome: PrintOutcome
    job: str = ""

    @property
    def printed(self) -> bool:
        return self.outcome is PrintOutcome.PRINTED


class PrinterState(StrEnum):
    """What a queue says of itself."""

    READY = "ready"
    PRINTING = "printing"
    STOPPED = "stopped"
    REJECTING = "rejecting"  # takes no jobs
    MISSING = "missing"
    NO_CUPS = "no-cups"  # lp is not installed, or cupsd does not answer


class Printer(Protocol):
    """A way to paper."""

    def print(self, document: bytes, title: str, deadline_s: float) -> PrintResult:
        """Print ``document`` (PDF); blocks until it is out, refused, or ``deadline_s`` seconds are over."""
        ...


class LpPrinter:
    """A CUPS queue. ``title`` is seen by whoever looks at the queue: it must name nobody."""

    def __init__(self, queue: str) -> None:
        if not _QUEUE.fullmatch(queue):
            raise ValueError("not a queue name")
        self.queue = queue

    def print(
        self,
        document: bytes,
        title: str,
        deadline_s: float,
        cancelled: threading.Event | None = None,
    ) -> PrintResult:
        """As in :class:`Printer`; once ``cancelled`` is set (the visit ended) the job is taken back."""
        if len(document) > LARGEST_DOCUMENT:
            raise ValueError("the document is too large")
        cancelled = cancelled or threading.Event()
        if cancelled.is_set():
            return PrintResult(PrintOutcome.NOT_PRINTED)
        end = time.monotonic() + deadline_s
        job = self._submit(document, title)
        if not job:
            return PrintResult(PrintOutcome.NO_PRINTER)
        while time.monotonic() < end and not cancelled.is_set():
            if not self._waits(job):
                return PrintResult(self._ended(job), job)
            cancelled.wait(POLL_S)
        cancel(job)
        return PrintResult(PrintOutcome.NOT_PRINTED, job)

    def _submit(self, document: bytes, title: str) -> str:
        """The job's name; "" if CUPS did not take it."""
        words = ["lp", "-d", self.queue, "-t", title, "-o", "media=a4", "-"]
        asked = _run(words, document)
        found = re.search(rf"({re.escape(self.queue)}-\d+)", asked.stdout) if asked else None
        return found[1] if asked and asked.returncode == 0 and found else ""

    def _waits(self, job: str) -> bool:
        """Whether the job is in the queue; true when CUPS does not answer, since we do not know."""
        asked = _run(["lpstat", "-W", "not-completed", "-o", self.queue])
        if asked is None or asked.returncode != 0:
            return True
        return job in (line.split()[0] for line in asked.stdout.splitlines() if line.strip())

    def _ended(self, job: str) -> PrintOutcome:
        """A job that left the queue was printed, or aborted by the printer: CUPS keeps that for a while."""
        asked = _run(["lpstat", "-l", "-W", "completed", "-o", self.queue])
        lines = iter((asked.stdout if asked else "").splitlines())
        for line in lines:
            if line.split()[:1] == [job]:
                details = []
                for detail in lines:
                    if not detail.startswith((" ", "\t")):
                        break
                    details.append(detail)
                bad = re.search(r"aborted|canceled", "\n".join(details), re.IGNORECASE)
                return PrintOutcome.ABORTED if bad else PrintOutcome.PRINTED
        return PrintOutcome.PRINTED


def cancel(job: str) -> None:
    """Take a job back, and delete its files (``-x``)."""
    _run(["cancel", "-x", job])


def printer_state(queue: str) -> PrinterState:
    """What the queue says of itself; it may be wrong about a printer that was just unplugged."""
    if not _QUEUE.fullmatch(queue):
        return PrinterState.MISSING
    running = _run(["lpstat", "-r"])
    if running is None or "not running" in running.stdout or running.returncode != 0:
        return PrinterState.NO_CUPS
    asked = _run(["lpstat", "-p", queue, "-a", queue])
    if asked is None:
        return PrinterState.NO_CUPS
    if asked.returncode != 0 or f"printer {queue} " not in asked.stdout:
        return PrinterState.MISSING
    if "disabled" in asked.stdout:
        return PrinterState.STOPPED
    if f"{queue} not accepting" in asked.stdout:
        return PrinterState.REJECTING
    return PrinterState.PRINTING if "now printing" in asked.stdout else PrinterState.READY


def _run(words: list[str], data: bytes = b"") -> subprocess.CompletedProcess[str] | None:
    """Run a CUPS command; None if it is not there or does not come back in time."""
    try:
        # English answers, whatever the machine speaks: they are read here.
        env = system_environment() | {"LC_ALL": "C.UTF-8", "LANGUAGE": "C"}
        done = subprocess.run(words, input=data, capture_output=True, timeout=COMMAND_S, env=env, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    texts = done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")
    return subprocess.CompletedProcess(words, done.returncode, *texts)
