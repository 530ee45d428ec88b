"""The fonts of the paper: Atkinson Hyperlegible Next, embedded and cut down to the glyphs that are used.

A letter that Atkinson does not have comes from Noto Sans (Cyrillic, Arabic). Arabic letters are neither
joined nor set from right to left yet: that needs a shaping engine (docs/adr/032).
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import groupby
from xml.sax.saxutils import escape

from reportlab.lib.fonts import addMapping
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from kiosk.resources import asset

REGULAR, BOLD = "Paper", "Paper-Bold"
_FILES = {
    REGULAR: "AtkinsonHyperlegibleNext-400.ttf",
    BOLD: "AtkinsonHyperlegibleNext-700.ttf",
    "PaperCyrillic": "NotoSansCyrillic-400.ttf",
    "PaperArabic": "NotoSansArabic-400.ttf",
}
_FALLBACKS = ("PaperCyrillic", "PaperArabic")

_SAME_LOOK = str.maketrans({"\u202f": "\u00a0", "\u2007": "\u00a0", "\u2011": "-", "\u00ad": None, "\t": " "})
_UNSEEN = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0f\x00-\x09\x0b-\x1f\x7f]")
_ENDLESS = re.compile(r"\S{200}")
"""No word of a language is so long: it is cut, so that a word always fits a page."""

MISSING = "?"
"""Stands for a character that no font of ours has."""


@lru_cache(maxsize=1)
def register() -> dict[str, frozenset[int]]:
    """Make the fonts known to reportlab, once; the code points of each."""
    found = {}
    for name, file in _FILES.items():
        font = TTFont(name, str(asset("fonts", file)))
        pdfmetrics.registerFont(font)
        found[name] = frozenset(font.face.charToGlyph)
    addMapping(REGULAR, 0, 0, REGULAR)
    addMapping(REGULAR, 1, 0, BOLD)
    return found


def plain(text: str) -> str:
    """``text`` without invisible signs, and with the spaces and dashes that Atkinson has."""
    return _UNSEEN.sub("", text.translate(_SAME_LOOK))


def markup(text: str) -> str:
    """``text`` for a reportlab paragraph: escaped, each letter in a font that has it."""
    coverage = register()

    def font(letter: str) -> str:
        names = (REGULAR, *_FALLBACKS)
        return next((name for name in names if ord(letter) in coverage[name] or letter in "\n "), "")

    pieces = []
    for name, letters in groupby(_ENDLESS.sub(r"\g<0> ", plain(text)), font):
        piece = escape("".join(letters))
        if name == REGULAR:
            pieces.append(piece.replace("\n", "<br/>"))
        elif name:
            pieces.append(f'<font name="{name}">{piece}</font>')
        else:
            pieces.append(MISSING * len(list(piece)))
    return "".join(pieces)


def line(text: str) -> str:
    """``text`` for one drawn line in Atkinson alone."""
    known = register()[REGULAR]
    return "".join(sign if ord(sign) in known else MISSING for sign in plain(text).replace("\n", " "))
