"""The values an answer can have."""

from __future__ import annotations

import calendar
from datetime import date
from decimal import Decimal

import msgspec

LARGEST_NUMBER, LARGEST_AMOUNT, MOST_MEMBERS = 10**9, Decimal("9999999999.99"), 30
"""What an answer can be at all; an amount is never negative."""


class PartialDate(msgspec.Struct, frozen=True):
    """A date as precisely as the person knows it: a year, a month of a year, or a day."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def first(self) -> date:
        """The earliest day it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The latest day it can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    @property
    def precision(self) -> str:
        """``day``, ``month`` or ``year``."""
        return "day" if self.day else "month" if self.month else "year"

    def __str__(self) -> str:
        """ISO 8601: ``2026-11-23``, ``2026-11`` or ``2026``."""
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)]
        return "-".join(parts)

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """The fully known date."""
        return cls(day.year, day.month, day.day)


class Name(msgspec.Struct, frozen=True):
    """A person's name."""

    family: str
    given: str


class Address(msgspec.Struct, frozen=True):
    """A postal address; ``country`` is ISO 3166 alpha-2, ``postcode`` may be empty."""

    lines: tuple[str, ...]
    postcode: str
    city: str
    country: str


class Member(msgspec.Struct, frozen=True):
    """One entry of a group: (question id, value) pairs, in the order of the group's questions."""

    answers: tuple[tuple[str, AnswerValue], ...]


AnswerValue = (
    bool | str | int | Decimal | tuple[str, ...] | PartialDate | Name | Address | tuple[Member, ...] | None
)
"""``None`` is "I do not know"."""
