"""What the person needs to read, hear and reach the kiosk, for one visit: a value."""

from __future__ import annotations

from dataclasses import dataclass

TEXT_SCALES = (1.0, 1.25, 1.5, 2.0, 2.5, 3.0)
THEMES = ("light", "dark", "contrast", "soft")


@dataclass(frozen=True)
class Comfort:
    """``scale`` is one of :data:`TEXT_SCALES`, ``theme`` one of :data:`THEMES`.

    ``aloud``: each new page is read. ``easy``: short sentences where there are some. ``low``: all buttons in
    the lower part. ``longer``: more time before the kiosk asks whether somebody is there. ``private``: all
    but the item with the focus is dimmed.
    """

    scale: float = 1.0
    theme: str = "light"
    aloud: bool = False
    easy: bool = False
    low: bool = False
    longer: bool = False
    private: bool = False
