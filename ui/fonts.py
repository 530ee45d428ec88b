"""The embedded fonts: loaded once per process, found per glyph (Latin, Arabic, Cyrillic)."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QFont, QFontDatabase

from kiosk.resources import asset

# Qt walks the list glyph by glyph: Atkinson has neither Arabic nor Cyrillic.
FAMILIES = ("Atkinson Hyperlegible Next", "Noto Sans Arabic", "Noto Sans")


@lru_cache(maxsize=1)
def load_fonts() -> tuple[str, ...]:
    """Register every font file of ``assets/fonts``; needs a QGuiApplication. Returns the families found."""
    found: list[str] = []
    for path in sorted(asset("fonts").glob("*.ttf")):
        number = QFontDatabase.addApplicationFont(str(path))
        found.extend(QFontDatabase.applicationFontFamilies(number))
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=256)
def font(px: int, weight: int = 400, underline: bool = False) -> QFont:
    """The kiosk's font at ``px`` pixels; shared, so callers must copy before they change it."""
    made = QFont()
    made.setFamilies(list(FAMILIES))
    made.setPixelSize(max(1, px))
    made.setWeight(QFont.Weight(weight))
    made.setUnderline(underline)
    return made
