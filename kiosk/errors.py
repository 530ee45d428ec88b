"""The base of every error this product raises on purpose.

An error is a value that carries facts (a file, a line, what is allowed), never a sentence. The sentence
lives in the catalogues under ``error.<code>`` and is made by :meth:`kiosk.messages.Messages.sentence`, so
that every front (screen, command line, paper) says the same thing in every language.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from typing import ClassVar


class KioskError(Exception):
    """Something a person can act on. Subclasses are dataclasses whose fields fill the sentence.

    They are ``@dataclass(eq=False)``, not frozen: ``contextlib`` sets ``__traceback__`` on what it sees.
    """

    code: ClassVar[str] = "unknown"
    exit_code: ClassVar[int] = 2

    def facts(self) -> dict[str, str]:
        """The fields of the error as text, for the placeholders of its sentence."""
        names: list[str] = [found.name for found in fields(self)] if is_dataclass(self) else []
        return {name: str(getattr(self, name)) for name in names}

    def __str__(self) -> str:
        facts = ", ".join(f"{name}={value!r}" for name, value in self.facts().items())
        return f"{self.code}({facts})"


@dataclass(eq=False)
class UsageError(KioskError):
    """The command line asks for something that cannot be; ``allowed`` says what can."""

    code: ClassVar[str] = "usage"
    problem: str
    allowed: str


@dataclass(eq=False)
class FileUnreadable(KioskError):
    """A file the person named cannot be read."""

    code: ClassVar[str] = "file.unreadable"
    file: str
    reason: str


@dataclass(eq=False)
class FileUnwritable(KioskError):
    """A file the person named cannot be written; nothing was left half-written."""

    code: ClassVar[str] = "file.unwritable"
    file: str
    reason: str
