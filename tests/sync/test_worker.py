"""The sync thread: drains by itself, backs off, outlives whatever happens."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.store import DossierState
from sync.outbox import Outbox
from sync.worker import LONGEST_DELAY, SyncState, SyncWorker, backoff


class Told:
    """Collects what the worker says, and waits for it: each wait goes on where the one before ended."""

    def __init__(self) -> None:
        self.heard: list[tuple[SyncState, int]] = []
        self._seen = 0
        self._news = threading.Condition()

    def __call__(self, state: SyncState, waiting: int) -> None:
        with self._news:
            self.heard.append((state, waiting))
            self._news.notify_all()

    def wait_for(self, state: SyncState, waiting: int) -> None:
        with self._news:
            wanted = (state, waiting)
            assert self._news.wait_for(lambda: wanted in self.heard[self._seen :], timeout=10), self.heard
            self._seen = self.heard.index(wanted, self._seen) + 1


class Switch:
    """A line that can be cut."""

    def __init__(self, hub, on: bool = True) -> None:
        self.hub, self.on, self.tried = hub, on, threading.Event()

    def post(self, path: str, body: bytes, largest: int) -> tuple[int, bytes]:
        self.tried.set()
        if not self.on:
            raise OSError("no line")
        return self.hub.post(path, body, largest)

    def get(self, path: str, largest: int) -> tuple[int, bytes]:
        return self.hub.get(path, largest)


@pytest.fixture
def parts(desk):
    data, identity = desk.device("hall")
    outbox, told, line = Outbox.open(data), Told(), Switch(desk)
    worker = SyncWorker(outbox.store, identity, on_state=told, connect=lambda _: line, delay=lambda _: 0.01)
    yield outbox, told, line, worker
    worker.stop()
    outbox.close()


def test_what_is_saved_is_sent_at_once(parts, a_dossier: Callable) -> None:
    outbox, told, _, worker = parts
    outbox._worker = worker
    worker.start()
    told.wait_for(SyncState.IDLE, 0)
    id = outbox.send(a_dossier()).id
    told.wait_for(SyncState.SENDING, 1)
    told.wait_for(SyncState.IDLE, 0)
    assert outbox.state(id) is DossierState.RECEIVED


def test_the_queue_drains_by_itself_when_the_hub_comes_back(parts, a_dossier: Callable) -> None:
    outbox, told, line, worker = parts
    line.on = False
    for _ in range(3):
        outbox.send(a_dossier())
    worker.start()
    told.wait_for(SyncState.OFFLINE, 3)
    assert worker.last_problem == "unreachable"
    line.on = True
    told.wait_for(SyncState.IDLE, 0)
    assert outbox.counts().received == 3


def test_a_defect_in_the_line_does_not_end_the_thread(parts, a_dossier: Callable) -> None:
    outbox, told, line, worker = parts
    outbox.send(a_dossier())
    line.hub, hub = None, line.hub  # AttributeError: nobody foresaw it
    worker.start()
    assert line.tried.wait(10)
    line.hub = hub
    told.wait_for(SyncState.IDLE, 0)


def test_stopping_is_quick_while_the_hub_is_away(parts) -> None:
    _, told, line, worker = parts
    line.on = False
    worker._delay = lambda _: 60.0
    worker.start()
    told.wait_for(SyncState.OFFLINE, 0)
    worker.stop(timeout=5)
    assert not worker._thread.is_alive()


@given(st.integers(1, 10_000))
def test_back_off_stays_within_its_bound(failures: int) -> None:
    assert 0 <= backoff(failures) <= min(LONGEST_DELAY, 2.0 ** min(failures, 99))


def test_back_off_spreads_over_its_whole_bound() -> None:
    waits = [backoff(10) for _ in range(2000)]
    assert min(waits) < 3
    assert max(waits) > LONGEST_DELAY - 3
    assert abs(mean(waits) - LONGEST_DELAY / 2) < 3


def test_the_outbox_alone_imports_no_network_and_no_server() -> None:
    program = (
        "import sys, sync.outbox;"
        "found = {'httpx', 'sqlalchemy', 'starlette', 'sqlite_utils', 'PySide6'} & set(sys.modules);"
        "sys.exit(str(found) if found else 0)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_a_listener_that_fails_does_not_end_the_sending(parts, a_dossier: Callable) -> None:
    outbox, told, _, worker = parts
    heard = worker._on_state

    def failing(state: SyncState, waiting: int) -> None:
        heard(state, waiting)
        raise RuntimeError

    worker._on_state = failing
    outbox._worker = worker
    worker.start()
    told.wait_for(SyncState.IDLE, 0)
    id = outbox.send(a_dossier()).id
    told.wait_for(SyncState.SENDING, 1)
    told.wait_for(SyncState.IDLE, 0)
    assert outbox.state(id) is DossierState.RECEIVED
