"""The fonts of the paper: Atkinson Hyperlegible Next, embedded and cut down to the glyphs that are used.

A letter that Atkinson does not have comes from Noto Sans (Cyrillic, Arabic), which is read at the first such
letter. How Arabic letters are joined and set from right to left: :mod:`printing.right_to_left`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from xml.sax.saxutils import escape

from reportlab.lib.fonts import addMapping
from reportlab.pdfbase import pdfmetrics

from kiosk.resources import asset
from printing.glyphs import GlyphFont

REGULAR, BOLD, ARABIC = "Paper", "Paper-Bold", "PaperArabic"
_FILES = {
    REGULAR: "AtkinsonHyperlegibleNext-{}.ttf",
    "PaperCyrillic": "NotoSansCyrillic-{}.ttf",
    ARABIC: "NotoSansArabic-{}.ttf",
}
_FAMILIES = tuple(_FILES)

_SAME_LOOK = str.maketrans({"\u202f": "\u00a0", "\u2007": "\u00a0", "\u2011": "-", "\u00ad": None, "\t": " "})
_UNSEEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0f\x00-\x09\x0b-\x1f\x7f]")
_ENDLESS = re.compile(r"\S{200}")
"""No word of a language is so long: it is cut, so that a word always fits a page."""

MISSING = "?"
"""Stands for a character that no font of ours has."""


@lru_cache(maxsize=len(_FILES))
def register(family: str = REGULAR) -> frozenset[int]:
    """Make a family known to reportlab, once, in both weights; the code points that it has."""
    found: frozenset[int] = frozenset()
    for bold, (name, weight) in enumerate(((family, 400), (f"{family}-Bold", 700))):
        font = GlyphFont(name, str(asset("fonts", _FILES[family].format(weight))))
        found = frozenset(font.face.charToGlyph)
        pdfmetrics.registerFont(font)
        addMapping(family, bold, 0, name)
    return found


def plain(text: str) -> str:
    """``text`` without invisible signs, and with the spaces and dashes that Atkinson has."""
    return _UNSEEN.sub("", text.translate(_SAME_LOOK))


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """``text`` cut where its font changes: (family, letters) each. A letter that no font has is MISSING."""
    for family, letters in groupby(plain(text), _family):
        found = "".join(letters)
        yield family or REGULAR, found if family else MISSING * len(found)


def _family(letter: str) -> str:
    if letter in "\n ":
        return REGULAR
    return next((family for family in _FAMILIES if ord(letter) in register(family)), "")


def markup(text: str, *, bold: bool = False) -> str:
    """``text`` for a reportlab paragraph: escaped, each letter in a font that has it."""
    found = []
    for family, letters in pieces(_ENDLESS.sub(r"\g<0> ", plain(text))):
        piece = escape(letters).replace("\n", "<br/>")
        plain_font = family == REGULAR and not bold
        found.append(piece if plain_font else f'<font name="{name_of(family, bold=bold)}">{piece}</font>')
    return "".join(found)


def name_of(family: str, *, bold: bool) -> str:
    """The font of a family: as registered, and as in the PDF's operators."""
    return f"{family}-Bold" if bold else family
