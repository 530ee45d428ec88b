"""Reads ``kiosk.toml``, and tells each mistake with its line and what is valid."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import available_timezones

from kiosk.config.model import Config, ConfigError, Help, Send, Town, Words
from kiosk.errors import FileUnreadable

T = TypeVar("T")

LARGEST_FILE = 256 * 1024
LONGEST_TEXT = 400
MOST_OVERLAYS = 8


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that is too long, a folder that may not be entered
        return False


def read_config(path: Path) -> Config:
    """What ``path`` says. Raises ConfigError, FileUnreadable."""
    return _Reader(path).config()


class _Reader:
    """Reads one file, remembering where each key stands so that a mistake names its line."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with path.open("rb") as stream:
                raw = stream.read(LARGEST_FILE + 1)
        except OSError as error:
            raise FileUnreadable(str(path), error.strerror or "unreadable") from error
        if len(raw) > LARGEST_FILE:
            raise ConfigError(str(path), 1, "the file is too large", f"at most {LARGEST_FILE} bytes")
        try:
            self.source = raw.decode("utf-8")
            self.table = tomllib.loads(self.source)
        except UnicodeDecodeError as error:
            line = raw[: error.start].count(b"\n") + 1
            raise ConfigError(str(path), line, "a byte that is not UTF-8", "text in UTF-8") from error
        except tomllib.TOMLDecodeError as error:
            where = re.search(r"line (\d+)", str(error))
            line = int(where[1]) if where else self.source.count("\n") + 1
            raise ConfigError(str(path), line, "not valid TOML", 'lines like key = "value"') from error
        except (RecursionError, ValueError) as error:
            # Brackets in brackets without end, or a number of thousands of digits: the reader gives no line.
            raise ConfigError(str(path), 1, "a value that is too long", 'lines like key = "value"') from error

    def config(self) -> Config:
        default = Config()
        self._known("", self.table, {"town", "kiosk", "help", "send", "print", "time"})
        return Config(
            town=self._town(default.town),
            help=self._help(),
            send=self._send(),
            languages=self._get("kiosk", "languages", default.languages, self._languages),
            pack=self._get("kiosk", "pack", default.pack, self._text),
            overlays=self._get("kiosk", "overlays", default.overlays, self._overlays),
            printer=self._get("print", "queue", default.printer, self._queue),
            idle_s=self._get("time", "idle_s", default.idle_s, self._between(30, 1800)),
            # ACCESSIBILITY row 41: at least 20 s to answer the warning.
            warning_s=self._get("time", "warning_s", default.warning_s, self._between(20, 600)),
        )

    def _town(self, default: Town) -> Town:
        self._known("town", self._section("town"), {"name", "place", "timezone"})
        return Town(
            name=self._get("town", "name", default.name, self._text),
            place=self._get("town", "place", default.place, self._text),
            timezone=self._get("town", "timezone", default.timezone, self._one_of(available_timezones())),
        )

    def _help(self) -> Help:
        self._known("help", self._section("help"), {"phone", "hours", "desk"})
        return Help(
            phone=self._get("help", "phone", "", self._text),
            hours=self._get("help", "hours", {}, self._words),
            desk=self._get("help", "desk", {}, self._words),
        )

    def _send(self) -> Send | None:
        self._known("print", self._section("print"), {"queue"})
        self._known("kiosk", self._section("kiosk"), {"languages", "pack", "overlays"})
        self._known("time", self._section("time"), {"idle_s", "warning_s"})
        table = self._section("send")
        self._known("send", table, {"recipient", "purpose", "reply_time"})
        if "send" not in self.table:
            return None
        for key in ("recipient", "purpose", "reply_time"):
            if key not in table:
                raise self._error(
                    "send", "", f"{key} is missing", "recipient, purpose and reply_time, or no [send]"
                )
        return Send(
            recipient=self._get("send", "recipient", "", self._text),
            purpose=self._get("send", "purpose", {}, self._words),
            reply_time=self._get("send", "reply_time", {}, self._words),
        )

    # -- one value ----------------------------------------------------------------------------------------

    def _section(self, name: str) -> dict[str, Any]:
        table = self.table.get(name, {})
        if not isinstance(table, dict):
            raise self._error("", name, f"{name} is not a section", f"[{name}]")
        return table

    def _known(self, section: str, table: Mapping[str, Any], names: set[str]) -> None:
        for key in table:
            if key not in names:
                allowed = ", ".join(sorted(f"[{name}]" if not section else name for name in names))
                raise self._error(
                    section, key, f"unknown {'key' if section else 'section'} {key[:40]!r}", allowed
                )

    def _get(self, section: str, key: str, default: T, check: Callable[[str, str, Any], T]) -> T:
        table = self._section(section)
        return check(section, key, table[key]) if key in table else default

    def _text(self, section: str, key: str, value: Any) -> str:
        if (
            not isinstance(value, str)
            or not value.strip()
            or len(value) > LONGEST_TEXT
            or not value.isprintable()
        ):
            raise self._error(
                section, key, f"{key} is not a text", f"one line of 1 to {LONGEST_TEXT} characters"
            )
        return value.strip()

    def _words(self, section: str, key: str, value: Any) -> Words:
        if isinstance(value, str):
            return {"": self._text(section, key, value)}
        if not isinstance(value, dict) or not value:
            raise self._error(section, key, f"{key} is not a text", '"…" or { fr = "…", en = "…" }')
        return {lang: self._text(section, key, text) for lang, text in value.items()}

    def _queue(self, section: str, key: str, value: Any) -> str:
        if not isinstance(value, str) or not re.fullmatch(r"[A-Za-z0-9_.-]{1,127}", value) or value[0] == "-":
            raise self._error(section, key, "not a printer queue's name", "letters, digits, _ . -")
        return value

    def _languages(self, section: str, key: str, value: Any) -> tuple[str, ...]:
        from kiosk.catalogues import languages

        offered = languages()
        if not isinstance(value, list) or not value or any(item not in offered for item in value):
            raise self._error(
                section, key, "a language that is not offered", f"a list of {', '.join(offered)}"
            )
        return tuple(dict.fromkeys(value))

    def _overlays(self, section: str, key: str, value: Any) -> tuple[Path, ...]:
        """Folders; a relative one is below that of the file."""
        allowed = f'a list of at most {MOST_OVERLAYS} folders that hold overlay.yaml: ["/etc/kiosk/valmerle"]'
        if not isinstance(value, list) or len(value) > MOST_OVERLAYS:
            raise self._error(section, key, f"{key} is no list of folders", allowed)
        found = tuple(self.path.parent / self._text(section, key, item) for item in value)
        for folder in found:
            if not _is_file(folder / "overlay.yaml"):
                raise self._error(section, key, f"no overlay in {str(folder)[:200]!r}", allowed)
        if len(set(found)) < len(found):
            raise self._error(section, key, "an overlay stands twice", allowed)
        return found

    def _one_of(self, allowed: Any) -> Callable[[str, str, Any], str]:
        def check(section: str, key: str, value: Any) -> str:
            if not isinstance(value, str) or value not in allowed:
                few = [name or '""' for name in sorted(allowed)][:12]
                raise self._error(section, key, f"{key} is not known", f"for example {', '.join(few)}")
            return value

        return check

    def _between(self, low: int, high: int) -> Callable[[str, str, Any], int]:
        def check(section: str, key: str, value: Any) -> int:
            if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
                raise self._error(
                    section, key, f"{key} is out of range", f"a whole number from {low} to {high}"
                )
            return value

        return check

    def _error(self, section: str, key: str, problem: str, allowed: str) -> ConfigError:
        return ConfigError(str(self.path), self._line(section, key), problem, allowed)

    def _line(self, section: str, key: str) -> int:
        """The line of ``key`` below ``[section]``; of the section itself when the key is not on a line."""
        inside, header = section == "", 0
        for number, line in enumerate(self.source.splitlines(), 1):
            stripped = line.strip()
            if title := re.fullmatch(r"\[+\s*\"?([^\]\".]+).*\]+.*", stripped):
                inside = title[1].strip() == section
                header = number if inside or (not section and title[1].strip() == key) else header
            elif inside and key and re.match(rf'"?{re.escape(key)}"?\s*[=.]', stripped):
                return number
        return header
