"""``kiosk print plan``: the documents a citizen takes away, as files."""

from __future__ import annotations

import argparse
from pathlib import Path

from kiosk.commands.options import OVERLAY, config_of
from kiosk.errors import FileUnwritable


def configure(parser: argparse.ArgumentParser) -> None:
    documents = parser.add_subparsers(dest="document", required=True, metavar="DOCUMENT")
    plan = documents.add_parser(
        "plan", help="the personal plan, as PDF", description="The personal plan, as PDF."
    )
    plan.add_argument("pack", metavar="PACK", help="a pack's id (fr) or folder")
    plan.add_argument("event", metavar="EVENT", help="a life event (naissance, fr/naissance)")
    plan.add_argument(
        "--answers", required=True, type=Path, metavar="FILE", help='JSON: {"QUESTION_ID": value}'
    )
    plan.add_argument("--today", metavar="DATE", help="the day the plan is made for (2026-11-23); else today")
    plan.add_argument("--lang", metavar="L", help="language of the paper; default: the pack's own")
    plan.add_argument("--overlay", **OVERLAY)  # type: ignore[arg-type]  # keywords
    plan.add_argument("--config", type=Path, metavar="FILE", help="kiosk.toml, for the town's name")
    plan.add_argument("--case-code", metavar="CODE", help="a case code to print, as text and QR")
    plan.add_argument("--to", required=True, type=Path, metavar="FILE.pdf", help="the file to write")


def run(args: argparse.Namespace) -> int:
    from kiosk.commands.ask import compiled_packs, day_of, language
    from kiosk.config import load_config
    from kiosk.procedures import find_pack, load_pack, make_plan, read_answers

    config = load_config(config_of(args))
    pack = load_pack(find_pack(args.pack), compiled_packs(), args.overlay)
    event = pack.event(args.event)
    lang = language(pack, args.lang)
    code = _case_code(args.case_code)
    day = day_of(args.today, pack.timezone)
    answers = read_answers(args.answers, pack, event, lang)
    plan = make_plan(pack, event, answers, day, lang)

    from printing.plan_pdf import plan_pdf

    document = plan_pdf(plan, pack, lang, town=config.town.name, case_code=code, printed=day)
    _write(args.to, document)
    return 0


def _write(target: Path, content: bytes) -> None:
    """Write ``target`` completely or not at all; only its owner can read it. Raises FileUnwritable."""
    from kiosk.store.files import write_whole

    try:
        if target.exists() and not target.is_file():
            raise FileUnwritable(str(target), "it is a folder" if target.is_dir() else "it is not a file")
        write_whole(target, content)
    except (OSError, ValueError) as error:
        raise FileUnwritable(str(target), getattr(error, "strerror", None) or "no such path") from error


def _case_code(text: str | None) -> str | None:
    from kiosk.paper.case_code import parse_case_code

    return parse_case_code(text).text if text is not None else None
