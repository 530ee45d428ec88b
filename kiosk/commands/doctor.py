"""``kiosk doctor``: what works on this machine, what does not, and what to do about it.

Each check looks at the real part and gives one :class:`Finding`; none changes anything. The sentences are in
``assets/locales/doctor``: ``doctor.PART.WHAT`` says what was found, the same id with ``.do`` what to do.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from kiosk.clock import Clock, SystemClock, is_believable, today
from kiosk.commands.options import config_of
from kiosk.commands.run import data_folder, has_screen
from kiosk.config import Config
from kiosk.messages import Messages, messages_for
from kiosk.white_label import check_events, load_town

PROBE_S = 15.0
"""A display that does not answer within this many seconds does not work."""
ROOM = 200 * 1024 * 1024
"""Bytes that must be free: a year of waiting dossiers of a busy kiosk, with room to spare."""


class State(StrEnum):
    """``unused``: not set up, and nothing is wrong with that."""

    WORKS = "works"
    UNUSED = "unused"
    BROKEN = "broken"


@dataclass(frozen=True)
class Finding:
    """What one check saw. ``what`` names its sentence; ``facts`` fill the placeholders."""

    part: str
    state: State
    what: str
    facts: Mapping[str, str] = field(default_factory=dict)

    def says(self, messages: Messages) -> str:
        """What was found, in words."""
        return messages.text(f"doctor.{self.part}.{self.what}", **self.facts)

    def do(self, messages: Messages) -> str:
        """What to do about it; "" when nothing needs to be done."""
        if self.state is State.WORKS:
            return ""
        return messages.text(f"doctor.{self.part}.{self.what}.do", **self.facts)


@dataclass(frozen=True)
class Machine:
    """What the checks look at."""

    config: Config
    data: Path
    env: Mapping[str, str]
    clock: Clock
    config_file: Path | None = None


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="for programs: one object on standard output")
    parser.add_argument("--lang", choices=("fr", "en"), help="of the sentences; else that of the terminal")
    parser.add_argument("--config", type=Path, metavar="FILE", help="kiosk.toml; else KIOSK_CONFIG")
    parser.add_argument("--data", type=Path, metavar="DIR", help="the device's data; else KIOSK_DATA")
    parser.add_argument("--probe-screen", action="store_true", help=argparse.SUPPRESS)


def run(args: argparse.Namespace) -> int:
    if args.probe_screen:
        return _probe_screen()
    file = config_of(args)
    machine = Machine(load_town(file), data_folder(args.data), os.environ, SystemClock(), file)
    messages = messages_for(args.lang or _terminal_language(os.environ))
    findings = [check(machine) for check in CHECKS]
    broken = any(finding.state is State.BROKEN for finding in findings)
    print(as_json(findings, messages) if args.json else as_text(findings, messages))
    return 1 if broken else 0


def as_json(findings: list[Finding], messages: Messages) -> str:
    """``{"works", "checks": [{"part", "state": "works|unused|broken", "what", "facts", "says", "do"}]}``."""
    checks = [
        {
            "part": finding.part,
            "state": finding.state.value,
            "what": finding.what,
            "facts": dict(finding.facts),
            "says": finding.says(messages),
            "do": finding.do(messages),
        }
        for finding in findings
    ]
    works = all(finding.state is not State.BROKEN for finding in findings)
    return json.dumps({"works": works, "checks": checks}, ensure_ascii=False, indent=2)


def as_text(findings: list[Finding], messages: Messages) -> str:
    """A line for each part, and below it what to do."""
    parts = {finding.part: messages.text(f"doctor.{finding.part}") for finding in findings}
    states = {state: messages.text(f"doctor.state.{state.value}") for state in State}
    wide, middle = max(map(len, parts.values())), max(map(len, states.values()))
    lines = []
    for finding in findings:
        words = f"{parts[finding.part]:<{wide}}  {states[finding.state]:<{middle}}"
        lines.append(f"{words}  {finding.says(messages)}")
        if advice := finding.do(messages):
            lines.append(" " * (wide + middle + 4) + advice)
    return "\n".join(lines)


# -- the checks ------------------------------------------------------------------------------------------


def check_screen(machine: Machine) -> Finding:
    """Ask Qt, in a process of its own: without a display it ends the process that asks."""
    if not has_screen(dict(machine.env)):
        return Finding("screen", State.BROKEN, "none")
    itself = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "kiosk"]
    try:
        asked = subprocess.run(
            [*itself, "doctor", "--probe-screen"],
            env=dict(machine.env),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=PROBE_S,
        )
        seen = json.loads(asked.stdout.splitlines()[-1]) if asked.returncode == 0 else None
    except (subprocess.TimeoutExpired, ValueError, IndexError):
        seen = None
    if seen is None:
        return Finding("screen", State.BROKEN, "closed")
    facts = {name: str(seen[name]) for name in ("platform", "width", "height")}
    return Finding("screen", State.WORKS, "seen", facts)


def check_store(machine: Machine) -> Finding:
    """Whether the device can keep dossiers: a folder to write in, room on the disk, a database that opens."""
    from kiosk.store import Store, StoreError, StoreMissing

    folder = str(machine.data)
    try:
        with tempfile.TemporaryFile(dir=machine.data) as trial:
            trial.write(b"\0" * 4096)
            trial.flush()
            os.fsync(trial.fileno())
        free = shutil.disk_usage(machine.data).free
    except OSError as error:
        return Finding(
            "store", State.BROKEN, "unwritable", {"folder": folder, "reason": error.strerror or ""}
        )
    if free < ROOM:
        return Finding("store", State.BROKEN, "full", {"folder": folder, "free": str(free // 1024**2)})
    try:
        store = Store.open(machine.data, read_only=True)
    except StoreMissing:
        return Finding("store", State.WORKS, "empty", {"folder": folder})
    except StoreError as error:
        return Finding("store", State.BROKEN, "damaged", {"folder": folder, "reason": error.code})
    try:
        counts = store.counts()
    except StoreError as error:
        return Finding("store", State.BROKEN, "damaged", {"folder": folder, "reason": error.code})
    finally:
        store.close()
    facts = {"folder": folder, "waiting": str(counts.waiting), "received": str(counts.received)}
    if counts.refused + counts.quarantined:
        facts["refused"] = str(counts.refused + counts.quarantined)
        return Finding("store", State.BROKEN, "refused", facts)
    return Finding("store", State.WORKS, "opens", facts)


def check_content(machine: Machine) -> Finding:
    """Whether the pack can be read, has the life events that the town chose (ConfigError) and speaks the
    languages of the screen."""
    from kiosk.procedures import PackError, PackNotFound, find_pack, is_compiled, load_pack
    from ui.course import offered

    cache = machine.data / "cache" / "packs"
    facts = {"pack": machine.config.pack}
    try:
        folder = find_pack(machine.config.pack)
        over = machine.config.overlays
        compiled = cache.is_dir() and is_compiled(folder, cache, over)
        pack = load_pack(folder, cache if compiled else None, over)
    except PackNotFound as error:
        return Finding("content", State.BROKEN, "missing", facts | {"allowed": error.allowed})
    except PackError as error:
        return Finding("content", State.BROKEN, "refused", facts | error.facts())
    check_events(machine.config, machine.config_file, pack)
    asked = offered(pack, machine.config.events)
    facts |= {"version": pack.version, "events": ", ".join(head.id for head in asked)}
    unspoken = [lang for lang in machine.config.languages if lang not in pack.languages]
    if unspoken:
        return Finding("content", State.BROKEN, "unspoken", facts | {"languages": ", ".join(unspoken)})
    return Finding("content", State.WORKS, "whole", facts)


def check_printer(machine: Machine) -> Finding:
    """Whether the queue that the configuration names takes jobs."""
    queue = machine.config.printer
    if not queue:
        return Finding("printer", State.UNUSED, "none")
    from printing.spool import PrinterState, printer_state

    found = printer_state(queue)
    works = found in {PrinterState.READY, PrinterState.PRINTING}
    return Finding("printer", State.WORKS if works else State.BROKEN, found.value, {"queue": queue})


def check_help(machine: Machine) -> Finding:
    """Whether somebody can be called from the screen: the town's command is there and may be run."""
    from kiosk.help_call import can_run

    command = machine.config.help.command
    if not command:
        return Finding("help", State.UNUSED, "none")
    facts = {"command": command[0], "seconds": str(machine.config.help.wait_s)}
    return Finding(
        "help", *((State.WORKS, "ready") if can_run(command) else (State.BROKEN, "missing")), facts
    )


