"""Countries by what people write of their names, in their own language, in French or in English."""

from __future__ import annotations

from functools import lru_cache

from kiosk.messages import messages_for
from kiosk.places import LONGEST, fold
from kiosk.procedures.countries import COUNTRIES

_USUAL = "DZ MA PT TN IT TR ES GB DE BE RO PL UA SN CI ML CM CD CN VN LB HT RU BR CH NL LU KR"
"""Where people who live in France and were born abroad mostly come from, roughly in that order, and
neighbours: an order of a list, no more."""
_NEAR = {"ar": "DZ MA TN", "uk": "UA PL", "de": "DE CH", "nl": "NL BE", "en": "GB IE"}
_ARTICLE = "ال"


def search_countries(written: str, lang: str, home: str, most: int = 3) -> tuple[str, ...]:
    """ISO 3166 alpha-2 codes of the countries that fit, the likeliest first.

    ``home`` is the country of the pack. With nothing written: home, then where readers of ``lang`` come from.
    """
    sought = fold(written[:LONGEST])
    if not sought:
        return _usual(lang, home)[:most]
    ranked: list[tuple[int, int, str]] = []
    for place, code in enumerate(_order(lang, home)):
        fit = min(_fit(sought, name) for name in _names(code, lang))
        if fit < _NO:
            ranked.append((fit, place, code))
    return tuple(code for _, _, code in sorted(ranked)[:most])


_NO = 3


def _fit(sought: str, name: str) -> int:
    """0 where the name is whole, 1 where it begins so, 2 where a word of it does, else :data:`_NO`."""
    if name == sought:
        return 0
    bare = name.removeprefix(_ARTICLE)
    if name.startswith(sought) or bare.startswith(sought.removeprefix(_ARTICLE) or sought):
        return 1
    return 2 if f"_{sought}" in name else _NO


def _usual(lang: str, home: str) -> tuple[str, ...]:
    first = dict.fromkeys([home, *_NEAR.get(lang, "").split(), *_USUAL.split()])
    return tuple(code for code in first if code in COUNTRIES)


@lru_cache(maxsize=16)
def _order(lang: str, home: str) -> tuple[str, ...]:
    rest = sorted(COUNTRIES, key=lambda code: fold(messages_for(lang).country(code)))
    return tuple(dict.fromkeys([*_usual(lang, home), *rest]))


@lru_cache(maxsize=2048)
def _names(code: str, lang: str) -> tuple[str, ...]:
    spoken = dict.fromkeys((lang, "fr", "en"))
    return tuple(dict.fromkeys(fold(messages_for(one).country(code)) for one in spoken))
