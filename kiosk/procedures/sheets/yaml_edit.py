"""Changes single values in a YAML file and leaves every other character of it as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kiosk.procedures.yaml_text import Mapping as Entries
from kiosk.procedures.yaml_text import Scalar, Sequence, Span, Yaml, find_spans, read_yaml

Value = str | Mapping[str, str]
"""What a key is given: a text, or a mapping of texts."""
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


class CannotEdit(Exception):
    """The value is written in a way that only a person should change. ``line`` counts from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class YamlEdit:
    """Changes to one file, applied together by :meth:`result`."""

    def __init__(self, data: bytes, file: str) -> None:
        self._mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
        self._text = data.decode("utf-8-sig")
        self._top = read_yaml(self._text, file)
        self._spans = find_spans(self._text)
        self._changes: dict[Span, str] = {}

    @property
    def entries(self) -> frozenset[str]:
        """The keys of the file."""
        return frozenset(self._top.items)

    def replace(self, node: Yaml, value: Value) -> None:
        """Write ``value`` instead of ``node``; words of a list are joined by commas. Raises CannotEdit."""
        if not isinstance(value, str):
            span = self._span(node)
            if self._text[span[0]] != "{":
                raise CannotEdit(node.place.line)
            self._changes[span] = _flow(value)
            return
        if isinstance(node, Entries):
            raise CannotEdit(node.place.line)
        if isinstance(node, Sequence):
            self._replace_list(node, [word.strip() for word in value.split(",")])
            return
        start, end = self._span(node)
        old = self._text[start:end]
        if DAY.match(old) and DAY.match(value):
            self._changes[start, end] = value
            return
        new = f"'{value}'" if old.startswith("'") and not {"'", "\n"} & set(value) else _quoted(value)
        if old[:1] in ("|", ">"):
            new += old[len(old.rstrip("\r\n")) :]
        self._changes[start, end] = new

    def _replace_list(self, node: Sequence, words: list[str]) -> None:
        old = [item for item in node.items if isinstance(item, Scalar)]
        if len(old) == len(node.items) == len(words):
            for item, word in zip(old, words, strict=True):
                if item.written.strip() != word:
                    start, end = self._span(item)
                    quoted = self._text[start] in "'\""
                    self._changes[start, end] = _quoted(word) if quoted else _word(word)
            return
        start, end = self._span(node)  # a list in lines has none: its words are added by hand
        self._changes[start, end] = f"[{', '.join(map(_word, words))}]"

    def add(self, entry: str, values: Mapping[str, Value]) -> None:
        """Give the mapping ``entry`` of the file more keys, behind its name or else behind its last value
        that ends inside its line. Raises CannotEdit."""
        mapping = self._top.items.get(entry)
        if not isinstance(mapping, Entries):
            raise CannotEdit(self._top.place.line)
        end = next(self._ends(mapping), None)
        if end is None:
            raise CannotEdit(mapping.place.line)
        if self._spans.get((mapping.place.line, mapping.place.column), (0, 0))[1] > end:  # in brackets
            new = "".join(f", {key}: {_value(value)}" for key, value in values.items())
        else:
            at = self._text.find("\n", end)
            end = len(self._text) if at < 0 else at - (self._text[at - 1] == "\r")
            new = "".join(f"{self._newline}{line}" for line in _lines(values, mapping.place.column - 1))
        self._changes[end, end] = new

    def _ends(self, mapping: Entries) -> Iterator[int]:
        """Where values end that something can be written behind, the best first."""
        name = [mapping.items["name"]] if "name" in mapping.items else []
        for node in (*name, *reversed(mapping.items.values())):
            span = self._spans.get((node.place.line, node.place.column))
            whole = span and (isinstance(node, Scalar) or self._text[span[0]] in "{[")
            if span and whole and self._text[span[1] - 1] != "\n":
                yield span[1]

    def append(self, entry: str, values: Mapping[str, Value]) -> None:
        """Write a mapping ``entry`` at the end of the file, behind what was added there."""
        indent, end = self._top.place.column - 1, len(self._text)
        before = self._changes.get((end, end), "")
        if not (self._text + before).endswith("\n"):
            before += self._newline
        lines = (f"{' ' * indent}{entry}:", *_lines(values, indent + 2), "")
        self._changes[end, end] = before + self._newline.join(lines)

    @property
    def _newline(self) -> str:
        return "\r\n" if "\r\n" in self._text else "\n"

    def result(self) -> bytes:
        """The file with all changes."""
        text = self._text
        for (start, end), new in sorted(self._changes.items(), reverse=True):
            text = text[:start] + new + text[end:]
        return self._mark + text.encode()

    def _span(self, node: Yaml) -> Span:
        place = node.place
        found = self._spans.get((place.line, place.column))
        if found is None:
            raise CannotEdit(place.line)
        return found


def new_entry(entry: str, values: Mapping[str, Value]) -> str:
    """A mapping as a file of its own begins with it."""
    return "\n".join([f"{entry}:", *_lines(values, 2), ""])


def _lines(values: Mapping[str, Value], indent: int) -> list[str]:
    return [f"{' ' * indent}{key}: {_value(value)}" for key, value in values.items()]


def _value(value: Value) -> str:
    return _quoted(value) if isinstance(value, str) else _flow(value)


def _flow(values: Mapping[str, str]) -> str:
    parts = (f"{key}: {value if DAY.match(value) else _quoted(value)}" for key, value in values.items())
    return f"{{{', '.join(parts)}}}"


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _word(value: str) -> str:
    """A search word, in quotes where it is not plainly a word."""
    plain = value[:1].isalpha() and value[-1:].isalnum() and value.lower() not in ("true", "false", "null")
    return value if plain and all(c.isalnum() or c in "-’" for c in value) else _quoted(value)