def check_staff(machine: Machine) -> Finding:
    """Whether the sealed staff code, which can be guessed by who reads it, is for few to read."""
    file = machine.config_file
    if not machine.config.staff.code or file is None:
        return Finding("staff", State.UNUSED, "none")
    facts = {"file": str(file)}
    if file.stat().st_mode & stat.S_IROTH:
        return Finding("staff", State.BROKEN, "readable", facts)
    return Finding("staff", State.WORKS, "sealed", facts)


def check_voices(machine: Machine) -> Finding:
    """Whether each language that the kiosk offers can be read aloud, and heard."""
    from accessibility.speech import SpeechState, speech_state

    report = speech_state()
    if report.state is not SpeechState.READY:
        return Finding("voices", State.BROKEN, report.state.value)
    silent = [lang for lang in machine.config.languages if lang not in report.languages]
    if silent:
        return Finding("voices", State.BROKEN, "silent", {"languages": ", ".join(silent)})
    facts = {"languages": ", ".join(machine.config.languages), "player": report.player}
    return Finding("voices", State.WORKS, "ready", facts)


def check_clock(machine: Machine) -> Finding:
    """Whether dates can be calculated: deadlines come from this clock."""
    now = machine.clock.now()
    zone = machine.config.town.timezone
    facts = {"date": today(machine.clock, zone).isoformat(), "zone": zone}
    return Finding(
        "clock", *((State.WORKS, "right") if is_believable(now) else (State.BROKEN, "wrong")), facts
    )


