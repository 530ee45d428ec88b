"""A country is found by what people write of it, in their own script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.procedures.countries import COUNTRIES
from kiosk.procedures.country_search import search_countries

LANGUAGES = ("fr", "en", "nl", "de", "ar", "uk")
FOUND = [
    ("fr", "algerie", "DZ"),
    ("fr", "Al", "DZ"),  # the likelier one before Germany and Albania
    ("fr", "etats unis", "US"),
    ("fr", "ivoire", "CI"),
    ("fr", "Germany", "DE"),
    ("ar", "جزائر", "DZ"),
    ("ar", "الجزائرُ", "DZ"),
    ("ar", "Tunisie", "TN"),
    ("uk", "укр", "UA"),
    ("de", "Österreich", "AT"),
    ("de", "osterreich", "AT"),
    ("nl", "belgie", "BE"),
]


@pytest.mark.parametrize(("lang", "written", "code"), FOUND)
def test_a_country_is_found(lang: str, written: str, code: str) -> None:
    assert search_countries(written, lang, "FR")[0] == code


def test_before_anything_is_written_the_likely_ones_are_offered() -> None:
    assert search_countries("", "fr", "FR") == ("FR", "DZ", "MA")
    assert search_countries(" ", "uk", "FR")[:2] == ("FR", "UA")
    assert search_countries("", "nl", "BE")[:2] == ("BE", "NL")


def test_every_country_can_be_found_by_its_name_in_every_language() -> None:
    from kiosk.messages import messages_for

    for lang in LANGUAGES:
        for code in COUNTRIES:
            assert code in search_countries(messages_for(lang).country(code), lang, "FR", 9), (lang, code)


@given(st.text(max_size=80), st.sampled_from(LANGUAGES))
def test_whatever_is_written_the_search_answers_with_countries(written: str, lang: str) -> None:
    found = search_countries(written, lang, "FR")
    assert len(found) <= 3
    assert set(found) <= COUNTRIES
    assert len(set(found)) == len(found)


def test_what_is_no_country_finds_none() -> None:
    assert search_countries("xyzzy", "fr", "FR") == ()
