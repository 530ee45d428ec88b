"""Every screen in every look: nothing clipped, overlapping, unreachable, unnamed or too small to touch.

At 100, 200 and 300 %, in French and Arabic, in every run; every combination with ``./dev test --full``.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, product
from typing import get_args

import pytest
from PySide6.QtWidgets import QApplication

from kiosk.comfort import TEXT_SCALES, THEMES
from tests.ui.sweep.catalogue import SCREENS
from tests.ui.sweep.checker import findings
from tests.ui.sweep.scene import LANGUAGES, Look, Scene
from ui import views

PORTRAIT, LANDSCAPE, SMALL = (1080, 1920), (1920, 1080), (1728, 1080)
"""In pixels of the design; the last is what a display of 1280x800 shows of it."""
TABLET, LAPTOP = (1500, 937), (1512, 850)
"""What panels of known millimetres show: 10 inches with 1280x800, which begins at 200 %, and 15.6 inches."""
pytestmark = pytest.mark.crowd
SIZES = (PORTRAIT, LANDSCAPE, SMALL)
ALWAYS = [
    Look(PORTRAIT),
    *(Look(PORTRAIT, 3.0, "light", lang) for lang in ("fr", "ar")),
    Look(PORTRAIT, 3.0, "contrast", "fr", low=True),
    Look(LANDSCAPE, 1.0, "dark", "ar"),
    Look(TABLET, 2.0, "dark", "ar", low=True),
]


def all_looks() -> Iterator[Look]:
    """Every size, reach, text size and language; themes, which change borders at most, take turns."""
    themes = cycle(THEMES)
    for size, low, scale in product(SIZES, (False, True), TEXT_SCALES):
        next(themes)  # or one theme would always meet the same languages
        for lang in LANGUAGES:
            yield Look(size, scale, next(themes), lang, low)
    for low, (size, scale) in product((False, True), ((TABLET, 2.0), (LAPTOP, 1.0), (LAPTOP, 3.0))):
        for lang in ("fr", "de", "ar"):
            yield Look(size, scale, next(themes), lang, low)


@pytest.fixture(scope="module")
def scene(qapp: QApplication) -> Iterator[Scene]:
    made = Scene()
    yield made
    made.close()


def swept(scene: Scene, look: Look) -> list[str]:
    """The faults of every screen in this look, one line each."""
    scene.wear(look)
    found: list[str] = []
    for name, make in SCREENS.items():
        make(scene)
        scene.settle()
        found += [f"{name} [{look}] {fault}" for fault in dict.fromkeys(findings(scene.window))]
    return found


@pytest.mark.parametrize("look", ALWAYS, ids=str)
def test_every_screen_at_the_smallest_and_the_largest_text(scene: Scene, look: Look) -> None:
    found = swept(scene, look)
    assert not found, "\n".join(found)


@pytest.mark.slow
@pytest.mark.parametrize("look", [look for look in all_looks() if look not in ALWAYS], ids=str)
def test_every_screen_in_every_look(scene: Scene, look: Look) -> None:
    found = swept(scene, look)
    assert not found, "\n".join(found)


def test_every_view_has_a_state_in_the_catalogue(scene: Scene) -> None:
    scene.wear(Look())
    seen = set()
    for make in SCREENS.values():
        make(scene)
        seen.add(type(scene.flow.view()))
    assert {view.__name__ for view in set(get_args(views.View)) - seen} == set()


@pytest.mark.parametrize(
    "look",
    [Look(PORTRAIT), Look(PORTRAIT, low=True), Look(LANDSCAPE), Look(SMALL), Look(PORTRAIT, 2.0, lang="de")],
    ids=str,
)
def test_whoever_is_asked_if_they_are_there_sees_the_whole_answer(scene: Scene, look: Look) -> None:
    scene.wear(look)
    SCREENS["etes-vous-la"](scene)
    scene.settle()
    here = scene.screen.first_focus()
    assert here is not None
    assert here.visibleRegion().boundingRect() == here.rect()
