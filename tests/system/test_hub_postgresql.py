"""Several hub processes on one PostgreSQL, all of which get killed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.system.hub_process import HubProcess, Postgresql, citizens, kiosk, wait_for_lines

pytestmark = pytest.mark.system


@pytest.fixture
def postgresql() -> Iterator[Postgresql]:
    if not list(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        pytest.skip("PostgreSQL is not installed")
    folder = Path(tempfile.mkdtemp(prefix="lek-pg-"))
    if os.getuid() == 0:
        shutil.chown(folder, "postgres")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Postgresql(folder, port)
    try:
        server.make()
        server.start()
        yield server
        server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def test_two_hubs_on_one_database_lose_nothing_when_everything_is_killed(
    postgresql: Postgresql, tmp_path: Path
) -> None:
    kiosk("tenant", "init", tmp_path / "tenant", "--name", "Ville de Valmerle")
    hubs = [HubProcess(tmp_path, postgresql.url) for _ in range(2)]
    for hub in hubs:
        hub.start()
    devices = [hub.enrol(f"device-{number}") for number, hub in enumerate(hubs)]
    told = [tmp_path / f"told-{number}" for number in range(2)]
    processes = [citizens(device, file) for device, file in zip(devices, told, strict=True)]
    for process, file in zip(processes, told, strict=True):
        wait_for_lines(file, 20, process)
    hubs[0].kill()
    postgresql.stop("immediate")
    wait_for_lines(told[0], 10, processes[0])
    postgresql.start()
    hubs[0].start()
    for process, file in zip(processes, told, strict=True):
        wait_for_lines(file, 20, process)
        process.kill()
        process.wait()
    for device in devices:
        kiosk("sync", "once", "--data", device)

    stored, promised = hubs[0].stored(), [id for file in told for id in file.read_text().split()]
    assert set(promised) <= set(stored)
    assert len(stored) == len(set(stored))
    rows = json.loads(kiosk("hub", "devices", *hubs[0].options, "--json"))
    assert [(row["state"], row["quarantined"]) for row in rows] == [("active", 0)] * 2
    for hub in hubs:
        hub.kill(signal.SIGTERM)


def test_a_database_of_another_tenant_is_refused(postgresql: Postgresql, tmp_path: Path) -> None:
    for name in ("here", "there"):
        kiosk("tenant", "init", tmp_path / name / "tenant", "--name", name)
    here, there = (HubProcess(tmp_path / name, postgresql.url) for name in ("here", "there"))
    here.start()
    trust = there.folder / "tenant" / "trust.json"
    kiosk("hub", "serve", *there.options, "--trust", trust, code=2)
    here.kill(signal.SIGTERM)
