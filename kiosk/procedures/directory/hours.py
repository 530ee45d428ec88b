"""Opening hours of the directory in plain French. They are local times on the wall, so that summer time
changes nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any as Anything

NBSP = "\u00a0"
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NUMBERS = {name: n for names in (DAYS, ENGLISH) for n, name in enumerate(names)}
TIME = re.compile(r"([0-9]{1,2})[:hH]([0-9]{2})(?::[0-9]{2})?\Z")
MIDNIGHT = 24 * 60
MOST_ROWS, LONGEST_COMMENT = 60, 300
Range = tuple[int, int]
"""Minutes after midnight, from and to."""


class OddHours(Exception):
    """The hours cannot be read as a whole; the message says why. Half of them would mislead."""


def hours_in_words(rows: Sequence[Anything]) -> str:
    """« Lundi à vendredi : 8 h 30 à 12 h, 13 h 30 à 17 h. Samedi : 9 h à 12 h. »; empty = none given.
    Raises OddHours."""
    if len(rows) > MOST_ROWS:
        raise OddHours("too many opening hours")
    week: list[tuple[list[Range], list[str]]] = [([], []) for _ in DAYS]
    for row in rows:
        if not isinstance(row, Mapping):
            raise OddHours("opening hours of an unknown form")
        ranges, comment = _ranges(row), _comment(row)
        for day in _days(row):
            week[day][0].extend(one for one in ranges if one not in week[day][0])
            if comment and comment not in week[day][1]:
                week[day][1].append(comment)
    groups: dict[str, list[int]] = {}
    for day, (ranges, comments) in enumerate(week):
        words = _day_in_words(sorted(ranges), comments)
        if words:
            groups.setdefault(words, []).append(day)
    return " ".join(f"{_days_in_words(days)}{NBSP}: {words}." for words, days in groups.items())


def _days(row: Mapping[str, Anything]) -> range:
    first = _day(row.get("nom_jour_debut"))
    last = _day(row.get("nom_jour_fin")) if row.get("nom_jour_fin") else first
    if last < first:
        raise OddHours(f"from {DAYS[first]} to {DAYS[last]}")
    return range(first, last + 1)


def _day(name: Anything) -> int:
    found = NUMBERS.get(name.strip().lower()) if isinstance(name, str) else None
    if found is None:
        raise OddHours("a day of an unknown name")
    return found


def _ranges(row: Mapping[str, Anything]) -> list[Range]:
    found = []
    for n in ("1", "2"):
        ends = [row.get(f"valeur_heure_{end}_{n}") for end in ("debut", "fin")]
        if not any(ends):
            continue
        first, last = (_minutes(end) for end in ends)
        last = last or MIDNIGHT
        if not 0 <= first < last <= MIDNIGHT:
            raise OddHours("a closing time that is not after the opening time")
        found.append((first, last))
    return found


def _minutes(text: Anything) -> int:
    found = TIME.match(text.strip()) if isinstance(text, str) else None
    if found is None or int(found[1]) > 24 or int(found[2]) > 59:
        raise OddHours("a time that is no time")
    return int(found[1]) * 60 + int(found[2])


def _comment(row: Mapping[str, Anything]) -> str:
    text = row.get("commentaire") or ""
    words = " ".join(text.split()) if isinstance(text, str) else "\0"
    if len(words) > LONGEST_COMMENT or not words.isprintable():
        raise OddHours("a remark on opening hours that cannot be shown")
    return words.rstrip(".").replace("'", "’")


def _day_in_words(ranges: list[Range], comments: list[str]) -> str:
    if any(one[1] > other[0] for one, other in pairwise(ranges)):
        raise OddHours("opening hours that overlap")
    times = ", ".join(f"{_time(first)} à {_time(last)}" for first, last in ranges)
    remark = "; ".join(comments)
    return f"{times} ({remark})" if times and remark else times or remark


def _time(minutes: int) -> str:
    if minutes == MIDNIGHT:
        return "minuit"
    hour, rest = divmod(minutes, 60)
    return f"{hour}{NBSP}h{NBSP}{rest:02}" if rest else f"{hour}{NBSP}h"


def _days_in_words(days: list[int]) -> str:
    """« Lundi à mercredi et vendredi »."""
    runs: list[list[int]] = []
    for day in days:
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    parts: list[str] = []
    for run in runs:
        names = [DAYS[day] for day in run]
        parts += [f"{names[0]} à {names[-1]}"] if len(run) > 2 else names
    words = ", ".join(parts[:-1]) + " et " + parts[-1] if len(parts) > 1 else parts[0]
    return words[0].upper() + words[1:]
