"""``kiosk tenant init|sign``: the town's offline key and trust file."""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path

from kiosk.clock import SystemClock
from kiosk.commands.options import folder
from kiosk.errors import FileUnreadable, FileUnwritable, UsageError

AGE_KEY = "age1[02-9ac-hj-np-z]{58}"


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    actions = parser.add_subparsers(dest="action", required=True)
    init = actions.add_parser("init", help="make the tenant's key and its first trust file")
    init.add_argument(
        "folder", type=folder, metavar="DIR", help="a folder on a machine that is on no network"
    )
    init.add_argument("--name", help="the town's name as citizens read it (default: the folder's name)")
    init.add_argument(
        "--recipient",
        action="append",
        default=[],
        metavar="NAME=age1…[,age1…]",
        help="who can open dossiers, with a spare key; may be repeated (default: both keys are made)",
    )
    init.add_argument("--purpose", default="Suivi des démarches", help="what the dossiers are for")
    init.add_argument("--hub-key", metavar="HEX", help="from `kiosk hub init` (default: made here)")
    sign = actions.add_parser("sign", help="sign the edited trust file with a higher version")
    sign.add_argument("folder", type=folder, metavar="DIR")
    for action in (init, sign):
        action.add_argument("--passphrase-file", type=Path, help="locks the tenant's key")
        action.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    """0 = done."""
    try:
        return _init(args) if args.action == "init" else _sign(args)
    except OSError as error:
        raise FileUnwritable(str(args.folder), error.strerror or "unwritable") from error


def _init(args: argparse.Namespace) -> int:
    from sync.protocol.trust import Recipient
    from sync.tenant import init_tenant, slug

    recipients = []
    for text in args.recipient:
        name, _, keys = text.rpartition("=")
        if not name.strip() or not re.fullmatch(rf"{AGE_KEY}(,{AGE_KEY})?", keys):
            raise UsageError(
                "a recipient that cannot be sealed to", "NAME=age1…[,age1…] (62 letters and digits)"
            )
        recipients.append(Recipient(slug(name), name.strip(), args.purpose, *keys.split(",")))
    if args.hub_key and not re.fullmatch(r"[0-9a-f]{64}", args.hub_key):
        raise UsageError("not a hub key", "the 64 hex digits that `kiosk hub init` prints")
    hub_key = bytes.fromhex(args.hub_key) if args.hub_key else None
    name = args.name or args.folder.absolute().name
    now = SystemClock().now()
    made = init_tenant(args.folder, name, recipients, hub_key, _passphrase(args), now, args.purpose)
    if args.json:
        print(
            json.dumps({"tenant": made.trust.tenant.id, "version": 1, "files": [str(f) for f in made.files]})
        )
    else:
        print("\n".join(str(file) for file in made.files))
    for recipient in made.trust.recipients:
        if not recipient.spare:
            note = "has no spare key; if its key is lost, so are its dossiers. Add spare to trust.json"
            print(f"kiosk: note: {recipient.name} {note}", file=sys.stderr)
    return 0


def _sign(args: argparse.Namespace) -> int:
    from sync.tenant import sign_tenant

    trust = sign_tenant(args.folder, _passphrase(args), SystemClock().now())
    if args.json:
        print(json.dumps({"tenant": trust.tenant.id, "version": trust.version}))
    else:
        print(f"version {trust.version}")
    return 0


def _passphrase(args: argparse.Namespace) -> bytes | None:
    if args.passphrase_file is None:
        return None
    try:
        with args.passphrase_file.open("rb") as stream:
            found: bytes = stream.read(4096).strip()
    except OSError as error:
        raise FileUnreadable(str(args.passphrase_file), error.strerror or "unreadable") from error
    if not 1 <= len(found) <= 1000:
        raise UsageError("an empty or endless passphrase", "1 to 1000 bytes in the file")
    return found
