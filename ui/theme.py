"""Colours, sizes and contrast: ``assets/themes/tokens.json`` as values that widgets ask for.

A theme is immutable. Screens are rebuilt when the person changes it, so no widget listens for a change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from PySide6.QtGui import QColor, QFont, QPalette

from accessibility.contrast import palette
from accessibility.tokens import tokens
from kiosk.comfort import THEMES as NAMES
from ui.fonts import font

MINIMUM_TARGET = 88  # px; 20 mm on the reference panel
_HEADINGS = frozenset({"welcome", "h1", "h2", "countdown"})
_FRAME = frozenset({"button", "frame_button", "key_letter", "key_digit", "tag"})


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
        object.__setattr__(self, "_table", palette(self.name, self.brand))

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
        """Icons grow half as fast as the words of the frame, which need the room."""
        return round(size * (1 + (self.frame_scale - 1) / 2))

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
