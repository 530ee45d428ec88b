"""The voice for real: espeak-ng, a private PulseAudio with two null sinks, and what reached them."""

from __future__ import annotations

import array
import contextlib
import os
import queue
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from accessibility.link import WorkerSpeaker
from accessibility.speech import SpeechState, speech_state

pytestmark = [
    pytest.mark.system,
    pytest.mark.skipif(
        not all(map(shutil.which, ("pulseaudio", "pacat", "parec", "espeak-ng"))),
        reason="needs pulseaudio, pulseaudio-utils and espeak-ng",
    ),
]

LONG = """Bonjour. Pour déclarer une naissance, préparez votre pièce d’identité. Vous devez aussi apporter
le certificat de la maternité, le livret de famille et un justificatif de domicile."""
CANARY = "Zanzibarlou"


def wait_for(condition: Callable[[], object], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "the condition did not come true"
        time.sleep(0.002)


def of_group(name: str, within: int) -> list[int]:
    """Process ids called ``name`` in the process group ``within``."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, ValueError):
            stat = (folder / "stat").read_text()
            comm, rest = stat[stat.index("(") + 1 : stat.rindex(")")], stat[stat.rindex(")") + 2 :].split()
            if comm == name and int(rest[2]) == within and rest[0] != "Z":
                found.append(int(folder.name))
    return found


@pytest.fixture
def sound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[subprocess.Popen[bytes]]:
    """A private sound server; what is started meanwhile finds it, and an empty temporary folder."""
    for name in ("home", "run", "tmp"):
        (tmp_path / name).mkdir(mode=0o700)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "run"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    # A null sink plays in real time. norewinds: 50 ms of buffer instead of 2 s.
    sink = "module-null-sink sink_name={} rate=22050 channels=1 format=s16le norewinds=1"
    loads = [
        f"module-native-protocol-unix socket={tmp_path}/native auth-anonymous=1",
        sink.format("speakers"),
        sink.format("headphones"),
    ]
    server = subprocess.Popen(
        ["pulseaudio", "-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1", "--disallow-exit"]
        + [word for load in loads for word in ("-L", load)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/native")
    try:
        wait_for(lambda: subprocess.run(["pactl", "info"], capture_output=True).returncode == 0)
        subprocess.run(["pactl", "set-default-sink", "speakers"], check=True)
        yield server
    finally:
        server.kill()
        server.wait()


@pytest.fixture
def speaker(sound: subprocess.Popen[bytes]) -> Iterator[WorkerSpeaker]:
    voice = WorkerSpeaker()
    yield voice
    voice.close()


def group(speaker: WorkerSpeaker) -> int:
    assert speaker._process is not None
    return speaker._process.child.pid


def say_until_heard(speaker: WorkerSpeaker, text: str, done: queue.Queue[str]) -> None:
    words: queue.Queue[int] = queue.Queue()
    speaker.say(text, "fr", on_done=done.put, on_word=lambda at, _: words.put(at))
    words.get(timeout=10)


@contextlib.contextmanager
def recording(folder: Path, sink: str) -> Iterator[Callable[[], int]]:
    """The loudest sample (0 to 32767) that reached ``sink``."""
    path = folder / f"{sink}.raw"
    with path.open("wb") as out:
        tap = subprocess.Popen(
            ["parec", "--raw", "--latency-msec=50", f"--device={sink}.monitor", "--format=s16le"], stdout=out
        )
        try:
            wait_for(lambda: path.stat().st_size > 0)
            yield lambda: max(map(abs, array.array("h", path.read_bytes()[: path.stat().st_size // 2 * 2])))
        finally:
            tap.kill()
            tap.wait()


def test_what_is_said_reaches_the_sink_and_leaves_no_file(speaker: WorkerSpeaker, tmp_path: Path) -> None:
    done: queue.Queue[str] = queue.Queue()
    with recording(tmp_path, "speakers") as loud, recording(tmp_path, "headphones") as quiet:
        speaker.say("Votre numéro est quarante-deux.", "fr", on_done=done.put)
        assert done.get(timeout=20) == "done"
        assert loud() > 1000
        assert quiet() == 0
    assert list((tmp_path / "tmp").iterdir()) == []


def test_stop_is_silence_within_a_tenth_of_a_second(speaker: WorkerSpeaker) -> None:
    done: queue.Queue[str] = queue.Queue()
    taken = []
    for _ in range(5):
        say_until_heard(speaker, LONG, done)
        assert of_group("pacat", group(speaker))
        start = time.monotonic()
        speaker.stop()
        wait_for(lambda: not of_group("pacat", group(speaker)))
        taken.append(time.monotonic() - start)
        assert done.get(timeout=5) == "interrupted"
    assert sorted(taken)[2] < 0.1, taken


def test_the_last_of_many_quick_moves_is_the_one_that_is_heard(speaker: WorkerSpeaker) -> None:
    done: queue.Queue[tuple[int, str]] = queue.Queue()
    for number in range(20):
        speaker.say(f"Bouton {number}", "fr", on_done=lambda outcome, n=number: done.put((n, outcome)))
    outcomes = dict(done.get(timeout=20) for _ in range(20))
    assert [number for number, outcome in outcomes.items() if outcome == "done"] == [19]


def test_a_queue_is_spoken_in_order(speaker: WorkerSpeaker) -> None:
    done: queue.Queue[tuple[int, str]] = queue.Queue()
    for number, lang in enumerate(("fr", "en", "fr")):
        speaker.say("Un.", lang, interrupt=False, on_done=lambda outcome, n=number: done.put((n, outcome)))
    assert [done.get(timeout=20) for _ in range(3)] == [(0, "done"), (1, "done"), (2, "done")]


def test_words_are_announced_while_they_are_heard(speaker: WorkerSpeaker) -> None:
    done: queue.Queue[str] = queue.Queue()
    text = "Préparez votre pièce d'identité."
    words: list[tuple[float, str]] = []
    speaker.say(
        text,
        "fr",
        on_done=done.put,
        on_word=lambda at, length: words.append((time.monotonic(), text[at : at + length])),
    )
    assert done.get(timeout=20) == "done"
    assert [word for _, word in words][:3] == ["Préparez", "votre", "pièce"]
    assert words[-1][0] - words[0][0] > 0.5


def test_no_process_shows_what_is_said(speaker: WorkerSpeaker) -> None:
    done: queue.Queue[str] = queue.Queue()
    say_until_heard(speaker, f"{CANARY} {LONG}", done)
    needle, seen = CANARY.encode(), []
    for path in (p / name for p in Path("/proc").glob("[0-9]*") for name in ("cmdline", "environ", "comm")):
        with contextlib.suppress(OSError):
            if needle in path.read_bytes():
                seen.append(str(path))
    assert seen == []
    speaker.stop()


def test_a_hung_speech_process_is_silenced_and_replaced(speaker: WorkerSpeaker) -> None:
    done: queue.Queue[str] = queue.Queue()
    say_until_heard(speaker, LONG, done)
    hung = group(speaker)
    os.kill(hung, signal.SIGSTOP)
    start = time.monotonic()
    speaker.stop()
    wait_for(lambda: not of_group("pacat", hung))
    assert time.monotonic() - start < 0.5  # 0.1 on a quiet machine
    assert done.get(timeout=5) == "interrupted"
    speaker.say("Oui.", "fr", on_done=done.put)
    assert done.get(timeout=20) == "done"


def test_a_killed_speech_process_takes_its_player_along_and_the_next_text_is_heard(
    speaker: WorkerSpeaker,
) -> None:
    done: queue.Queue[str] = queue.Queue()
    say_until_heard(speaker, LONG, done)
    killed = group(speaker)
    os.kill(killed, signal.SIGKILL)
    assert done.get(timeout=5) == "failed"
    wait_for(lambda: not of_group("pacat", killed))
    speaker.say("Oui.", "fr", on_done=done.put)
    assert done.get(timeout=20) == "done"


def test_a_sound_server_that_goes_is_a_failure_and_not_silence(
    speaker: WorkerSpeaker, sound: subprocess.Popen[bytes]
) -> None:
    done: queue.Queue[str] = queue.Queue()
    say_until_heard(speaker, LONG, done)
    sound.kill()
    assert done.get(timeout=20) == "failed"
    before = group(speaker)
    speaker.say("Oui.", "fr", on_done=done.put)
    assert done.get(timeout=20) == "failed"
    assert group(speaker) == before


def test_closing_leaves_no_process(speaker: WorkerSpeaker) -> None:
    done: queue.Queue[str] = queue.Queue()
    say_until_heard(speaker, LONG, done)
    child = speaker._process.child  # type: ignore[union-attr]
    speaker.close()
    assert child.poll() is not None
    # The player was killed with its group; the system takes a moment to bury it.
    wait_for(lambda: not of_group("pacat", child.pid))


def test_a_long_text_starts_at_once_and_stops_at_once(speaker: WorkerSpeaker) -> None:
    done: queue.Queue[str] = queue.Queue()
    start = time.monotonic()
    say_until_heard(speaker, (LONG + " ") * 450, done)
    assert time.monotonic() - start < 5
    speaker.stop()
    assert done.get(timeout=5) == "interrupted"


def test_the_state_names_languages_and_player(sound: subprocess.Popen[bytes]) -> None:
    report = speech_state()
    assert report.state is SpeechState.READY
    assert report.player == "pacat"
    assert {"fr", "en", "ar", "uk", "de", "nl"} <= report.languages


def test_without_any_player_the_state_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    voice, done = WorkerSpeaker(), queue.Queue[str]()
    try:
        assert voice.report().state is SpeechState.NO_PLAYER
        assert "fr" in voice.voices()
        voice.say("Oui.", "fr", on_done=done.put)
        assert done.get(timeout=10) == "failed"
    finally:
        voice.close()
