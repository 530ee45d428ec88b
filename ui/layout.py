"""How the display is divided: portrait, landscape or low reach; and what its millimetres ask for.

All sizes of the interface are pixels of the design, 88 of which are a touch target. On a panel of known size
the design is enlarged until that target measures 20 mm (DESIGN-UI 1; ACCESSIBILITY rows 18, 33, 46).
"""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.comfort import TEXT_SCALES
from kiosk.config import Screen as Panel

PORTRAIT_WIDTH, LANDSCAPE_HEIGHT = 1080, 1080
TARGET_PX, TARGET_MM = 88, 20.0
CAP_HEIGHT = 0.668  # of the text size (Atkinson Hyperlegible Next)
BODY_PX = 31
READABLE = 0.008
"""Cap height of running text, as a share of the viewing distance: 4.8 mm at 600 mm (US 508, 402.4)."""
HIGHEST_MM = 1220  # EN 301 549, 8.3: where hands reach, above the floor
LOWEST_MM = 380
READ_ONLY = 816 / 1920
READ_ONLY_LANDSCAPE = 0.3
"""Of the height, from the top: where nothing can be touched in the low layout (DESIGN-UI 3.3). A panel that
lies is not as tall."""
_WIDE = 1500
_NARROWEST_PORTRAIT, _NARROWEST_LANDSCAPE = 900, _WIDE
_SHORT = 1.5
_FIVE_SHORT, _FIVE_LONG = 1250, 1380
"""px at 100 % that five buttons on a row need, with their short words and with the long ones."""
_HEADER_MIDDLE = 64 / 1920
_MOST_BEYOND = 0.6


@dataclass(frozen=True)
class Layout:
    """The display in pixels of the design. ``low``: everything that is touched lies in its lower part;
    ``beyond``: the share of the height that hands cannot reach, where the panel was measured."""

    width: int = 1080
    height: int = 1920
    low: bool = False
    beyond: float = 0.0

    @property
    def landscape(self) -> bool:
        return self.width > self.height

    @property
    def wide(self) -> bool:
        """Whether header and step, or all big buttons, fit on one row."""
        return self.landscape and self.width >= _WIDE

    @property
    def reach_top(self) -> int:
        """Above this line nothing can be touched; 0 where everything may be."""
        usual = READ_ONLY_LANDSCAPE if self.landscape else READ_ONLY
        return round(self.height * max(usual, self.beyond)) if self.low else 0

    @property
    def frame_limit(self) -> float:
        """How far the frame's words grow: it must leave room for the page (DESIGN-UI 2), and five buttons
        share a row in landscape."""
        return max(1.0, min(1.5, self.width / _FIVE_SHORT)) if self.landscape else 1.9

    def short_words(self, scale: float) -> bool:
        """Whether the buttons of the frame have no room for their long words."""
        return scale >= _SHORT or (self.landscape and self.width < _FIVE_LONG * scale)

    def two_panes(self, scale: float) -> bool:
        """Whether the question stands at the left and its answers at the right."""
        return self.landscape and not self.low and scale < 2


def zoom(width: int, height: int, panel: Panel) -> float:
    """Pixels of a display of ``width`` x ``height`` for one pixel of the design.

    The whole design fits; on a panel whose millimetres are known, a target measures 20 mm as long as a
    page keeps its smallest sensible size.
    """
    landscape = width > height
    factor = height / LANDSCAPE_HEIGHT if landscape else width / PORTRAIT_WIDTH
    if panel.width_mm:
        factor = max(factor, TARGET_MM * width / panel.width_mm / TARGET_PX)
    return min(factor, width / (_NARROWEST_LANDSCAPE if landscape else _NARROWEST_PORTRAIT))


def first_scale(width: int, panel: Panel) -> float:
    """The text size that a visit starts with: running text can be read from where the person stands.
    ``width``: the display in pixels of the design."""
    if not panel.width_mm:
        return 1.0
    millimetres = BODY_PX * CAP_HEIGHT * panel.width_mm / width
    wanted = READABLE * panel.distance_mm
    return next((scale for scale in TEXT_SCALES if millimetres * scale >= wanted - 0.05), TEXT_SCALES[-1])


def starts_low(panel: Panel) -> bool:
    """Whether hands cannot reach the upper buttons of this panel, so that the low layout is the rule."""
    if panel.low is not None:
        return panel.low
    return beyond_reach(panel) > _HEADER_MIDDLE


def beyond_reach(panel: Panel) -> float:
    """The share of the panel's height, from its top, that hangs higher than hands reach; at most 0.6, below
    which there would be no page left."""
    if not panel.height_mm or panel.bottom_mm is None:
        return 0.0
    above = panel.bottom_mm + panel.height_mm - HIGHEST_MM
    return min(max(0.0, above / panel.height_mm), _MOST_BEYOND)
