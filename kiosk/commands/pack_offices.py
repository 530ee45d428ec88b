"""``kiosk pack offices``: the addresses and hours of a town's offices, from the public directory."""

from __future__ import annotations

import argparse
import json
import re
import unicodedata
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.commands.options import printable
from kiosk.errors import FileUnwritable, UsageError

if TYPE_CHECKING:
    from kiosk.procedures import Pack
    from kiosk.procedures.directory.offices import Office
    from kiosk.procedures.directory.service import Service

HEAD, OFFICES = "overlay.yaml", "offices.yaml"
FAULTS = ("not-found", "undated")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument(
        "--directory", metavar="FILE", type=Path, required=True, help="the directory's JSON, or .json.gz"
    )
    parser.add_argument(
        "--insee", metavar="CODE", help="the commune's INSEE code; default: that of overlay.yaml"
    )
    parser.add_argument("--replace", action="store_true", help="also replace what a person wrote")
    parser.add_argument("--dry-run", action="store_true", help="say what would be written, and write nothing")


def run(args: argparse.Namespace, today: date) -> int:
    """0 = every office was found, 1 = something was not found or left out. Raises DirectoryError, PackError,
    UsageError: then nothing is written."""
    from kiosk.procedures import find_pack, load_pack
    from kiosk.procedures.directory.offices import fill_offices, find_services, write_offices
    from kiosk.procedures.directory.stream import read_services
    from kiosk.procedures.library import read_sources
    from kiosk.procedures.loader import read_file
    from kiosk.procedures.overlay import base_of

    folder: Path = args.folder
    sources = read_sources(folder) if folder.is_dir() else {}
    base = args.base or find_pack(base_of(folder) if HEAD in sources else "fr")
    pack = load_pack(base)
    insee = _insee(args.insee, _composed(pack, sources, folder) if HEAD in sources else None)
    wanted = frozenset(body.directory for body in pack.bodies.values() if body.directory)
    services, count = find_services(read_services(args.directory), wanted, insee, today)
    present = read_file(sources, OFFICES) if sources.get(OFFICES, b"").strip() else None
    offices = fill_offices(pack, services, present, args.replace)
    changed: dict[str, bytes] = {}
    if any(office.state == "filled" for office in offices):
        text = write_offices(sources.get(OFFICES, b"").decode("utf-8-sig"), offices)
        changed[OFFICES] = text.encode()
        if HEAD not in sources:
            changed[HEAD] = _head(pack, insee, services, today).encode()
        _composed(pack, sources | changed, folder)  # what is to be written must load
        if not args.dry_run:
            _write(folder, changed)
    _report(args, insee, count, offices, written=bool(changed) and not args.dry_run)
    return 1 if any(office.state in FAULTS or office.reasons for office in offices) else 0


def _insee(given: str | None, present: Pack | None) -> str:
    from kiosk.procedures.overlay import INSEE

    known = present.overlays[-1].insee if present else ""
    if given is not None and not INSEE.match(given):
        raise UsageError(f"--insee {given!a} is no code of a commune", "99999, 2A004")
    if given and known and given != known:
        raise UsageError(f"--insee {given} is not the commune of {HEAD}", known)
    if not given and not known:
        raise UsageError("no commune is named", f"--insee CODE, or insee in {HEAD}")
    return given or known


def _head(pack: Pack, insee: str, services: dict[str, list[Service]], today: date) -> str:
    """``overlay.yaml`` of a new overlay, named after the commune of its town hall."""
    places = [service.place for service in services.get("mairie", []) if service.place]
    name = places[0] if places else f"Commune {insee}"
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40] or insee.lower()
    lines = ["schema: overlay/1", f"id: {pack.id}-{slug}", f"over: {pack.id}"]
    lines += [f"name: {json.dumps(name, ensure_ascii=False)}", f'version: "{today:%Y.%m}"']
    lines += [f"checked: {today}", f"source_lang: {pack.source_lang}", f'insee: "{insee}"']
    return "\n".join(lines) + "\n"


def _composed(pack: Pack, sources: dict[str, bytes], folder: Path) -> Pack:
    """The pack with these files of an overlay over it. Raises PackError."""
    from kiosk.procedures.library import hash_of
    from kiosk.procedures.overlay import compose

    return compose(pack, sources, hash_of(sources), folder.absolute().name)


def _write(folder: Path, files: dict[str, bytes]) -> None:
    """Each file whole, offices first: a folder without overlay.yaml is no overlay yet. Raises
    FileUnwritable."""
    from kiosk.store.files import write_whole

    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            write_whole(folder / name, content, 0o644)
    except (OSError, ValueError) as error:
        raise FileUnwritable(str(folder), getattr(error, "strerror", None) or "no such path") from error


def _report(
    args: argparse.Namespace, insee: str, count: int, offices: list[Office], *, written: bool
) -> None:
    if args.json:
        import msgspec

        rows = [msgspec.to_builtins(office) for office in offices]
        facts = {"insee": insee, "services": count, "written": written, "offices": rows}
        print(json.dumps(facts, ensure_ascii=False, indent=2))
        return
    for office in offices:
        taken = f" from {office.service!r}, line {office.line}" if office.service else ""
        lines = [f"{office.body}: {office.state}{taken} ({office.kind})"]
        lines += [f"    {key}: {text}" for key, text in office.written.items()]
        lines += [f"    differs: {key}: {text}; --replace takes it" for key, text in office.differs.items()]
        lines += [f"    not taken: {name!r} serves the commune too" for name in office.others]
        lines += [f"    left out: {reason}" for reason in office.reasons]
        print("\n".join(printable(line.replace("\u00a0", " ")) for line in lines))
    print(f"{count} services read for {insee}; {'written' if written else 'nothing written'}")
