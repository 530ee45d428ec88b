"""Starting a hub: trust file, key and database are checked before the first connection is taken."""

from __future__ import annotations

import fcntl
import os
import socket
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from sqlalchemy import Engine

from kiosk.clock import Clock, SystemClock
from kiosk.errors import FileUnreadable
from kiosk.store.files import private_folder, write_whole
from sync.hub.database import claim, is_sqlite, open_database
from sync.hub.errors import HubBusy, HubKeyUnknown, HubNoTrust, HubPort
from sync.hub.key import HubKey, adopt_hub_key
from sync.hub.ledger import Ledger
from sync.hub.registry import Registry
from sync.hub.web import HubParts, hub_app
from sync.protocol.trust import LARGEST, TrustFile, follow, read_trust


@dataclass(frozen=True)
class Hub:
    """An opened hub, before it serves."""

    engine: Engine
    trust: TrustFile
    key: HubKey
    epoch: str


def open_hub(folder: Path, trust: Path | None, url: str | None) -> Hub:
    """Open the hub under ``folder``. ``trust`` is needed once, and again when the tenant signed a newer one.

    Raises HubNoTrust, HubKeyUnknown, TrustError, HubDatabase, HubForeignDatabase, FileUnreadable.
    """
    private_folder(folder)
    believed = hub_trust(folder, trust)
    key = adopt_hub_key(folder, trust.parent if trust else folder)
    if key.public not in believed.trust.hub_keys:
        raise HubKeyUnknown(key.public.hex())
    engine = open_database(folder, url)
    return Hub(engine, believed, key, claim(engine, believed.trust.tenant.id))


def hub_trust(folder: Path, given: Path | None) -> TrustFile:
    """The trust file in force: the one kept in ``folder``, or a newer ``given`` one, which is then kept."""
    kept = folder / "trust.json"
    pinned = _read(kept) if kept.exists() else None
    if given is None or given.absolute() == kept.absolute():
        if pinned is None:
            raise HubNoTrust(str(folder))
        return pinned
    offered = _read(given)
    believed = offered if pinned is None else follow(pinned, offered)
    if believed is not pinned:
        write_whole(kept, believed.raw, 0o644)
    return believed


def serve(hub: Hub, folder: Path, url: str | None, host: str, port: int) -> None:
    """Serve until told to stop; prints ``listening on http://HOST:PORT`` once connections are taken.

    Raises HubBusy (a second process on one SQLite database), HubPort.
    """
    lock = _only_one(folder) if is_sqlite(url) else None
    clock: Clock = SystemClock()
    ledger = Ledger(hub.engine, hub.trust.trust.tenant.id, hub.epoch, hub.key, clock)
    app = hub_app(HubParts(ledger, Registry(hub.engine, hub.key, clock), hub.trust))
    listener = _listener(host, port)
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="off",
        limit_concurrency=256,
        timeout_graceful_shutdown=5,
    )
    try:
        _Server(config).run(sockets=[listener])
    finally:
        hub.engine.dispose()
        if lock is not None:
            os.close(lock)


class _Server(uvicorn.Server):
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        for listener in sockets or []:
            host, port = listener.getsockname()[:2]
            shown = f"[{host}]" if ":" in host else host
            print(f"listening on http://{shown}:{port}", flush=True)  # noqa: T201  # scripts wait for it


def _read(path: Path) -> TrustFile:
    try:
        with path.open("rb") as stream:
            return read_trust(stream.read(LARGEST + 1))
    except OSError as error:
        raise FileUnreadable(str(path), error.strerror or "unreadable") from error


def _listener(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server(
            (host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET, backlog=512
        )
    except OSError as error:
        raise HubPort(f"{host}:{port}", error.strerror or type(error).__name__) from error


def _only_one(folder: Path) -> int:
    number = os.open(folder / "hub.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(number)
        raise HubBusy(str(folder)) from None
    return number
