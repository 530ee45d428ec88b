"""Changes single values in a YAML file and leaves every other character of it as it is."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.procedures.yaml_text import Mapping as Entries
from kiosk.procedures.yaml_text import Scalar, Sequence, Span, Yaml, find_spans, read_yaml


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

    def replace(self, node: Scalar | Sequence, value: str) -> None:
        """Write ``value`` instead of ``node``; words of a list are joined by commas. Raises CannotEdit."""
        if isinstance(node, Sequence):
            self._replace_list(node, [word.strip() for word in value.split(",")])
            return
        start, end = self._span(node)
        old = self._text[start:end]
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

    def add(self, entry: str, after: str, values: Mapping[str, str]) -> None:
        """Give the mapping ``entry`` of the file more keys, behind its key ``after``. Raises CannotEdit."""
        mapping = self._top.items.get(entry)
        behind = mapping.items.get(after) if isinstance(mapping, Entries) else None
        if not isinstance(mapping, Entries) or not isinstance(behind, Scalar):
            raise CannotEdit(self._top.place.line)
        end = self._span(behind)[1]
        start = self._span(mapping)[0]  # of the bracket, or of the first key
        if self._text[start] == "{":
            new = "".join(f", {key}: {_quoted(value)}" for key, value in values.items())
        elif self._text[end - 1] == "\n":
            raise CannotEdit(behind.place.line)
        else:
            at = self._text.find("\n", end)
            end = len(self._text) if at < 0 else at - (self._text[at - 1] == "\r")
            newline = "\r\n" if "\r\n" in self._text else "\n"
            indent = " " * (mapping.place.column - 1)
            new = "".join(f"{newline}{indent}{key}: {_quoted(value)}" for key, value in values.items())
        self._changes[end, end] = new

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


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _word(value: str) -> str:
    """A search word, in quotes where it is not plainly a word."""
    plain = value[:1].isalpha() and value[-1:].isalnum() and value.lower() not in ("true", "false", "null")
    return value if plain and all(c.isalnum() or c in "-’" for c in value) else _quoted(value)
