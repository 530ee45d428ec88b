"""``kiosk sync once|run|status``: send what waits, without the screens."""

from __future__ import annotations

import argparse
import json
import logging
import signal
import threading
from dataclasses import asdict
from pathlib import Path

from kiosk.commands.options import add_data, data_of


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    actions = parser.add_subparsers(dest="action", required=True)
    once = actions.add_parser("once", help="send what waits, then end; 1 = something still waits")
    keep = actions.add_parser("run", help="send whenever there is something, until stopped")
    status = actions.add_parser("status", help="what waits; 1 = the hub refused or quarantined something")
    for action in (once, keep, status):
        add_data(action, "device")
        action.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    """0 = done, 1 = see the actions' help."""
    data = data_of(args, "device")
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    return {"once": _once, "run": _run, "status": _status}[args.action](data, args.json)


def _once(data: Path, as_json: bool) -> int:
    from kiosk.store import Store
    from sync.identity import NotEnrolled, load_identity
    from sync.push import push_once
    from sync.transport import HttpExchange

    identity = load_identity(data)
    if identity is None:
        raise NotEnrolled(str(data))
    store, exchange = Store.open(data), HttpExchange(identity.hub)
    settled, result = 0, None
    try:
        while result is None or (result.waiting and result.reached):
            result = push_once(store, identity, exchange)
            settled += result.settled
    finally:
        exchange.close()
        store.close()
    if as_json:
        print(json.dumps({"settled": settled, "waiting": result.waiting, "problem": result.problem}))
    else:
        why = f" ({result.problem})" if result.problem else ""
        print(f"{settled} settled, {result.waiting} waiting{why}")
    return 1 if result.waiting or result.problem else 0


def _run(data: Path, as_json: bool) -> int:
    from sync.identity import NotEnrolled
    from sync.outbox import Outbox
    from sync.worker import SyncState

    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())

    def show(state: SyncState, waiting: int) -> None:
        line = {"state": state.value, "waiting": waiting}
        print(json.dumps(line) if as_json else f"{state.value}: {waiting} waiting", flush=True)

    outbox = Outbox.open(data)
    try:
        if outbox.start_sync(show) is None:
            raise NotEnrolled(str(data))
        stop.wait()
    finally:
        outbox.close()
    return 0


def _status(data: Path, as_json: bool) -> int:
    from kiosk.store import Store
    from sync.identity import load_identity

    identity = load_identity(data)
    store = Store.open(data, read_only=True)
    try:
        counts = store.counts()
    finally:
        store.close()
    found = {
        "enrolled": identity is not None,
        "demonstration": identity is None,
        "tenant": identity.sender.tenant if identity else None,
        "device": identity.sender.device if identity else None,
        "hub": identity.hub if identity else None,
        **asdict(counts),
    }
    if as_json:
        print(json.dumps(found))
    else:
        print("\n".join(f"{name}: {'-' if value in ('', None) else value}" for name, value in found.items()))
    return 1 if counts.refused or counts.quarantined else 0
