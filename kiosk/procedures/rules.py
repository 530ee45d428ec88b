"""Reads the one rule of a deadline and how its days are counted."""

from __future__ import annotations

from datetime import date

from kiosk.procedures.bounds import parse_duration
from kiosk.procedures.counting import (
    Counting,
    DayNextYear,
    DayOfMonth,
    EndOfMonth,
    Roll,
    Rule,
    Span,
    WeekdayBefore,
)
from kiosk.procedures.deadlines import OPEN_HOURS, WORKING_DAYS
from kiosk.procedures.fields import Fields
from kiosk.procedures.yaml_text import Mapping, Scalar

RULES = ("add", "before", "end_of_month_after", "nth_weekday_before", "next_year", "day_of_month")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MOST_WORKING_DAYS = 400


def read_rule(fields: Fields) -> Rule | None:
    """The one rule of a deadline, or None."""
    given = [key for key in RULES if key in fields]
    if len(given) > 1:
        raise fields.at(given[1]).error("the deadline has two rules", "one of " + ", ".join(RULES))
    if not given:
        return None
    key = given[0]
    if key == "end_of_month_after":
        return EndOfMonth(fields.whole(key, 0, 120))
    if key == "nth_weekday_before":
        inner = Fields(fields.need(key), key, "n weekday")
        return WeekdayBefore(inner.whole("n", 1, 60), WEEKDAYS.index(inner.one_of("weekday", WEEKDAYS)))
    if key == "day_of_month":
        inner = Fields(fields.need(key), key, "day after february")
        return DayOfMonth(
            inner.whole("day", 1, 31), inner.whole("after", 0, 120, 0), inner.whole("february", 0, 29, 0)
        )
    text = fields.need_word(key)
    if key == "next_year":
        return _day_next_year(text, fields)
    span = parse_duration(text)
    if span is None or span.years > 100 or span.months > 1200 or span.days > 36_600 or span.hours > 8_784:
        raise fields.at(key).error(f"{text!r} is no duration", "P5D, P3W, P6M, P1Y, PT72H")
    return Span(span.years, span.months, span.days, span.hours, backwards=key == "before")


def _day_next_year(text: str, fields: Fields) -> DayNextYear:
    try:
        day = date.fromisoformat(f"2026-{text}")
    except ValueError:
        raise fields.at("next_year").error(f"{text!r} is no day of a year", '"06-30"') from None
    return DayNextYear(day.month, day.day)


def check_counting(fields: Fields, rule: Rule | None, counting: Counting) -> None:
    if counting is Counting.DAY_AFTER:
        return
    if not isinstance(rule, Span):
        raise fields.at("counting").error("this rule counts no days", "leave counting out")
    if counting in OPEN_HOURS:
        if rule.backwards or rule.years or rule.months or rule.days or not rule.hours:
            raise fields.at("counting").error("open hours are counted in hours", "add: PT24H")
        return
    if counting in WORKING_DAYS and (rule.years or rule.months or rule.hours or not rule.days):
        raise fields.at("counting").error("working days are counted in days", "P5D")
    if counting in WORKING_DAYS and rule.days > MOST_WORKING_DAYS:
        raise fields.at("counting").error("too many working days", f"at most {MOST_WORKING_DAYS}")


def spelled(fields: Fields, anchor: str, counting: Counting, roll: Roll) -> str:
    """The rule in one line: ``date_naissance add P5D, day_after, next_working_day``."""
    key = next(key for key in RULES if key in fields)
    node = fields.need(key)
    value = (
        node.written
        if isinstance(node, Scalar)
        else " ".join(
            part.written
            for part in (node.items.values() if isinstance(node, Mapping) else ())
            if isinstance(part, Scalar)
        )
    )
    parts = [f"{anchor} {key} {value}", counting]
    return ", ".join(parts if roll is Roll.NONE else [*parts, roll])
