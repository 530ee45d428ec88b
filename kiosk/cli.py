"""The command line: a table of commands, each imported only when it runs.

A citizen's kiosk pays for every import on its start-up path, so nothing here imports a part of the product
before the command's name is known.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Protocol, cast

from kiosk.errors import KioskError


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
    "doctor": "what works here, and what to do",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. 0 = done, 1 = it found problems, 2 = it cannot run."""
    words = list(sys.argv[1:] if argv is None else argv)
    name = next((word for word in words[:1] if word in COMMANDS), None)
    if name is None:
        return _usage(words)
    command = cast(Command, import_module(f"kiosk.commands.{name}"))
    parser = argparse.ArgumentParser(prog=f"kiosk {name}", description=COMMANDS[name])
    command.configure(parser)
    try:
        return command.run(parser.parse_args(words[1:]))
    except KioskError as error:
        from kiosk.messages import messages_for

        print(f"kiosk: error: {messages_for('en').sentence(error)}", file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:
        # The reader of our output has gone (``| head``): nothing to say, and nobody to say it to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 2
    except KeyboardInterrupt:
        return 130


def _usage(words: Sequence[str]) -> int:
    width = max(map(len, COMMANDS))
    lines = ["usage: kiosk COMMAND [OPTIONS]   (kiosk COMMAND --help for one command)", ""]
    lines += [f"  {name:<{width}}  {says}" for name, says in COMMANDS.items()]
    asked = words[:1] in (["--help"], ["-h"])
    if words and not asked:
        print(f"kiosk: error: no command {words[0]!r}; one of: {', '.join(COMMANDS)}", file=sys.stderr)
        return 2
    print("\n".join(lines), file=sys.stdout if asked else sys.stderr)
    return 0 if asked else 2
