"""A screen nobody sees, a bus for assistive technology, a real kiosk on both, and a person who uses them."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import struct
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtGui import QImage

WIDTH, HEIGHT = 1080, 1920
ARTIFACTS = Path(__file__).parent / "artifacts"
REPOSITORY = Path(__file__).parents[2]
AT_SPI = "/usr/libexec/at-spi-bus-launcher"
Node = dict[str, Any]


def until(condition: Callable[[], bool], seconds: float, what: str) -> None:
    """Wait for ``condition``; fail after ``seconds`` with ``what``."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"{what}: not within {seconds} s"
        signal.sigtimedwait([], 0.02)


# -- the screen ---------------------------------------------------------------------------------------------


@dataclass
class Desktop:
    """X and the session bus. ``env`` is what a program needs to live there, and nothing else."""

    env: dict[str, str]
    home: Path
    runtime: Path
    _framebuffer: Path
    _last: bytes = b""

    def picture(self, name: str, seconds: float = 5.0) -> Path:
        """What is on the screen now, as ``artifacts/name.png``: settled, not blank, not the one before."""
        pixels = b""

        def settled() -> bool:
            nonlocal pixels
            before, pixels = pixels, self._pixels()
            return pixels == before and hashlib.sha256(pixels).digest() != self._last

        until(settled, seconds, f"a still and new picture of {name}")
        self._last = hashlib.sha256(pixels).digest()
        ARTIFACTS.mkdir(exist_ok=True)
        file = ARTIFACTS / f"{name}.png"
        assert QImage(pixels, WIDTH, HEIGHT, WIDTH * 4, QImage.Format.Format_RGB32).save(str(file))
        colours = Counter(memoryview(pixels).cast("I")[::7])
        assert len(colours) > 20, f"{file} is blank: {len(colours)} colours"
        assert max(colours.values()) < 0.98 * colours.total(), f"{file} is nearly one colour"
        return file

    def _pixels(self) -> bytes:
        """The frame buffer, past the header that XWDFile.h describes."""
        raw = self._framebuffer.read_bytes()
        head = struct.unpack(">25I", raw[:100])
        depth, colours, stride = head[11], head[19], head[12]
        assert (depth, stride) == (32, WIDTH * 4), head
        start = head[0] + colours * 12
        return raw[start : start + WIDTH * HEIGHT * 4]


@contextmanager
def desktop() -> Iterator[Desktop]:
    """A private screen with its buses; all of it ends with the test."""
    with ExitStack() as stack:
        # In memory, as a login's runtime folder is: the kiosk keeps its crash key only in such a place.
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="kiosk-", dir="/dev/shm")))
        runtime, home, frame = folder / "run", folder / "home", folder / "frame"
        for place in (runtime, home, frame, folder / "bushome"):
            place.mkdir(mode=0o700)
        display = _started_x(stack, frame)
        env = {
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "HOME": str(home),
            "DISPLAY": f":{display}",
            "XDG_RUNTIME_DIR": str(runtime),
            "GSETTINGS_BACKEND": "memory",
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        }
        env["DBUS_SESSION_BUS_ADDRESS"] = _started_bus(stack, {**env, "HOME": str(folder / "bushome")})
        yield Desktop(env, home, runtime, frame / "Xvfb_screen0")


def _started_x(stack: ExitStack, frame: Path) -> int:
    out, told = os.pipe()
    size = f"{WIDTH}x{HEIGHT}x24"
    words = ["-displayfd", str(told), "-screen", "0", size, "-fbdir", str(frame), "-nolisten", "tcp"]
    _keep(stack, subprocess.Popen(["Xvfb", *words], pass_fds=[told], stderr=subprocess.DEVNULL))
    os.close(told)
    with os.fdopen(out) as stream:
        return int(stream.readline())


