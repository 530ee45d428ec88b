"""``kiosk pack sheet``: texts and offices, of a pack or a town, for editors who use a spreadsheet."""

from __future__ import annotations

import argparse
import json
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.options import BASE, printable, write_file
from kiosk.errors import FileUnreadable, FileUnwritable, UsageError

if TYPE_CHECKING:
    from kiosk.procedures.sheets import Merge


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    ways = parser.add_subparsers(dest="way", metavar="WAY", required=True)
    out = ways.add_parser("export", help="write the spreadsheet")
    back = ways.add_parser("import", help="take what was changed in it into the pack's files")
    for way in (out, back):
        way.add_argument("folder", metavar="DIR", type=Path, help="the folder of a pack or an overlay")
        way.add_argument("sheet", metavar="FILE.xlsx", type=Path, help="the spreadsheet")
        way.add_argument("--base", **BASE)  # type: ignore[arg-type]  # keywords
    out.add_argument(
        "--lang", metavar="L", action="append", default=[],
        help="a language to translate to, may be repeated; default: those the pack has",
    )  # fmt: skip
    back.add_argument("--dry-run", action="store_true", help="say what would change, and write nothing")
    back.add_argument("--json", action="store_true", help="a report for programs")


def run(args: argparse.Namespace, base: Path | None) -> int:
    """0 = done, 1 = the pack has changed meanwhile and nothing was written. ``base``: the pack below, where
    the folder holds an overlay. Raises UsageError, SheetError,
    PackError, FileUnreadable, FileUnwritable."""
    if find_spec("openpyxl") is None:
        raise UsageError("sheets need openpyxl, which is not installed", "install the authoring extra")
    return _export(args, base) if args.way == "export" else _import(args, base)


def _export(args: argparse.Namespace, base: Path | None) -> int:
    from kiosk.procedures.sheets import export_sheet

    write_file(args.sheet, export_sheet(args.folder, args.lang, str(args.sheet), base))
    return 0


def _import(args: argparse.Namespace, base: Path | None) -> int:
    from kiosk.procedures.sheets import import_sheet
    from kiosk.procedures.sheets.workbook import LARGEST_FILE

    try:
        with args.sheet.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        raise FileUnreadable(str(args.sheet), getattr(error, "strerror", None) or "no such path") from error
    try:
        merge = import_sheet(args.folder, data, str(args.sheet), write=not args.dry_run, base=base)
    except OSError as error:
        raise FileUnwritable(str(args.folder), error.strerror or "unknown") from error
    written = bool(merge.files) and not args.dry_run
    if args.json:
        print(json.dumps(_facts(merge, written=written), ensure_ascii=False, indent=2))
    else:
        _tell(merge, str(args.sheet), written=written)
    return 1 if merge.conflicts else 0


def _facts(merge: Merge, *, written: bool) -> dict[str, object]:
    return {
        "changed": list(merge.changed),
        "stale": list(merge.stale),
        "same_day": list(merge.same_day),
        "conflicts": [
            {"sheet": one.sheet, "row": one.row, "key": one.key, "column": one.column}
            for one in merge.conflicts
        ],
        "files": sorted(merge.files),
        "written": written,
    }


def _tell(merge: Merge, file: str, *, written: bool) -> None:
    for one in merge.conflicts:
        what = f"{one.key} ({one.column}) was changed in the pack since the export: export anew"
        print(printable(f"{file}:{one.sheet}:{one.row}: {what}"))
    for key in merge.changed:
        print(f"changed: {key}")
    for key in merge.stale:
        print(f"now stale: {key}")
    for body in merge.same_day:
        print(f"changed, and its source keeps its day: {body}")
    if merge.conflicts:
        print(f"{len(merge.conflicts)} conflicts: nothing was written")
    else:
        did = "written" if written else "nothing to write" if not merge.files else "would be written"
        print(f"{len(merge.changed)} changes in {len(merge.files)} files: {did}")
