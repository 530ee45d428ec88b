"""Public holidays by region, and what a working day is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

NATIONAL = ""
"""The region key of the holidays that the whole country keeps."""

SATURDAY, SUNDAY = 5, 6
ONE_DAY = timedelta(days=1)


class Holidays:
    """The holidays of a country, from the compiled pack; years outside it come from the library.

    The ``holidays`` library takes half a second to import, so it is reached only for those years.
    """

    def __init__(self, country: str, known: Mapping[str, frozenset[date]], years: tuple[int, int]) -> None:
        self._country = country
        self._known = known
        self._first, self._last = years
        self._extra: dict[tuple[str, int], frozenset[date]] = {}

    @property
    def regions(self) -> tuple[str, ...]:
        """Regions that differ from the country, without the country itself."""
        return tuple(region for region in self._known if region != NATIONAL)

    def is_holiday(self, day: date, region: str) -> bool:
        """Whether ``region`` (a subdivision; empty = whole country only) rests on that day."""
        if self._first <= day.year <= self._last:
            return day in self._known.get(region, self._known.get(NATIONAL, frozenset()))
        key = (region, day.year)
        if key not in self._extra:
            self._extra[key] = from_library(self._country, region, range(day.year, day.year + 1))
        return day in self._extra[key]

    def is_working_day(self, day: date, region: str, *, saturday: bool = False) -> bool:
        """Monday to Friday (to Saturday with ``saturday``), and no holiday of the region."""
        free = SUNDAY if saturday else SATURDAY
        return day.weekday() < free and not self.is_holiday(day, region)


def from_library(country: str, region: str, years: range) -> frozenset[date]:
    """The public holidays of the years, from the ``holidays`` library; none for a country it lacks."""
    import holidays

    try:
        table = holidays.country_holidays(country, subdiv=region or None, years=years)
    except NotImplementedError:
        return frozenset()
    return frozenset(table)


def regions_of(country: str, years: range) -> dict[str, frozenset[date]]:
    """The country's holidays under :data:`NATIONAL`, and those of each region that differs from it."""
    import holidays

    found = {NATIONAL: from_library(country, NATIONAL, years)}
    try:
        regions = holidays.country_holidays(country).subdivisions
    except NotImplementedError:
        regions = ()
    for region in regions:
        days = from_library(country, region, years)
        if days != found[NATIONAL]:
            found[region] = days
    return found


def roll_while(day: date, step: timedelta, stays: Callable[[date], bool]) -> date:
    """The first day from ``day`` on, in steps, on which ``stays`` is false. It iterates: a Saturday may
    be followed by a Sunday and a holiday (birth on 2026-12-20: Friday 25 holiday, 26, 27, so Monday 28)."""
    while stays(day):
        day += step
    return day
