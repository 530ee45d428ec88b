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

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFFormXObject
from reportlab.pdfbase.ttfonts import TTFont

_OWN = 0xF0000
"""First of the private characters (plane 15) by which a font knows its glyphs without a letter."""

_UNITS = 1000.0
"""Advances and places are in thousandths of the type size, as in a PDF."""

_Point = tuple[float, float]


@dataclass(frozen=True)
class Letter:
    """A glyph at (``x``, ``y``) from the start of its run. ``code``: the character by which its
    :class:`GlyphFont` knows it; ``width``: how far a PDF's pen goes for it."""

    code: str
    x: float
    y: float
    width: float


@dataclass(frozen=True)
class Shaped:
    """A run of one font and direction, from left to right. ``dots``: dots and vowel signs, (glyph, x, y)
    each. They are drawn, not written: readers would take the jump to a dot for the end of a word."""

    letters: tuple[Letter, ...]
    dots: tuple[tuple[int, float, float], ...]
    advance: float


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

    def operators(self, letters: Sequence[Letter], size: float, document: Any) -> str:
        """What shows ``letters`` in a PDF text object, from its point on."""
        found: list[str] = []
        strings: list[str] = []
        subset, rise, end = -1, 0.0, 0.0
        chunks = self.splitString("".join(letter.code for letter in letters), document)
        codes = [(number, code) for number, chunk in chunks for code in chunk]
        for letter, (number, code) in zip(letters, codes, strict=True):
            if number != subset or letter.y != rise:
                found += _flushed(strings)
                if number != subset:
                    found.append(f"{self.getSubsetInternalName(number, document)} {size:.2f} Tf")
                if letter.y != rise:
                    found.append(f"{letter.y * size / _UNITS:.2f} Ts")
                subset, rise = number, letter.y
            back = round(end - letter.x)
            if back:
                strings.append(str(back))
            strings.append(f"<{code:02x}>")
            end += letter.width - back
        return " ".join([*found, *_flushed(strings), *(["0 Ts"] if rise else [])])

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


def _flushed(strings: list[str]) -> list[str]:
    """The operator that shows ``strings``, which it empties; none for none."""
    found = [f"[{' '.join(strings)}] TJ"] if strings else []
    strings.clear()
    return found


def _readable(cmap: str, texts: list[str]) -> str:
    """reportlab's ToUnicode table with the letters of each code, which may be several."""
    head, _, rest = cmap.partition(f"{len(texts)} beginbfchar\n")
    tail = rest[rest.index("endbfchar") + len("endbfchar") :]
    rows = [f"<{code:02X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in enumerate(texts)]
    blocks = [rows[at : at + 100] for at in range(0, len(rows), 100)]  # at most 100 in a block (Adobe 5411)
    written = ["\n".join((f"{len(block)} beginbfchar", *block, "endbfchar")) for block in blocks]
    return head + "\n".join(written) + tail


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
def shape(text: str, font: str, rtl: bool) -> Shaped:
    """``text``, all of one direction, in the registered ``font``."""
    harfbuzz = _harfbuzz()
    ours, engine = _engine(font)
    buffer = harfbuzz.Buffer()
    buffer.add_str(text)
    buffer.direction = "rtl" if rtl else "ltr"
    buffer.guess_segment_properties()
    harfbuzz.shape(engine, buffer)
    unit = _UNITS / engine.face.upem
    infos, places = buffer.glyph_infos, buffer.glyph_positions
    parts = _parts(text, [info.cluster for info in infos], [place.x_advance for place in places])
    letters, dots = [], []
    at = 0
    for info, place, part in zip(infos, places, parts, strict=True):
        x, y = at + place.x_offset, place.y_offset
        if part:
            wide = unit * engine.get_glyph_h_advance(info.codepoint)
            letters.append(Letter(ours.code(info.codepoint, part, wide), unit * x, unit * y, wide))
        else:
            dots.append((info.codepoint, unit * x, unit * y))
        at += place.x_advance
    return Shaped(tuple(letters), tuple(dots), unit * at)


def _parts(text: str, clusters: list[int], advances: list[int]) -> list[str]:
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


class _Pen:
    """Writes an outline as PDF path operators, which know no quadratic curves."""

    def __init__(self, unit: float) -> None:
        self.words: list[str] = []
        self._unit, self._at = unit, (0.0, 0.0)

    def moveTo(self, point: _Point) -> None:  # the names of fontTools' pens
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
        self.words.append("h")

    def _add(self, operator: str, *points: _Point) -> None:
        self.words += [f"{value * self._unit:.0f}" for point in points for value in point]
        self.words.append(operator)
        self._at = points[-1]


def width(text: str, font: str, rtl: bool, size: float) -> float:
    """Points that ``text`` takes at ``size``."""
    return shape(text, font, rtl).advance * size / _UNITS


def show(canvas: Any, x: float, y: float, text: str, font: str, rtl: bool, size: float) -> None:
    """Draw ``text``, all of one direction, from (x, y) on, in the fill colour."""
    shaped = shape(text, font, rtl)
    letters = _engine(font)[0].operators(shaped.letters, size, canvas._doc)
    canvas._code.append(f"BT 1 0 0 1 {x:.2f} {y:.2f} Tm {letters} ET")
    if shaped.dots:
        scale = f"{size / _UNITS:.5f}"
        canvas._code.append(f"q {scale} 0 0 {scale} {x:.2f} {y:.2f} cm")
        at = (0, 0)
        for glyph, *place in shaped.dots:
            new = round(place[0]), round(place[1])
            canvas._code.append(f"1 0 0 1 {new[0] - at[0]} {new[1] - at[1]} cm")
            canvas.doForm(_drawing(canvas, font, glyph))
            at = new
        canvas._code.append("Q")


def _drawing(canvas: Any, font: str, glyph: int) -> str:
    """The name of the form that draws ``glyph``; made at its first use in a document."""
    name = f"{font}.{glyph}"
    if not canvas.hasForm(name):
        engine = _engine(font)[1]
        pen = _Pen(_UNITS / engine.face.upem)
        engine.draw_glyph_with_pen(glyph, pen)
        form = PDFFormXObject(-_UNITS, -_UNITS, 2 * _UNITS, 2 * _UNITS)
        form.compression = canvas._pageCompression
        form.setStreamList([*pen.words, "f"])
        canvas._doc.addForm(name, form)
    return name
