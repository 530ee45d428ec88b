"""Real processes for the tests of the line: a hub, and devices that save as fast as citizens never do."""

from __future__ import annotations

import os
import random
import re
import select
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

CANARY = "Zanzibarnabe-Quetschenpaua"
SLEEPS = random.Random(20261124)

CITIZENS = """
import datetime, os, sys, time
from pathlib import Path
from kiosk.dossier import Answer, CaseKeys, Dossier, PackRef, Promise, new_dossier_id
from kiosk.paper import new_case_code
from sync.outbox import Outbox

outbox = Outbox.open(Path(sys.argv[1]))
outbox.start_sync()
told = os.open(sys.argv[2], os.O_CREAT | os.O_WRONLY | os.O_APPEND)
now = datetime.datetime.now(datetime.UTC)
while True:
    code = new_case_code()
    dossier = Dossier(
        new_dossier_id(), now, now.date(), PackRef("fr", "1", "0" * 64), "fr.naissance", "fr",
        Promise("CCAS", "Suivi", "dix jours"),
        CaseKeys(code.mailbox_id, code.reply_recipient, code.deletion_public_key),
        (Answer("nom", "CANARY"),), {},
    )
    saved = outbox.send(dossier)
    os.write(told, saved.id.encode() + b"\\n")  # "saved here": never before the commit
    time.sleep(0.02)
""".replace("CANARY", CANARY)


def kiosk(*words: object, code: int = 0) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "kiosk", *map(str, words)], capture_output=True, text=True, check=False
    )
    assert done.returncode == code, done.stderr
    return done.stdout.strip()


@dataclass
class HubProcess:
    """``kiosk hub serve``, which can be stopped and started on the same port."""

    folder: Path
    database: str | None = None
    port: int = 0
    process: subprocess.Popen[str] | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def options(self) -> list[str]:
        return ["--data", str(self.folder / "hub"), *(["--database", self.database] if self.database else [])]

    def start(self) -> None:
        trust = self.folder / "tenant" / "trust.json"
        words = ["hub", "serve", *self.options, "--trust", str(trust), "--port", str(self.port)]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "kiosk", *words],
            stdout=subprocess.PIPE,
            stderr=(self.folder / "hub.log").open("ab"),
            text=True,
        )
        line = self.process.stdout.readline()
        found = re.fullmatch(r"listening on http://127\.0\.0\.1:(\d+)\n", line)
        assert found, (line, (self.folder / "hub.log").read_text())
        self.port = int(found[1])

    def kill(self, number: int = signal.SIGKILL) -> int:
        self.process.send_signal(number)
        self.process.stdout.close()
        return self.process.wait(timeout=20)

    def enrol(self, name: str) -> Path:
        token = kiosk("hub", "token", *self.options)
        kiosk("enrol", self.url, "--token", token, "--data", self.folder / name)
        return self.folder / name

    def stored(self) -> list[str]:
        """The ids of everything stored, from the exported files."""
        out = self.folder / "out"
        kiosk("hub", "export", *self.options, "--to", out)
        return [file.stem for file in out.rglob("*.age")]


def citizens(data: Path, told: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", CITIZENS, str(data), str(told)], stdin=subprocess.DEVNULL)


def wait_for_lines(told: Path, more: int, process: subprocess.Popen[bytes]) -> None:
    """Until ``more`` further dossiers were promised: the kill then falls into real work."""
    before = told.stat().st_size if told.exists() else 0
    for _ in range(2000):
        assert process.poll() is None
        if told.exists() and told.stat().st_size >= before + more * 37:
            return
        select.select([], [], [], 0.005)
    raise AssertionError("no dossier was saved")


def killed_at_random(data: Path, told: Path, times: int) -> None:
    for _ in range(times):
        process = citizens(data, told)
        wait_for_lines(told, SLEEPS.randint(1, 25), process)
        process.kill()
        process.wait()


@dataclass
class Postgresql:
    """A private PostgreSQL in ``folder``, owned by the user ``postgres`` when the tests run as root."""

    folder: Path
    port: int

    @property
    def url(self) -> str:
        return f"postgresql://hub@127.0.0.1:{self.port}/postgres"

    def make(self) -> None:
        self._do("initdb", "-D", self.folder / "db", "-U", "hub", "-A", "trust", "-E", "UTF8", "--no-sync")

    def start(self) -> None:
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1"
        log = self.folder / "log"
        self._do("pg_ctl", "-D", self.folder / "db", "-o", options, "-l", log, "-w", "start")

    def stop(self, mode: str = "immediate") -> None:
        """``immediate`` is a crash: no checkpoint, recovery at the next start."""
        self._do("pg_ctl", "-D", self.folder / "db", "-m", mode, "-w", "stop")

    def _do(self, program: str, *words: object) -> None:
        path = next(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"))
        user = "postgres" if os.getuid() == 0 else None
        subprocess.run(
            [str(path), *map(str, words)], check=True, user=user, stdout=subprocess.DEVNULL, cwd=self.folder
        )
