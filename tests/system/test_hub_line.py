"""The line from device to agency with real processes: a hub, devices that are killed, the stock ``age``."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.system.hub_process import CANARY, HubProcess, citizens, killed_at_random, kiosk, wait_for_lines

pytestmark = pytest.mark.system


@pytest.fixture
def start_hub(tmp_path: Path) -> Iterator[Callable[..., HubProcess]]:
    """Starts a hub for a new tenant; stops it at the end."""
    started: list[HubProcess] = []

    def start(database: str | None = None) -> HubProcess:
        kiosk("tenant", "init", tmp_path / "tenant", "--name", "Ville de Valmerle")
        hub = HubProcess(tmp_path, database)
        hub.start()
        started.append(hub)
        return hub

    yield start
    for hub in started:
        if hub.process.poll() is None:
            hub.kill(signal.SIGTERM)


def test_a_dossier_goes_from_the_device_to_the_agency(start_hub, tmp_path: Path) -> None:
    hub = start_hub()
    data = hub.enrol("hall")
    killed_at_random(data, tmp_path / "told", 1)
    kiosk("sync", "once", "--data", data)
    status = json.loads(kiosk("sync", "status", "--data", data, "--json"))
    promised = (tmp_path / "told").read_text().split()
    assert (status["waiting"], status["refused"], status["quarantined"]) == (0, 0, 0)
    assert status["received"] >= len(promised)
    assert set(promised) <= set(hub.stored())
    device = json.loads(kiosk("hub", "devices", *hub.options, "--json"))[0]
    assert (device["device"], device["state"]) == (status["device"], "active")

    file = next((tmp_path / "out").rglob("*.age"))
    key = tmp_path / "tenant" / "agency.key"
    opened = json.loads(kiosk("open", file, "--identity", key, "--json"))
    assert opened["sender"]["state"] == "verified"
    assert opened["dossier"]["answers"][0]["value"] == CANARY
    stock = subprocess.run(["age", "-d", "-i", str(key), str(file)], capture_output=True, check=True).stdout
    assert json.loads(stock)["dossier"] == opened["dossier"]

    (tmp_path / "lone.key").write_bytes(key.read_bytes())
    kiosk("open", file, "--identity", tmp_path / "lone.key", code=1)
    kiosk("open", file, "--identity", tmp_path / "told", code=2)
    kiosk("open", tmp_path / "told", "--identity", key, code=2)


def test_killing_the_device_at_any_point_loses_and_doubles_nothing(start_hub, tmp_path: Path) -> None:
    hub = start_hub()
    data = hub.enrol("hall")
    killed_at_random(data, tmp_path / "told", 20)
    kiosk("sync", "once", "--data", data)
    promised, stored = (tmp_path / "told").read_text().split(), hub.stored()
    assert len(promised) == len(set(promised)) > 20
    assert set(promised) <= set(stored)
    assert len(stored) == len(set(stored))
    rows = json.loads(kiosk("hub", "devices", *hub.options, "--json"))
    assert [(row["state"], row["quarantined"]) for row in rows] == [("active", 0)]
    for file in (p for p in (*data.rglob("*"), *(tmp_path / "hub").rglob("*")) if p.is_file()):
        assert CANARY.encode() not in file.read_bytes(), file


def test_killing_the_hub_loses_and_doubles_nothing(start_hub, tmp_path: Path) -> None:
    hub = start_hub()
    data = hub.enrol("hall")
    process = citizens(data, tmp_path / "told")
    for _ in range(3):
        wait_for_lines(tmp_path / "told", 20, process)
        hub.kill()
        wait_for_lines(tmp_path / "told", 5, process)  # the citizen's side goes on without a hub
        hub.start()
    process.kill()
    process.wait()
    kiosk("sync", "once", "--data", data)
    promised, stored = (tmp_path / "told").read_text().split(), hub.stored()
    assert set(promised) <= set(stored)
    assert len(stored) == len(set(stored))


def test_a_worker_drains_when_the_hub_comes_back(start_hub, tmp_path: Path) -> None:
    hub = start_hub()
    data = hub.enrol("hall")
    hub.kill(signal.SIGTERM)
    killed_at_random(data, tmp_path / "told", 1)
    kiosk("sync", "once", "--data", data, code=1)
    words = ["sync", "run", "--data", str(data), "--json"]
    worker = subprocess.Popen([sys.executable, "-m", "kiosk", *words], stdout=subprocess.PIPE, text=True)
    assert json.loads(worker.stdout.readline())["state"] in {"sending", "offline"}
    hub.start()
    while json.loads(worker.stdout.readline())["state"] != "idle":
        pass
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=10) == 0
    worker.stdout.close()
    assert json.loads(kiosk("sync", "status", "--data", data, "--json"))["waiting"] == 0


def test_a_second_hub_on_one_sqlite_database_refuses(start_hub) -> None:
    hub = start_hub()
    kiosk("hub", "serve", *hub.options, "--port", 0, code=2)


def test_a_hub_whose_key_is_not_in_the_trust_file_refuses(tmp_path: Path) -> None:
    kiosk("tenant", "init", tmp_path / "tenant")
    kiosk("hub", "init", "--data", tmp_path / "hub")
    trust = tmp_path / "tenant" / "trust.json"
    kiosk("hub", "serve", "--data", tmp_path / "hub", "--trust", trust, code=2)
    assert not list((tmp_path / "hub").glob("*.db"))


def test_a_hub_key_made_on_the_hub_never_travels(tmp_path: Path) -> None:
    public = kiosk("hub", "init", "--data", tmp_path / "hub")
    kiosk("tenant", "init", tmp_path / "tenant", "--hub-key", public)
    assert not (tmp_path / "tenant" / "hub.key").exists()
    hub = HubProcess(tmp_path)
    hub.start()
    hub.enrol("hall")
    assert hub.kill(signal.SIGTERM) in {0, -signal.SIGTERM}


@pytest.mark.parametrize(
    "words",
    [
        ("enrol", "http://127.0.0.1:9", "--token", "kt1.x", "--data", "D"),
        ("enrol", "ftp://127.0.0.1", "--token", "T", "--data", "D"),
        ("enrol", "http://127.0.0.1:9", "--token", "T", "--data", "D"),
        ("enrol", "http://127.0.0.1:9", "--token", "T"),
        ("sync", "once", "--data", "D"),
        ("sync", "status", "--data", "D"),
        ("hub", "token", "--data", "D"),
        ("hub", "serve", "--data", "D"),
        ("hub", "serve", "--data", "D", "--trust", "D/none"),
        ("hub", "devices", "--data", "D", "--database", "postgresql://127.0.0.1:9/none"),
        ("tenant", "sign", "D"),
        ("tenant", "init", "D", "--recipient", "CCAS=age1nonsense"),
        ("open", "D/none", "--identity", "D/none"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(tmp_path: Path, words: tuple[str, ...]) -> None:
    from sync.protocol.token import new_token

    swapped = {"D": str(tmp_path / "d"), "T": new_token(b"h" * 32).text, "D/none": str(tmp_path / "none")}
    done = subprocess.run(
        [sys.executable, "-m", "kiosk", *(swapped.get(word, word) for word in words)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "KIOSK_DATA": ""},
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("kiosk: error: ")
    assert len(done.stderr.splitlines()) == 1
