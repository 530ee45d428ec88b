"""Letters joined and marks placed by HarfBuzz, and written into a PDF so that they can still be read.

reportlab can shape by itself when ``uharfbuzz`` is there, but writes each glyph without a letter of its own
as a private character: such a paper can be neither searched nor read aloud. Here a glyph keeps the letters
that it stands for. HarfBuzz is imported at the first line that needs it, never for French (docs/adr/064).
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from reportlab.lib.rl_accel import fp_str
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

_OWN = 0xF0000
"""First of the private characters (plane 15) by which a font knows its glyphs without a letter."""

_Point = tuple[float, float]
_NOTHING = 0.01
_UNITS = 1000.0
"""Advances and offsets are in thousandths of the type size, as in a PDF."""


@dataclass(frozen=True)
class Glyph:
    """``code``: the character by which :class:`GlyphFont` knows it; "" for a dot or a vowel sign, which is
    drawn as ``outline`` (PDF path operators)."""

    code: str
    outline: str
    advance: float
    x_offset: float
    y_offset: float


class GlyphFont(TTFont):  # type: ignore[misc]  # reportlab has no types
    """A TrueType font that can also show glyphs by number, each with the letters it stands for."""

    def __init__(self, name: str, file: str) -> None:
        super().__init__(name, file, shapable=False)
        self.file = file
        self._codes: dict[tuple[int, str], str] = {}
        self._letters: dict[int, str] = {}

    def code(self, glyph: int, letters: str, width: float) -> str:
        """A character that shows ``glyph``; copied from the PDF it is ``letters``."""
        if len(letters) == 1 and self.face.charToGlyph.get(ord(letters)) == glyph:
            return letters
        found = self._codes.get((glyph, letters))
        if found is None:
            number = _OWN + len(self._codes)
            found = self._codes[glyph, letters] = chr(number)
            self._letters[number] = letters
            self.face.charToGlyph[number] = glyph
            self.face.charWidths[number] = width
        return found

    def text(self, glyphs: Sequence[Glyph], size: float, document: Any) -> str:
        """The operators that show the letters among ``glyphs`` in a PDF text object, from its point on."""
        operators: list[str] = []
        subset, rise, at, end = -1, 0.0, 0.0, 0.0
        strings: list[str] = []
        for glyph in glyphs:
            if glyph.code:
                ((number, code),) = self.splitString(glyph.code, document)
                if (number, glyph.y_offset) != (subset, rise):
                    operators += _flushed(strings)
                    if number != subset:
                        name = self.getSubsetInternalName(number, document)
                        operators.append(f"{name} {fp_str(size)} Tf")
                    if glyph.y_offset != rise:
                        operators.append(f"{fp_str(glyph.y_offset * size / _UNITS)} Ts")
                    subset, rise = number, glyph.y_offset
                if abs(at + glyph.x_offset - end) > _NOTHING:
                    strings.append(fp_str(end - at - glyph.x_offset))
                strings.append(f"<{code.hex()}>")
                wide = self.face.charWidths.get(ord(glyph.code), self.face.defaultWidth)
                end = at + glyph.x_offset + wide
            at += glyph.advance
        return " ".join([*operators, *_flushed(strings), *(["0 Ts"] if rise else [])])

    def addObjects(self, doc: Any) -> None:
        subsets = [list(subset) for subset in self.state[doc].subsets]
        names = [self.getSubsetInternalName(number, doc)[1:] for number in range(len(subsets))]
        super().addObjects(doc)
        for name, subset in zip(names, subsets, strict=True):
            font = doc.idToObject["BasicFonts"].dict[name].BaseFont
            stream = doc.idToObject[f"toUnicodeCMap:{font}"]
            stream.content = _readable(stream.content, [self._text(code) for code in subset])

    def _text(self, code: int) -> str:
        return self._letters[code] if code in self._letters else chr(code)


def _readable(cmap: str, texts: list[str]) -> str:
    """reportlab's ToUnicode table with the letters of each code, which may be none or several."""
    head, _, rest = cmap.partition(f"{len(texts)} beginbfchar\n")
    tail = rest[rest.index("endbfchar") + len("endbfchar") :]
    rows = [f"<{code:02X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in enumerate(texts)]
    blocks = [rows[at : at + 100] for at in range(0, len(rows), 100)]  # at most 100 in a block (Adobe 5411)
    return (
        head
        + "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
        + tail
    )


def dots(glyphs: Sequence[Glyph], size: float, x: float, y: float) -> str:
    """The operators that draw the dots and vowel signs of a run that starts at (x, y)."""
    found = []
    scale = size / _UNITS
    for glyph in glyphs:
        if glyph.outline:
            place = f"{fp_str(x + glyph.x_offset * scale)} {fp_str(y + glyph.y_offset * scale)}"
            found.append(f"q {scale:.5f} 0 0 {scale:.5f} {place} cm {glyph.outline} f Q")
        x += glyph.advance * scale
    return " ".join(found)


def _flushed(strings: list[str]) -> list[str]:
    """The operator that shows ``strings``, which it empties; none for none."""
    found = [f"[{' '.join(strings)}] TJ"] if strings else []
    strings.clear()
    return found


class _Pen:
    """Writes an outline as PDF path operators, which know no quadratic curves."""

    def __init__(self, words: list[str], unit: float) -> None:
        self._words, self._unit, self._at = words, unit, (0.0, 0.0)

    def moveTo(self, point: _Point) -> None:
        self._add("m", point)

    def lineTo(self, point: _Point) -> None:
        self._add("l", point)

    def curveTo(self, *points: _Point) -> None:
        self._add("c", *points)

    def qCurveTo(self, control: _Point, end: _Point) -> None:
        near = [(start + 2 * middle) / 3 for start, middle in zip(self._at, control, strict=True)]
        far = [(last + 2 * middle) / 3 for last, middle in zip(end, control, strict=True)]
        self._add("c", (near[0], near[1]), (far[0], far[1]), end)

    def closePath(self) -> None:
        self._words.append("h")

    def _add(self, operator: str, *points: _Point) -> None:
        self._words += [f"{value * self._unit:.0f}" for point in points for value in point]
        self._words.append(operator)
        self._at = points[-1]


@lru_cache(maxsize=1)
def _harfbuzz() -> Any:
    """The engine's module, which :mod:`printing` keeps out until now."""
    if sys.modules.get("uharfbuzz") is None:
        sys.modules.pop("uharfbuzz", None)
    return importlib.import_module("uharfbuzz")


@lru_cache(maxsize=8)
def _engine(font: str) -> tuple[GlyphFont, Any]:
    ours = pdfmetrics.getFont(font)
    if not isinstance(ours, GlyphFont):
        raise TypeError(font)
    harfbuzz = _harfbuzz()
    return ours, harfbuzz.Font(harfbuzz.Face(harfbuzz.Blob.from_file_path(ours.file)))


@lru_cache(maxsize=4096)
def shape(text: str, font: str, rtl: bool) -> tuple[Glyph, ...]:
    """The glyphs of ``text`` from left to right, in the registered ``font``."""
    harfbuzz = _harfbuzz()
    ours, engine = _engine(font)
    buffer = harfbuzz.Buffer()
    buffer.add_str(text)
    buffer.direction = "rtl" if rtl else "ltr"
    buffer.guess_segment_properties()
    harfbuzz.shape(engine, buffer)
    unit = _UNITS / engine.face.upem
    infos, places = buffer.glyph_infos, buffer.glyph_positions
    letters = _letters(text, [info.cluster for info in infos], [place.x_advance for place in places])
    found = []
    for info, place, part in zip(infos, places, letters, strict=True):
        wide = unit * engine.get_glyph_h_advance(info.codepoint)
        code = ours.code(info.codepoint, part, wide) if part else ""
        outline = "" if part else _outline(font, info.codepoint)
        offsets = unit * place.x_offset, unit * place.y_offset
        found.append(Glyph(code, outline, unit * place.x_advance, *offsets))
    return tuple(found)


@lru_cache(maxsize=256)
def _outline(font: str, glyph: int) -> str:
    """The path of a glyph, in thousandths of the size."""
    engine = _engine(font)[1]
    unit = _UNITS / engine.face.upem
    words: list[str] = []
    engine.draw_glyph_with_pen(glyph, _Pen(words, unit))
    return " ".join(words)


def width(text: str, font: str, rtl: bool, size: float) -> float:
    """Points that ``text`` takes at ``size``."""
    return sum(glyph.advance for glyph in shape(text, font, rtl)) * size / _UNITS


def show(canvas: Any, x: float, y: float, text: str, font: str, rtl: bool, size: float) -> None:
    """Draw ``text``, all of one direction, from (x, y) on, in the fill colour."""
    glyphs = shape(text, font, rtl)
    letters = pdfmetrics.getFont(font).text(glyphs, size, canvas._doc)
    place = f"{fp_str(x)} {fp_str(y)}"
    canvas._code.append(f"BT 1 0 0 1 {place} Tm {letters} ET {dots(glyphs, size, x, y)}")


def _letters(text: str, clusters: list[int], advances: list[int]) -> list[str]:
    """What each glyph stands for: the letters of a cluster go with its widest glyph, its dots with none."""
    starts = sorted(set(clusters))
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    widest: dict[int, int] = {}
    for at, cluster in enumerate(clusters):
        if cluster not in widest or advances[at] > advances[widest[cluster]]:
            widest[cluster] = at
    return [
        text[cluster : ends[cluster]] if widest[cluster] == at else "" for at, cluster in enumerate(clusters)
    ]
