"""Which way each character of a line runs: the Unicode Bidirectional Algorithm (UAX #9, Unicode 17).

Texts of ours hold no control characters for direction (packs refuse them, :func:`printing.fonts.plain` drops
them), so the explicit rules X1-X8 have nothing to do. In their place stand the spans of
:func:`kept_together`, which are read from the left as if they were isolated (UAX #9, 4.3, HL3).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby

LTR, RTL = 0, 1

_STRONG_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_BRACKETS = {"(": ")", "[": "]", "{": "}", "\u2329": "\u232a", "\u27e8": "\u27e9", "\u3008": "\u3009"}
_CLOSING = {close: open_ for open_, close in _BRACKETS.items()}
_NEUTRAL = {"B", "S", "WS", "ON"}
_ISOLATE = "isolate"

# 01 23 45 67 89 - +33 1 23 45 67 89 - 1 098,57 - 2019-1158 - 30/11/2026: without this a telephone number
# after an Arabic word is shown with its groups in the wrong order, and its + on the wrong side.
_GROUPS = re.compile(r"\+\d+(?:[ \u00a0.,/-]\d+)*|\d+(?:[ \u00a0.,/-]\d+)+")


def base_direction(text: str) -> int:
    """RTL for a text with an Arabic letter anywhere; a French address or law on an Arabic page is LTR."""
    return RTL if _STRONG_RTL.search(text) else LTR


def kept_together(text: str) -> list[tuple[int, int]]:
    """The groups of digits that are one number or date, where what stands before them is Arabic."""
    found = []
    for match in _GROUPS.finditer(text):
        before = next((kind for kind in map(_kind, reversed(text[: match.start()])) if kind in "LRAL"), "R")
        if before != "L":
            found.append(match.span())
    return found


def levels(text: str, base: int, isolates: Sequence[tuple[int, int]] = ()) -> list[int]:
    """The embedding level of each character of a paragraph: even = from the left, odd = from the right.

    ``base``: the level of the paragraph. ``isolates``: (start, end) of what is read from the left by itself.
    """
    places: list[int] = []
    kinds: list[str] = []
    inner = dict(isolates)
    at = 0
    while at < len(text):
        places.append(at)
        kinds.append(_ISOLATE if at in inner else _kind(text[at]))
        at = inner.get(at, at + 1)
    letters = [text[place] if kind != _ISOLATE else "" for place, kind in zip(places, kinds, strict=True)]
    outer = _resolved(letters, kinds, base)
    found = [base] * len(text)
    for place, level in zip(places, outer, strict=True):
        end = inner.get(place)
        if end is None:
            found[place] = level
        else:
            part = text[place:end]
            found[place:end] = _resolved(list(part), [_kind(letter) for letter in part], base - base % 2 + 2)
    return found


def of_line(text: str, found: Sequence[int], base: int) -> list[int]:
    """The levels of one line of the paragraph: spaces at its end run as the paragraph does (L1)."""
    end = len(text.rstrip())
    return [*found[:end], *([base] * (len(text) - end))]


def visual(run_levels: Sequence[int]) -> list[int]:
    """The runs of a line from left to right, by their index in the order of reading (L2)."""
    order = list(range(len(run_levels)))
    odd = [level for level in run_levels if level % 2]
    for level in range(max(run_levels, default=0), min(odd, default=1) - 1, -1):
        start = 0
        for high, group in groupby([run_levels[index] >= level for index in order]):
            end = start + len(list(group))
            if high:
                order[start:end] = reversed(order[start:end])
            start = end
    return order


def _kind(letter: str) -> str:
    kind = unicodedata.bidirectional(letter)
    return "ON" if kind in ("", "BN") else kind


def _resolved(letters: Sequence[str], kinds: list[str], level: int) -> list[int]:
    side = "R" if level % 2 else "L"
    first = list(kinds)
    kinds = ["ON" if kind == _ISOLATE else kind for kind in _marks(first, side)]
    _weak(kinds, side)
    _brackets(letters, first, kinds, side)
    _neutral(kinds, side)
    if level % 2:
        return [level if kind == "R" else level + 1 for kind in kinds]
    return [level + {"L": 0, "R": 1}.get(kind, 2) for kind in kinds]


def _marks(kinds: Sequence[str], side: str) -> list[str]:
    """W1: a mark is of its letter's kind."""
    found: list[str] = []
    for kind in kinds:
        if kind == "NSM":
            kind = found[-1] if found else side
            kind = "ON" if kind == _ISOLATE else kind
        found.append(kind)
    return found


def _weak(kinds: list[str], side: str) -> None:
    """W2 to W7: numbers, and the signs that belong to them."""
    strong = side
    for at, kind in enumerate(kinds):
        if kind in ("L", "R", "AL"):
            strong = kind
        elif kind == "EN" and strong == "AL":
            kinds[at] = "AN"
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]
    for at in range(1, len(kinds) - 1):
        before, kind, after = kinds[at - 1 : at + 2]
        if before == after and (before, kind) in (("EN", "ES"), ("EN", "CS"), ("AN", "CS")):
            kinds[at] = before
    at = 0
    for kind, group in groupby(list(kinds)):
        end = at + len(list(group))
        beside = {*kinds[at - 1 : at], *kinds[end : end + 1]}
        if kind == "ET" and "EN" in beside:
            kinds[at:end] = ["EN"] * (end - at)
        at = end
    strong = side
    for at, kind in enumerate(kinds):
        if kind in ("ES", "ET", "CS"):
            kinds[at] = "ON"
        elif kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[at] = "L"


def _side(kind: str) -> str:
    """Numbers count as from the right beside what is neutral."""
    return "R" if kind in ("EN", "AN") else kind


def _pairs(letters: Sequence[str], kinds: Sequence[str]) -> Iterator[tuple[int, int]]:
    """BD16: the brackets that belong together, in the order of their opening."""
    waiting: list[tuple[str, int]] = []
    found = []
    for at, letter in enumerate(letters):
        if kinds[at] != "ON":
            continue
        if letter in _BRACKETS:
            waiting.append((_BRACKETS[letter], at))
        elif letter in _CLOSING and any(close == letter for close, _ in waiting):
            while True:
                close, start = waiting.pop()
                if close == letter:
                    found.append((start, at))
                    break
    return iter(sorted(found))


def _brackets(letters: Sequence[str], first: Sequence[str], kinds: list[str], side: str) -> None:
    """N0: a pair of brackets runs as what it holds; where that is foreign, as what stands before it."""
    for start, end in _pairs(letters, kinds):
        within = {_side(kind) for kind in kinds[start + 1 : end]} & {"L", "R"}
        if not within:
            continue
        runs = side
        if side not in within:
            before = (_side(kind) for kind in reversed(kinds[:start]))
            context = next((kind for kind in before if kind in ("L", "R")), side)
            runs = context if context in within else side
        for at in (start, end):
            kinds[at] = runs
            for mark in range(at + 1, len(kinds)):
                if first[mark] != "NSM":
                    break
                kinds[mark] = runs


def _neutral(kinds: list[str], side: str) -> None:
    """N1 and N2: what is neutral runs as both its neighbours do, else as the paragraph."""
    at = 0
    for neutral, group in groupby([kind in _NEUTRAL for kind in kinds]):
        end = at + len(list(group))
        if neutral:
            before = _side(kinds[at - 1]) if at else side
            after = _side(kinds[end]) if end < len(kinds) else side
            kinds[at:end] = [before if before == after else side] * (end - at)
        at = end
