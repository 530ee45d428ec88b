"""What the person needs to read, hear and reach the kiosk, for one visit: a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

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


def parse_comfort(table: Mapping[str, object]) -> Comfort:
    """What ``asdict`` made of a Comfort. Raises ValueError for any value that no panel can set."""
    scale, theme = table.get("scale"), table.get("theme")
    switches = [one.name for one in fields(Comfort) if one.name not in ("scale", "theme")]
    flags = {name: table.get(name) for name in switches}
    if (
        scale not in TEXT_SCALES
        or theme not in THEMES
        or any(not isinstance(flag, bool) for flag in flags.values())
    ):
        raise ValueError(str(table)[:80])
    on = {name: flag is True for name, flag in flags.items()}
    return Comfort(scale=float(str(scale)), theme=str(theme), **on)
