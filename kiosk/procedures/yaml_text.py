"""YAML 1.2 text to values that know where they stand. The only module that imports ruamel.

Built from the parser's events, not its constructor: no tag is ever resolved, no alias ever followed, so that
a hostile file can neither run code nor grow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any as Anything

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.reader import ReaderError

from kiosk.procedures.errors import PackError

DEEPEST, MOST_NODES = 20, 100_000
LONGEST_LINE = 10_000
"""Characters. ruamel takes quadratic time over some long runs: 2 MB of ``!`` on one line took 131 s."""


@dataclass(frozen=True)
class Place:
    """A file, and a line and column that count from 1. ``quoted``: the text starts one column later;
    ``block``: it starts on a later line, so that columns inside it mean nothing."""

    file: str
    line: int
    column: int
    quoted: bool = False
    block: bool = False

    def error(self, problem: str, allowed: str) -> PackError:
        """A PackError here."""
        return PackError(self.file, self.line, self.column, problem, allowed)

    def error_inside(self, offset: int, problem: str, allowed: str) -> PackError:
        """A PackError ``offset`` characters into the text that stands here."""
        column = self.column if self.block else self.column + offset + self.quoted
        return PackError(self.file, self.line, column, problem, allowed)


@dataclass(frozen=True)
class Scalar:
    """A single value: text, whole number, boolean, or None."""

    place: Place
    value: str | int | bool | None
    written: str


@dataclass(frozen=True)
class Sequence:
    """A list."""

    place: Place
    items: list[Yaml] = field(default_factory=list)


@dataclass(frozen=True)
class Mapping:
    """Keys, each with its place, and values."""

    place: Place
    items: dict[str, Yaml] = field(default_factory=dict)
    keys: dict[str, Place] = field(default_factory=dict)


Yaml = Scalar | Sequence | Mapping

NUMBER = re.compile(r"[-+]?[0-9]{1,18}\Z")
WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


def read_yaml(text: str, file: str) -> Mapping:
    """The one document of a file, which must be a mapping. Raises PackError."""
    for number, written in enumerate(text.split("\n"), 1):
        if len(written) > LONGEST_LINE:
            raise PackError(file, number, 1, "the line is too long", f"at most {LONGEST_LINE} characters")
    try:
        document = _Builder(file).build(YAML(typ="safe", pure=True).parse(text))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise _unreadable(file, line, column, error.problem or error.context or "unreadable") from None
    except ReaderError as error:
        before = text[: error.position]
        column = error.position - before.rfind("\n")
        raise _unreadable(file, before.count("\n") + 1, column, "a control character") from None
    except (YAMLError, ValueError, RecursionError, AssertionError, IndexError, KeyError) as error:
        raise _unreadable(file, 1, 1, type(error).__name__) from None
    if not isinstance(document, Mapping):
        raise PackError(file, 1, 1, "the file is empty or no mapping", "KEY: VALUE lines")
    return document


Span = tuple[int, int]
"""Where a value begins and ends, in characters of its file."""


def find_spans(text: str) -> dict[tuple[int, int], Span]:
    """(line, column) of every scalar, and of every list and mapping in brackets -> its span. Requires a text
    that :func:`read_yaml` accepted. A text in block form ends with its line breaks."""
    found: dict[tuple[int, int], Span] = {}
    open_marks: list[Anything] = []
    for event in YAML(typ="safe", pure=True).parse(text):
        kind, start, end = type(event).__name__, event.start_mark, event.end_mark
        if kind in ("SequenceStartEvent", "MappingStartEvent"):
            open_marks.append(start if event.flow_style else None)
        elif kind in ("SequenceEndEvent", "MappingEndEvent"):
            start = open_marks.pop()
        elif kind != "ScalarEvent":
            continue
        if start is not None and not kind.endswith("StartEvent") and end.index > start.index:
            found[start.line + 1, start.column + 1] = (start.index, end.index)
    return found


def _unreadable(file: str, line: int, column: int, problem: str) -> PackError:
    return PackError(
        file, line, column, f"not YAML: {' '.join(str(problem).split())[:200]}", "YAML 1.2 text in UTF-8"
    )


class _Builder:
    """Turns events into nodes with a stack of its own, so that depth costs no recursion."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._stack: list[Sequence | Mapping] = []
        self._waiting: list[Scalar | None] = []
        self._root: Yaml | None = None
        self._nodes = 0

    def build(self, events: Iterator[Anything]) -> Yaml | None:
        documents = 0
        for event in events:
            kind = type(event).__name__
            if kind == "DocumentStartEvent":
                documents += 1
                if documents > 1:
                    raise self._at(event).error("a second document in the file", "one document a file")
                if event.version is not None and tuple(event.version) != (1, 2):
                    raise self._at(event).error("a YAML version other than 1.2", "YAML 1.2")
            elif kind in ("ScalarEvent", "SequenceStartEvent", "MappingStartEvent", "AliasEvent"):
                self._node(event, kind)
            elif kind in ("SequenceEndEvent", "MappingEndEvent"):
                self._stack.pop()
                self._waiting.pop()
        return self._root

    def _at(self, event: Anything) -> Place:
        mark = event.start_mark
        style = getattr(event, "style", None)
        return Place(self._file, mark.line + 1, mark.column + 1, style in ("'", '"'), style in ("|", ">"))

    def _node(self, event: Anything, kind: str) -> None:
        place = self._at(event)
        if kind == "AliasEvent" or event.anchor is not None:
            raise place.error("anchors and aliases are not used in packs", "write the value again")
        if event.tag is not None and not (kind == "ScalarEvent" and event.tag == "!" and event.implicit[1]):
            raise place.error("tags are not used in packs", "plain values")
        self._nodes += 1
        if self._nodes > MOST_NODES or len(self._stack) > DEEPEST:
            raise place.error("the file is too large or too deep", f"{MOST_NODES} values, {DEEPEST} levels")
        node: Yaml
        if kind == "ScalarEvent":
            node = self._scalar(event, place)
        else:
            node = Sequence(place) if kind == "SequenceStartEvent" else Mapping(place)
        self._add(node)
        if not isinstance(node, Scalar):
            self._stack.append(node)
            self._waiting.append(None)

    @staticmethod
    def _scalar(event: Anything, place: Place) -> Scalar:
        text = str(event.value)
        if event.style not in (None, ""):
            return Scalar(place, text, text)
        if text in WORDS:
            return Scalar(place, WORDS[text], text)
        return Scalar(place, int(text) if NUMBER.match(text) else text, text)

    def _add(self, node: Yaml) -> None:
        if not self._stack:
            self._root = node
            return
        top = self._stack[-1]
        if isinstance(top, Sequence):
            top.items.append(node)
            return
        key = self._waiting[-1]
        if key is None:
            self._key(node, top)
        else:
            top.items[key.written] = node
            self._waiting[-1] = None

    def _key(self, node: Yaml, top: Mapping) -> None:
        if not isinstance(node, Scalar) or not node.written:
            raise node.place.error("a key that is no word", "KEY: VALUE")
        if node.written in top.keys:
            raise node.place.error(f"the key {node.written!r} stands twice", "each key once")
        top.keys[node.written] = node.place
        self._waiting[-1] = node
