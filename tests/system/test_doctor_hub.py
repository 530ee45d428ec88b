"""``kiosk doctor`` beside a real hub: the one it is enrolled with, another town's in its place, and none."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

pytestmark = pytest.mark.system

KIOSK = [sys.executable, "-m", "kiosk"]


def kiosk(*words: str | Path) -> str:
    done = subprocess.run([*KIOSK, *words], capture_output=True, text=True, check=True)
    return done.stdout.strip()


def found(data: Path) -> str:
    command = [*KIOSK, "doctor", "--json", "--data", data]
    done = subprocess.run(command, capture_output=True, text=True)
    (hub,) = (check for check in json.loads(done.stdout)["checks"] if check["part"] == "hub")
    assert hub["says"]
    return str(hub["what"])


@contextmanager
def town(folder: Path, port: str = "0") -> Iterator[tuple[Path, str]]:
    """A town with a new key and its running hub: the hub's folder and address."""
    public = kiosk("hub", "init", "--data", folder / "hub")
    kiosk("tenant", "init", folder / "tenant", "--name", folder.name, "--hub-key", public)
    serve = ["hub", "serve", "--data", folder / "hub", "--trust", folder / "tenant" / "trust.json"]
    server = subprocess.Popen([*KIOSK, *serve, "--port", port], stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout
        yield folder / "hub", server.stdout.readline().split()[-1]
    finally:
        server.terminate()
        server.wait()


def test_doctor_knows_its_own_hub_from_silence_and_from_another_towns(tmp_path: Path) -> None:
    device = tmp_path / "device"
    with town(tmp_path / "valmerle") as (hub, address):
        token = kiosk("hub", "token", "--data", hub)
        kiosk("enrol", address, "--token", token, "--data", device)
        assert found(device) == "answers"
    assert found(device) == "silent"
    with town(tmp_path / "autreville", address.rpartition(":")[2]):
        assert found(device) == "foreign"
