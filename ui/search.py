"""Finds a life event by the words that people use for it; and hears words that ask for a person at once.

No Qt, nothing is kept: what somebody types about their life is looked at and forgotten.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kiosk.places import fold
from kiosk.resources import asset

if TYPE_CHECKING:
    from kiosk.procedures import Pack

LONGEST = 80
MOST = 4
_TYPO, _PREFIX, _LAST = 5, 4, 3
"""Letters from which on one slip is forgiven, the beginning of a word is enough, and so for the last word."""
_EXACT_SCORE, _PREFIX_SCORE, _TYPO_SCORE = 6.0, 4.0, 2.0
_ARABIC = str.maketrans({"ة": "ه", "ى": "ي"})
_TITLE_WORD = 6
"""Shorter words of a title (« une », « est ») say nothing of the event."""


@dataclass(frozen=True)
class Found:
    """Ids of the events that fit, best first; ``danger``: the words ask for a person and nothing else."""

    events: tuple[str, ...]
    danger: bool = False


def find_events(query: str, pack: Pack, lang: str, events: Sequence[tuple[str, str]]) -> Found:
    """What fits ``query``. ``events``: id and file name of each that is offered. Words of the person's
    language and of the pack's own are known; accents, capitals and one slip in a long word do not matter."""
    said = _words(query[:LONGEST])
    if _is_danger(said):
        return Found((), danger=True)
    words = tuple(word for word in said if len(word) >= _LAST)
    scores = {}
    for event, slug in events:
        score = sum(_best(word, _keywords(pack, slug, lang), last=word is words[-1]) for word in words)
        if score > 0:
            scores[event] = score
    ranked = sorted(scores, key=lambda event: -scores[event])
    return Found(tuple(ranked[:MOST]))


def _words(text: str) -> tuple[str, ...]:
    """Its words as they are compared."""
    return tuple(word for word in fold(text).translate(_ARABIC).split("_") if word)


def _keywords(pack: Pack, slug: str, lang: str) -> dict[str, float]:
    """Word -> how much it says of the event: the first keywords of an editor say most."""
    found: dict[str, float] = {}
    for tongue in dict.fromkeys((lang, pack.source_lang)):
        phrases = pack.text(f"event.{slug}.search", tongue).replace("،", ",").split(",")
        for rank, phrase in enumerate(phrases):
            for word in filter(_tells, _words(phrase)):
                found.setdefault(word, 1 + 1 / (1 + rank))
        for word in _words(pack.text(f"event.{slug}.title", tongue)):
            if len(word) >= _TITLE_WORD:
                found.setdefault(word, 1.0)
    return found


def _tells(word: str) -> bool:
    """Whether a keyword is more than a small word (« de », « un »)."""
    return len(word) >= _LAST


def _best(word: str, keywords: dict[str, float], *, last: bool) -> float:
    """How well one word fits an event; 0 = not at all."""
    if word in keywords:
        return _EXACT_SCORE * keywords[word]
    if len(word) >= (_LAST if last else _PREFIX):
        begun = [weight for keyword, weight in keywords.items() if keyword.startswith(word)]
        if begun:
            return _PREFIX_SCORE * max(begun)
    if len(word) >= _TYPO:
        near = [w for keyword, w in keywords.items() if len(keyword) >= _TYPO and _one_slip(word, keyword)]
        if near:
            return _TYPO_SCORE * max(near)
    return 0.0


def _one_slip(one: str, other: str) -> bool:
    """Whether a letter more, less, other, or two changed over make one word of the other."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    a, b = one[start:], other[start:]
    swapped = len(a) == len(b) and len(a) > 1 and a[:2] == b[1::-1] and a[2:] == b[2:]
    return swapped or a[1:] == b[1:] or a[1:] == b or a == b[1:]


@lru_cache(maxsize=1)
def _danger() -> tuple[tuple[str, ...], ...]:
    """The phrases of ``assets/words/danger.toml``, folded; ``*`` at a word's end stands for any ending."""
    table = tomllib.loads(asset("words", "danger.toml").read_text(encoding="utf-8"))
    phrases: Iterable[str] = (phrase for found in table.values() for phrase in found)
    return tuple(tuple(part for word in phrase.split() for part in _parts(word)) for phrase in phrases)


def _parts(word: str) -> tuple[str, ...]:
    """A word of a phrase as it is compared, its ``*`` kept at the last part."""
    parts = _words(word)
    return (*parts[:-1], f"{parts[-1]}*") if word.endswith("*") else parts


def _is_danger(words: Sequence[str]) -> bool:
    return any(
        all(map(_fits, words[at : at + len(phrase)], phrase))
        for phrase in _danger()
        for at in range(len(words) - len(phrase) + 1)
    )


def _fits(word: str, wanted: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted
