"""What can be wrong with a pack, an answers file or a request, as facts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ClassVar

from kiosk.errors import KioskError


@dataclass(eq=False)
class PackError(KioskError):
    """A pack cannot be used: ``line`` and ``column`` count from 1; 0 where the whole file is meant."""

    code: ClassVar[str] = "pack"
    file: str
    line: int
    column: int
    problem: str
    allowed: str

    def facts(self) -> dict[str, str]:
        """The fields, and ``where``: file, line and column as editors jump to them."""
        return super().facts() | {"where": place(self.file, self.line, self.column)}


@contextmanager
def inside(folder: str) -> Iterator[None]:
    """What is refused here names its file below ``folder``, as overlays do beside the pack's own files."""
    try:
        yield
    except PackError as error:
        error.file = f"{folder}/{error.file}"
        raise


@dataclass(eq=False)
class SheetError(KioskError):
    """A spreadsheet cannot be taken in, or made: ``row`` counts from 1; 0 where the whole sheet is meant."""

    code: ClassVar[str] = "sheet"
    file: str
    sheet: str
    row: int
    problem: str
    allowed: str

    def facts(self) -> dict[str, str]:
        """The fields, and ``where``: file, sheet and row."""
        named = f"{self.file}:{self.sheet}" if self.sheet else self.file
        return super().facts() | {"where": place(named, self.row)}


@dataclass(eq=False)
class PackNotFound(KioskError):
    """No pack of that name is installed, and no folder of that name holds one."""

    code: ClassVar[str] = "pack.not-found"
    ref: str
    allowed: str


@dataclass(eq=False)
class EventNotFound(KioskError):
    """The pack has no such life event."""

    code: ClassVar[str] = "pack.event-not-found"
    ref: str
    allowed: str


@dataclass(eq=False)
class AnswerError(KioskError):
    """An answer is not one the question allows. ``question`` is its id, or the unknown id that was given.
    ``say``: the key of the pack's own sentence for the person, or empty."""

    code: ClassVar[str] = "answer"
    question: str
    problem: str
    allowed: str
    say: str = ""


@dataclass(eq=False)
class AnswersFileError(KioskError):
    """An answers file cannot be used. ``line`` counts from 1; 0 where the whole file is meant."""

    code: ClassVar[str] = "answers-file"
    file: str
    line: int
    problem: str
    allowed: str

    def facts(self) -> dict[str, str]:
        """The fields, and ``where``: file and line as editors jump to them."""
        return super().facts() | {"where": place(self.file, self.line)}


def place(file: str, *numbers: int) -> str:
    """``file:line:column`` up to what is known: the first 0 and what follows it are left out."""
    known = []
    for number in numbers:
        if number < 1:
            break
        known.append(str(number))
    return ":".join([file, *known])
