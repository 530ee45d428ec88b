"""``kiosk pack``: is it sound, what changes, what expires, how does it look, how does it leave? A folder may
hold a pack, or an overlay, which is looked at over its pack."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any as Anything

from kiosk.commands import pack_cpsv, pack_offices, pack_preview, pack_sheet
from kiosk.commands.options import BASE, OVERLAY, write_file

if TYPE_CHECKING:
    from datetime import date

    from kiosk.procedures.check import Report
    from kiosk.procedures.proofs.changes import Change
    from kiosk.procedures.proofs.findings import Finding

FOLDER = {"metavar": "DIR", "type": Path, "help": "the folder of a pack or an overlay"}


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    check = actions.add_parser("check", help="read a pack, prove it sound, and report what to mend")
    check.add_argument("folder", **FOLDER)  # type: ignore[arg-type]  # keywords
    check.add_argument(
        "--certificate", metavar="FILE", type=Path, help="where to write that the pack is clean"
    )
    diff = actions.add_parser("diff", help="what a new version changes for citizens and for drafts")
    diff.add_argument("old", metavar="OLD", type=Path, help="the folder of the version in use")
    diff.add_argument("new", metavar="NEW", type=Path, help="the folder of the new version")
    due = actions.add_parser("due", help="which sources, amounts and holidays expire soon")
    due.add_argument("folder", **FOLDER)  # type: ignore[arg-type]
    due.add_argument(
        "--days", metavar="N", type=int, default=60, help="how many days to look ahead; default: 60"
    )
    graph = actions.add_parser("graph", help="draw a life event: its questions and what they decide")
    graph.add_argument("folder", **FOLDER)  # type: ignore[arg-type]
    graph.add_argument("event", metavar="EVENT", help="fr/naissance, or naissance")
    graph.add_argument(
        "--to", metavar="FILE.svg", type=Path, help="where to write it; default: standard output"
    )
    graph.add_argument("--base", **BASE)  # type: ignore[arg-type]
    graph.add_argument("--lang", metavar="L", help="language of the drawing; default: the pack's own")
    preview = actions.add_parser("preview", help="show the pack live in the real interface")
    preview.add_argument("folder", **FOLDER)  # type: ignore[arg-type]
    pack_preview.configure(preview)
    cpsv = actions.add_parser("cpsv", help="the pack as CPSV-AP 3.2 JSON-LD, for catalogues of services")
    cpsv.add_argument("folder", **FOLDER)  # type: ignore[arg-type]
    pack_cpsv.configure(cpsv)
    sheet = actions.add_parser("sheet", help="texts and offices as a spreadsheet, out and back in")
    pack_sheet.configure(sheet)
    offices = actions.add_parser("offices", help="fill a town's overlay from the public directory")
    offices.add_argument("folder", metavar="OVERLAY_DIR", type=Path, help="the overlay; made if missing")
    pack_offices.configure(offices)
    check.add_argument("--overlay", **OVERLAY)  # type: ignore[arg-type]
    for action in (check, diff, due, offices):
        action.add_argument("--base", **BASE)  # type: ignore[arg-type]
        action.add_argument("--json", action="store_true", help="a report for programs")
        action.add_argument(
            "--today", metavar="DATE", help="the day of the visits (2026-11-23); default: today"
        )


def run(args: argparse.Namespace) -> int:
    """0 = clean, 1 = something to mend, 2 = the pack cannot be read (an error that cli prints)."""
    from kiosk.procedures import PackError

    actions: dict[str, Callable[[argparse.Namespace], int]] = {
        "check": _check,
        "diff": _diff,
        "due": _due,
        "graph": _graph,
        "offices": lambda args: pack_offices.run(args, _today(args)),
        "preview": lambda args: pack_preview.run(args, *_parts(args.folder, args.base)),
        "cpsv": lambda args: pack_cpsv.run(args, *_parts(args.folder, args.base)),
        "sheet": lambda args: pack_sheet.run(args, _below(args.folder, args.base)),
    }
    try:
        return actions[args.action](args)
    except PackError as error:
        if getattr(args, "json", False):
            facts = {"file": error.file, "line": error.line, "column": error.column}
            facts |= {"problem": error.problem, "allowed": error.allowed}
            _print_json({"sound": False, "error": facts})
        raise


def _today(args: argparse.Namespace) -> date:
    from kiosk.commands.ask import day_of

    return day_of(args.today, "UTC")


def _parts(folder: Path, base: Path | None) -> tuple[Path, tuple[Path, ...]]:
    """The pack's folder and the overlays over it, for the folder of either. Raises PackError and
    PackNotFound."""
    if not (folder / "overlay.yaml").is_file():
        return folder, ()
    from kiosk.procedures import find_pack
    from kiosk.procedures.overlay import base_of

    return base or find_pack(base_of(folder)), (folder,)


def _below(folder: Path, base: Path | None) -> Path | None:
    """The folder of the pack below an overlay; None for a pack."""
    below, overlays = _parts(folder, base)
    return below if overlays else None


def _print_json(value: Anything) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


# -- check


def _check(args: argparse.Namespace) -> int:
    from kiosk.procedures.check import check_folder

    folder, overlays = _parts(args.folder, args.base)
    report = check_folder(folder, _today(args), (*args.overlay, *overlays))
    certificate = report.certificate()
    if args.json:
        _print_json(_report(report))
    else:
        print(_text(report))
    if args.certificate and certificate:
        text = json.dumps(certificate, ensure_ascii=False, indent=2) + "\n"
        write_file(args.certificate, text)
    return 1 if report.errors else 0


def _report(report: Report) -> dict[str, Anything]:
    return {
        "sound": not report.errors,
        "pack": report.pack.id,
        "version": report.pack.version,
        "hash": report.pack.hash,
        "overlays": [
            {"id": overlay.id, "version": overlay.version, "hash": overlay.hash}
            for overlay in report.pack.overlays
        ],
        "checked": report.pack.checked.isoformat(),
        "today": report.today.isoformat(),
        "proved": report.proved,
        "counts": report.counts,
        "longest_interview": {
            name: {"questions": found.questions, "exact": found.exact, "path": list(found.path)}
            for name, found in report.longest.items()
        },
        "findings": [_finding(finding) for finding in report.findings],
        "certificate": report.certificate(),
    }


def _finding(finding: Finding) -> dict[str, Anything]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "file": finding.file,
        "line": finding.line,
        "problem": finding.problem,
        "witness": finding.witness,
    }


def _text(report: Report) -> str:
    lines = []
    for f in report.findings:
        lines.append(f"{_where(f.file, f.line)}: {f.severity}: {f.rule}: {f.problem}")
        if f.witness:
            lines.append(f"    shown by {json.dumps(f.witness, ensure_ascii=False)}")
    for name, found in report.longest.items():
        lines.append(f"{name}: at most {found.questions} questions in one visit")
    over = "".join(f" + {overlay.id} {overlay.version}" for overlay in report.pack.overlays)
    counts = ", ".join(f"{n} {name}" for name, n in report.counts.items())
    errors = len(report.errors)
    proved = "" if report.proved else " Nothing was proved: install the authoring extra (z3-solver)."
    lines.append(
        f"{report.pack.id} {report.pack.version}{over}: {counts}; {errors} to mend, "
        f"{len(report.findings) - errors} warnings; sha256 {report.pack.hash}.{proved}"
    )
    return "\n".join(lines)


def _where(file: str, line: int) -> str:
    return f"{file}:{line}" if line else file


# -- diff


def _diff(args: argparse.Namespace) -> int:
    from kiosk.procedures.proofs.changes import compare_folders

    changes = compare_folders(_parts(args.old, args.base), _parts(args.new, args.base), _today(args))
    if args.json:
        _print_json({"changes": [_change(change) for change in changes]})
    else:
        for change in changes:
            print(f"{change.kind}: {change.about}: {change.what}; drafts: {change.drafts}")
            if change.witness:
                print(f"    shown by {json.dumps(change.witness, ensure_ascii=False)}")
        print(f"{len(changes)} changes")
    return 1 if any(change.drafts == "refused" for change in changes) else 0


def _change(change: Change) -> dict[str, Anything]:
    return {
        "kind": change.kind,
        "about": change.about,
        "what": change.what,
        "drafts": change.drafts,
        "witness": change.witness,
    }


# -- due


def _due(args: argparse.Namespace) -> int:
    from datetime import timedelta

    from kiosk.procedures import load_pack
    from kiosk.procedures.library import named, read_sources
    from kiosk.procedures.proofs.places import Places
    from kiosk.procedures.proofs.sources import due_by

    folder, overlays = _parts(args.folder, args.base)
    pack = load_pack(folder, overlays=overlays)
    last = _today(args) + timedelta(days=max(0, min(args.days, 36_500)))
    over = {name: read_sources(overlay) for name, overlay in named(overlays).items()}
    found = due_by(pack, Places(read_sources(folder), over), last)
    if overlays:
        found = tuple(row for row in found if row.file.startswith(tuple(f"{name}/" for name in over)))
    if args.json:
        rows = [{"day": d.day.isoformat(), "file": d.file, "line": d.line, "what": d.what} for d in found]
        _print_json({"until": last.isoformat(), "due": rows})
    else:
        for row in found:
            print(f"{row.day}: {_where(row.file, row.line)}: {row.what}")
        print(f"{len(found)} to look at again by {last}")
    return 1 if found else 0


# -- graph


def _graph(args: argparse.Namespace) -> int:
    from kiosk.commands.ask import language
    from kiosk.procedures import load_pack
    from kiosk.procedures.proofs.drawing import draw_event

    folder, overlays = _parts(args.folder, args.base)
    pack = load_pack(folder, overlays=overlays)
    drawing = draw_event(pack, pack.event(args.event), language(pack, args.lang))
    if args.to:
        write_file(args.to, drawing)
    else:
        print(drawing)
    return 0
