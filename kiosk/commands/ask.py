"""``kiosk ask PACK EVENT --answers FILE``: the next question, or the plan, without a screen."""

from __future__ import annotations

import argparse
import json
import os
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kiosk.commands.options import OVERLAY
from kiosk.errors import UsageError

if TYPE_CHECKING:
    from kiosk.procedures import Pack, Plan, PlanDeadline, PlanItem


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("pack", metavar="PACK", help="an installed pack (fr) or a folder")
    parser.add_argument("event", metavar="EVENT", help="a life event: fr/naissance or naissance")
    parser.add_argument(
        "--answers", metavar="FILE", type=Path, required=True, help='{"QUESTION_ID": value} in JSON'
    )
    parser.add_argument("--today", metavar="DATE", help="the day of the visit (2026-11-23); default: today")
    parser.add_argument("--lang", metavar="L", help="the language of the texts; default: the pack's own")
    parser.add_argument("--overlay", **OVERLAY)  # type: ignore[arg-type]  # keywords
    parser.add_argument("--json", action="store_true", help="the published form (docs/schemas)")


def run(args: argparse.Namespace) -> int:
    """Print what is needed next. 0, or 2 by an error that cli prints."""
    from kiosk.procedures import (
        explain_question,
        find_pack,
        load_pack,
        make_plan,
        next_question,
        outcome_questions,
        plan_to_json,
        question_to_json,
        read_answers,
    )

    pack = load_pack(find_pack(args.pack), compiled_packs(), args.overlay)
    event = pack.event(args.event)
    lang = language(pack, args.lang)
    today = day_of(args.today, pack.timezone)
    answers = read_answers(args.answers, pack, event, lang)
    question = next_question(pack, event, answers, today)
    if question is not None:
        left = len(outcome_questions(pack, event, answers, today))
        purpose = explain_question(pack, event, question.id, answers, today, lang).words
        form = question_to_json(pack, question, lang, today, purpose)
        found: Mapping[str, object] = {"question": form, "about_left": left}
        print(_json(found) if args.json else _question_text(form, left))
        return 0
    plan = make_plan(pack, event, answers, today, lang)
    print(_json({"plan": plan_to_json(plan)}) if args.json else _plan_text(plan))
    return 0


def compiled_packs() -> Path | None:
    """Where compiled packs are kept: below the data folder, if one is named; else they are not kept."""
    data = os.environ.get("KIOSK_DATA")
    return Path(data) / "cache" / "packs" if data else None


def language(pack: Pack, wanted: str | None) -> str:
    """The language asked for, if the pack has it. Raises UsageError."""
    if wanted is None:
        return pack.source_lang
    if wanted not in pack.languages:
        raise UsageError(f"the pack has no texts in {wanted!a}", ", ".join(pack.languages))
    return wanted


def day_of(text: str | None, zone: str) -> date:
    """The day that was asked for, else the present day at the office. Raises UsageError."""
    from kiosk.clock import SystemClock, today

    if text is None:
        return today(SystemClock(), zone)
    try:
        found = date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    except ValueError:
        found = None
    if found is None or not 1900 <= found.year <= 2100:
        raise UsageError(f"--today {text!a} is no date", "2026-11-23, from 1900 to 2100")
    return found


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _question_text(form: Mapping[str, Any], left: int) -> str:
    lines = [f"[{form['id']}] {form['text']}", f"  ({form['why']})"]
    lines += [f"  {answer['value']}: {answer['text']}" for answer in (*form["options"], *form["about"])]
    lines += ["  null"] if form["unknown_allowed"] else []
    return "\n".join([*lines, f"({left})"])


def _plan_text(plan: Plan) -> str:
    blocks = [f"{plan.title} ({plan.today.isoformat()})"]
    blocks += ["\n".join(_item_lines(item)) for item in plan.procedures]
    return "\n\n".join(blocks)


def _item_lines(item: PlanItem) -> list[str]:
    lines = [f"[{item.status}] {item.title}", f"  {item.because}"]
    if item.status == "not":
        return lines
    lines += [
        f"  {_deadline_text(deadline)}" for deadline in (item.deadline, *item.other_deadlines) if deadline
    ]
    lines += [
        f"  - {paper.title}" + (f" x{paper.copies}" if paper.copies > 1 else "") for paper in item.documents
    ]
    lines += [f"  @ {item.office.name}"] if item.office else []
    return lines


def _deadline_text(deadline: PlanDeadline) -> str:
    when = deadline.date.isoformat() if deadline.date else ""
    mark = f"{deadline.kind}{' >=' if deadline.earliest else ''}{' !' if deadline.passed else ''}"
    return " ".join(part for part in (when, f"({mark})", deadline.text) if part)
