"""One TOML file, in which every value is checked where it stands: a mistake is told with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any, TypeVar

from kiosk.config.model import ConfigError, Words
from kiosk.errors import FileUnreadable

T = TypeVar("T")
Check = Callable[["Source", str, str, Any], T]
"""From (source, section, key, value) to the value as the kiosk uses it. Raises ConfigError."""

LARGEST_FILE = 256 * 1024
LONGEST_TEXT = 400


class Source:
    """A file of sections."""

    def __init__(self, path: Path) -> None:
        """Raises ConfigError, FileUnreadable."""
        self.path = path
        try:
            with path.open("rb") as stream:
                raw = stream.read(LARGEST_FILE + 1)
        except OSError as error:
            raise FileUnreadable(str(path), error.strerror or "unreadable") from error
        if len(raw) > LARGEST_FILE:
            raise ConfigError(str(path), 1, "the file is too large", f"at most {LARGEST_FILE} bytes")
        try:
            self.text = raw.decode("utf-8")
            self.table = tomllib.loads(self.text)
        except UnicodeDecodeError as error:
            line = raw[: error.start].count(b"\n") + 1
            raise ConfigError(str(path), line, "a byte that is not UTF-8", "text in UTF-8") from error
        except tomllib.TOMLDecodeError as error:
            where = re.search(r"line (\d+)", str(error))
            line = int(where[1]) if where else self.text.count("\n") + 1
            raise ConfigError(str(path), line, "not valid TOML", 'lines like key = "value"') from error
        except (RecursionError, ValueError) as error:
            # Brackets in brackets without end, or a number of thousands of digits: the reader gives no line.
            raise ConfigError(str(path), 1, "a value that is too long", 'lines like key = "value"') from error

    # -- sections ------------------------------------------------------------------------------------------

    def __contains__(self, section: str) -> bool:
        return section in self.table

    def section(self, name: str, keys: Collection[str]) -> Mapping[str, Any]:
        """The section ``name``, which has none but these keys; empty where it is not there."""
        table = self.table.get(name, {})
        if not isinstance(table, dict):
            raise self.error("", name, f"{name} is not a section", f"[{name}]")
        for key in table:
            if key not in keys:
                raise self.error(name, key, f"unknown key {key[:40]!r}", ", ".join(sorted(keys)))
        return table

    def only(self, sections: Collection[str]) -> None:
        """There are no other sections than these."""
        for name in self.table:
            if name not in sections:
                allowed = ", ".join(f"[{section}]" for section in sorted(sections))
                raise self.error("", name, f"unknown section {name[:40]!r}", allowed)

    def get(self, section: str, key: str, default: T, check: Check[T]) -> T:
        """The value of ``key``, checked; ``default`` where it is not given."""
        table = self.table.get(section, {})
        return check(self, section, key, table[key]) if key in table else default

    # -- one value -----------------------------------------------------------------------------------------

    def line(self, section: str, key: str, value: Any) -> str:
        """One line of text."""
        if (
            not isinstance(value, str)
            or not value.strip()
            or len(value) > LONGEST_TEXT
            or not value.isprintable()
        ):
            raise self.error(
                section, key, f"{key} is not a text", f"one line of 1 to {LONGEST_TEXT} characters"
            )
        return value.strip()

    def words(self, section: str, key: str, value: Any) -> Words:
        """A text for every language, or one for each."""
        if isinstance(value, str):
            return {"": self.line(section, key, value)}
        if not isinstance(value, dict) or not value:
            raise self.error(section, key, f"{key} is not a text", '"…" or { fr = "…", en = "…" }')
        return {lang: self.line(section, key, text) for lang, text in value.items()}

    def flag(self, section: str, key: str, value: Any) -> bool:
        if not isinstance(value, bool):
            raise self.error(section, key, f"{key} is neither true nor false", "true or false")
        return value

    def below(self, section: str, key: str, value: Any) -> Path:
        """A path; a relative one is below the folder of this file."""
        return self.path.parent / self.line(section, key, value)

    # -- mistakes ------------------------------------------------------------------------------------------

    def error(self, section: str, key: str, problem: str, allowed: str) -> ConfigError:
        """The mistake at ``key`` of ``[section]``, to be raised."""
        return ConfigError(str(self.path), self._line(section, key), problem, allowed)

    def _line(self, section: str, key: str) -> int:
        """The line of ``key`` below ``[section]``; of the section itself when the key is not on a line."""
        inside, header = section == "", 0
        name = section or key
        for number, line in enumerate(self.text.splitlines(), 1):
            stripped = line.strip()
            if title := re.fullmatch(r"\[+\s*\"?([^\]\".]+).*\]+.*", stripped):
                inside = title[1].strip() == section
                header = number if title[1].strip() == name else header
            elif inside and key and re.match(rf'"?{re.escape(key)}"?\s*[=.]', stripped):
                return number
            elif not header and re.match(rf'"?{re.escape(name)}"?\s*[=.]', stripped):
                header = number  # town.name = "…", town = { name = "…" }
        return header or 1


def one_of(allowed: Collection[str]) -> Check[str]:
    """A check for one of these words."""

    def check(source: Source, section: str, key: str, value: Any) -> str:
        if not isinstance(value, str) or value not in allowed:
            few = [name or '""' for name in sorted(allowed)][:12]
            raise source.error(section, key, f"{key} is not known", f"for example {', '.join(few)}")
        return value

    return check


def between(low: int, high: int, unit: str = "") -> Check[int]:
    """A check for a whole number."""

    def check(source: Source, section: str, key: str, value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            allowed = f"a whole number from {low} to {high}{unit and ' ' + unit}"
            raise source.error(section, key, f"{key} is out of range", allowed)
        return value

    return check
