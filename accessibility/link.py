"""The owner's end of the speech process: starts it, talks to it, and ends it when it does not obey.

One thread does all the waiting, on the two pipes and on a wake-up pair, so the callers never block and a
hung process cannot hold anybody. A stop that is not confirmed in time kills the process with its player.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

from accessibility.speech import OnDone, OnWord, SpeechReport, SpeechState

if TYPE_CHECKING:
    from accessibility import wire

WORDS_A_MINUTE = 150
OBEY_S = 0.08
"""A stop is confirmed in 2 to 5 ms; silence is promised within 100."""
LET_GO_S = 2.0
START_S = 10.0
REPORT_S = 3.0
RETRY_S = 5.0
"""A process that could not start is not tried again before this: no espeak is no reason to burn the CPU."""
MOST_WAITING = 200


def worker_command() -> list[str]:
    """How the speech process is started, from source and from the frozen bundle."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--speech-worker"]
    return [sys.executable, "-m", "accessibility.worker"]


@dataclass(frozen=True)
class _Utterance:
    request: wire.Say
    on_done: OnDone | None
    on_word: OnWord | None


class _Process:
    """A running speech process and the bytes on their way to and from it."""

    def __init__(self, command: list[str]) -> None:
        from accessibility import wire

        self.child = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=None if getattr(sys, "frozen", False) else Path(__file__).resolve().parent.parent,
            start_new_session=True,  # its player dies with it: the whole group is killed
        )
        self.pipes = cast(IO[bytes], self.child.stdin), cast(IO[bytes], self.child.stdout)
        self.stdin, self.stdout = (pipe.fileno() for pipe in self.pipes)
        os.set_blocking(self.stdin, False)
        os.set_blocking(self.stdout, False)
        self.frames = wire.Frames()
        self.unsent = bytearray()
        self.ready = False
        self.asked = self.confirmed = 0  # generations of the last stop, and of the last one it obeyed
        self.deadline: float | None = time.monotonic() + START_S

    def end(self) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.child.pid, signal.SIGKILL)
        for pipe in self.pipes:
            with contextlib.suppress(OSError):
                pipe.close()
        self.child.wait()


