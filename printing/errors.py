"""What can go wrong between a plan and paper. The sentences are in ``assets/locales/paper``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kiosk.errors import KioskError


@dataclass(eq=False)
class PrinterMissing(KioskError):
    """The queue does not exist, or CUPS does not answer."""

    code: ClassVar[str] = "printer.missing"
    queue: str


@dataclass(eq=False)
class PrinterStopped(KioskError):
    """The printer took the pages and did not print them in ``seconds``; the job was cancelled."""

    code: ClassVar[str] = "printer.stopped"
    queue: str
    seconds: int


@dataclass(eq=False)
class GlyphMissing(KioskError):
    """The paper's fonts cannot write ``character`` ("U+4E2D")."""

    code: ClassVar[str] = "paper.glyph"
    character: str
