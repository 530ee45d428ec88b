"""Every measured pair is computed again from the colours; sizes follow the scale rules."""

from __future__ import annotations

import pytest

from accessibility.contrast import contrast_ratio
from accessibility.tokens import tokens
from kiosk.comfort import TEXT_SCALES as SCALES
from kiosk.comfort import THEMES as NAMES
from ui.theme import Theme


def pairs() -> list[tuple[str, str, str, float, float]]:
    found = []
    for name, kinds in tokens()["contrast_measured"].items():
        for kind in ("text", "nonText"):
            found += [(name, p["fg"], p["bg"], p["ratio"], p["min"]) for p in kinds[kind]]
    return found


def computed(theme: Theme, foreground: str, background: str) -> float:
    if foreground.startswith("focusRing"):
        bands = ("focusIn", "focusOut")
        return max(contrast_ratio(theme.hex(band), theme.hex(background)) for band in bands)
    return contrast_ratio(theme.hex(foreground), theme.hex(background))


def test_all_four_themes_have_their_pairs_measured() -> None:
    assert len(pairs()) == 220
    assert {pair[0] for pair in pairs()} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_pair_passes_when_computed_from_the_colours(name: str) -> None:
    theme = Theme(name)
    for owner, foreground, background, noted, minimum in pairs():
        if owner == name:
            ratio = computed(theme, foreground, background)
            assert ratio >= minimum, (name, foreground, background, ratio)
            assert round(ratio, 2) == pytest.approx(noted, abs=0.011)


def test_text_needs_seven_and_the_rest_three() -> None:
    for _name, _fg, _bg, _ratio, minimum in pairs():
        assert minimum in (7, 3)


@pytest.mark.parametrize("name", NAMES)
def test_a_chosen_card_keeps_its_words_readable(name: str) -> None:
    theme = Theme(name)
    fill, words, icon = theme.selected
    assert contrast_ratio(theme.hex(fill), theme.hex(words)) >= 7
    assert contrast_ratio(theme.hex(fill), theme.hex(icon)) >= 3


@pytest.mark.parametrize("scale", SCALES)
def test_body_grows_fully_headings_less_and_the_frame_least(scale: float) -> None:
    theme = Theme(scale=scale)
    assert theme.px("body") == round(32 * scale)
    assert theme.px("h1") == round(58 * (1 + (scale - 1) * 0.85))
    assert theme.px("button") == round(40 * min(scale, 1.9))
    assert theme.one_column == (scale >= 1.5)
    assert theme.stacked == (scale >= 2)


def test_no_text_role_is_smaller_than_the_smallest_text() -> None:
    roles = tokens()["type"]["kiosk"]
    assert min(Theme().px(role) for role in roles) == 24


def test_the_town_colour_reaches_three_themes_and_never_contrast() -> None:
    own = {"brand": dict.fromkeys(NAMES, "#123456")}
    assert Theme("light", brand=own).hex("brand") == "#123456"
    assert Theme("contrast", brand=own).hex("brand") == "#FFFF00"


def test_the_town_cannot_change_the_colour_of_an_obligation() -> None:
    assert Theme(brand={"clay": {"light": "#FFFFFF"}}).hex("clay") == Theme().hex("clay")


def test_an_unknown_theme_is_refused() -> None:
    with pytest.raises(ValueError):
        Theme("pink")
