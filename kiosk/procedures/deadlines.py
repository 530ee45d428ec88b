"""Deadline arithmetic: pure functions from a day and a rule to a day.

Dates are calendar dates, never datetimes, so that no change to summer time can move them.
"""

from __future__ import annotations

import calendar
from datetime import date, datetime, time, timedelta

import msgspec

from kiosk.procedures.counting import (
    Counting,
    DayNextYear,
    DayOfMonth,
    DeadlineKind,
    EndOfMonth,
    Reach,
    ReachesBack,
    Roll,
    Rule,
    Span,
    WeekdayBefore,
)
from kiosk.procedures.model import Deadline
from kiosk.procedures.values import PartialDate
from kiosk.procedures.workdays import NATIONAL, ONE_DAY, Holidays, roll_while

FIRST, LAST = date(1900, 1, 1), date(2100, 12, 31)
"""Answers lie between these days; what arithmetic makes of them fits in ``datetime.date``."""


WORKING_DAYS = (Counting.WORKING_DAYS, Counting.WORKING_DAYS_SATURDAY)
OPEN_HOURS = (Counting.OPEN_HOURS, Counting.HOURS_BUT_SUNDAYS)


class DueDate(msgspec.Struct, frozen=True):
    """When a deadline ends. ``day`` is the earliest last day that is possible, ``latest`` the latest one;
    they differ where the anchor is known to the month or year only, or the office's region is not known."""

    day: date
    latest: date
    precision: str
    at: datetime | None = None
    """Local time of the earliest end, where the hour of the anchor is known."""

    @property
    def earliest(self) -> bool:
        """Whether the true last day may be later than ``day``."""
        return self.day != self.latest

    def passed(self, today: date) -> bool:
        """Whether it is over whatever the unknown part is."""
        return self.latest < today


def due_date(
    deadline: Deadline, anchor: PartialDate, holidays: Holidays, region: str | None, hour: int | None = None
) -> DueDate:
    """The last day of ``deadline``, counted from ``anchor``.

    ``region``: the office's holiday region, "" where the country has none of its own, None = not known.
    ``hour``: 0 to 23, None = not known; rules in open hours only. Requires ``deadline.rule``.
    """
    regions = (NATIONAL, *holidays.regions) if region is None else (region,)
    days = tuple(dict.fromkeys((anchor.first, anchor.last)))
    if deadline.counting in OPEN_HOURS:
        return _due_in_hours(deadline, anchor, days, holidays, regions, hour)
    ends = [last_day(deadline, day, holidays, place) for day in days for place in regions]
    return DueDate(min(ends), max(ends), anchor.precision)


def _due_in_hours(
    deadline: Deadline,
    anchor: PartialDate,
    days: tuple[date, ...],
    holidays: Holidays,
    regions: tuple[str, ...],
    hour: int | None,
) -> DueDate:
    hours = deadline.rule.hours if isinstance(deadline.rule, Span) else 0
    if anchor.day is None:  # an hour of no certain day moves nothing
        hour = None
    saturday = deadline.counting is Counting.HOURS_BUT_SUNDAYS
    starts = [datetime.combine(days[0], time(hour or 0))]
    if hour is None:  # as late as the day's end
        starts.append(datetime.combine(days[-1], time()) + ONE_DAY)
    else:
        starts.append(datetime.combine(days[-1], time(hour)))
    ends = [
        add_open_hours(start, hours, holidays, place, saturday=saturday)
        for start in starts
        for place in regions
    ]
    return DueDate(
        _day_of(min(ends)),
        _day_of(max(ends)),
        anchor.precision,
        _moment(min(ends)) if hour is not None else None,
    )


def _day_of(end: datetime) -> date:
    """The last day of a deadline that ends at this moment: midnight belongs to the day before."""
    return end.date() - ONE_DAY if end.time() == time() else end.date()


def _moment(end: datetime) -> datetime:
    """Midnight as the last minute of the day that it ends, so that day and time agree."""
    return end - timedelta(minutes=1) if end.time() == time() else end


def opening_day(rule: Rule, anchor: PartialDate, holidays: Holidays) -> date:
    """The first day of a window; the latest that is possible, where the anchor is not known to the day."""
    plain = Deadline(DeadlineKind.LEGAL, rule=rule)
    return max(last_day(plain, day, holidays, NATIONAL) for day in (anchor.first, anchor.last))


def paid_from(reach: ReachesBack, anchor: date, claim: date) -> date:
    """The first day that a claim made on ``claim`` is paid for; ``anchor`` if nothing is lost yet."""
    if claim <= anchor:
        return anchor
    if reach.by is Reach.CALENDAR:
        first = add_months(claim.replace(day=1), -reach.months)
        return anchor if anchor.replace(day=1) >= first else first
    begun = months_between(anchor, claim)
    return add_months(anchor, max(0, begun - reach.months))


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
        case DayOfMonth(day=number, months=months, february=february):
            first = add_months(start.replace(day=1), months)
            wanted = february if february and first.month == 2 else number
            day = first.replace(day=min(wanted, calendar.monthrange(first.year, first.month)[1]))
        case DayNextYear(month=month, day=number):
            day = date(start.year + 1, month, number)
        case None:
            raise ValueError("a deadline in words has no date")
    return _rolled(day, deadline.roll, holidays, region)


def _after(span: Span, start: date, counting: Counting, holidays: Holidays, region: str) -> date:
    sign = -1 if span.backwards else 1
    if counting in WORKING_DAYS:
        saturday = counting is Counting.WORKING_DAYS_SATURDAY
        return add_working_days(start, sign * span.days, holidays, region, saturday=saturday)
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


def add_working_days(start: date, n: int, holidays: Holidays, region: str, *, saturday: bool = False) -> date:
    """The n-th working day (Monday to Friday, to Saturday with ``saturday``, no holiday) after ``start``,
    before it when n is negative."""
    step = ONE_DAY if n > 0 else -ONE_DAY
    day = start
    for _ in range(abs(n)):
        day = roll_while(
            day + step, step, lambda d: not holidays.is_working_day(d, region, saturday=saturday)
        )
    return day


def add_open_hours(
    moment: datetime, hours: int, holidays: Holidays, region: str, *, saturday: bool = False
) -> datetime:
    """The moment ``hours`` later, hours of weekends (with ``saturday``: of Sundays) and holidays left out;
    local time, naive: such hours are counted on the wall clock."""
    left = timedelta(hours=hours)
    while True:
        if not holidays.is_working_day(moment.date(), region, saturday=saturday):
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
