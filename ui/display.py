"""The size of the display, remembered: Qt must be told how far to enlarge before it can look at a display."""

from __future__ import annotations

import re
from pathlib import Path

_LONGEST = 32
_NEAR = 2
"""Qt gives enlarged sizes in whole pixels."""


def remembered_size(file: Path) -> tuple[int, int] | None:
    """Width and height in pixels of the display, as it was at the last start; None where nothing is known."""
    try:
        with file.open("rb") as stream:
            words = re.fullmatch(rb"([1-9][0-9]{1,4})x([1-9][0-9]{1,4})", stream.read(_LONGEST))
    except OSError:
        return None
    return (int(words[1]), int(words[2])) if words else None


def same_size(one: tuple[int, int] | None, other: tuple[int, int]) -> bool:
    """Whether both are the size of one display."""
    return one is not None and all(abs(a - b) <= _NEAR for a, b in zip(one, other, strict=True))


def remember_size(file: Path, size: tuple[int, int]) -> bool:
    """Whether the size is kept for the next start."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"%dx%d" % size)
    except OSError:
        return False
    return remembered_size(file) == size
