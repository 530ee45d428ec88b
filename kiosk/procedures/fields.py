"""Reads the fields of one YAML mapping strictly: every key known, every type right, every refusal placed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeVar

from kiosk.procedures.yaml_text import Mapping, Place, Scalar, Sequence, Yaml

QUESTION_ID = re.compile(r"[a-z][a-z0-9_]{0,59}\Z")
WORD_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}\Z")
DOTTED_ID = re.compile(r"[a-z0-9][a-z0-9_-]*(?:\.[a-z0-9][a-z0-9_-]*)*\Z")
AMOUNT = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,6})?\Z")
UNWANTED = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\u202a-\u202e\ufeff]")
LONGEST_TEXT, LONGEST_WORD, LONGEST_URL = 2_000, 200, 500
CONFIDENCE = ("A", "B", "C", "D")
Choice = TypeVar("Choice", bound=StrEnum)


class Fields:
    """One mapping; ``what`` names it in refusals. Unknown keys are refused at once."""

    def __init__(self, node: Yaml, what: str, known: str) -> None:
        if not isinstance(node, Mapping):
            raise node.place.error(f"{what} must be a mapping", "KEY: VALUE lines")
        self.node = node
        self.what = what
        self.place = node.place
        allowed = known.split()
        for key, place in node.keys.items():
            if key not in allowed:
                raise place.error(f"{what} has no key {key!r}", ", ".join(allowed))

    def __contains__(self, key: str) -> bool:
        return key in self.node.items

    def at(self, key: str) -> Place:
        """Where the value of ``key`` stands, or the mapping itself."""
        found = self.node.items.get(key)
        return found.place if found else self.place

    def get(self, key: str) -> Yaml | None:
        """The value as it was read."""
        return self.node.items.get(key)

    def need(self, key: str) -> Yaml:
        """The value of a required key."""
        found = self.node.items.get(key)
        if found is None:
            raise self.place.error(f"{self.what} lacks {key!r}", f"{key}: VALUE")
        return found

    def text(self, key: str) -> str:
        """A required text for people, without spaces at its ends."""
        return read_text(self.need(key), f"{self.what}, {key}", LONGEST_TEXT)

    def word(self, key: str, default: str = "") -> str:
        """An optional short text for the machine."""
        return read_text(self.need(key), f"{self.what}, {key}", LONGEST_WORD) if key in self else default

    def need_word(self, key: str) -> str:
        """A required short text for the machine."""
        self.need(key)
        return self.word(key)

    def identifier(self, key: str, pattern: re.Pattern[str]) -> str:
        """A required id."""
        return check_id(self.need_word(key), self.at(key), pattern)

    def url(self, key: str) -> str:
        """An optional web address."""
        if key not in self:
            return ""
        found = read_text(self.need(key), f"{self.what}, {key}", LONGEST_URL)
        if not re.match(r"https?://[^\s/]+", found) or " " in found:
            raise self.at(key).error(f"{key} is no web address", "https://…")
        return found

    def flag(self, key: str, default: bool) -> bool:
        """An optional boolean."""
        node = self.get(key)
        if node is None:
            return default
        if not isinstance(node, Scalar) or not isinstance(node.value, bool):
            raise node.place.error(f"{self.what}, {key} must be a boolean", "true, false")
        return node.value

    def whole(self, key: str, low: int, high: int, default: int | None = None) -> int:
        """A whole number inside bounds; required unless there is a default."""
        node = self.get(key)
        if node is None and default is not None:
            return default
        node = self.need(key)
        value = node.value if isinstance(node, Scalar) else None
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise node.place.error(f"{self.what}, {key} must be a whole number", f"{low} to {high}")
        return value

    def amount(self, key: str) -> Decimal:
        """A required decimal, written in quotes."""
        found = self.need_word(key)
        try:
            if AMOUNT.match(found):
                return Decimal(found)
        except InvalidOperation:  # pragma: no cover - the pattern is narrower
            pass
        raise self.at(key).error(f"{self.what}, {key} must be an amount in quotes", '"1098.57"')

    def day(self, key: str) -> date:
        """A required date."""
        return read_day(self.need_word(key), self.at(key))

    def one_of(self, key: str, choices: tuple[str, ...], default: str | None = None) -> str:
        """A word of a closed list; required unless there is a default."""
        if key not in self and default is not None:
            return default
        found = self.need_word(key)
        if found not in choices:
            raise self.at(key).error(f"{self.what}, {key} is {found!r}", ", ".join(choices))
        return found

    def enum(self, key: str, kind: type[Choice], default: Choice | None = None) -> Choice:
        """A member of an enumeration; required unless there is a default."""
        return kind(self.one_of(key, tuple(kind), default))

    def items(self, key: str) -> list[Yaml]:
        """An optional list."""
        node = self.get(key)
        if node is None:
            return []
        if not isinstance(node, Sequence):
            raise node.place.error(f"{self.what}, {key} must be a list", "[…] or lines that start with -")
        return node.items

    def words(self, key: str) -> tuple[str, ...]:
        """An optional list of short texts."""
        return tuple(read_text(item, f"{self.what}, {key}", LONGEST_WORD) for item in self.items(key))

    def placed_words(self, key: str) -> Iterator[tuple[Place, str]]:
        """An optional list of short texts, each with its place; none may stand twice."""
        seen: set[str] = set()
        for item in self.items(key):
            word = read_text(item, f"{self.what}, {key}", LONGEST_WORD)
            if word in seen:
                raise item.place.error(f"{word!r} stands twice in {key}", "each once")
            seen.add(word)
            yield item.place, word


def read_text(node: Yaml, what: str, longest: int) -> str:
    """A text: a scalar that YAML reads as text, not empty, printable."""
    if not isinstance(node, Scalar) or not isinstance(node.value, str):
        hint = (
            f'put it in quotes: "{node.written}"' if isinstance(node, Scalar) and node.written else "a text"
        )
        raise node.place.error(f"{what} must be a text", hint)
    found = node.value.strip()
    if not found or len(found) > longest:
        raise node.place.error(f"{what} is empty or too long", f"1 to {longest} characters")
    if UNWANTED.search(found):
        raise node.place.error(f"{what} has a control character", "printable characters")
    return found


def read_day(text: str, place: Place) -> date:
    """An ISO date between 1800 and 2200."""
    try:
        found = date.fromisoformat(text) if len(text) == len("2026-11-23") else None
    except ValueError:
        found = None
    if found is None or not 1800 <= found.year <= 2200:
        raise place.error(f"{text!r} is no date", "2026-11-23")
    return found


def check_id(text: str, place: Place, pattern: re.Pattern[str]) -> str:
    """The id itself, if it is one."""
    if not pattern.match(text):
        raise place.error(
            f"{text!r} is no id", "small letters, digits, _ (and - where it is no name in conditions)"
        )
    return text
