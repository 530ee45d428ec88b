"""What several commands share: options, the environment variables behind them, text for a terminal."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from kiosk.errors import UsageError

OVERLAY = {
    "metavar": "DIR",
    "type": Path,
    "action": "append",
    "default": [],
    "help": "an overlay over the pack; may be given again, the town's after the department's",
}
BASE = {
    "metavar": "DIR",
    "type": Path,
    "help": "the pack below an overlay; default: the installed one",
}


def folder(text: str) -> Path:
    """A folder named on the command line. An empty name (``--data "$UNSET"``) must not mean this folder."""
    if not text:
        raise argparse.ArgumentTypeError("the name of the folder is empty")
    return Path(text)


def add_data(parser: argparse.ArgumentParser, whose: str) -> None:
    """Declare ``--data``; ``whose`` is "device" or "hub"."""
    parser.add_argument("--data", type=folder, metavar="DIR", help=f"the {whose}'s folder (KIOSK_DATA)")


def data_of(args: argparse.Namespace, whose: str) -> Path:
    """What ``--data`` or KIOSK_DATA names. Raises UsageError when neither does."""
    given: Path | None = args.data or path_in("KIOSK_DATA")
    if given is None:
        raise UsageError(f"no folder for the {whose}", "--data DIR or KIOSK_DATA")
    return given


def config_of(args: argparse.Namespace) -> Path | None:
    """What ``--config`` or KIOSK_CONFIG names."""
    given: Path | None = args.config or path_in("KIOSK_CONFIG")
    return given


def printable(text: str) -> str:
    """``text`` for a terminal, which must not be steered by what came from outside."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)


def path_in(name: str) -> Path | None:
    """The path in an environment variable; None where it is not set or empty."""
    value = os.environ.get(name)
    return Path(value) if value else None


def write_file(target: Path, content: str | bytes) -> None:
    """The whole file or none. Raises FileUnwritable."""
    from kiosk.errors import FileUnwritable
    from kiosk.store.files import write_whole

    try:
        write_whole(target, content.encode() if isinstance(content, str) else content)
    except (OSError, ValueError) as error:
        raise FileUnwritable(str(target), getattr(error, "strerror", None) or "no such path") from error
