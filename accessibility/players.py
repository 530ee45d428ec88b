"""The program that makes the sound audible, chosen for one reason: a process can be killed at once."""

from __future__ import annotations

import contextlib
import queue
import shutil
import subprocess
import threading
from pathlib import Path
from typing import IO, cast

from kiosk.resources import system_environment

LATENCY_MS = 40
"""What may still be heard after the player is dead: the sound card's share."""


def find_player() -> str:
    """ "pacat" if a PulseAudio (or PipeWire) server answers, "aplay" if ALSA has a way out, else ""."""
    if shutil.which("pacat") and _pulse_answers():
        return "pacat"
    if shutil.which("aplay") and _alsa_can_play():
        return "aplay"
    return ""


def _pulse_answers() -> bool:
    try:
        asked = subprocess.run(
            ["pactl", "info"], env=system_environment(), capture_output=True, timeout=2, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0


def _alsa_can_play() -> bool:
    """A playback device, or a configuration that names another way out."""
    ways = [Path("/etc/asound.conf"), Path.home() / ".asoundrc"]
    return any(way.exists() for way in ways) or any(Path("/dev/snd").glob("pcm*p"))


def command(player: str, hertz: int) -> list[str]:
    """How to start ``player`` for 16-bit mono samples on its standard input."""
    if player == "pacat":
        form = ["--playback", "--raw", "--format=s16le", "--channels=1", f"--rate={hertz}"]
        return ["pacat", *form, f"--latency-msec={LATENCY_MS}", "--client-name=kiosk", "--stream-name=speech"]
    form = ["-q", "-t", "raw", "-f", "S16_LE", "-c1", f"-r{hertz}"]
    return ["aplay", *form, f"--buffer-time={LATENCY_MS * 1000}"]


class Playback:
    """One running player. ``write`` never blocks; ``room`` says whether it wants more."""

    AHEAD = 2  # pieces of sound held for the player: enough to never starve, few enough to hold little

    def __init__(self, player: str, hertz: int) -> None:
        self._pieces: queue.Queue[bytes | None] = queue.Queue()
        self._child = subprocess.Popen(
            command(player, hertz),
            env=system_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        threading.Thread(target=self._feed, name="feed", daemon=True).start()

    @property
    def room(self) -> bool:
        return self._pieces.qsize() < self.AHEAD

    @property
    def status(self) -> int | None:
        """The exit status; None while it plays."""
        return self._child.poll()

    def write(self, pcm: bytes) -> None:
        self._pieces.put(pcm)

    def end(self) -> None:
        """No more sound comes: the player leaves when what it has is heard."""
        self._pieces.put(None)

    def kill(self) -> None:
        """Silence. Nothing happens when it is over already."""
        self._child.kill()
        self._pieces.put(None)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._child.wait(0.5)  # reaped: a killed process leaves in about a millisecond

    def _feed(self) -> None:
        pipe = cast(IO[bytes], self._child.stdin)
        with contextlib.suppress(OSError):  # broken pipe = killed = wanted
            while (piece := self._pieces.get()) is not None:
                pipe.write(piece)
                pipe.flush()
        with contextlib.suppress(OSError):
            pipe.close()
