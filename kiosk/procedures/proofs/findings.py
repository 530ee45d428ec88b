"""What a check found: where, how grave, and what shows it."""

from __future__ import annotations

from enum import StrEnum
from typing import Any as Anything

import msgspec

from kiosk.procedures.proofs.places import Places


class Severity(StrEnum):
    """``error``: a citizen could be misled or stuck; the pack is refused. ``warning``: it could be better."""

    ERROR = "error"
    WARNING = "warning"


class Finding(msgspec.Struct, frozen=True):
    """One problem. ``rule`` names the check; ``line`` counts from 1, 0 = the whole file.

    ``witness`` shows it, as JSON values: ``answers`` (as in an answers file) lead the interview there; or the
    texts, numbers and dates that do not agree.
    """

    rule: str
    severity: Severity
    file: str
    line: int
    problem: str
    witness: dict[str, Anything] = {}


def found(
    places: Places, rule: str, key: str, problem: str, witness: dict[str, Anything], warning: bool = False
) -> Finding:
    """A finding about the thing of the pack that ``key`` names."""
    file, line = places.of(key)
    return Finding(rule, Severity.WARNING if warning else Severity.ERROR, file, line, problem, witness)
