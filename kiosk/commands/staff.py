"""``kiosk staff code``: seal the code of the staff menu for ``kiosk.toml``.

The code comes from the keyboard or from standard input, never from the command line, which every process of
the machine can read.
"""

from __future__ import annotations

import argparse
import sys

from kiosk.errors import UsageError
from kiosk.staff import LONGEST, SHORTEST, is_acceptable, seal

_ALLOWED = f"{SHORTEST} to {LONGEST} digits, neither one digit again and again nor a run such as 123456"


def configure(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("code", help="read a code and print the lines for kiosk.toml; any earlier code ends")


def run(_args: argparse.Namespace) -> int:
    code = _typed() if sys.stdin.isatty() else sys.stdin.readline(LONGEST + 2).rstrip("\r\n")
    if not is_acceptable(code):
        raise UsageError("this is no good staff code", _ALLOWED)
    print(f'[staff]\ncode = "{seal(code)}"')
    return 0


def _typed() -> str:
    """What is typed twice and not shown. Raises UsageError."""
    from getpass import getpass

    try:
        first = getpass("Staff code (not shown): ")
        again = getpass("Again: ")
    except EOFError:
        raise UsageError("no staff code was typed", _ALLOWED) from None
    if first != again:
        raise UsageError("the two codes differ", "the same code twice")
    return first
