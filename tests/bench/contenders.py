"""The kiosk and the web page, each as a program that is started, touched and weighed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Queue
from typing import Protocol

from kiosk.catalogues import languages
from tests.bench.display import HEIGHT, WIDTH
from tests.bench.looks import USUAL, Look

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PATIENCE_S = 60.0
Place = tuple[int, int]


@dataclass(frozen=True)
class Way:
    """Where to touch: ``first`` leads to the first question; then, of each, what chooses an option, and
    « continue » as its last."""

    first: tuple[Place, ...]
    questions: tuple[tuple[Place, ...], ...]


class Contender(Protocol):
    name: str

    def start(self, env: dict[str, str], look: Look) -> float:
        """Start it; seconds from the start of its process to its first usable screen."""
        ...

    def way(self, look: Look) -> Way: ...

    def memory_mb(self) -> float: ...

    def stop(self) -> None: ...


def family(process: int) -> list[int]:
    """The process and all its descendants."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, IndexError):
                continue  # it has just ended
            children.setdefault(parent, []).append(int(entry.name))
    found = [process]
    for one in found:
        found += children.get(one, [])
    return found


def pss_mb(process: int) -> float:
    """Proportional set size of the whole family: shared pages are split among those who share them. MB."""
    total = 0
    for one in family(process):
        try:
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total * 1024 / 1e6


class Program:
    """A process whose family is weighed and ended with it."""

    process: subprocess.Popen[bytes]

    def memory_mb(self) -> float:
        return pss_mb(self.process.pid)

    def stop(self) -> None:
        left = family(self.process.pid)
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        for one in left:
            while Path(f"/proc/{one}").exists() and one != self.process.pid:
                try:
                    os.kill(one, signal.SIGKILL)
                except ProcessLookupError:
                    break
                time.sleep(0.02)


class Kiosk(Program):
    """``python -m kiosk run``, the supervisor included, with the pack of twenty questions."""

    name = "kiosk"

    def __init__(self, folder: Path) -> None:
        self._data = folder / "kiosk"
        self._config = folder / "kiosk.toml"
        # Every language that can be offered: a list in JSON is one in TOML too.
        set_up = f'[kiosk]\npack = "{HERE / "pack"}"\nlanguages = {json.dumps(list(languages()))}\n'
        self._config.write_text(set_up, encoding="utf-8")
        self._ways: dict[str, Way] = {}

    def _environment(self, env: dict[str, str]) -> dict[str, str]:
        # An installed kiosk finds its compiled modules; some development machines forbid writing them.
        env = {name: value for name, value in env.items() if name != "PYTHONDONTWRITEBYTECODE"}
        return {**env, "PYTHONPATH": str(ROOT)}

    def start(self, env: dict[str, str], _look: Look = USUAL) -> float:
        options = [
            "--windowed",
            "--size",
            f"{WIDTH}x{HEIGHT}",
            "--config",
            self._config,
            "--data",
            self._data,
        ]
        command = [sys.executable, "-m", "kiosk", "run", *map(str, options)]
        began = time.perf_counter()
        self.process = subprocess.Popen(
            command, env=self._environment(env), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        took = time.perf_counter() - began
        if not line.startswith(b"READY"):
            raise SystemExit(f"bench: error: the kiosk did not start: {line!r}")
        return took

    def way(self, look: Look = USUAL) -> Way:
        """From a dry run without a display, which has the same fonts and the same layout."""
        if look.name not in self._ways:
            env = self._environment({**os.environ, "QT_QPA_PLATFORM": "offscreen"})
            command = [sys.executable, "-m", "tests.bench.dry_run", str(self._config), look.name]
            said = subprocess.run(command, env=env, cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout
            found = json.loads(said.splitlines()[-1])
            self._ways[look.name] = _way(found["first"], found["questions"])
        return self._ways[look.name]


class Page(Program):
    """A hand-written page of the same twenty questions, in Chromium's kiosk mode."""

    name = "page"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._reports: Queue[dict[str, object]] = Queue()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self._reports))
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self._way: Way | None = None

    def start(self, env: dict[str, str], look: Look = USUAL) -> float:
        # --disable-gpu: there is none, and looking for one takes longer. The rest is what a careful
        # provider switches off, all in the page's favour.
        options = """--kiosk --no-sandbox --disable-gpu --disable-quic --no-first-run
            --disable-component-update --disable-background-networking --disable-sync
            --disable-extensions --disable-default-apps
            --password-store=basic --no-default-browser-check --window-position=0,0"""
        command = ["chromium", *options.split(), f"--window-size={WIDTH},{HEIGHT}"]
        # A new, empty profile: in a public place the last person's must be gone, as the kiosk's memory is.
        profile = tempfile.mkdtemp(prefix="chromium-", dir=self._folder)
        command += [
            f"--user-data-dir={profile}",
            f"http://127.0.0.1:{self._server.server_port}/?{_query(look)}",
        ]
        began, clock = time.time(), time.perf_counter()
        self.process = subprocess.Popen(
            command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        report = self._reports.get(timeout=PATIENCE_S)
        took = float(str(report["usable"])) / 1000 - began
        assert 0 < took < time.perf_counter() - clock + 1, "the page's clock is not this machine's"
        self._way = _way([], report["places"])
        return took

    def way(self, _look: Look = USUAL) -> Way:
        assert self._way is not None
        return self._way


def _way(first: object, questions: object) -> Way:
    found = json.loads(json.dumps([first, questions]))
    return Way(
        tuple((place[0], place[1]) for place in found[0]),
        tuple(tuple((place[0], place[1]) for place in touches) for touches in found[1]),
    )


def _query(look: Look) -> str:
    direction = "rtl" if look.lang == "ar" else "ltr"
    return f"scale={look.scale}&theme={look.theme}&dir={direction}"


def _handler(reports: Queue[dict[str, object]]) -> type[BaseHTTPRequestHandler]:
    page = (HERE / "page" / "index.html").read_bytes()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = self.path.partition("?")[0] == "/"
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(page) if found else 0))
            self.end_headers()
            if found:
                self.wfile.write(page)

        def do_POST(self) -> None:
            reports.put(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_words: object) -> None:
            pass

    return Handler
