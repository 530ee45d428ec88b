"""The order of letters on a line, held against the Unicode algorithm of another hand."""

from __future__ import annotations

import pytest
from bidi import get_display
from hypothesis import given, settings
from hypothesis import strategies as st

from printing import direction

LETTERS = "abاب12 ().,:+-%€[]«»؟،/ \u00a0\u064eאcل٣"


def seen(text: str, base: int, isolates: list[tuple[int, int]] | None = None) -> str:
    """The letters from left to right, unmirrored."""
    levels = direction.of_line(text, direction.levels(text, base, isolates or []), base)
    return "".join(text[at] for at in direction.visual(levels))


@settings(max_examples=2000, deadline=None)
@given(st.text(alphabet=LETTERS, max_size=16), st.sampled_from([direction.LTR, direction.RTL]))
def test_every_line_has_the_order_of_the_unicode_algorithm(text: str, base: int) -> None:
    assert seen(text, base) == get_display(text, base_dir="LR"[base])


NUMBERS = [
    ("هاتف 01 23 45 67 89", "01 23 45 67 89"),
    ("هاتف 39 39", "39 39"),
    ("هاتف +33 1 23 45", "+33 1 23 45"),
    ("قانون 2019-1158", "2019-1158"),
    ("يوم 30/11/2026", "30/11/2026"),
    ("حتى 25 001,60 € في السنة", "25 001,60"),
]


@pytest.mark.parametrize(("text", "number"), NUMBERS)
def test_a_number_in_groups_stays_in_its_order_behind_an_arabic_word(text: str, number: str) -> None:
    assert number in seen(text, direction.RTL, direction.kept_together(text))


def test_without_that_the_groups_of_a_telephone_number_are_turned_round() -> None:
    assert "89 67 45 23 01" in seen("هاتف 01 23 45 67 89", direction.RTL)


def test_the_numbers_of_a_french_address_are_left_to_the_algorithm() -> None:
    assert direction.kept_together("اكتبوا إلى CAF 75 656 Paris") == []


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("شهادة الميلاد (acte de naissance)", 1),
        ("12 rue de la Paix, 75002 Paris", 0),
        ("", 0),
        ("CAF أو MSA", 1),
    ],
)
def test_a_text_is_read_from_the_right_if_it_has_an_arabic_letter(text: str, base: int) -> None:
    assert direction.base_direction(text) == base
