"""Time, passed as a value: nothing below the fronts asks the machine what time it is."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

BUILD_DATE = date(2026, 11, 1)
"""No kiosk of this version can live before this day: an earlier clock is wrong."""


class Clock(Protocol):
    """The time source of a process."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


def today(clock: Clock, zone: str) -> date:
    """The calendar day at the office, whose time zone is the IANA name ``zone``."""
    return clock.now().astimezone(ZoneInfo(zone)).date()


def is_believable(moment: datetime) -> bool:
    """False when the clock stands before this version was built (a dead battery, a reset)."""
    return moment.date() >= BUILD_DATE


def seconds_since_boot() -> float:
    """The clock of the machine that nobody can set, sleep included; every process sees the same."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)
