"""``kiosk open FILE --identity KEY``: open a sealed dossier with an agency's key."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.options import printable
from kiosk.errors import FileUnreadable

if TYPE_CHECKING:
    from kiosk.dossier import Authority, OpenedDossier


def configure(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a sealed dossier (.age)")
    parser.add_argument("--identity", type=Path, required=True, metavar="KEY", help="an age key file")
    parser.add_argument(
        "--trust", type=Path, help="the tenant's trust file, to verify the sender (default: beside KEY)"
    )
    parser.add_argument("--json", action="store_true", help="the whole dossier")


def run(args: argparse.Namespace) -> int:
    """0 = opened and its sender is verified, 1 = opened but not verified, 2 = it cannot be opened."""
    from kiosk.dossier import LARGEST_SEALED, SenderState, open_sealed, read_identities

    sealed = _read(args.file, LARGEST_SEALED + 1)
    identities = read_identities(_read(args.identity, 64 * 1024).decode("utf-8", "replace"))
    opened = open_sealed(sealed, identities, _authority(args.trust, args.identity))
    print(_json(opened) if args.json else _summary(opened))
    return 0 if opened.state is SenderState.VERIFIED else 1


def _authority(trust: Path | None, identity: Path) -> Authority | None:
    from sync.protocol.trust import LARGEST, read_trust

    beside = identity.absolute().parent / "trust.json"
    if trust is None and not beside.exists():
        return None
    return read_trust(_read(trust or beside, LARGEST + 1)).authority


def _json(opened: OpenedDossier) -> str:
    import msgspec

    sender = {
        "state": opened.state.value,
        "reason": opened.reason,
        "tenant": opened.sender.tenant,
        "device": opened.sender.device,
    }
    return json.dumps({"sender": sender, "dossier": msgspec.to_builtins(opened.dossier)}, ensure_ascii=False)


def _summary(opened: OpenedDossier) -> str:
    dossier, sender = opened.dossier, opened.sender
    pack = printable(f"{dossier.pack.id} {dossier.pack.version}")
    verdict = opened.state.value + (f": {opened.reason}" if opened.reason else "")
    lines = [
        f"dossier   {printable(dossier.id)}",
        f"sender    {verdict} ({printable(sender.tenant)}, device {printable(sender.device)})",
        f"created   {dossier.created.isoformat()}",
        f"event     {printable(dossier.event)}, pack {pack}",
    ]
    for answer in dossier.answers:
        value = json.dumps(answer.value, ensure_ascii=False)
        lines.append(f"  {printable(answer.question)} = {printable(value)} ({answer.provenance.value})")
    return "\n".join(lines)


def _read(path: Path, most: int) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(most)
    except OSError as error:
        raise FileUnreadable(str(path), error.strerror or "unreadable") from error
