"""The speech process: ``python -m accessibility.worker`` (frozen: ``kiosk --speech-worker``).

It reads requests on standard input and writes reports on standard output (:mod:`accessibility.wire`). Two
threads: this one reads and cuts, the other one makes the sound. A process, because espeak can crash or hang
and a thread cannot be killed; a player process below it, because only that stops the sound at once.
"""

from __future__ import annotations

import os
import queue
import re
import resource
import sys
import threading
import time
from collections.abc import Iterator

from accessibility import wire
from accessibility.engine import Engine, Mark, NoEngine
from accessibility.players import Playback, find_player
from accessibility.spoken import spoken

PIECE = 300
"""Characters synthesised at once: the first sound comes early, and long texts take no memory."""

GRACE_S = 2.0
"""A player that has had all its sound and does not leave is given up after this."""

_SENTENCE_END = re.compile(r"[.!?:;…。؟]\s+|\n+")


def pieces(text: str, longest: int = PIECE) -> Iterator[tuple[int, str]]:
    """Cut a text at ends of sentences, else at spaces, else anywhere: (offset in characters, piece)."""
    start = 0
    while start < len(text):
        end = len(text)
        if end - start > longest:
            window = text[start : start + longest]
            ends = [match.end() for match in _SENTENCE_END.finditer(window)]
            end = start + (ends[-1] if ends else window.rfind(" ") + 1 or longest)
        if text[start:end].strip():
            yield start, text[start:end]
        start = end


class Voice:
    """Speaks what it is given, in order, on its own thread; ``cut`` works from any other."""

    def __init__(self, engine: Engine, player: str, out: Reports) -> None:
        self._engine, self._player, self._out = engine, player, out
        self._generation = 0
        self._queue: queue.SimpleQueue[wire.Say] = queue.SimpleQueue()
        self._nudge = threading.Event()
        self._lock = threading.Lock()  # held for a few instructions, never while sound plays
        self._playing: Playback | None = None

    def say(self, request: wire.Say) -> None:
        if request.generation > self._generation:
            self.cut(request.generation)
        self._queue.put(request)

    def cut(self, generation: int) -> None:
        """Everything older than ``generation`` is silent when this returns."""
        with self._lock:
            self._generation = max(self._generation, generation)  # first: what is queued is now stale
            playing, self._playing = self._playing, None
        if playing is not None:
            playing.kill()
        self._nudge.set()

    def run(self) -> None:
        while True:
            request = self._queue.get()
            try:
                outcome = self._speak(request) if self._current(request) else "dropped"
            except OSError:  # no player program, no processes left: this text is lost, the voice is not
                outcome = "failed"
            self._out.send(wire.Done(request.ticket, outcome))

    def _current(self, request: wire.Say) -> bool:
        return request.generation == self._generation

    def _open(self, request: wire.Say) -> Playback | None:
        """A player, unless the request became stale. Looks again for a player when there was none."""
        self._player = self._player or find_player()
        if not self._player:
            raise FileNotFoundError
        playing = Playback(self._player, self._engine.hertz)
        with self._lock:
            if self._current(request):
                self._playing = playing
                return playing
        playing.kill()
        return None

    def _speak(self, request: wire.Say) -> str:
        playing: Playback | None = None
        marks: list[Mark] = []
        seconds = start = 0.0
        for offset, text in pieces(spoken(request.text, request.lang)):
            sound = self._engine.synthesise(text, request.lang, request.rate, lambda: self._current(request))
            if sound is None:
                if playing is not None:
                    playing.kill()
                return "failed" if self._current(request) else "interrupted"
            if playing is None:
                playing = self._open(request)
                start = time.monotonic()
            if playing is None:
                return "interrupted"
            marks += [Mark(seconds + m.at, offset + m.offset, m.length) for m in sound.marks]
            seconds += len(sound.pcm) / 2 / self._engine.hertz
            playing.write(sound.pcm)
            while self._alive(request, playing) and not playing.room:
                self._pass_time(request, marks, start)
            if not self._alive(request, playing):
                break
        if playing is None:  # nothing but spaces: there is nothing to hear
            return "done"
        playing.end()
        return self._finish(request, playing, marks, start, seconds)

    def _finish(
        self, request: wire.Say, playing: Playback, marks: list[Mark], start: float, seconds: float
    ) -> str:
        # A dead sound server must not mute us for ever.
        while self._alive(request, playing) and time.monotonic() < start + seconds + GRACE_S:
            self._pass_time(request, marks, start)
        status = playing.status
        playing.kill()
        with self._lock:
            if self._playing is playing:
                self._playing = None
        if not self._current(request):
            return "interrupted"
        if status == 0:
            return "done"
        self._player = ""  # the server went, or a card was unplugged: look again next time
        return "failed"

    def _alive(self, request: wire.Say, playing: Playback) -> bool:
        return self._current(request) and playing.status is None

    def _pass_time(self, request: wire.Say, marks: list[Mark], start: float) -> None:
        """Report the words that are heard by now, then wait for the next one, at most 20 ms."""
        now = time.monotonic() - start
        while marks and now >= marks[0].at:
            mark = marks.pop(0)
            self._out.send(wire.Word(request.ticket, mark.offset, mark.length))
        wait = min(0.02, max(0.001, marks[0].at - now)) if marks else 0.02
        self._nudge.wait(wait)
        self._nudge.clear()


class Reports:
    """The way back to the owner; both threads use it."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._lock = threading.Lock()

    def send(self, report: wire.Report) -> None:
        data = memoryview(wire.frame(report))
        with self._lock:
            try:
                while data:
                    data = data[os.write(self._descriptor, data) :]
            except OSError:
                os._exit(0)  # the owner is gone, and with it every wish to hear


def serve(requests: int, reports: int) -> int:
    """Speak until ``requests`` ends. Both are file descriptors."""
    out = Reports(reports)
    try:
        engine = Engine()
    except NoEngine:
        out.send(wire.Ready(False, [], ""))
        return 1
    player = find_player()
    out.send(wire.Ready(True, sorted(engine.languages), player))
    voice = Voice(engine, player, out)
    threading.Thread(target=voice.run, name="voice", daemon=True).start()
    frames, last = wire.Frames(), 0
    try:
        while chunk := os.read(requests, 65536):
            for body in frames.feed(chunk):
                request = wire.request(body)
                last = request.generation
                if isinstance(request, wire.Say):
                    voice.say(request)
                else:
                    voice.cut(request.generation)
                    out.send(wire.Silent(request.generation))
    except (wire.BrokenWire, OSError):
        pass
    voice.cut(last + 1)
    return 0


def main() -> int:
    """The entry point of the process."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # no spoken text in a core dump
    reports = os.dup(1)
    os.dup2(2, 1)  # a library that prints must not break a frame
    status = serve(0, reports)
    os._exit(status)  # the voice thread may be inside espeak: do not wait for it


if __name__ == "__main__":
    sys.exit(main())