def _started_bus(stack: ExitStack, env: dict[str, str]) -> str:
    out, told = os.pipe()
    words = ["--session", "--nofork", f"--print-address={told}"]
    _keep(
        stack,
        subprocess.Popen(["dbus-daemon", *words], pass_fds=[told], env=env, stderr=subprocess.DEVNULL),
    )
    os.close(told)
    with os.fdopen(out) as stream:
        env = {**env, "DBUS_SESSION_BUS_ADDRESS": stream.readline().strip()}
    launcher = [AT_SPI, "--launch-immediately"]
    _keep(stack, subprocess.Popen(launcher, env=env, stderr=subprocess.DEVNULL))
    owned = ["dbus-send", "--session", "--print-reply=literal", "--dest=org.freedesktop.DBus", "/"]
    owned += ["org.freedesktop.DBus.NameHasOwner", "string:org.a11y.Bus"]
    until(
        lambda: b"true" in subprocess.run(owned, env=env, capture_output=True, check=False).stdout,
        10,
        "the accessibility bus",
    )
    return env["DBUS_SESSION_BUS_ADDRESS"]


def _keep(stack: ExitStack, process: subprocess.Popen[Any]) -> None:
    """End ``process`` and what it started, each by its number, when the stack unwinds."""

    def end() -> None:
        below = descendants(process.pid)
        process.terminate()
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for pid in below:
            if running(pid):
                os.kill(pid, signal.SIGTERM)

    stack.callback(end)


def children(pid: int) -> list[int]:
    """The processes that ``pid`` started, from any of its threads."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += map(int, task.read_text().split())
        except OSError:
            continue
    return found


def descendants(pid: int) -> list[int]:
    below = children(pid)
    return below + [further for child in below for further in descendants(child)]


def running(pid: int) -> bool:
    """Whether ``pid`` lives; a zombie does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


# -- the kiosk ----------------------------------------------------------------------------------------------


@dataclass
class Kiosk:
    """``kiosk run`` under its supervisor, as a town starts it."""

    desktop: Desktop
    data: Path
    config: Path | None = None
    log: Path = field(init=False)
    supervisor: subprocess.Popen[bytes] = field(init=False)

    def start(self) -> None:
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.log = self.desktop.home.parent / "kiosk.log"
        words = ["run", "--windowed", "--size", f"{WIDTH}x{HEIGHT}", "--data", str(self.data)]
        words += ["--config", str(self.config)] if self.config else []
        with self.log.open("ab") as log:
            self.supervisor = subprocess.Popen(
                [sys.executable, "-m", "kiosk", *words],
                env=self.desktop.env,
                cwd=REPOSITORY,
                stdout=log,
                stderr=log,
            )

    def start_with_citizen(self) -> Citizen:
        """The kiosk on its first screen, and somebody in front of it."""
        self.start()
        citizen = Citizen(self.desktop, self)
        citizen.attach()
        return citizen

    @property
    def pid(self) -> int:
        """The process that shows the screen now; 0 while there is none."""
        below = children(self.supervisor.pid)
        return below[0] if below else 0

    def ready(self) -> int:
        """How often a first screen was painted."""
        return self.log.read_text().count("READY")

    def new_pid(self, old: int, seconds: float = 10.0) -> int:
        """The process that took over from ``old``."""
        until(lambda: self.pid not in (0, old), seconds, "a new process")
        return self.pid

    def crash(self) -> int:
        """``kill -9``; the process that took over."""
        pid = self.pid
        os.kill(pid, signal.SIGKILL)
        return self.new_pid(pid)

    def stop(self) -> None:
        below = descendants(self.supervisor.pid)
        self.supervisor.terminate()
        try:
            self.supervisor.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.supervisor.kill()
            self.supervisor.wait()
        for pid in below:
            if running(pid):
                os.kill(pid, signal.SIGKILL)


# -- the person ---------------------------------------------------------------------------------------------


