"""What millimetres and shape of a panel make of the pages."""

from __future__ import annotations

import pytest

from kiosk.config import Screen as Panel
from ui.layout import Layout, beyond_reach, first_scale, starts_low, zoom

REFERENCE = Panel(width_mm=268, height_mm=476)


@pytest.mark.parametrize(
    ("width", "height", "expected"),
    [(1080, 1920, 1.0), (1920, 1080, 1.0), (2160, 3840, 2.0), (1280, 800, 0.741), (768, 1366, 0.711)],
)
def test_the_whole_design_is_on_every_display(width: int, height: int, expected: float) -> None:
    assert zoom(width, height, Panel()) == pytest.approx(expected, abs=0.001)


@pytest.mark.parametrize(
    ("width", "height", "panel"),
    [(1080, 1920, REFERENCE), (1920, 1080, Panel(width_mm=344, height_mm=194))],
)
def test_a_target_measures_twenty_millimetres_on_a_measured_panel(
    width: int, height: int, panel: Panel
) -> None:
    assert panel.width_mm is not None
    target = 88 * zoom(width, height, panel) * panel.width_mm / width
    assert target >= 20 - 0.1


def test_a_tiny_panel_keeps_a_page_that_can_be_used() -> None:
    factor = zoom(1280, 800, Panel(width_mm=217, height_mm=136))
    assert 800 / factor >= 719
    assert 88 * factor >= 44


def test_text_starts_larger_where_people_stand_further_away() -> None:
    assert first_scale(1080, REFERENCE) == 1.0
    far = Panel(width_mm=268, height_mm=476, distance_mm=900)
    assert first_scale(1080, far) == 1.5
    assert first_scale(1080, Panel()) == 1.0


@pytest.mark.parametrize(
    ("bottom", "low"), [(None, False), (600, False), (740, False), (780, True), (1100, True)]
)
def test_a_panel_that_hangs_too_high_starts_with_the_buttons_low(bottom: int | None, low: bool) -> None:
    assert starts_low(Panel(width_mm=268, height_mm=476, bottom_mm=bottom)) is low


def test_a_town_can_decide_against_what_the_millimetres_say() -> None:
    assert starts_low(Panel(width_mm=268, height_mm=476, bottom_mm=900, low=False)) is False
    assert starts_low(Panel(low=True)) is True


@pytest.mark.parametrize("bottom", range(700, 1100, 50))
def test_nothing_that_is_touched_is_higher_than_hands_reach(bottom: int) -> None:
    panel = Panel(width_mm=268, height_mm=476, bottom_mm=bottom)
    layout = Layout(low=True, beyond=beyond_reach(panel))
    highest = bottom + 476 * (1 - layout.reach_top / layout.height)
    assert highest <= 1221 or layout.beyond == 0.6


def test_the_question_stands_beside_its_answers_in_landscape_until_the_text_is_large() -> None:
    lying = Layout(1920, 1080)
    assert lying.two_panes(1.5)
    assert not lying.two_panes(2.0)
    assert not Layout(1920, 1080, low=True).two_panes(1.0)
    assert not Layout().two_panes(1.0)
