"""The values that go in and out of the store."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class DossierState(StrEnum):
    """Where a sealed dossier stands, seen from the device."""

    WAITING = "waiting"
    RECEIVED = "received"
    REFUSED = "refused"
    QUARANTINED = "quarantined"


@dataclass(frozen=True)
class PendingDossier:
    """A sealed dossier that the hub has not acknowledged. ``sha256`` is of ``body``, 32 bytes."""

    id: str
    seq: int
    sha256: bytes
    body: bytes


@dataclass(frozen=True)
class Verdict:
    """The hub's last word on one dossier, already verified. ``receipt`` is its signed proof, "" = none."""

    id: str
    sha256: bytes
    state: DossierState
    reason: str = ""
    receipt: bytes = b""


@dataclass(frozen=True)
class Recorded:
    """What recording a hub's answer changed: dossiers settled, and dossiers to offer again."""

    settled: int
    offered_again: int


@dataclass(frozen=True)
class Counts:
    """How many dossiers stand where. ``oldest_waiting`` and ``last_receipt`` are ISO times, "" = none."""

    waiting: int = 0
    received: int = 0
    refused: int = 0
    quarantined: int = 0
    oldest_waiting: str = ""
    last_receipt: str = ""
