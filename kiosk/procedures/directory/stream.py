"""The services of a directory file one by one: the file has hundreds of megabytes, memory holds one service.

Two forms are published: ``{"service": [{…}, …]}``, and a plain list, as the API exports it. Either may be
compressed with gzip.
"""

from __future__ import annotations

import codecs
import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, ClassVar
from typing import Any as Anything

from kiosk.errors import FileUnreadable, KioskError
from kiosk.procedures.errors import place

LISTS = ("service", "results")
"""Keys whose list holds the services."""
CHUNK, LARGEST_VALUE, LARGEST_FILE = 1 << 18, 1 << 20, 1 << 31
"""Characters: read at once; of one service; of a whole file."""
GZIP = b"\x1f\x8b"
SPACE = " \t\r\n"


@dataclass(eq=False)
class DirectoryError(KioskError):
    """The file is no directory of services; ``line`` counts from 1."""

    code: ClassVar[str] = "directory"
    file: str
    line: int
    problem: str
    allowed: str = 'JSON in UTF-8, gzip or not: {"service": [{…}]} or [{…}]'

    def facts(self) -> dict[str, str]:
        """The fields, and ``where``: file and line as editors jump to them."""
        return super().facts() | {"where": place(self.file, self.line)}


def read_services(path: Path) -> Iterator[tuple[int, Anything]]:
    """(line, value) of each service, in the order of the file. Raises FileUnreadable, DirectoryError."""
    try:
        with path.open("rb") as raw:
            packed = raw.read(len(GZIP)) == GZIP
            raw.seek(0)
            if packed:
                with gzip.open(raw) as stream:
                    yield from _Reader(stream, path.name).services()
            else:
                yield from _Reader(raw, path.name).services()
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise DirectoryError(path.name, 0, "damaged gzip") from error
    except OSError as error:
        raise FileUnreadable(str(path), error.strerror or "unreadable") from error


class _Reader:
    """A window on the text, from the value being read on."""

    def __init__(self, stream: IO[bytes] | gzip.GzipFile, file: str) -> None:
        self._stream = stream
        self._file = file
        self._bytes = codecs.getincrementaldecoder("utf-8-sig")()
        self._json = json.JSONDecoder()
        self._text = ""
        self._at = 0
        self._line = 1
        self._total = 0
        self._ended = False

    def services(self) -> Iterator[tuple[int, Anything]]:
        """Every element of the lists of services."""
        opening = self._peek()
        if opening == "[":
            yield from self._elements()
        elif opening == "{":
            yield from self._members()
        else:
            raise self._error("neither a list nor an object")
        if self._peek():
            raise self._error("more text after the end")

    def _members(self) -> Iterator[tuple[int, Anything]]:
        self._skip("{")
        while self._peek() != "}":
            key = self._value()
            self._skip(":")
            if key in LISTS and self._peek() == "[":
                yield from self._elements()
            else:
                self._value()
            if self._peek() != "}":
                self._skip(",")
        self._skip("}")

    def _elements(self) -> Iterator[tuple[int, Anything]]:
        self._skip("[")
        while self._peek() != "]":
            line = self._line
            yield line, self._value()
            if self._peek() != "]":
                self._skip(",")
        self._skip("]")

    def _peek(self) -> str:
        """The next character that is no space; empty at the end."""
        while True:
            while self._at < len(self._text):
                letter = self._text[self._at]
                if letter not in SPACE:
                    return letter
                self._line += letter == "\n"
                self._at += 1
            if not self._fill():
                return ""

    def _skip(self, letter: str) -> None:
        if self._peek() != letter:
            raise self._error(f"{letter!r} is missing")
        self._at += 1

    def _value(self) -> Anything:
        self._peek()
        while True:
            problem = "the text ends in the middle"
            try:
                value, end = self._json.raw_decode(self._text, self._at)
                if end < len(self._text) or not self._fill():  # 12 may go on as 123
                    self._line += self._text.count("\n", self._at, end)
                    self._at = end
                    return value
                continue
            except RecursionError:
                raise self._error("too deep") from None
            except json.JSONDecodeError as error:
                if error.pos < len(self._text):
                    problem = "not JSON"
            except ValueError:
                raise self._error("a number that is too long") from None
            if len(self._text) - self._at > LARGEST_VALUE:
                raise self._error(f"not JSON, or a value of more than {LARGEST_VALUE} characters")
            if not self._fill():
                raise self._error(problem)

    def _fill(self) -> bool:
        """Read on; False at the end."""
        if self._ended:
            return False
        data = self._stream.read(CHUNK)
        try:
            more = self._bytes.decode(data, final=not data)
        except UnicodeDecodeError:
            raise self._error("not UTF-8") from None
        self._ended = not data
        self._total += len(more)
        if self._total > LARGEST_FILE:
            raise self._error(f"more than {LARGEST_FILE} characters")
        self._text = self._text[self._at :] + more
        self._at = 0
        return bool(data)

    def _error(self, problem: str) -> DirectoryError:
        return DirectoryError(self._file, self._line, problem)
