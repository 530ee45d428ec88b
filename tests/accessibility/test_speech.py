"""The voice without sound: what it costs, what it reports, and a speech process that misbehaves."""

from __future__ import annotations

import queue
import subprocess
import sys
import time

import pytest

from accessibility.link import WorkerSpeaker
from accessibility.speech import NullSpeaker, RecordingSpeaker, SpeechState


def test_importing_speech_starts_nothing_and_loads_no_engine() -> None:
    code = (
        "import sys, threading; import accessibility.speech as s; v = s.open_speaker(); v.stop();"
        "print(threading.active_count(), *(name for name in sys.modules if name in ('msgspec', 'pyttsx3')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1"]


def test_the_recording_speaker_keeps_what_was_said_and_how_it_sounds() -> None:
    speaker, outcomes = RecordingSpeaker(), list[str]()
    speaker.say("Prix\u00a0: 12 €", "fr", on_done=outcomes.append)
    assert (speaker.said[0].text, speaker.said[0].spoken) == ("Prix\u00a0: 12 €", "Prix : 12 euros")
    assert outcomes == ["done"]


def test_the_recording_speaker_can_hold_an_utterance_until_it_is_cut() -> None:
    speaker, outcomes = RecordingSpeaker(hold=True), list[str]()
    speaker.say("Un", "fr", on_done=outcomes.append)
    assert outcomes == []
    speaker.say("Deux", "fr", on_done=outcomes.append)
    assert outcomes == ["interrupted"]
    speaker.stop()
    assert outcomes == ["interrupted", "interrupted"]


def test_without_speech_everything_fails_at_once() -> None:
    outcomes = list[str]()
    NullSpeaker().say("Un", "fr", on_done=outcomes.append)
    assert outcomes == ["failed"]


@pytest.mark.parametrize(
    "command",
    [
        ["/nonexistent/program"],
        [sys.executable, "-c", "pass"],
        [sys.executable, "-c", "print('nonsense, and much of it')"],
        [sys.executable, "-c", r"import os; os.write(1, b'\xff\xff\xff\xff{}')"],
        [sys.executable, "-c", r"import os; os.write(1, b'\x00\x00\x00\x02{}')"],
        [sys.executable, "-c", "import os; os.kill(os.getpid(), 9)"],
    ],
)
def test_a_speech_process_that_is_not_one_is_a_failure_and_holds_nobody(command: list[str]) -> None:
    speaker, done = WorkerSpeaker(lambda: command), queue.Queue[str]()
    try:
        start = time.monotonic()
        speaker.say("Bonjour", "fr", on_done=done.put)
        assert time.monotonic() - start < 0.1
        assert done.get(timeout=10) == "failed"
        assert speaker.report().state is SpeechState.FAILED
        assert speaker.voices() == frozenset()
        speaker.say("Encore", "fr", on_done=done.put)  # too soon to try again: told at once
        assert done.get(timeout=10) == "failed"
    finally:
        speaker.close()


def test_a_flood_of_texts_is_bounded() -> None:
    silent = [sys.executable, "-c", "import time; time.sleep(60)"]
    speaker, done = WorkerSpeaker(lambda: silent), queue.Queue[str]()
    try:
        for _ in range(300):
            speaker.say("Bonjour " * 100, "fr", interrupt=False, on_done=done.put)
        assert [done.get(timeout=10) for _ in range(100)] == ["dropped"] * 100
    finally:
        speaker.close()


def test_a_mistake_in_a_callback_does_not_end_the_voice() -> None:
    speaker, done = WorkerSpeaker(lambda: ["/nonexistent/program"]), queue.Queue[str]()
    try:
        speaker.say("Un", "fr", on_done=lambda _: 1 / 0)
        speaker.say("Deux", "fr", interrupt=False, on_done=done.put)
        assert done.get(timeout=10) == "failed"
    finally:
        speaker.close()
