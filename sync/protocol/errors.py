"""What can be wrong with bytes from elsewhere. ``problem`` is a fixed phrase, never their content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kiosk.errors import KioskError


@dataclass(eq=False)
class ProtocolError(KioskError):
    """Bytes that do not follow the protocol."""

    code: ClassVar[str] = "sync.protocol"
    problem: str


@dataclass(eq=False)
class TrustError(ProtocolError):
    """A trust file that cannot be believed."""

    code: ClassVar[str] = "sync.trust"


@dataclass(eq=False)
class TokenError(ProtocolError):
    """Not an enrolment token."""

    code: ClassVar[str] = "sync.token"


@dataclass(eq=False)
class BatchError(ProtocolError):
    """A batch the hub does not accept as a whole."""

    code: ClassVar[str] = "sync.batch"


@dataclass(eq=False)
class AnswerError(ProtocolError):
    """An answer that is not this hub's answer to this batch."""

    code: ClassVar[str] = "sync.answer"