class Citizen:
    """Uses the kiosk through assistive technology only: controls by their names, no pixel, no widget."""

    def __init__(self, desktop: Desktop, kiosk: Kiosk) -> None:
        self.kiosk = kiosk
        client = Path(__file__).parent / "at_client.py"
        self._client = subprocess.Popen(
            ["/usr/bin/python3", str(client)],
            env={**desktop.env, "HOME": str(desktop.home.parent / "bushome")},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def close(self) -> None:
        self._client.stdin.close()
        self._client.wait(timeout=10)
        self._client.stdout.close()

    def ask(self, do: str, **values: object) -> Any:
        """One command of ``at_client.py``; None when what was asked about vanished meanwhile."""
        self._client.stdin.write(json.dumps({"do": do, **values}) + "\n")
        self._client.stdin.flush()
        return json.loads(self._client.stdout.readline()).get("ok")

    def attach(self, seconds: float = 20.0) -> None:
        """Turn to the process that shows the screen now."""
        until(lambda: self.kiosk.pid != 0, seconds, "a kiosk")
        assert self.ask("attach", pid=self.kiosk.pid, seconds=seconds), self.kiosk.log.read_text()

    def tree(self) -> list[Node]:
        return self.ask("tree") or []

    def reads(self) -> str:
        """All that the screen says."""
        return "\n".join(node["name"] for node in self.tree())

    def names(self) -> list[str]:
        return [node["name"] for node in self.tree()]

    def of_role(self, role: str) -> list[Node]:
        return [node for node in self.tree() if node["role"] == role]

    def title(self) -> str:
        return self.ask("title") or ""

    def sees(self, name: str, seconds: float = 10.0) -> None:
        """Waits until something on the screen has this name."""
        if not self.ask("wait", name=name, seconds=seconds):
            raise AssertionError(f"never saw {name!r}; there is: {self.names()}")

    def press(self, name: str, role: str | None = None, seconds: float = 5.0) -> None:
        """Presses a control, which may have appeared only now."""
        deadline = time.monotonic() + seconds
        while not self.ask("press", name=name, role=role):
            assert time.monotonic() < deadline, f"no control {name!r} among {self.names()}"

    def begins(self, card: str) -> str:
        """Touches a language; once more if the first screen was just being drawn anew."""
        until(lambda: self.title() != "", 10, "a first screen")
        welcome = self.title()
        deadline = time.monotonic() + 15
        while self.title() in ("", welcome):
            assert time.monotonic() < deadline, f"{card!r} does not begin a visit"
            if self.ask("press", name=card):
                self.ask("wait", name=card, seconds=2, gone=True)
        return self.title()

    def goes_on(self, name: str) -> str:
        """Presses ``name``; the title of the screen that comes."""
        until(lambda: self.title() != "", 10, "a screen")
        before = self.title()
        self.press(name)
        until(lambda: self.title() not in ("", before), 10, f"a screen after {name!r}, not {before!r}")
        return self.title()

    # -- questions ----------------------------------------------------------------------------------------

    def chosen(self) -> list[str]:
        return [node["name"] for node in self.tree() if "checked" in node["states"]]

    def written(self) -> list[str]:
        return [node["text"] for node in self.tree() if "text" in node]

    def answers_one(self, tree: list[Node], prefer: tuple[str, ...] = ()) -> None:
        """Answers the question in ``tree``: an option of ``prefer``, else the first; yesterday; one."""
        options = [n["name"] for n in tree if n["role"] in ("radio button", "check box")]
        boxes = [n["name"] for n in tree if "editable" in n["states"]]
        if options:
            wanted = next((option for option in options if option in prefer), options[0])
            self.press(wanted)
            until(lambda: wanted in self.chosen(), 5, f"{wanted!r} chosen")
            return
        yesterday = datetime.now(ZoneInfo("Europe/Paris")).date() - timedelta(1)
        for count, digit in enumerate(f"{yesterday:%d%m%Y}" if len(boxes) == 3 else "1", 1):
            self.press(digit)
            until(lambda count=count: len("".join(self.written())) == count, 5, f"{count} digits written")

    def answers_until(self, last: str, on: str = "Continuer") -> list[str]:
        """Answers question after question until the screen is titled ``last``; what was asked."""
        asked: list[str] = []
        while (title := self.title()) != last:
            asked.append(title)
            self.answers_one(self.tree())
            self.goes_on(on)
        return asked
