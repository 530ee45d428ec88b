"""Colours, sizes and contrast: ``assets/themes/tokens.json`` as values that widgets ask for.

A theme is immutable. Screens are rebuilt when the person changes it, so no widget listens for a change.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from PySide6.QtGui import QColor, QFont, QPalette

from kiosk.comfort import THEMES as NAMES
from kiosk.resources import asset
from ui.fonts import font

MINIMUM_TARGET = 88  # px; 20 mm on the reference panel
_HEADINGS = frozenset({"welcome", "h1", "h2", "countdown"})
_FRAME = frozenset({"button", "frame_button", "key_letter", "key_digit", "tag"})
_WHITE_LABEL = ("brand", "brandSoft", "thread")


@lru_cache(maxsize=1)
def tokens() -> dict[str, Any]:
    """The token file, read once."""
    loaded: dict[str, Any] = json.loads(asset("themes", "tokens.json").read_text(encoding="utf-8"))
    return loaded


@lru_cache(maxsize=512)
def _qcolour(value: str) -> QColor:
    return QColor(value)


@dataclass(frozen=True)
class Theme:
    """One look: theme ``name``, text ``scale`` (1 to 3), and the town's own colours.

    ``brand`` maps ``brand``, ``brandSoft`` or ``thread`` to ``{theme name: "#RRGGBB"}``; the contrast theme
    never takes a town colour. ``frame_limit``: how far the words of the frame grow
    (:class:`ui.layout.Layout`).
    """

    name: str = "light"
    scale: float = 1.0
    brand: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    frame_limit: float = 1.9

    def __post_init__(self) -> None:
        if self.name not in NAMES:
            raise ValueError(self.name)
        table = {token: values[self.name] for token, values in tokens()["colours"].items()}
        if self.name != "contrast":
            for token in _WHITE_LABEL:
                own = self.brand.get(token, {}).get(self.name)
                if own:
                    table[token] = own
        object.__setattr__(self, "_table", table)

    # -- colours ---------------------------------------------------------------------------------------

    def hex(self, token: str) -> str:
        """``#RRGGBB`` of a token."""
        table: dict[str, str] = self.__dict__["_table"]
        return table[token]

    def colour(self, token: str) -> QColor:
        """The token as a QColor (shared: do not change it)."""
        return _qcolour(self.hex(token))

    @property
    def contrast(self) -> bool:
        """Black and yellow: selected means inverted, every border is 4 px, tiles have a border."""
        return self.name == "contrast"

    @property
    def selected(self) -> tuple[str, str, str]:
        """Tokens of a selected card: fill, text, icon."""
        return ("brand", "onBrand", "onBrand") if self.contrast else ("brandSoft", "ink", "brand")

    def border(self, width: int) -> int:
        """The border to draw where the light theme draws ``width`` pixels."""
        return max(width, tokens()["border"]["contrast_theme"]) if self.contrast else width

    # -- sizes -----------------------------------------------------------------------------------------

    def px(self, role: str) -> int:
        """Text size in pixels of a role of ``type.kiosk``, at this scale."""
        return self.scaled(_size(role), role)

    def scaled(self, size: float, role: str = "body") -> int:
        """``size`` px at 100 %, enlarged the way that role grows (headings less, the frame least)."""
        if role in _HEADINGS:
            return round(size * (1 + (self.scale - 1) * 0.85))
        if role in _FRAME:
            return round(size * self.frame_scale)
        if role == "date_value":
            return round(size * min(self.scale, 1.5))
        return round(size * self.scale)

    @property
    def frame_scale(self) -> float:
        """The frame stops growing, so that it never takes more than 38 % of the height."""
        return min(self.scale, self.frame_limit)

    def icon(self, size: int) -> int:
        """Icons grow with the frame."""
        return round(size * self.frame_scale)

    def font(self, role: str, weight: int | None = None, underline: bool = False) -> QFont:
        """The font of a role (shared: copy before changing)."""
        return font(self.px(role), weight or _style(role)["weight"], underline)

    def line_height(self, role: str) -> float:
        """Line height as a multiple of the size."""
        return float(_style(role).get("line", 1.15))

    @property
    def one_column(self) -> bool:
        """From 150 % everything is in one column."""
        return self.scale >= 1.5

    @property
    def stacked(self) -> bool:
        """From 200 %: header on two rows, short frame words, « Écouter » on its own row, no picto tiles."""
        return self.scale >= 2

    # -- Qt --------------------------------------------------------------------------------------------

    def palette(self) -> QPalette:
        """The palette of the application; widgets paint themselves, so no style sheet is needed."""
        palette = QPalette()
        role = QPalette.ColorRole
        for target, token in (
            (role.Window, "bg"),
            (role.Base, "surface"),
            (role.Button, "surface"),
            (role.WindowText, "ink"),
            (role.Text, "ink"),
            (role.ButtonText, "ink"),
            (role.PlaceholderText, "inkSoft"),
            (role.Highlight, "brand"),
            (role.HighlightedText, "onBrand"),
        ):
            palette.setColor(target, self.colour(token))
        return palette


@lru_cache(maxsize=64)
def _style(role: str) -> dict[str, Any]:
    found: dict[str, Any] = tokens()["type"]["kiosk"][role]
    return found


def _size(role: str) -> int:
    return int(_style(role)["size"])


# -- contrast (WCAG 2.2, relative luminance) -----------------------------------------------------------


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1, of ``#RRGGBB`` (WCAG 2.2, definition of relative luminance)."""
    total = 0.0
    for weight, start in ((0.2126, 1), (0.7152, 3), (0.0722, 5)):
        part = int(colour[start : start + 2], 16) / 255
        total += weight * (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)
    return total


def contrast_ratio(one: str, other: str) -> float:
    """WCAG contrast ratio, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@dataclass(frozen=True)
class TooPale:
    """A town colour that fails the gate, and the nearest value that passes (None: no value does)."""

    theme: str
    token: str
    against: str
    ratio: float
    minimum: float
    proposed: str | None


_GATE = (
    ("brand", "surface", 7.0),
    ("brand", "bg", 7.0),
    ("brand", "panel", 7.0),
    ("brand", "brandSoft", 7.0),
    ("brand", "onBrand", 7.0),
    ("thread", "bg", 3.0),
)


def check_brand(brand: Mapping[str, Mapping[str, str]]) -> tuple[TooPale, ...]:
    """What the gate of ``white_label`` refuses in a town's colours, with a proposal for each."""
    refused: list[TooPale] = []
    for name in NAMES:
        if name == "contrast":
            continue
        theme = Theme(name, brand=brand)
        for token, against, minimum in _GATE:
            ratio = contrast_ratio(theme.hex(token), theme.hex(against))
            if ratio < minimum:
                refused.append(TooPale(name, token, against, ratio, minimum, _nearest(theme, token)))
    return tuple(refused)


def _nearest(theme: Theme, token: str) -> str | None:
    """The nearest darker (light, soft) or lighter (dark) value that passes every pair of the gate."""
    pairs = [(theme.hex(against), minimum) for name, against, minimum in _GATE if name == token]
    start = QColor(theme.hex(token))
    end = QColor("#FFFFFF" if theme.name == "dark" else "#000000")
    for step in range(1, 101):
        part = step / 100
        mixed = QColor.fromRgbF(
            start.redF() + (end.redF() - start.redF()) * part,
            start.greenF() + (end.greenF() - start.greenF()) * part,
            start.blueF() + (end.blueF() - start.blueF()) * part,
        ).name()
        if all(contrast_ratio(mixed, other) >= minimum for other, minimum in pairs):
            return mixed.upper()
    return None
