"""The kiosk against a hand-written web page in Chromium, in the same run: `./dev bench [--rounds N]`.

Prints one table and whether the bounds hold; exit 0 = they do, 1 = one does not. Figures of one run are only
worth their ratios: the two take turns, so that a busy machine slows both.
"""

from __future__ import annotations

import argparse
import gc
import shutil
import statistics
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from kiosk.catalogues import languages
from tests.bench.contenders import Contender, Kiosk, Page
from tests.bench.display import Display
from tests.bench.engine import engine_rows
from tests.bench.looks import LOOKS, Look

START_BOUND, PAINT_BOUND, WORST_BOUND, MEMORY_BOUND = 0.5, 1.0, 0.5, 0.25
BETWEEN_S = 0.35  # a second touch sooner may be the tremor of a finger, which the kiosk ignores


@dataclass
class Measured:
    """Seconds, and MB."""

    start: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    paint: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)


def main() -> int:
    parser = argparse.ArgumentParser(prog="./dev bench", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5, help="visits of each contender (5)")
    parser.add_argument("--starts", type=int, default=5, help="further starts of each contender (5)")
    parser.add_argument(
        "--looks", default="usual", metavar="NAMES", help=f"of {', '.join(LOOKS)}; or all (usual)"
    )
    args = parser.parse_args()
    names = list(LOOKS) if args.looks == "all" else args.looks.split(",")
    if unknown := set(names) - set(LOOKS):
        raise SystemExit(f"bench: error: no look {', '.join(sorted(unknown))}; there are {', '.join(LOOKS)}")
    if shutil.which("chromium") is None:
        raise SystemExit("bench: error: chromium is missing: apt-get install chromium")
    with TemporaryDirectory(prefix="bench", ignore_cleanup_errors=True) as folder:
        names = [name for name in names if LOOKS[name].lang in languages()]  # what the kiosk may offer
        kiosk, page = Kiosk(Path(folder)), Page(Path(folder))
        missed = 0
        for name in names:
            # Starts are the same in every look.
            starts = args.starts if name == names[0] else 0
            measured = _measure(kiosk, page, LOOKS[name], args.rounds, starts)
            print(f"\n{name}")
            missed |= _report(measured[kiosk.name], measured[page.name])
        for name, ratio in engine_rows():
            print(f"{name:38}{'':18}{ratio:8.2f}")
    return missed


def _measure(kiosk: Kiosk, page: Page, look: Look, rounds: int, starts: int) -> dict[str, Measured]:
    found = {kiosk.name: Measured(), page.name: Measured()}
    display = Display()
    gc.disable()
    try:
        for contender in (kiosk, page):  # the first start fills the caches: not counted
            contender.start(display.env, look)
            display.settle()
            contender.stop()
        for turn in range(rounds + starts):
            for contender in (kiosk, page):
                one = found[contender.name]
                one.start.append(contender.start(display.env, look))
                display.settle()
                if turn < rounds:
                    _visit(contender, look, display, one)
                contender.stop()
    finally:
        gc.enable()
        display.close()
    return found


def _visit(contender: Contender, look: Look, display: Display, into: Measured) -> None:
    way = contender.way(look)
    display.settle(1.0)
    for place in way.first:
        change = display.touch(*place, watch_s=0.6)
        if change is not None:
            into.first.append(change.last)
        display.settle(BETWEEN_S)
    seen = {display.picture()}
    for number, (*choosing, forward) in enumerate(way.questions, 1):
        for place in choosing:
            display.touch(*place, watch_s=BETWEEN_S)
        change = display.touch(*forward)
        display.settle(BETWEEN_S)
        picture = display.picture()
        if change is None or picture in seen:
            raise SystemExit(f"bench: error: {contender.name}: question {number} does not lead on")
        seen.add(picture)
        into.paint.append(change.last)
    into.memory.append(contender.memory_mb())


def _percentile(values: list[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def _report(kiosk: Measured, page: Measured) -> int:
    rows = [
        ("start to first usable screen, s", _half(kiosk.start), _half(page.start), START_BOUND),
        ("next question painted, p50, ms", 1e3 * _half(kiosk.paint), 1e3 * _half(page.paint), PAINT_BOUND),
        ("next question painted, p95, ms", 1e3 * _high(kiosk.paint), 1e3 * _high(page.paint), WORST_BOUND),
        ("memory of all processes (PSS), MB", _half(kiosk.memory), _half(page.memory), MEMORY_BOUND),
    ]
    print(f"{'':38}{'kiosk':>9}{'page':>9}{'ratio':>8}{'bound':>8}")
    missed = False
    for name, ours, theirs, bound in rows:
        ratio = ours / theirs
        fails = bound is not None and ratio > bound
        missed = missed or fails
        verdict = "" if bound is None else f"{bound:8.2f}  {'MISSED' if fails else 'ok'}"
        print(f"{name:38}{ours:9.3g}{theirs:9.3g}{ratio:8.2f}{verdict}")
    print(f"{'first touches (language, event), ms':38}{1e3 * _half(kiosk.first):9.3g}")
    return 1 if missed else 0


def _half(values: list[float]) -> float:
    return statistics.median(values)


def _high(values: list[float]) -> float:
    return _percentile(values, 95)


if __name__ == "__main__":
    raise SystemExit(main())
