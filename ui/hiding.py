"""Quick hide: the public home at once, and the picture that brings the visit back."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.comfort import Comfort

PICTURES = ("star", "key", "flower", "umbrella", "sailboat", "fish")
"""The pictures on the welcome page, by icon; they stand there whether a screen is hidden or not."""
CHOOSE_S = 30
"""How long after hiding a picture can be chosen: whoever touches one later is somebody else."""


@dataclass(frozen=True)
class Hidden:
    """A visit behind the public home. ``picture``: the one that brings it back, None = not chosen yet;
    ``comfort``: the look of the home meanwhile, which is everybody's."""

    at: float
    comfort: Comfort
    picture: str | None = None
