"""``kiosk pack cpsv``: a pack for the catalogues of public services that Europe exchanges."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.options import BASE, printable, write_file
from kiosk.errors import UsageError

if TYPE_CHECKING:
    from kiosk.procedures.cpsv import Export
    from kiosk.procedures.cpsv.shapes import Violation

PREFIX = re.compile(r"(?:https?://[^\s/<>\"]+/\S*|urn:[a-z0-9][a-z0-9-]+:\S+)(?<=[/#:])\Z")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--event", metavar="EVENT", help="this life event only: naissance; default: all")
    parser.add_argument("--to", metavar="FILE", type=Path, help="where to write it; default: standard output")
    parser.add_argument(
        "--prefix", metavar="ADDRESS", help="what the addresses of the pack's own things begin with"
    )
    parser.add_argument("--base", **BASE)  # type: ignore[arg-type]  # keywords
    parser.add_argument(
        "--validate", action="store_true", help="hold it against the published SHACL shapes, and report"
    )
    parser.add_argument("--json", action="store_true", help="the report for programs")


def run(args: argparse.Namespace, folder: Path, overlays: Sequence[Path]) -> int:
    """0 = done, 1 = the shapes refuse it: then nothing is written. Raises UsageError, PackError."""
    from kiosk.procedures import load_pack
    from kiosk.procedures.cpsv import dump_export, export_pack

    if args.prefix and not PREFIX.match(args.prefix):
        raise UsageError(f"--prefix {args.prefix!a} is no beginning", "https://HOST/PATH/ or urn:NAME:…:")
    pack = load_pack(folder, overlays=overlays)
    events = [pack.event(args.event)] if args.event else pack.events.values()
    export = export_pack(pack, events, args.prefix or "")
    document = dump_export(export)
    violations = _violations(document) if args.validate else None
    if args.to and not violations:
        write_file(args.to, document)
    if args.to or args.validate:
        _report(args, export, violations)
    else:
        print(document, end="")
    return 1 if violations else 0


def _violations(document: str) -> tuple[Violation, ...]:
    from kiosk.procedures.cpsv.shapes import can_validate, find_violations

    if not can_validate():
        raise UsageError("--validate needs pyshacl, which is not installed", "install the authoring extra")
    return find_violations(document)


def _report(args: argparse.Namespace, export: Export, violations: tuple[Violation, ...] | None) -> None:
    if args.json:
        rows = [{"node": v.node, "path": v.path, "message": v.message} for v in violations or ()]
        facts = {
            "services": export.services,
            "nodes": len(export.document["@graph"]),
            "left_out": list(export.left_out),
            "conforms": None if violations is None else not violations,
            "violations": rows,
            "written": str(args.to) if args.to and not violations else None,
        }
        print(json.dumps(facts, ensure_ascii=False, indent=2))
        return
    for found in violations or ():
        print(printable(f"{found.node}: {found.path}: {found.message}"))
    for key in export.left_out:
        print(f"left out, confidence D: {key}")
    verdict = "not validated" if violations is None else "conforms to CPSV-AP 3.2"
    if violations:
        verdict = f"{len(violations)} against CPSV-AP 3.2: nothing was written"
    print(f"{export.services} services, {len(export.document['@graph'])} nodes: {verdict}")