def check_hub(machine: Machine) -> Finding:
    """Whether the hub that this device is enrolled with answers, with a trust file of its tenant."""
    from sync.identity import IdentityDamaged, load_identity
    from sync.protocol.errors import AnswerError, ProtocolError
    from sync.protocol.trust import LARGEST, PATH, read_trust
    from sync.transport import HttpExchange

    try:
        identity = load_identity(machine.data)
    except IdentityDamaged as error:
        return Finding("hub", State.BROKEN, "damaged", {"problem": error.problem})
    if identity is None or identity.trust is None:
        return Finding("hub", State.UNUSED, "none")
    facts = {"hub": identity.hub, "tenant": identity.sender.tenant}
    exchange = HttpExchange(identity.hub)
    try:
        status, body = exchange.get(PATH, LARGEST)
        if status != 200:
            return Finding("hub", State.BROKEN, "silent", facts)
        same = read_trust(body).trust.tenant.public_key == identity.trust.trust.tenant.public_key
    except (OSError, AnswerError):
        return Finding("hub", State.BROKEN, "silent", facts)
    except ProtocolError:
        same = False
    finally:
        exchange.close()
    return Finding("hub", *((State.WORKS, "answers") if same else (State.BROKEN, "foreign")), facts)


CHECKS: tuple[Callable[[Machine], Finding], ...] = (
    check_screen,
    check_store,
    check_content,
    check_printer,
    check_help,
    check_staff,
    check_voices,
    check_clock,
    check_hub,
)


def _probe_screen() -> int:
    from ui.probe import first_screen

    print(json.dumps(first_screen()))
    return 0


def _terminal_language(env: Mapping[str, str]) -> str:
    named = next((env[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if env.get(name)), "")
    return "fr" if named.startswith("fr") else "en"
