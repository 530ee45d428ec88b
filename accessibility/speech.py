"""Speech as the screens see it: say, stop, and know whether it was heard.

Importing this starts nothing and costs next to nothing; the speech process starts with the first utterance.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

OnDone = Callable[[str], None]
"""Receives "done", "interrupted" (cut while it was heard), "dropped" (never begun) or "failed"."""

OnWord = Callable[[int, int], None]
"""Receives offset and length, in characters of the spoken form, when that word is heard."""


class SpeechState(StrEnum):
    """What a technician needs to know about the voice of this machine."""

    READY = "ready"
    NO_ENGINE = "no-engine"  # espeak-ng is not installed
    NO_PLAYER = "no-player"  # no sound server answers and no sound card is there
    FAILED = "failed"  # the speech process does not start


@dataclass(frozen=True)
class SpeechReport:
    """``languages`` that have a voice (ISO 639-1); ``player`` is "pacat", "aplay" or ""."""

    state: SpeechState
    languages: frozenset[str] = frozenset()
    player: str = ""


class Speaker(Protocol):
    """A voice. No method waits for sound; callbacks come on another thread and must return at once."""

    def say(
        self,
        text: str,
        lang: str,
        *,
        interrupt: bool = True,
        on_done: OnDone | None = None,
        on_word: OnWord | None = None,
    ) -> None:
        """Speak ``text``; what is being said is cut, unless ``interrupt`` is false: then it comes after."""
        ...

    def stop(self) -> None:
        """Silence within 100 ms; what waits is dropped."""
        ...

    def voices(self) -> frozenset[str]:
        """The languages that can be spoken. The first call may wait, three seconds at most."""
        ...

    def close(self) -> None:
        """Silence, and the end of whatever runs for the voice."""
        ...


class NullSpeaker:
    """A kiosk without speech: everything fails at once, so that the screen can say so."""

    def say(
        self,
        text: str,  # noqa: ARG002
        lang: str,  # noqa: ARG002
        *,
        interrupt: bool = True,  # noqa: ARG002
        on_done: OnDone | None = None,
        on_word: OnWord | None = None,  # noqa: ARG002
    ) -> None:
        if on_done is not None:
            on_done("failed")

    def stop(self) -> None:
        pass

    def voices(self) -> frozenset[str]:
        return frozenset()

    def close(self) -> None:
        pass


@dataclass(frozen=True)
class Said:
    """One utterance: ``text`` as the screen gave it, ``spoken`` as a voice would get it."""

    text: str
    lang: str
    spoken: str
    interrupt: bool


class RecordingSpeaker:
    """For tests: ``said`` holds every utterance, ``stops`` counts the calls of :meth:`stop`.

    With ``hold`` an utterance lasts until :meth:`finish`, the next interruption or :meth:`stop`;
    otherwise it is over at once. ``outcome`` is what a finished utterance reports.
    """

    def __init__(self, languages: frozenset[str] = frozenset({"fr", "en"}), *, hold: bool = False) -> None:
        self.said: list[Said] = []
        self.stops = 0
        self.outcome = "done"
        self._languages, self._hold = languages, hold
        self._waiting: list[OnDone] = []

    def say(
        self,
        text: str,
        lang: str,
        *,
        interrupt: bool = True,
        on_done: OnDone | None = None,
        on_word: OnWord | None = None,  # noqa: ARG002
    ) -> None:
        from accessibility.spoken import spoken

        if interrupt:
            self._end_all("interrupted")
        self.said.append(Said(text, lang, spoken(text, lang), interrupt))
        if on_done is not None:
            self._waiting.append(on_done)
        if not self._hold:
            self.finish()

    def finish(self) -> None:
        """The sound of everything said so far is over."""
        self._end_all(self.outcome)

    def stop(self) -> None:
        self.stops += 1
        self._end_all("interrupted")

    def voices(self) -> frozenset[str]:
        return self._languages

    def close(self) -> None:
        self.stop()

    def _end_all(self, outcome: str) -> None:
        waiting, self._waiting = self._waiting, []
        for on_done in waiting:
            on_done(outcome)


def open_speaker() -> Speaker:
    """The voice of this machine. Starts nothing until something is said."""
    from accessibility.link import WorkerSpeaker

    return WorkerSpeaker()


def speech_state() -> SpeechReport:
    """Start a voice, ask what it can do, end it: for ``doctor``. Takes three seconds at most."""
    from accessibility.link import WorkerSpeaker

    speaker = WorkerSpeaker()
    try:
        return speaker.report()
    finally:
        speaker.close()
