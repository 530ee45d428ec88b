"""``kiosk enrol URL --token T``: join this device to a hub."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from urllib.parse import urlsplit

from kiosk.commands.options import add_data, data_of
from kiosk.errors import FileUnwritable, UsageError


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("url", metavar="URL", help="the hub's address, https://…")
    parser.add_argument("--token", help="from `kiosk hub token`; - = standard input (KIOSK_TOKEN)")
    add_data(parser, "device")
    parser.add_argument("--name", help="what staff call this device (default: the machine's name)")
    parser.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    """0 = enrolled."""
    from sync.identity import EnrolmentRefused, enrol
    from sync.protocol.token import parse_token
    from sync.transport import HttpExchange, HubUnreachable

    data = data_of(args, "device")
    text = sys.stdin.readline(200) if args.token == "-" else args.token or os.environ.get("KIOSK_TOKEN", "")  # noqa: S105
    token, hub = parse_token(text), _address(args.url)
    exchange = HttpExchange(hub)
    try:
        identity = enrol(hub, token, data, args.name or platform.node() or "kiosk", exchange)
    except HubUnreachable as error:
        raise EnrolmentRefused("the hub cannot be reached; check the address and the network") from error
    except OSError as error:
        raise FileUnwritable(str(data), error.strerror or "unwritable") from error
    finally:
        exchange.close()
    sender = identity.sender
    if args.json:
        print(json.dumps({"tenant": sender.tenant, "device": sender.device, "hub": hub}))
    else:
        print(f"enrolled with {sender.tenant} as {sender.device}")
    return 0


def _address(url: str) -> str:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        port = -1
    if (
        port == -1
        or parts.scheme not in {"http", "https"}
        or not parts.hostname
        or parts.query
        or len(url) > 400
    ):
        raise UsageError("not a hub's address", "https://HOST[:PORT]")
    if parts.scheme == "http" and parts.hostname not in {"127.0.0.1", "::1", "localhost"}:
        print("kiosk: note: http shows this device's traffic to the network; use https", file=sys.stderr)
    return url.rstrip("/")
