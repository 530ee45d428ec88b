"""``kiosk hub init|serve|token|devices|export``: the server that keeps sealed dossiers."""

from __future__ import annotations

import argparse
import json
import logging
import os
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

from kiosk.clock import SystemClock
from kiosk.commands.options import add_data, data_of, folder, printable
from kiosk.errors import FileUnwritable, UsageError

LONGEST_TOKEN_H = 24 * 30


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    actions = parser.add_subparsers(dest="action", required=True)
    init = actions.add_parser("init", help="make the hub's key; prints its public half")
    serve = actions.add_parser("serve", help="serve; prints `listening on http://HOST:PORT` when ready")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=0, help="0 = any free port")
    token = actions.add_parser("token", help="print a token that lets one device in")
    token.add_argument("--hours", type=int, default=72, help="how long it may be used (default 72)")
    devices = actions.add_parser("devices", help="the enrolled devices")
    export = actions.add_parser("export", help="write the sealed dossiers to files")
    export.add_argument("--to", type=folder, required=True, metavar="DIR")
    export.add_argument("--all", action="store_true", help="those already exported too")
    for action in (init, serve, token, devices, export):
        add_data(action, "hub")
    for action in (init, token, devices, export):
        action.add_argument("--json", action="store_true")
    for action in (serve, token, devices, export):
        action.add_argument("--database", help="a PostgreSQL URL (KIOSK_HUB_DATABASE; default: SQLite)")
    for action in (serve, token):
        action.add_argument("--trust", type=Path, help="the tenant's trust file; kept after the first time")


def run(args: argparse.Namespace) -> int:
    """0 = done."""
    args.data = data_of(args, "hub")
    if "database" in args:
        args.database = args.database or os.environ.get("KIOSK_HUB_DATABASE")
    actions = {"init": _init, "serve": _serve, "token": _token, "devices": _devices, "export": _export}
    try:
        return actions[args.action](args)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise FileUnwritable(str(args.data), error.strerror or type(error).__name__) from error


def _init(args: argparse.Namespace) -> int:
    from kiosk.store.files import private_folder
    from sync.hub.key import make_hub_key

    public = make_hub_key(private_folder(args.data) / "hub.key").public.hex()
    print(json.dumps({"public_key": public}) if args.json else public)
    return 0


def _serve(args: argparse.Namespace) -> int:
    from sync.hub.server import open_hub, serve

    if not 0 <= args.port <= 65535:
        raise UsageError(f"port {args.port}", "0 to 65535")
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    hub = open_hub(args.data, args.trust, args.database)
    serve(hub, args.data, args.database, args.host, args.port)
    return 0


def _token(args: argparse.Namespace) -> int:
    from kiosk.store.files import private_folder
    from sync.hub.database import claim, open_database
    from sync.hub.registry import issue_token
    from sync.hub.server import hub_trust

    if not 1 <= args.hours <= LONGEST_TOKEN_H:
        raise UsageError(f"{args.hours} hours", f"1 to {LONGEST_TOKEN_H}")
    trust = hub_trust(private_folder(args.data), args.trust)
    engine = open_database(args.data, args.database)
    claim(engine, trust.trust.tenant.id)
    token = issue_token(engine, trust.sha256, SystemClock(), timedelta(hours=args.hours)).text
    print(json.dumps({"token": token}) if args.json else token)
    return 0


def _devices(args: argparse.Namespace) -> int:
    from sync.hub.database import open_existing
    from sync.hub.registry import list_devices

    rows = list_devices(open_existing(args.data, args.database))
    if args.json:
        print(json.dumps([asdict(row) for row in rows], ensure_ascii=False))
        return 0
    for row in rows:
        aside = f"  {row.quarantined} in quarantine" if row.quarantined else ""
        seen = row.seen_at or "never"
        print(
            f"{row.device}  {row.state:8}  {row.dossiers} dossiers  seen {seen}  {printable(row.name)}{aside}"
        )
    return 0


def _export(args: argparse.Namespace) -> int:
    from sync.hub.database import open_existing
    from sync.hub.export import export

    done = export(open_existing(args.data, args.database), args.to, SystemClock(), again=args.all)
    if args.json:
        print(json.dumps([{"device": d.device, "id": d.id, "file": str(d.file)} for d in done]))
        return 0
    for dossier in done:
        # One by one: what is on the list is on the disk, should the next one find no room.
        print(dossier.file, flush=True)
    return 0
