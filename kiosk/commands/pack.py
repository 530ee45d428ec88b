"""``kiosk pack check DIR``: is a pack sound?"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.procedures import Pack
    from kiosk.procedures.check import Finding


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    check = actions.add_parser("check", help="read a pack and report what to mend")
    check.add_argument("folder", metavar="DIR", type=Path, help="the pack's folder")
    check.add_argument("--json", action="store_true", help="a report for programs")


def run(args: argparse.Namespace) -> int:
    """0 = clean, 1 = something to mend, 2 = the pack cannot be read (an error that cli prints)."""
    from kiosk.procedures import PackError, load_pack
    from kiosk.procedures.check import check_pack

    try:
        pack = load_pack(args.folder)
    except PackError as error:
        if args.json:
            facts = {"file": error.file, "line": error.line, "column": error.column}
            facts |= {"problem": error.problem, "allowed": error.allowed}
            print(json.dumps({"sound": False, "error": facts}, ensure_ascii=False, indent=2))
        raise
    findings = check_pack(pack)
    print(
        json.dumps(_report(pack, findings), ensure_ascii=False, indent=2)
        if args.json
        else _text(pack, findings)
    )
    return 1 if findings else 0


def _report(pack: Pack, findings: tuple[Finding, ...]) -> dict[str, object]:
    return {
        "sound": not findings,
        "pack": pack.id,
        "version": pack.version,
        "hash": pack.hash,
        "checked": pack.checked.isoformat(),
        "counts": _counts(pack),
        "findings": [
            {"rule": f.rule, "file": f.file, "line": f.line, "problem": f.problem} for f in findings
        ],
    }


def _counts(pack: Pack) -> dict[str, int]:
    return {
        "events": len(pack.events),
        "procedures": sum(len(event.procedures) for event in pack.events.values()),
        "questions": len(pack.questions),
        "texts": len(pack.texts[pack.source_lang]),
        "languages": len(pack.languages),
    }


def _text(pack: Pack, findings: tuple[Finding, ...]) -> str:
    lines = [f"{f.file}{f':{f.line}' if f.line else ''}: {f.rule}: {f.problem}" for f in findings]
    counts = ", ".join(f"{n} {name}" for name, n in _counts(pack).items())
    lines.append(f"{pack.id} {pack.version}: {counts}; {len(findings)} to mend; sha256 {pack.hash}")
    return "\n".join(lines)
