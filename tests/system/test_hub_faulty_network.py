"""A line that cuts a third of the connections, also after the hub has committed."""

from __future__ import annotations

import asyncio
import random
import threading
from asyncio import StreamReader, StreamWriter
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest

from kiosk.dossier import new_dossier_id
from sync.outbox import Outbox
from sync.transport import HttpExchange
from sync.worker import SyncState, SyncWorker
from tests.system.hub_process import HubProcess, kiosk

pytestmark = pytest.mark.system


class FaultyProxy:
    """Passes TCP on to ``target``; a connection is reset, cut in the request or the answer, or spared."""

    def __init__(self, target: int) -> None:
        self.target, self.healed, self.port = target, False, 0
        self.cuts: Counter[str] = Counter()
        self._chance = random.Random(7)
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        assert self._ready.wait(5)

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._pass, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()

    async def _pass(self, reader: StreamReader, writer: StreamWriter) -> None:
        fault = (
            "none"
            if self.healed
            else self._chance.choices(("none", "reset", "request", "answer"), (40, 15, 20, 25))[0]
        )
        self.cuts[fault] += 1
        if fault == "reset":
            writer.transport.abort()
            return
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.target)
        both = (writer, far_writer)
        request = self._chance.randrange(60_000) if fault == "request" else None
        answer = self._chance.randrange(2_000) if fault == "answer" else None
        await asyncio.gather(
            _pump(reader, far_writer, request, both), _pump(far_reader, writer, answer, both)
        )


async def _pump(
    source: StreamReader, sink: StreamWriter, limit: int | None, both: tuple[StreamWriter, ...]
) -> None:
    passed = 0
    try:
        while piece := await source.read(65536):
            if limit is not None and passed + len(piece) > limit:
                sink.write(piece[: max(0, limit - passed)])
                await sink.drain()
                for writer in both:
                    writer.transport.abort()  # RST: what a pulled cable ends in
                return
            sink.write(piece)
            await sink.drain()
            passed += len(piece)
        sink.close()
    except OSError:
        for writer in both:
            writer.transport.abort()


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[HubProcess]:
    kiosk("tenant", "init", tmp_path / "tenant")
    hub = HubProcess(tmp_path)
    hub.start()
    yield hub
    hub.kill()


def test_a_backlog_of_a_thousand_survives_the_cuts_and_drains_in_five_seconds_once_healed(
    hub: HubProcess,
) -> None:
    data = hub.enrol("hall")
    proxy = FaultyProxy(hub.port)
    outbox = Outbox.open(data)
    store, identity = outbox.store, outbox._identity
    ids = [new_dossier_id() for _ in range(1000)]
    for id in ids:
        store.submit_dossier(id, b"age-encryption.org/v1\n" + id.encode() * 110).result()

    calm, rough = threading.Event(), threading.Event()

    def on_state(state: SyncState, waiting: int) -> None:
        if state is SyncState.IDLE and waiting == 0:
            calm.set()
        if sum(proxy.cuts[fault] for fault in ("reset", "request", "answer")) >= 6:
            rough.set()

    worker = SyncWorker(
        store,
        identity,
        on_state=on_state,
        connect=lambda _: OneShot(proxy.port),
        delay=lambda _: 0.02,
    )
    worker.start()
    assert rough.wait(30) or calm.is_set()
    cuts = Counter(proxy.cuts)
    start, proxy.healed = monotonic(), True
    assert calm.wait(30)
    took = monotonic() - start
    worker.stop()
    counts = outbox.counts()
    outbox.close()
    proxy.stop()
    assert (counts.received, counts.waiting, counts.quarantined) == (1000, 0, 0)
    stored = hub.stored()
    assert sorted(stored) == sorted(ids)
    assert cuts.total() - cuts["none"] >= 0.3 * cuts.total(), cuts
    assert took <= 5, took


class OneShot:
    """A new connection for each exchange, so that each can be cut."""

    def __init__(self, port: int) -> None:
        self._hub = f"http://127.0.0.1:{port}"

    def post(self, path: str, body: bytes, largest: int) -> tuple[int, bytes]:
        exchange = HttpExchange(self._hub)
        try:
            return exchange.post(path, body, largest)
        finally:
            exchange.close()

    def get(self, path: str, largest: int) -> tuple[int, bytes]:
        exchange = HttpExchange(self._hub)
        try:
            return exchange.get(path, largest)
        finally:
            exchange.close()
