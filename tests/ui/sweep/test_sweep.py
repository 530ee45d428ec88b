"""Every screen in every look: nothing clipped, overlapping, unreachable, unnamed or too small to touch.

At 100 and 300 %, in French and Arabic, in every run; every combination with ``./dev test --full``.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, product

import pytest

from kiosk.comfort import TEXT_SCALES, THEMES
from tests.ui.sweep.catalogue import SCREENS
from tests.ui.sweep.checker import findings
from tests.ui.sweep.scene import LANGUAGES, Look, Scene

SIZES = ((1080, 1920),)
ALWAYS = [Look(size, scale, "light", lang) for size, scale, lang in product(SIZES, (1.0, 3.0), ("fr", "ar"))]


def all_looks() -> Iterator[Look]:
    """Every size, text size, language; a theme changes borders at most, so that they take turns, and each
    meets each size, text size and language."""
    themes = cycle(THEMES)
    for size, scale, lang in product(SIZES, TEXT_SCALES, LANGUAGES):
        yield Look(size, scale, next(themes), lang)
        if scale == 1.0:
            next(themes)  # or one theme would always meet the same languages


def swept(look: Look) -> list[str]:
    """The faults of every screen in this look, one line each."""
    scene = Scene(look)
    found: list[str] = []
    try:
        for name, make in SCREENS.items():
            make(scene)
            scene.settle()
            found += [f"{name} [{look}] {fault}" for fault in dict.fromkeys(findings(scene.window))]
    finally:
        scene.close()
    return found


@pytest.mark.parametrize("look", ALWAYS, ids=str)
def test_every_screen_at_the_smallest_and_the_largest_text(look: Look) -> None:
    found = swept(look)
    assert not found, "\n".join(found)


@pytest.mark.crowd
@pytest.mark.slow
@pytest.mark.parametrize("look", list(all_looks()), ids=str)
def test_every_screen_in_every_look(look: Look) -> None:
    found = swept(look)
    assert not found, "\n".join(found)
