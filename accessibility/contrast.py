"""Contrast as WCAG 2.2 measures it, and the gate that a town's own colours have to pass.

A colour is ``#RRGGBB``. A town's colours are ``brand``, ``brandSoft`` and ``thread``, each by theme; high
contrast never takes them. What a town leaves out is derived from its light value (:func:`completed`), so that
one line in ``kiosk.toml`` is enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from accessibility.tokens import tokens
from kiosk.comfort import THEMES

Colours = Mapping[str, Mapping[str, str]]

WHITE_LABEL = ("brand", "brandSoft", "thread")
BRANDED = tuple(theme for theme in THEMES if theme != "contrast")
"""The themes that take a town's colours."""
TEXT, DRAWN = 7.0, 3.0
"""What words need, and what is only drawn (ACCESSIBILITY: AAA for text; WCAG 1.4.11 for the rest)."""
_GATE = (
    ("brand", "surface", TEXT),
    ("brand", "bg", TEXT),
    ("brand", "panel", TEXT),
    ("brand", "onBrand", TEXT),
    ("brand", "brandSoft", TEXT),
    ("brandSoft", "brand", TEXT),
    ("brandSoft", "ink", TEXT),
    ("brandSoft", "inkSoft", TEXT),
    ("thread", "bg", DRAWN),
    ("thread", "surface", DRAWN),
    ("thread", "panel", DRAWN),
)
_STEPS = 100
_TINT = {"light": 0.14, "dark": 0.6, "soft": 0.12}
"""How much of the town's colour is in the background of a chosen answer, as in the shipped colours."""


@dataclass(frozen=True)
class TooPale:
    """A town colour that fails the gate, and the nearest value that passes (None: no value does)."""

    theme: str
    token: str
    colour: str
    against: str
    ratio: float
    minimum: float
    proposed: str | None


@lru_cache(maxsize=1024)
def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2, definition of relative luminance)."""
    total = 0.0
    for weight, part in zip((0.2126, 0.7152, 0.0722), _parts(colour), strict=True):
        total += weight * (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)
    return total


def contrast_ratio(one: str, other: str) -> float:
    """WCAG contrast ratio, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def mixed(one: str, other: str, share: float) -> str:
    """``one`` with a ``share``, 0 to 1, of ``other``."""
    both = zip(_parts(one), _parts(other), strict=True)
    return "#" + "".join(f"{round(255 * (a + (b - a) * share)):02X}" for a, b in both)


def palette(theme: str, town: Colours) -> dict[str, str]:
    """Every colour of a theme by its token, the town's own where it has some."""
    table = {token: values[theme] for token, values in tokens()["colours"].items()}
    if theme in BRANDED:
        table |= {token: town[token][theme] for token in WHITE_LABEL if theme in town.get(token, {})}
    return table


def check_brand(town: Colours) -> tuple[TooPale, ...]:
    """What the gate refuses in a town's colours, with a proposal for each."""
    refused: list[TooPale] = []
    for theme in BRANDED:
        table = palette(theme, town)
        for token, against, minimum in _GATE:
            ratio = contrast_ratio(table[token], table[against])
            if ratio < minimum:
                proposed = _nearest(table[token], _away(token, theme), token, table)
                refused.append(TooPale(theme, token, table[token], against, ratio, minimum, proposed))
    return tuple(refused)


def completed(town: Colours) -> dict[str, dict[str, str]]:
    """A town's colours with what it left out, derived from the light values so that it passes the gate.

    A dark or soft value is the light one, made lighter (dark) or darker (soft) until every pair passes; the
    background of a chosen answer is a tint of ``brand``. Without ``brand`` that background stays as shipped.
    """
    full = {token: dict(town[token]) for token in WHITE_LABEL if token in town}
    for theme in BRANDED:
        for token in ("brand", "thread"):
            if token in full and theme not in full[token]:
                # brandSoft is fitted to brand below, where the town has not set it.
                free = () if theme in full.get("brandSoft", {}) else ("brandSoft",)
                light, table = full[token]["light"], palette(theme, full)
                # A value that found no place fails the gate, which names it.
                full[token][theme] = _nearest(light, _away(token, theme), token, table, free) or light
        if "brand" in full and theme not in full.setdefault("brandSoft", {}):
            full["brandSoft"][theme] = _tint(theme, full)
    return full


def _tint(theme: str, town: Colours) -> str:
    """A little of ``brand`` on the surface; less and less of it until the words on it can be read."""
    table = palette(theme, town)
    brand = table["brand"]
    # On a dark surface the tint is of the colour's dark side, or words in a light colour would drown.
    start = mixed(brand, "#000000", 0.6) if theme == "dark" else brand
    for step in range(_STEPS + 1):
        share = _TINT[theme] * (1 - step / _STEPS)
        tried = mixed(table["surface"], start, share)
        if all(contrast_ratio(tried, table[other]) >= least for other, least in _pairs("brandSoft")):
            return tried
    return table["surface"]


def _nearest(
    colour: str, end: str, token: str, table: Mapping[str, str], free: Iterable[str] = ()
) -> str | None:
    """The value nearest to ``colour`` on the way to ``end`` that passes every pair of its token."""
    pairs = [(table[other], least) for other, least in _pairs(token) if other not in free]
    for step in range(_STEPS + 1):
        tried = mixed(colour, end, step / _STEPS)
        if all(contrast_ratio(tried, other) >= least for other, least in pairs):
            return tried
    return None


def _pairs(token: str) -> list[tuple[str, float]]:
    """What stands beside a town colour, and the contrast it needs."""
    return [(against, least) for name, against, least in _GATE if name == token]


def _away(token: str, theme: str) -> str:
    """Where a colour has to move to stand out: what is drawn or written away from its background, and the
    background of words away from them."""
    towards_light = (theme == "dark") != (token == WHITE_LABEL[1])
    return "#FFFFFF" if towards_light else "#000000"


def _parts(colour: str) -> list[float]:
    return [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
