"""Reads a PO file line by line and changes single entries; every other line stays as it is.

An entry may carry the comment ``# reviewed`` or ``# unreviewed``; without one, ``X-Reviewed`` of the header
holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from babel.messages.pofile import denormalize, normalize

KEYWORD = re.compile(r'(msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)\s+(".*")\s*\Z')
REVIEWED = re.compile(r"#\s+(reviewed|unreviewed)\s*\Z")
HEADER_REVIEWED = re.compile(r"^X-Reviewed:\s*yes\s*$", re.MULTILINE | re.IGNORECASE)


@dataclass
class Entry:
    """One message. ``lines``: keyword -> (first line, line behind the last), counted from 0."""

    start: int
    values: dict[str, str] = field(default_factory=dict)
    lines: dict[str, tuple[int, int]] = field(default_factory=dict)
    fuzzy: bool = False
    mark: str = ""

    @property
    def msgid(self) -> str:
        """The source text it was translated from."""
        return self.values.get("msgid", "")

    @property
    def text(self) -> str:
        """The translation; empty where there is none."""
        return self.values.get("msgstr", "").strip()


class PoFile:
    """The entries of a file by ``msgctxt``. ``twice``: keys that stand more than once; the last counts."""

    def __init__(self, data: bytes) -> None:
        text = data.decode("utf-8-sig")
        self._mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
        self._newline = "\r\n" if "\r\n" in text else "\n"
        self._lines = [line.removesuffix("\r") for line in text.split("\n")]
        self.entries: dict[str, Entry] = {}
        self.twice: set[str] = set()
        self._header = ""
        self._changes: dict[tuple[int, int], list[str]] = {}
        self._read()

    @property
    def reviewed(self) -> bool:
        """Whether the header says that a person has read the whole file."""
        return bool(HEADER_REVIEWED.search(self._header))

    def _read(self) -> None:
        entry, keyword = Entry(0), ""
        for number, line in enumerate(self._lines):
            found = KEYWORD.match(line)
            fresh = line.startswith("#") or (found and found[1] in ("msgctxt", "msgid"))
            if fresh and "msgstr" in entry.values:
                self._keep(entry)
                entry, keyword = Entry(number), ""
            if found:
                keyword = found[1]
                entry.values[keyword] = denormalize(found[2])
                entry.lines[keyword] = (number, number + 1)
            elif line.lstrip().startswith('"') and keyword:
                entry.values[keyword] += denormalize(line.strip())
                entry.lines[keyword] = (entry.lines[keyword][0], number + 1)
            elif line.startswith("#"):
                self._comment(entry, line)
            elif not entry.values:
                entry = Entry(number + 1)  # comments before an empty line belong to nothing
        if "msgstr" in entry.values:
            self._keep(entry)

    @staticmethod
    def _comment(entry: Entry, line: str) -> None:
        entry.fuzzy |= line.startswith("#,") and "fuzzy" in [flag.strip() for flag in line[2:].split(",")]
        mark = REVIEWED.match(line)
        if mark:
            entry.mark = mark[1]

    def _keep(self, entry: Entry) -> None:
        key = entry.values.get("msgctxt", "")
        if not key and not entry.msgid:
            self._header = entry.values["msgstr"]
        elif key:
            if key in self.entries:
                self.twice.add(key)
            self.entries[key] = entry

    def write(self, key: str, msgid: str, msgstr: str, reviewed: bool) -> None:
        """Set the translation of ``key`` from ``msgid``, no longer fuzzy."""
        entry = self.entries.get(key)
        mark = [] if reviewed is self.reviewed else ["# reviewed" if reviewed else "# unreviewed"]
        if entry is None:
            end = len(self._lines) - (self._lines[-1] == "")
            added = self._changes.setdefault((end, end), [])
            added += [""] if added or (end and self._lines[end - 1]) else []
            added += [*mark, f'msgctxt "{key}"', *_field("msgid", msgid), *_field("msgstr", msgstr)]
            return
        self._comments(entry, mark)
        if entry.msgid.strip() != msgid:
            self._changes[entry.lines["msgid"]] = _field("msgid", msgid)
        if entry.text != msgstr:
            self._changes[entry.lines["msgstr"]] = _field("msgstr", msgstr)

    def _comments(self, entry: Entry, mark: list[str]) -> None:
        """The comments before the keywords: without fuzzy and what it was translated from before."""
        first = min(start for start, _ in entry.lines.values())
        old = self._lines[entry.start : first]
        new = [*mark]
        for line in old:
            if line.startswith("#,"):
                flags = [flag.strip() for flag in line[2:].split(",") if flag.strip() != "fuzzy"]
                new += [f"#, {', '.join(flags)}"] if flags else []
            elif not line.startswith("#|") and not REVIEWED.match(line):
                new.append(line)
        if new != old:
            self._changes[entry.start, first] = new

    def result(self) -> bytes:
        """The file with all changes."""
        lines = list(self._lines)
        for (start, end), new in sorted(self._changes.items(), reverse=True):
            lines[start:end] = new
        if lines[-1]:
            lines.append("")
        return self._mark + self._newline.join(lines).encode()


def new_file(pack: str, version: str, lang: str) -> bytes:
    """A PO file without entries."""
    head = (
        'msgid ""', 'msgstr ""', f'"Project-Id-Version: {pack} {version}\\n"', f'"Language: {lang}\\n"',
        '"MIME-Version: 1.0\\n"', '"Content-Type: text/plain; charset=UTF-8\\n"',
        '"Content-Transfer-Encoding: 8bit\\n"', '"X-Reviewed: no\\n"', "",
    )  # fmt: skip
    return "\n".join(head).encode()


def _field(keyword: str, value: str) -> list[str]:
    return f"{keyword} {normalize(value, width=0)}".split("\n")
