"""What the person needs to read, hear and reach the kiosk, for one visit: a value."""

from __future__ import annotations

from dataclasses import dataclass

TEXT_SCALES = (1.0, 1.25, 1.5, 2.0, 2.5, 3.0)
THEMES = ("light", "dark", "contrast", "soft")


@dataclass(frozen=True)
class Comfort:
    """``scale`` is one of :data:`TEXT_SCALES`, ``theme`` one of :data:`THEMES`."""

    scale: float = 1.0
    theme: str = "light"
