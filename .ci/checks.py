"""Every check of the product, by group: what `./dev test` runs once the machine is set up.

The static checks run beside the fast tests; the system tests run alone, because they measure time and share
the machine's sound, screen and ports. A group that fails does not stop the others. The last line is
``N passed, N failed``: pytest's own totals, and one for each other check.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
PYTHON = [sys.executable]
BIN = Path(sys.executable).parent
SCREENLESS = ("DISPLAY", "WAYLAND_DISPLAY")
_printing = threading.Lock()


@dataclass(frozen=True)
class Check:
    """One command. ``marks`` is a pytest mark expression: then the command's own totals are counted."""

    name: str
    command: tuple[str, ...]
    marks: str | None = None


@dataclass(frozen=True)
class Count:
    passed: int
    failed: int

    def __add__(self, other: Count) -> Count:
        return Count(self.passed + other.passed, self.failed + other.failed)


def static_checks() -> list[Check]:
    """Style, types, layers, packs: no test runner."""
    packs = sorted(path.parent for path in ROOT.glob("assets/packs/*/pack.yaml"))
    kiosk = (*PYTHON, "-m", "kiosk")
    return [
        Check("style", (str(BIN / "ruff"), "check", "--quiet", ".")),
        Check("format", (str(BIN / "ruff"), "format", "--check", "--quiet", ".")),
        Check("layers", (str(BIN / "lint-imports"), "--no-cache")),
        Check("types", (str(BIN / "mypy"), "kiosk", "accessibility", "printing", "sync", ".ci/checks.py")),
        *(Check(f"pack {path.name}", (*kiosk, "pack", "check", str(path))) for path in packs),
    ]


def test_checks(full: bool) -> list[Check]:
    """The runs of pytest, the system tests last; ``full`` adds what is marked slow. Two run at a time: the
    screens have their own, so that both ends come at about the same time."""
    but = "" if full else " and not slow"
    pytest, fast = (*PYTHON, "-m", "pytest", "-q", "-rs"), f"not system and not crowd{but}"
    return [
        Check("tests", (*pytest, "--ignore=tests/ui"), fast),
        Check("crowd tests", pytest, f"crowd{but}"),
        Check("screen tests", (*pytest, "tests/ui"), fast),
        Check("system tests", (*pytest, "--durations=5"), f"system{but}"),
    ]


def run(check: Check) -> Count:
    """Run one check and print its output and its time as one block."""
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = list(check.command)
        if check.marks is not None:
            command += ["-m", check.marks, f"--junitxml={report}"]
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        count = Count(done.returncode == 0, done.returncode != 0) if check.marks is None else _counted(report)
    if done.returncode and not count.failed:
        count += Count(0, 1)  # pytest itself failed: nothing collected, a wrong option, a crash
    with _printing:
        word = "FAILED" if count.failed else "ok"
        print(f"\n== {check.name}: {word}, {time.monotonic() - start:.1f} s", flush=True)
        if count.failed or check.marks is not None:
            print(done.stdout.rstrip(), flush=True)
    return count


def _environment() -> dict[str, str]:
    """The machine's, without its screen: a test that needs one starts its own."""
    return {name: value for name, value in os.environ.items() if name not in SCREENLESS}


def _counted(report: Path) -> Count:
    if not report.exists():
        return Count(0, 1)
    # A file that pytest has just written on this machine.
    suites = ElementTree.parse(report).getroot().iter("testsuite")  # noqa: S314
    total = Count(0, 0)
    for suite in suites:
        tests, failures, errors, skipped = (
            int(suite.get(name, 0)) for name in ("tests", "failures", "errors", "skipped")
        )
        failed = failures + errors
        total += Count(max(tests - failed - skipped, 0), failed)
    return total


def main() -> int:
    """0 when everything passed, 1 otherwise."""
    parser = argparse.ArgumentParser("./dev test", description="Every check; other arguments go to pytest.")
    parser.add_argument("--full", action="store_true", help="the slow tests too")
    parser.add_argument("--static", action="store_true", help="no tests: style, layers, types, packs")
    options, rest = parser.parse_known_args()
    if rest:
        return subprocess.run([*PYTHON, "-m", "pytest", *rest], cwd=ROOT, env=_environment()).returncode
    total = Count(0, 0)
    with ThreadPoolExecutor(max_workers=2) as pool:
        fast = [] if options.static else [pool.submit(run, check) for check in test_checks(options.full)[:-1]]
        for future in [*fast, *(pool.submit(run, check) for check in static_checks())]:
            total += future.result()
    if not options.static:
        total += run(test_checks(options.full)[-1])
    print(f"\n{total.passed} passed, {total.failed} failed", flush=True)
    return 1 if total.failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
