"""espeak-ng through pyttsx3's binding, used so that it can be cut: samples in memory, no sound device.

Only the speech process imports this. The stock pyttsx3 driver plays inside espeak's own callback, so its
``stop()`` waits for the end of the sound (8 s measured), and it leaves the spoken text as a WAV file.
libespeak-ng is not thread-safe: every call is made on one thread.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any, NamedTuple

PREFERRED = {
    "fr": "roa/fr",
    "en": "gmw/en",
    "de": "gmw/de",
    "nl": "gmw/nl",
    "es": "roa/es",
    "it": "roa/it",
    "pt": "roa/pt",
    "pl": "zlw/pl",
    "ro": "roa/ro",
    "ar": "sem/ar",
    "uk": "zle/uk",
    "ru": "zle/ru",
}
"""The voice of each language we know to be right; another language takes the engine's own order."""


class NoEngine(Exception):
    """libespeak-ng is not installed, or does not start."""


class Mark(NamedTuple):
    """A word: ``at`` seconds into the sound, ``offset`` and ``length`` in characters of the text."""

    at: float
    offset: int
    length: int


class Sound(NamedTuple):
    """16-bit mono samples in native order, and the words in them."""

    pcm: bytes
    marks: tuple[Mark, ...]


class Engine:
    """One espeak-ng. ``hertz`` is its sample rate."""

    def __init__(self) -> None:
        try:
            from pyttsx3.drivers import _espeak as espeak
        except Exception as error:  # the binding raises RuntimeError or AttributeError without the library
            raise NoEngine from error
        self._espeak: Any = espeak
        self.hertz: int = espeak.Initialize(espeak.AUDIO_OUTPUT_SYNCHRONOUS, 60)
        if self.hertz <= 0:
            raise NoEngine
        self._names = self._voice_names()
        self._current: tuple[str, int] | None = None

    @property
    def languages(self) -> frozenset[str]:
        """The languages that have a voice: "fr", "en", "ar"..."""
        return frozenset(self._names)

    def synthesise(self, text: str, lang: str, rate: int, wanted: Callable[[], bool]) -> Sound | None:
        """The sound of ``text``; None if ``wanted`` turned false meanwhile or ``lang`` has no voice."""
        espeak = self._espeak
        if not self._choose(lang, rate):
            return None
        pcm: list[bytes] = []
        marks: list[Mark] = []

        def collect(samples: Any, count: int, events: Any) -> int:
            index = 0
            while (event := events[index]).type != espeak.EVENT_LIST_TERMINATED:
                if event.type == espeak.EVENT_WORD:  # audio_position: ms within the sound, not "now"
                    marks.append(Mark(event.audio_position / 1000, event.text_position - 1, event.length))
                index += 1
            if count > 0:
                pcm.append(ctypes.string_at(samples, 2 * count))
            return int(not wanted())  # 1 = stop synthesising

        espeak.SetSynthCallback(collect)
        espeak.Synth(text, flags=espeak.ENDPAUSE | espeak.CHARS_UTF8)
        return Sound(b"".join(pcm), tuple(marks)) if wanted() else None

    def _choose(self, lang: str, rate: int) -> bool:
        name = self._names.get(lang)
        if name is None:
            return False
        if self._current != (name, rate):
            if self._espeak.SetVoiceByName(name.encode()) != 0:
                return False
            self._espeak.SetParameter(self._espeak.RATE, rate, 0)
            self._current = (name, rate)
        return True

    def _voice_names(self) -> dict[str, str]:
        names: dict[str, str] = {}
        known: set[str] = set()
        for voice in self._espeak.ListVoices():
            name = (voice.identifier or b"").decode(errors="replace")
            # "languages" is a priority byte and a language tag; the first tag is the voice's own.
            tag = (voice.languages or b"")[1:].decode(errors="replace")
            if name and not name.startswith("mb/"):  # MBROLA voices need another program
                known.add(name)
                names.setdefault(tag.split("-")[0].lower(), name)
        names |= {lang: name for lang, name in PREFERRED.items() if name in known}
        names.pop("", None)
        return names
