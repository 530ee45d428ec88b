"""Paragraphs and lines in Arabic: broken here, ordered by :mod:`printing.direction`, drawn by HarfBuzz.

reportlab's own paragraphs do this only with `rlbidi`, word by word (docs/adr/064).
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any

from reportlab.platypus import Paragraph

from printing import direction, fonts, glyphs

_TOKEN = re.compile(r"[^ ]+ *|^ +")
_LATIN = re.compile(r"[A-Za-z]{2}")
_GAP = 6.0
"""Points between a label and what it stands beside, at least."""


@dataclass(frozen=True)
class Line:
    """Letters in the order of reading, each with its font and its level; ``base``: that of the paragraph."""

    text: str
    names: tuple[str, ...]
    levels: tuple[int, ...]
    base: int

    def part(self, start: int, end: int) -> Line:
        return Line(self.text[start:end], self.names[start:end], self.levels[start:end], self.base)

    def trimmed(self) -> Line:
        """Without the spaces at its end."""
        return self.part(0, len(self.text.rstrip(" ")))

    def width(self, size: float) -> float:
        return sum(glyphs.width(text, name, level % 2 == 1, size) for text, name, level in self._runs())

    def draw(self, canvas: Any, x: float, y: float, size: float) -> None:
        """Draw from the left edge ``x`` on: each run at its place, written in the order of reading."""
        runs = self._runs()
        places = [0.0] * len(runs)
        for index in direction.visual([level for _, _, level in runs]):
            text, name, level = runs[index]
            places[index] = x
            x += glyphs.width(text, name, level % 2 == 1, size)
        for place, (text, name, level) in zip(places, runs, strict=True):
            foreign = _LATIN.search(text)  # French terms and names: a voice must know
            if foreign:
                canvas._code.append("/Span <</Lang (fr)>> BDC")
            glyphs.show(canvas, place, y, text, name, level % 2 == 1, size)
            if foreign:
                canvas._code.append("EMC")

    def _runs(self) -> list[tuple[str, str, int]]:
        """What is shaped in one piece: (letters, font, level) each. Signs between Arabic words stand alone:
        readers take a run of them for one that is written from the left."""
        levels = direction.of_line(self.text, self.levels, self.base)
        alone = [
            at if level % 2 and not name.startswith(fonts.ARABIC) else -1
            for at, (name, level) in enumerate(zip(self.names, levels, strict=True))
        ]
        found, at = [], 0
        for (name, level, _), group in groupby(zip(self.names, levels, alone, strict=True)):
            end = at + len(list(group))
            found.append((self.text[at:end], name, level))
            at = end
        return found


@lru_cache(maxsize=1024)  # the document is laid out twice
def line_of(parts: tuple[tuple[str, str], ...]) -> Line:
    """One line from (font, letters) each."""
    text = "".join(letters for _, letters in parts)
    names = tuple(name for name, letters in parts for _ in letters)
    base = direction.base_direction(text)
    levels = direction.levels(text, base, direction.kept_together(text))
    return Line(text, names, tuple(levels), base)


def one_line(text: str, *, bold: bool) -> Line:
    """``text`` on one line, whatever its length."""
    found = fonts.pieces(text.replace("\n", " "))
    return line_of(tuple((fonts.name_of(family, bold=bold), letters) for family, letters in found))


class RightToLeftParagraph(Paragraph):  # type: ignore[misc]  # reportlab has no types
    """A paragraph at the right edge. ``label`` stands there, the text beside it from ``leftIndent`` on."""

    def __init__(self, markup: str, style: Any, label: str = "") -> None:
        super().__init__(markup, style)
        self._label = one_line(label, bold=True) if label else None
        self._lines: list[Line] | None = None

    def wrap(self, width: float, _: float) -> tuple[float, float]:
        self.width = width
        if self._lines is None:
            self._lines = list(self._broken(width))
        self.height = len(self._lines) * self.style.leading
        return width, self.height

    def split(self, width: float, height: float) -> list[Any]:
        self.wrap(width, height)
        lines = self._lines or []
        fitting = int(height / self.style.leading + 0.001)
        if fitting >= len(lines):
            return [self]
        if fitting < 2:  # no line alone at the foot of a page
            return []
        first, rest = copy.copy(self), copy.copy(self)
        first._lines, rest._lines = lines[:fitting], lines[fitting:]
        rest._label = None
        return [first, rest]

    def draw(self) -> None:
        canvas, style = self.canv, self.style
        size, leading = style.fontSize, style.leading
        y = self.height - (leading + size * 0.68) / 2
        if self._label:
            canvas.setFillColor(style.bulletColor)
            _draw_from_right(self._label, canvas, self.width, y, size)
        canvas.setFillColor(style.textColor)
        for number, line in enumerate(self._lines or []):
            _draw_from_right(line, canvas, self.width - self._indent(number), y - number * leading, size)

    def _indent(self, number: int) -> float:
        indent = float(self.style.leftIndent)
        if number == 0 and self._label:
            return max(indent, self._label.width(self.style.fontSize) + _GAP)
        return indent

    def _hard_lines(self) -> Iterator[Line]:
        """The lines that the text itself has."""
        parts: list[tuple[str, str]] = []
        for frag in self.frags:
            if getattr(frag, "lineBreak", False):
                yield line_of(tuple(parts))
                parts = []
            else:
                parts.append((frag.fontName, frag.text))
        yield line_of(tuple(parts))

    def _broken(self, width: float) -> Iterator[Line]:
        size = self.style.fontSize
        count = 0
        for whole in self._hard_lines():
            start = end = 0
            used = 0.0
            for token in _TOKEN.finditer(whole.text):
                word = whole.part(token.start(), token.end())
                wide = word.trimmed().width(size)
                room = width - self._indent(count)
                if end > start and used + wide > room:
                    yield whole.part(start, end).trimmed()
                    count, start, used = count + 1, end, 0.0
                    room = width - self._indent(count)
                end = token.end()
                while used + wide > room and self.style.splitLongWords:
                    cut = self._cut(whole, start, end, room)
                    yield whole.part(start, cut)
                    count, start, used = count + 1, cut, 0.0
                    room = width - self._indent(count)
                    word = whole.part(start, end)
                    wide = word.trimmed().width(size)
                used += word.width(size)
            yield whole.part(start, end).trimmed()
            count += 1

    def _cut(self, whole: Line, start: int, end: int, room: float) -> int:
        """Where a word that is wider than ``room`` goes on the next line."""
        size = self.style.fontSize
        cut = start + 1
        while cut < end and whole.part(start, cut + 1).width(size) <= room:
            cut += 1
        signs = [at + 1 for at in range(start + 1, cut) if whole.text[at] in "/-.@?&="]
        return signs[-1] if signs and cut < end else cut


def _draw_from_right(line: Line, canvas: Any, right: float, y: float, size: float) -> None:
    """Draw ``line`` up to ``right``, and a space: in the structure a line end alone joins two words."""
    ended = Line(f"{line.text} ", (*line.names, fonts.REGULAR), (*line.levels, line.base), line.base)
    wide = ended.width(size) if line.base == direction.RTL else line.width(size)
    ended.draw(canvas, right - wide, y, size)
