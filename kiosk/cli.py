"""The command line: a table of commands, each imported only when it runs.

A citizen's kiosk pays for every import on its start-up path, so nothing here imports a part of the product
before the command's name is known.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn, Protocol, cast

from kiosk import __version__
from kiosk.errors import FileUnreadable, FileUnwritable, KioskError, UsageError


class Command(Protocol):
    """What each module of :mod:`kiosk.commands` offers."""

    def configure(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, args: argparse.Namespace) -> int: ...


COMMANDS = {
    "run": "the citizen's kiosk",
    "ask": "headless: the next question, or the plan",
    "pack": "authoring: check a pack",
    "print": "the documents, as PDF",
    "hub": "the server that keeps sealed dossiers",
    "enrol": "join this device to a hub",
    "sync": "send what waits",
    "tenant": "the town's offline key and trust file",
    "open": "open a sealed dossier with an agency's key",
    "staff": "the code of the staff menu",
    "feedback": "what people said at the end, as sums",
    "doctor": "what works here, and what to do",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. 0 = done, 1 = it found problems, 2 = it cannot run."""
    words = list(sys.argv[1:] if argv is None else argv)
    name = next((word for word in words[:1] if word in COMMANDS), None)
    if name is None:
        return _usage(words)
    command = cast(Command, import_module(f"kiosk.commands.{name}"))
    parser = _Parser(prog=f"kiosk {name}", description=COMMANDS[name], allow_abbrev=False)
    command.configure(parser)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # an old terminal: ’ becomes \\u2019, no traceback
    try:
        status = command.run(parser.parse_args(words[1:]))
        sys.stdout.flush()  # a full disk or a closed pipe must show here, not when nobody listens any more
        return status
    except KioskError as error:
        return _complain(error)
    except BrokenPipeError:
        # The reader of our output has gone (``| head``): nothing to say, and nobody to say it to.
        _drop_output()
        return 2
    except OSError as error:
        reason = error.strerror or type(error).__name__
        if error.filename is None:
            _drop_output()
            return _complain(FileUnwritable("standard output", reason))
        # A path that no command foresaw: a name that is too long, a mount that went away.
        return _complain(FileUnreadable(str(error.filename), reason))
    except KeyboardInterrupt:
        return 130


class _Parser(argparse.ArgumentParser):
    """Tells a mistake in one line, as every other error is told."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(message, f"see {self.prog} --help")


def _complain(error: KioskError) -> int:
    from kiosk.messages import complain

    return complain(error)


def _drop_output() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _usage(words: Sequence[str]) -> int:
    if words[:1] == ["--version"]:
        print(f"kiosk {__version__}")
        return 0
    width = max(map(len, COMMANDS))
    lines = ["usage: kiosk COMMAND [OPTIONS]   (kiosk COMMAND --help for one command)", ""]
    lines += [f"  {name:<{width}}  {says}" for name, says in COMMANDS.items()]
    asked = words[:1] in (["--help"], ["-h"])
    if words and not asked:
        print(f"kiosk: error: no command {words[0]!r}; one of: {', '.join(COMMANDS)}", file=sys.stderr)
        return 2
    print("\n".join(lines), file=sys.stdout if asked else sys.stderr)
    return 0 if asked else 2