class WorkerSpeaker:
    """The :class:`accessibility.speech.Speaker` of a real machine."""

    def __init__(self, command: Callable[[], list[str]] = worker_command) -> None:
        self._command = command
        self._lock = threading.Lock()  # guards the four names below
        self._generation = self._ticket = 0
        self._asked: deque[_Utterance | str] = deque()
        self._thread: threading.Thread | None = None
        # From here on: the thread's own.
        self._wake_in, self._wake_out = socket.socketpair()
        self._wake_in.setblocking(False)
        self._wake_out.setblocking(False)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._wake_out, selectors.EVENT_READ)
        self._process: _Process | None = None
        self._waiting: dict[int, _Utterance] = {}
        self._not_before = 0.0
        self._report = SpeechReport(SpeechState.FAILED)
        self._reported = threading.Event()

    # -- any thread -----------------------------------------------------------------------------------------

    def say(
        self,
        text: str,
        lang: str,
        *,
        interrupt: bool = True,
        on_done: OnDone | None = None,
        on_word: OnWord | None = None,
    ) -> None:
        from accessibility import wire

        words = text[: wire.LONGEST_TEXT].encode(errors="replace").decode()  # a lone surrogate is no JSON
        with self._lock:
            self._ticket += 1
            self._generation += interrupt
            request = wire.Say(self._ticket, self._generation, lang, words, WORDS_A_MINUTE)
            self._ask(_Utterance(request, on_done, on_word))

    def stop(self) -> None:
        with self._lock:
            self._generation += 1
            if self._thread is not None:
                self._ask("stop")

    def voices(self) -> frozenset[str]:
        return self.report().languages

    def report(self) -> SpeechReport:
        """What this machine's voice can do; waits for the process to have started, three seconds at most."""
        with self._lock:
            self._ask("start")
        self._reported.wait(REPORT_S)
        return self._report

    def close(self) -> None:
        with self._lock:
            thread = self._thread
            self._generation += 1
            if thread is not None:
                self._ask("close")
        if thread is not None and thread is not threading.current_thread():
            thread.join(1)

    def _ask(self, what: _Utterance | str) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="speech", daemon=True)
            self._thread.start()
        self._asked.append(what)
        with contextlib.suppress(BlockingIOError):  # full of wake-ups: it will wake
            self._wake_in.send(b"!")

    # -- the speech thread ----------------------------------------------------------------------------------

    def _run(self) -> None:
        while True:
            process = self._process
            wait = None
            if process is not None and process.deadline is not None:
                wait = max(0.0, process.deadline - time.monotonic())
            for key, events in self._selector.select(wait):
                if key.fileobj is self._wake_out:
                    self._drain()
                elif process is self._process and process is not None:
                    self._exchange(process, events)
            if not self._obey():
                break
            process = self._process
            if process and process.deadline is not None and time.monotonic() >= process.deadline:
                self._lose(hung=True)
        with self._lock:
            self._thread = None

    def _drain(self) -> None:
        with contextlib.suppress(BlockingIOError):
            while self._wake_out.recv(4096):
                pass

    def _obey(self) -> bool:
        """Carry out what was asked; False when the speaker is closed."""
        while True:
            with self._lock:
                if not self._asked:
                    return True
                what, generation = self._asked.popleft(), self._generation
            if isinstance(what, _Utterance):
                self._pass_on(what, generation)
            elif what == "stop":
                self._silence(generation)
            elif what == "start":
                self._start()
            else:
                self._lose()
                return False

    def _pass_on(self, utterance: _Utterance, generation: int) -> None:
        request = utterance.request
        if request.generation < generation or len(self._waiting) >= MOST_WAITING:
            _tell(utterance.on_done, "dropped")
            return
        self._silence(request.generation)
        process = self._start()
        if process is None:
            _tell(utterance.on_done, "failed")
            return
        self._waiting[request.ticket] = utterance
        self._send(process, request)

    def _silence(self, generation: int) -> None:
        """Ask for silence if something older may be heard, and note by when it must be so."""
        from accessibility import wire

        process = self._process
        if process is None or all(u.request.generation >= generation for u in self._waiting.values()):
            return
        self._send(process, wire.Stop(generation))
        process.asked = generation
        if process.ready:
            process.deadline = min(process.deadline or float("inf"), time.monotonic() + OBEY_S)

    def _start(self) -> _Process | None:
        if self._process is None and time.monotonic() >= self._not_before:
            self._reported.clear()
            try:
                self._process = _Process(self._command())
            except OSError:
                self._settle(SpeechReport(SpeechState.FAILED))
                self._not_before = time.monotonic() + RETRY_S
                return None
            self._selector.register(self._process.stdout, selectors.EVENT_READ)
        return self._process

    def _send(self, process: _Process, message: wire.Request) -> None:
        from accessibility import wire

        process.unsent += wire.frame(message)
        self._flush(process)

    def _flush(self, process: _Process) -> None:
        with contextlib.suppress(BlockingIOError, BrokenPipeError):  # broken: its end shows on stdout
            while process.unsent:
                del process.unsent[: os.write(process.stdin, process.unsent)]
        known = process.stdin in self._selector.get_map()
        if process.unsent and not known:
            self._selector.register(process.stdin, selectors.EVENT_WRITE)
        elif known and not process.unsent:
            self._selector.unregister(process.stdin)

    def _exchange(self, process: _Process, events: int) -> None:
        from accessibility import wire

        if events & selectors.EVENT_WRITE:
            self._flush(process)
            return
        try:
            chunk = os.read(process.stdout, 65536)
            reports = [wire.report(body) for body in process.frames.feed(chunk)]
        except BlockingIOError:
            return
        except wire.BrokenWire:
            chunk, reports = b"", []
        for report in reports:
            self._heard(process, report)
        if not chunk:
            self._lose()

    def _heard(self, process: _Process, report: wire.Report) -> None:
        from accessibility import wire

        if isinstance(report, wire.Ready):
            process.ready, process.deadline = True, None
            self._settle(_report(report))
        elif isinstance(report, wire.Silent):
            process.confirmed = report.generation
            self._watch(process)
        elif isinstance(report, wire.Word):
            if utterance := self._waiting.get(report.ticket):
                _tell(utterance.on_word, report.offset, report.length)
        elif utterance := self._waiting.pop(report.ticket, None):
            self._watch(process)
            _tell(utterance.on_done, report.outcome)

    def _watch(self, process: _Process) -> None:
        """Silence is confirmed; an engine that does not let go of what was cut is hung, and is ended too."""
        if process.confirmed < process.asked or not process.ready:
            return
        stale = any(u.request.generation < process.asked for u in self._waiting.values())
        process.deadline = time.monotonic() + LET_GO_S if stale else None

    def _settle(self, report: SpeechReport) -> None:
        self._report = report
        self._reported.set()

    def _lose(self, *, hung: bool = False) -> None:
        """The process is gone, or must go. What it was to say has failed; a stop it ignored is obeyed now."""
        process, self._process = self._process, None
        if process is None:
            return
        for descriptor in (process.stdin, process.stdout):
            if descriptor in self._selector.get_map():
                self._selector.unregister(descriptor)
        process.end()
        if not process.ready:
            self._settle(SpeechReport(SpeechState.FAILED))
        if not process.ready or self._report.state is SpeechState.NO_ENGINE:
            self._not_before = time.monotonic() + RETRY_S
        lost, self._waiting = self._waiting, {}
        with self._lock:
            generation = self._generation
        for utterance in lost.values():
            current = utterance.request.generation == generation
            if current and hung and process.ready:
                self._pass_on(utterance, generation)  # it waited behind what would not stop
            else:
                _tell(utterance.on_done, "failed" if current else "interrupted")


def _report(ready: wire.Ready) -> SpeechReport:
    languages = frozenset(ready.languages)
    if not ready.engine:
        return SpeechReport(SpeechState.NO_ENGINE)
    state = SpeechState.READY if ready.player else SpeechState.NO_PLAYER
    return SpeechReport(state, languages, ready.player)


def _tell(callback: Callable[..., None] | None, *facts: object) -> None:
    """Call back; a screen's mistake must not end the voice."""
    if callback is not None:
        with contextlib.suppress(Exception):
            callback(*facts)
