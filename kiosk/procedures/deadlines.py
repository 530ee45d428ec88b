"""Deadline arithmetic: pure functions from a day and a rule to a day.

Dates are calendar dates, never datetimes, so that no change to summer time can move them.
"""

from __future__ import annotations

import calendar
from datetime import date, datetime, time, timedelta

import msgspec

from kiosk.procedures.model import Counting, DayNextYear, Deadline, EndOfMonth, Roll, Span, WeekdayBefore
from kiosk.procedures.values import PartialDate
from kiosk.procedures.workdays import NATIONAL, ONE_DAY, Holidays, roll_while

FIRST, LAST = date(1900, 1, 1), date(2100, 12, 31)
"""Answers lie between these days; what arithmetic makes of them fits in ``datetime.date``."""


class DueDate(msgspec.Struct, frozen=True):
    """When a deadline ends. ``day`` is the earliest last day that is possible, ``latest`` the latest one;
    they differ where the anchor is known to the month or year only, or the office's region is not known."""

    day: date
    latest: date
    precision: str

    @property
    def earliest(self) -> bool:
        """Whether the true last day may be later than ``day``."""
        return self.day != self.latest

    def passed(self, today: date) -> bool:
        """Whether it is over whatever the unknown part is."""
        return self.latest < today


def due_date(deadline: Deadline, anchor: PartialDate, holidays: Holidays, region: str | None) -> DueDate:
    """The last day of ``deadline``, counted from ``anchor``.

    ``region``: the office's holiday region, "" where the country has none of its own, None = not known.
    Requires ``deadline.rule``.
    """
    regions = (NATIONAL, *holidays.regions) if region is None else (region,)
    ends = [
        last_day(deadline, day, holidays, place)
        for day in dict.fromkeys((anchor.first, anchor.last))
        for place in regions
    ]
    return DueDate(min(ends), max(ends), anchor.precision)


def last_day(deadline: Deadline, start: date, holidays: Holidays, region: str) -> date:
    """The last day for one certain day and region."""
    match deadline.rule:
        case Span() as span:
            day = _after(span, start, deadline.counting, holidays, region)
        case EndOfMonth(months=months):
            first = add_months(start.replace(day=1), months)
            day = first.replace(day=calendar.monthrange(first.year, first.month)[1])
        case WeekdayBefore(n=n, weekday=weekday):
            back = (start.weekday() - weekday) % 7 or 7
            day = start - timedelta(days=back + 7 * (n - 1))
        case DayNextYear(month=month, day=number):
            day = date(start.year + 1, month, number)
        case None:
            raise ValueError("a deadline in words has no date")
    return _rolled(day, deadline.roll, holidays, region)


def _after(span: Span, start: date, counting: Counting, holidays: Holidays, region: str) -> date:
    sign = -1 if span.backwards else 1
    if counting is Counting.WORKING_DAYS:
        return add_working_days(start, sign * span.days, holidays, region)
    day = add_months(start, sign * (12 * span.years + span.months))
    day += timedelta(days=sign * (span.days + span.hours // 24))
    return day - sign * ONE_DAY if counting is Counting.DAY_INCLUDED else day


def _rolled(day: date, roll: Roll, holidays: Holidays, region: str) -> date:
    if roll is Roll.NONE:
        return day
    saturday = roll is Roll.NEXT_WEEKDAY_OR_SATURDAY
    step = -ONE_DAY if roll is Roll.PREVIOUS_WORKING_DAY else ONE_DAY
    return roll_while(day, step, lambda d: not holidays.is_working_day(d, region, saturday=saturday))


def add_months(day: date, months: int) -> date:
    """Same day of the month, or the last day of a shorter one (31 August + 6 months = 28 or 29 February)."""
    total = day.year * 12 + day.month - 1 + months
    year, month = divmod(total, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def add_working_days(start: date, n: int, holidays: Holidays, region: str) -> date:
    """The n-th working day (Monday to Friday, no holiday) after ``start``, before it when n is negative."""
    step = ONE_DAY if n > 0 else -ONE_DAY
    day = start
    for _ in range(abs(n)):
        day = roll_while(day + step, step, lambda d: not holidays.is_working_day(d, region))
    return day


def add_open_hours(moment: datetime, hours: int, holidays: Holidays, region: str) -> datetime:
    """The moment ``hours`` later, hours of weekends and holidays left out; local time, naive."""
    left = timedelta(hours=hours)
    while True:
        if not holidays.is_working_day(moment.date(), region):
            moment = datetime.combine(moment.date() + ONE_DAY, time())
            continue
        rest = datetime.combine(moment.date() + ONE_DAY, time()) - moment
        if left <= rest:
            return moment + left
        left -= rest
        moment += rest


def days_between(start: date, end: date) -> int:
    """Days from ``start`` to ``end``; negative when ``end`` is earlier."""
    return (end - start).days


def months_between(start: date, end: date) -> int:
    """Complete months from ``start`` to ``end``: one is complete when :func:`add_months` has reached it."""
    if end < start:
        return -months_between(end, start)
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if add_months(start, months) <= end else months - 1


def years_between(start: date, end: date) -> int:
    """Complete years from ``start`` to ``end``."""
    months = months_between(start, end)
    return months // 12 if months >= 0 else -(-months // 12)
