"""The state of this machine for the staff in front of the screen: what ``kiosk doctor`` says, in short."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

log = logging.getLogger(__name__)

DEADLINE_S = 90.0
MOST_LINES, LONGEST = 40, 300
SPOKEN = ("fr", "en")
"""The languages that ``kiosk doctor`` speaks."""


@dataclass(frozen=True)
class CheckedPart:
    """One part: whether it works (or is not used), what was found, and what to do about it ("" = nothing)."""

    works: bool
    says: str
    do: str


def check_up(config_file: Path | None, data: Path, lang: str) -> tuple[CheckedPart, ...] | None:
    """Run ``kiosk doctor`` in a process of its own; None where it gives no answer. Takes seconds."""
    itself = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "kiosk"]
    chosen = ["--config", str(config_file)] if config_file is not None else []
    spoken = lang if lang in SPOKEN else SPOKEN[0]
    command = [*itself, "doctor", "--json", "--lang", spoken, "--data", str(data), *chosen]
    try:
        answer = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=DEADLINE_S, check=False
        )
        checks = json.loads(answer.stdout)["checks"]
        return tuple(
            CheckedPart(one["state"] != "broken", str(one["says"])[:LONGEST], str(one["do"])[:LONGEST])
            for one in checks[:MOST_LINES]
        )
    except (OSError, subprocess.SubprocessError, ValueError, KeyError, TypeError) as error:
        log.warning("the state of this machine is not known: %s", type(error).__name__)
        return None
