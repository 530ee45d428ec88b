"""A town's colours: what is refused, what is proposed, and what is derived from one line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accessibility.contrast import BRANDED, check_brand, completed, contrast_ratio, luminance, palette


def test_luminance_of_the_ends_of_the_scale() -> None:
    assert luminance("#000000") == 0
    assert luminance("#FFFFFF") == pytest.approx(1)
    assert contrast_ratio("#000000", "#FFFFFF") == pytest.approx(21)


def test_a_pale_town_colour_is_refused_with_a_value_that_passes() -> None:
    refused = check_brand({"brand": {"light": "#88AACC"}})
    assert refused
    assert all(finding.theme == "light" for finding in refused)
    proposed = refused[0].proposed
    assert proposed is not None
    assert not check_brand({"brand": {"light": proposed}})


def test_the_shipped_colours_pass_the_gate() -> None:
    assert check_brand({}) == ()


few = settings(max_examples=60, deadline=None)
COLOUR = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}")
NAVY = {"light": "#1B3A6B"}


def test_one_line_is_enough_for_a_whole_set_of_colours() -> None:
    full = completed({"brand": NAVY})
    assert full["brand"]["light"] == NAVY["light"]
    assert set(full["brand"]) == set(full["brandSoft"]) == set(BRANDED)
    assert "thread" not in full
    assert check_brand(full) == ()
    assert luminance(full["brand"]["soft"]) <= luminance(NAVY["light"]) < luminance(full["brand"]["dark"])


def test_high_contrast_takes_no_town_colour() -> None:
    town = {"brand": {"light": "#1B3A6B", "contrast": "#1B3A6B"}}
    assert palette("contrast", town) == palette("contrast", {})
    assert palette("light", town)["brand"] == "#1B3A6B"


@few
@given(brand=COLOUR, thread=COLOUR)
def test_what_is_derived_passes_wherever_the_town_s_own_value_does(brand: str, thread: str) -> None:
    full = completed({"brand": {"light": brand}, "thread": {"light": thread}})
    refused = check_brand(full)
    assert {found.theme for found in refused} <= {"light"}
    assert not refused or {found.token for found in refused} & {"brand", "thread"}


@few
@given(brand=COLOUR)
def test_the_proposed_colour_passes_with_all_that_is_derived_from_it(brand: str) -> None:
    refused = check_brand(completed({"brand": {"light": brand}}))
    for found in refused[:1]:
        assert found.proposed is not None
        assert check_brand(completed({"brand": {"light": found.proposed}})) == ()


@few
@given(
    town=st.fixed_dictionaries(
        {token: st.fixed_dictionaries({"light": COLOUR}) for token in ("brand", "brandSoft")}
    )
)
def test_words_on_a_chosen_answer_are_read_in_every_town_that_is_let_in(
    town: dict[str, dict[str, str]],
) -> None:
    full = completed(town)
    if check_brand(full):
        return
    for theme in BRANDED:
        table = palette(theme, full)
        for words in ("ink", "inkSoft", "brand"):
            assert contrast_ratio(table["brandSoft"], table[words]) >= 7


def test_a_background_that_does_not_go_with_the_town_colour_is_refused_with_one_that_does() -> None:
    refused = check_brand(completed({"brandSoft": {"light": "#777777"}}))
    own = [found for found in refused if found.token == "brandSoft"]
    assert own
    assert own[0].proposed is not None
    assert check_brand({"brandSoft": {"light": own[0].proposed}}) == ()


@pytest.mark.parametrize("theme", BRANDED)
def test_a_mid_grey_is_no_town_colour_anywhere(theme: str) -> None:
    refused = check_brand({"brand": {theme: "#808080"}})
    assert {found.theme for found in refused} == {theme}
    assert all(found.ratio < found.minimum for found in refused)
