"""``kiosk feedback``: what people said at the end of their visits, as sums by month and life event."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from kiosk.commands.options import add_data, data_of
from kiosk.store.feedback import FEEDBACK, FeedbackCount


def configure(parser: argparse.ArgumentParser) -> None:
    add_data(parser, "device")
    parser.add_argument("--json", action="store_true", help="for programs: one object on standard output")


def run(args: argparse.Namespace) -> int:
    counts = _counts(data_of(args, "device"))
    if args.json:
        print(json.dumps({"feedback": [asdict(one) for one in counts]}))
    else:
        print(as_text(counts))
    return 0


def _counts(data: Path) -> list[FeedbackCount]:
    """Read beside a kiosk that is running. Raises StoreError."""
    from kiosk.store import Store

    store = Store.open(data, read_only=True)
    try:
        return store.feedback()
    finally:
        store.close()


def as_text(counts: list[FeedbackCount]) -> str:
    """One line a month and life event."""
    if not counts:
        return "no feedback yet"
    table: dict[tuple[str, str], dict[str, int]] = {}
    for one in counts:
        table.setdefault((one.month, one.event), {})[one.value] = one.times
    wide = max(len(event) for _, event in table)
    return "\n".join(
        f"{month}  {event:<{wide}}  " + "  ".join(f"{value} {said.get(value, 0)}" for value in FEEDBACK)
        for (month, event), said in table.items()
    )
