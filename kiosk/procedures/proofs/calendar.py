"""Calendar days in the solver's arithmetic, from the Gregorian rules; the engine's own code is not used."""

from __future__ import annotations

from datetime import date
from typing import Any as Anything

import z3

DAYS_BEFORE = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
EPOCH = 1800
"""No day of a pack or an answer lies before this year."""


class Day:
    """A day with a year, a month and a day of the month, each a term."""

    def __init__(self, year: Anything, month: Anything, day: Anything) -> None:
        self.year, self.month, self.day = year, month, day

    @classmethod
    def of(cls, day: date) -> Day:
        """The day itself."""
        return cls(z3.IntVal(day.year), z3.IntVal(day.month), z3.IntVal(day.day))

    @property
    def key(self) -> Anything:
        """A whole number in the order of days; linear, unlike :attr:`ordinal`."""
        return self.year * 372 + (self.month - 1) * 31 + (self.day - 1)

    @property
    def ordinal(self) -> Anything:
        """Days since the end of 1799."""
        past = self.year - 1
        leaps = past / 4 - past / 100 + past / 400
        before = z3.IntVal(DAYS_BEFORE[11])
        for month in range(11, 0, -1):
            before = z3.If(self.month == month, DAYS_BEFORE[month - 1], before)
        extra = z3.If(z3.And(self.month > 2, leap(self.year)), 1, 0)
        return 365 * (self.year - EPOCH) + leaps + before + extra + self.day

    def exists(self) -> Anything:
        """That the calendar has this day."""
        return z3.And(
            self.month >= 1, self.month <= 12, self.day >= 1, self.day <= month_length(self.year, self.month)
        )

    def later(self, months: int) -> Day:
        """Months later, on the last day of a shorter month."""
        total = self.year * 12 + self.month - 1 + months
        year, month = total / 12, total % 12 + 1
        return Day(year, month, smaller(self.day, month_length(year, month)))


def leap(year: Anything) -> Anything:
    """Whether the year has a 29 February."""
    return z3.And(year % 4 == 0, z3.Or(year % 100 != 0, year % 400 == 0))


def month_length(year: Anything, month: Anything) -> Anything:
    """28 to 31."""
    short = z3.Or(month == 4, month == 6, month == 9, month == 11)
    return z3.If(month == 2, z3.If(leap(year), 29, 28), z3.If(short, 30, 31))


def smaller(one: Anything, other: Anything) -> Anything:
    """The smaller of two terms."""
    return z3.If(one <= other, one, other)


def months_between(start: Day, end: Day) -> Anything:
    """Complete months; negative when ``end`` is earlier."""
    forward, backward = _complete(start, end), _complete(end, start)
    return z3.If(end.key >= start.key, forward, -backward)


def years_between(start: Day, end: Day) -> Anything:
    """Complete years; negative when ``end`` is earlier."""
    forward, backward = _complete(start, end), _complete(end, start)
    return z3.If(end.key >= start.key, forward / 12, -(backward / 12))


def _complete(start: Day, end: Day) -> Anything:
    months = (end.year - start.year) * 12 + end.month - start.month
    reached = smaller(start.day, month_length(end.year, end.month)) <= end.day
    return z3.If(reached, months, months - 1)
