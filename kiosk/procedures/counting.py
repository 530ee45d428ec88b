"""What a deadline is made of: its kind, its one rule, and how days are counted. Values only: the arithmetic
is in :mod:`kiosk.procedures.deadlines`."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class DeadlineKind(StrEnum):
    """What a deadline is; ``admin`` is the office's own time, never the citizen's."""

    LEGAL = "legal"
    BENEFIT = "benefit"
    OPTION = "option"
    EMPLOYER = "employer"
    ADVISED = "advised"
    ADMIN = "admin"


class Counting(StrEnum):
    """How the days of a duration are counted."""

    DAY_AFTER = "day_after"
    DAY_INCLUDED = "day_included"
    WORKING_DAYS = "working_days"
    WORKING_DAYS_SATURDAY = "working_days_saturday"
    OPEN_HOURS = "open_hours"
    HOURS_BUT_SUNDAYS = "hours_but_sundays"


class Roll(StrEnum):
    """What becomes of a last day that is no working day."""

    NONE = "none"
    NEXT_WORKING_DAY = "next_working_day"
    NEXT_WEEKDAY_OR_SATURDAY = "next_weekday_or_saturday"
    PREVIOUS_WORKING_DAY = "previous_working_day"


class Span(msgspec.Struct, frozen=True, tag="span"):
    """A duration after the anchor, or before it when ``backwards``."""

    years: int = 0
    months: int = 0
    days: int = 0
    hours: int = 0
    backwards: bool = False


class EndOfMonth(msgspec.Struct, frozen=True, tag="end-of-month"):
    """The last day of the n-th month following the anchor's."""

    months: int


class WeekdayBefore(msgspec.Struct, frozen=True, tag="weekday-before"):
    """The n-th weekday (0 = Monday) strictly before the anchor."""

    n: int
    weekday: int


class DayNextYear(msgspec.Struct, frozen=True, tag="day-next-year"):
    """A fixed day of the year that follows the anchor's."""

    month: int
    day: int


class DayOfMonth(msgspec.Struct, frozen=True, tag="day-of-month"):
    """A day of the n-th month after the anchor's, or the last day of a shorter month; ``february`` (0 = the
    same day) stands in for it in that month."""

    day: int
    months: int = 0
    february: int = 0


Rule = Span | EndOfMonth | WeekdayBefore | DayNextYear | DayOfMonth


class Reach(StrEnum):
    """How the months before a claim are counted: whole calendar months, or months of the anchor's day."""

    CALENDAR = "calendar"
    ANCHOR = "anchor"


class ReachesBack(msgspec.Struct, frozen=True):
    """A late claim is paid for this many months before the month in which it is made."""

    months: int
    by: Reach
