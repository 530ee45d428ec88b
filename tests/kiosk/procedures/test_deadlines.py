"""Deadline arithmetic, as vectors: the worked examples of the law and each rule of the format."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.procedures.counting import (
    Counting,
    DayNextYear,
    DayOfMonth,
    DeadlineKind,
    EndOfMonth,
    Reach,
    ReachesBack,
    Roll,
    Span,
    WeekdayBefore,
)
from kiosk.procedures.deadlines import (
    add_months,
    add_open_hours,
    add_working_days,
    due_date,
    last_day,
    opening_day,
    paid_from,
)
from kiosk.procedures.model import Deadline
from kiosk.procedures.values import PartialDate
from kiosk.procedures.workdays import NATIONAL, Holidays, regions_of

HOLIDAYS = Holidays("FR", regions_of("FR", range(2020, 2036)), (2020, 2035))
MOSELLE, ALSACE, REUNION = "57", "6AE", "974"
NEXT, SATURDAY, PREVIOUS = Roll.NEXT_WORKING_DAY, Roll.NEXT_WEEKDAY_OR_SATURDAY, Roll.PREVIOUS_WORKING_DAY


def rule(of: object, counting: Counting = Counting.DAY_AFTER, roll: Roll = Roll.NONE) -> Deadline:
    return Deadline(DeadlineKind.LEGAL, None, "today", of, counting, roll)  # type: ignore[arg-type]


VECTORS = [
    (
        "birth on a Monday: 28 is a Saturday",
        rule(Span(days=5), roll=NEXT),
        "2026-11-23",
        NATIONAL,
        "2026-11-30",
    ),
    (
        "Christmas, Saturday, Sunday: iterated",
        rule(Span(days=5), roll=NEXT),
        "2026-12-20",
        NATIONAL,
        "2026-12-28",
    ),
    ("the same in Moselle (26 December)", rule(Span(days=5), roll=NEXT), "2026-12-20", MOSELLE, "2026-12-28"),
    ("26 December on a Monday in Alsace", rule(Span(days=5), roll=NEXT), "2022-12-21", ALSACE, "2022-12-27"),
    (
        "26 December on a Monday elsewhere",
        rule(Span(days=5), roll=NEXT),
        "2022-12-21",
        NATIONAL,
        "2022-12-26",
    ),
    ("Good Friday is a working day", rule(Span(days=5), roll=NEXT), "2026-03-29", NATIONAL, "2026-04-03"),
    ("Good Friday is none in Moselle", rule(Span(days=5), roll=NEXT), "2026-03-29", MOSELLE, "2026-04-07"),
    ("abolition of slavery in Réunion", rule(Span(days=5), roll=NEXT), "2027-12-15", REUNION, "2027-12-21"),
    ("15 days abroad", rule(Span(days=15), roll=NEXT), "2026-11-23", NATIONAL, "2026-12-08"),
    ("calendar days without roll", rule(Span(days=14)), "2026-11-23", NATIONAL, "2026-12-07"),
    ("60 days", rule(Span(days=60)), "2026-11-23", NATIONAL, "2027-01-22"),
    ("72 hours", rule(Span(hours=72)), "2026-11-23", NATIONAL, "2026-11-26"),
    ("the day itself", rule(Span()), "2026-11-23", NATIONAL, "2026-11-23"),
    (
        "the day itself, or the next but Sunday",
        rule(Span(), roll=SATURDAY),
        "2026-11-21",
        NATIONAL,
        "2026-11-21",
    ),
    ("a Sunday becomes Monday", rule(Span(), roll=SATURDAY), "2026-11-22", NATIONAL, "2026-11-23"),
    ("6 months from a long month's end", rule(Span(months=6)), "2026-08-31", NATIONAL, "2027-02-28"),
    ("6 months into a leap year", rule(Span(months=6)), "2027-08-31", NATIONAL, "2028-02-29"),
    ("a year from 29 February", rule(Span(years=1)), "2028-02-29", NATIONAL, "2029-02-28"),
    ("one month over the new year", rule(Span(months=1)), "2026-12-31", NATIONAL, "2027-01-31"),
    ("3 months before", rule(Span(months=3, backwards=True)), "2026-05-31", NATIONAL, "2026-02-28"),
    ("one month before", rule(Span(months=1, backwards=True)), "2027-03-15", NATIONAL, "2027-02-15"),
    (
        "before, rolled back",
        rule(Span(days=10, backwards=True), roll=PREVIOUS),
        "2026-12-05",
        NATIONAL,
        "2026-11-25",
    ),
    (
        "before, rolled back over a weekend",
        rule(Span(days=1, backwards=True), roll=PREVIOUS),
        "2026-11-23",
        NATIONAL,
        "2026-11-20",
    ),
    ("end of the third month following", rule(EndOfMonth(3)), "2026-11-23", NATIONAL, "2027-02-28"),
    ("the same from a month's end", rule(EndOfMonth(3)), "2026-08-31", NATIONAL, "2026-11-30"),
    ("end of this month", rule(EndOfMonth(0)), "2028-02-01", NATIONAL, "2028-02-29"),
    ("sixth Friday before a Sunday ballot", rule(WeekdayBefore(6, 4)), "2027-04-11", NATIONAL, "2027-03-05"),
    ("a Friday is not before itself", rule(WeekdayBefore(1, 4)), "2026-11-27", NATIONAL, "2026-11-20"),
    ("before 1 July of the next year", rule(DayNextYear(6, 30)), "2026-11-23", NATIONAL, "2027-06-30"),
    ("8 working days", rule(Span(days=8), Counting.WORKING_DAYS), "2026-11-23", NATIONAL, "2026-12-03"),
    (
        "3 working days over Christmas",
        rule(Span(days=3), Counting.WORKING_DAYS),
        "2026-12-23",
        NATIONAL,
        "2026-12-29",
    ),
    (
        "14th week, first day included",
        rule(Span(days=98), Counting.DAY_INCLUDED),
        "2026-11-23",
        NATIONAL,
        "2027-02-28",
    ),
    ("declaration of the month, by the 15th", rule(DayOfMonth(15, 1)), "2026-12-31", NATIONAL, "2027-01-15"),
    ("which opens on the 28th", rule(DayOfMonth(28, 0, 26)), "2027-01-31", NATIONAL, "2027-01-28"),
    ("and on the 26th in February", rule(DayOfMonth(28, 0, 26)), "2027-02-10", NATIONAL, "2027-02-26"),
    ("first of the month following", rule(DayOfMonth(1, 1)), "2026-12-05", NATIONAL, "2027-01-01"),
    ("the 31st of a shorter month", rule(DayOfMonth(31, 1)), "2027-01-31", NATIONAL, "2027-02-28"),
    ("Kindergeld: nothing lost until", rule(EndOfMonth(6)), "2026-11-23", NATIONAL, "2027-05-31"),
    (
        "Elterngeld: nothing lost until",
        rule(Span(months=4), Counting.DAY_INCLUDED),
        "2026-11-23",
        NATIONAL,
        "2027-03-22",
    ),
    (
        "third Werktag: Saturdays count",
        rule(Span(days=3), Counting.WORKING_DAYS_SATURDAY),
        "2026-11-26",
        NATIONAL,
        "2026-11-30",
    ),
    ("Geburt: one week", rule(Span(days=7)), "2026-11-23", NATIONAL, "2026-11-30"),
    ("Elternzeit: 7 weeks before", rule(Span(days=49, backwards=True)), "2027-03-01", NATIONAL, "2027-01-11"),
    ("réversion: 12 months", rule(Span(months=12)), "2026-02-28", NATIONAL, "2027-02-28"),
    (
        "obsèques: 14 calendar days, Christmas included",
        rule(Span(days=14)),
        "2026-12-18",
        NATIONAL,
        "2027-01-01",
    ),
    ("arrêt de travail: 48 h as days", rule(Span(hours=48)), "2026-11-27", NATIONAL, "2026-11-29"),
    ("retraite: 4 months before", rule(Span(months=4, backwards=True)), "2027-07-01", NATIONAL, "2027-03-01"),
    ("Belgium: 15 days, rolled", rule(Span(days=15), roll=NEXT), "2026-12-11", NATIONAL, "2026-12-28"),
    (
        "a year outside the compiled holidays",
        rule(Span(days=1), roll=NEXT),
        "2040-12-24",
        NATIONAL,
        "2040-12-26",
    ),
]


@pytest.mark.parametrize(("why", "deadline", "start", "region", "end"), VECTORS, ids=[v[0] for v in VECTORS])
def test_a_deadline_ends_where_the_law_says(
    why: str, deadline: Deadline, start: str, region: str, end: str
) -> None:
    assert last_day(deadline, date.fromisoformat(start), HOLIDAYS, region) == date.fromisoformat(end)


def test_an_unknown_region_gives_the_earliest_day_and_says_so() -> None:
    due = due_date(rule(Span(days=5), roll=NEXT), PartialDate(2026, 3, 29), HOLIDAYS, None)
    assert (due.day, due.latest, due.earliest) == (date(2026, 4, 3), date(2026, 4, 7), True)


def test_an_unknown_region_is_no_matter_where_all_regions_agree() -> None:
    due = due_date(rule(Span(days=5), roll=NEXT), PartialDate(2026, 12, 20), HOLIDAYS, None)
    assert (due.day, due.earliest, due.precision) == (date(2026, 12, 28), False, "day")


@pytest.mark.parametrize(
    ("anchor", "day", "precision"),
    [
        (PartialDate(2026, 11), date(2026, 11, 6), "month"),
        (PartialDate(2026), date(2026, 1, 6), "year"),
    ],
)
def test_a_partial_date_gives_the_earliest_day_it_can_mean(
    anchor: PartialDate, day: date, precision: str
) -> None:
    due = due_date(rule(Span(days=5), roll=NEXT), anchor, HOLIDAYS, NATIONAL)
    assert (due.day, due.earliest, due.precision) == (day, True, precision)


def test_a_deadline_of_a_partial_date_has_passed_only_when_its_latest_day_has() -> None:
    due = due_date(rule(Span(days=5)), PartialDate(2026, 11), HOLIDAYS, NATIONAL)
    assert not due.passed(date(2026, 12, 5))
    assert due.passed(date(2026, 12, 6))


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-11-23T10:30", 24, "2026-11-24T10:30"),
        ("2026-11-27T18:00", 24, "2026-11-30T18:00"),
        ("2026-11-28T09:00", 24, "2026-12-01T00:00"),
        ("2026-12-24T12:00", 24, "2026-12-28T12:00"),
        ("2026-11-27T18:00", 48, "2026-12-01T18:00"),
    ],
)
def test_hours_leave_out_weekends_and_holidays(start: str, hours: int, end: str) -> None:
    found = add_open_hours(datetime.fromisoformat(start), hours, HOLIDAYS, NATIONAL)
    assert found == datetime.fromisoformat(end)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-11-27T18:00", 48, "2026-11-30T18:00"),
        ("2026-11-28T09:00", 48, "2026-12-01T09:00"),
        ("2026-12-24T12:00", 48, "2026-12-28T12:00"),
    ],
)
def test_an_employers_hours_leave_out_sundays_and_holidays_only(start: str, hours: int, end: str) -> None:
    found = add_open_hours(datetime.fromisoformat(start), hours, HOLIDAYS, NATIONAL, saturday=True)
    assert found == datetime.fromisoformat(end)


@pytest.mark.parametrize(
    ("death", "hour", "day", "latest", "at"),
    [
        ("2026-11-23", 10, "2026-11-24", "2026-11-24", "2026-11-24T10:00"),
        ("2026-11-27", 18, "2026-11-30", "2026-11-30", "2026-11-30T18:00"),
        ("2026-11-28", 9, "2026-11-30", "2026-11-30", "2026-11-30T23:59"),
        ("2026-11-23", None, "2026-11-23", "2026-11-24", None),
        ("2026-11-27", None, "2026-11-27", "2026-11-30", None),
        ("2026-11", 10, "2026-11-02", "2026-12-01", None),
        ("2026-10", 10, "2026-10-01", "2026-11-02", None),
    ],
)
def test_a_death_is_declared_within_24_open_hours(
    death: str, hour: int | None, day: str, latest: str, at: str | None
) -> None:
    parts = [int(part) for part in death.split("-")]
    deadline = rule(Span(hours=24), Counting.OPEN_HOURS)
    due = due_date(deadline, PartialDate(*parts), HOLIDAYS, NATIONAL, hour)
    assert (str(due.day), str(due.latest)) == (day, latest)
    assert due.at == (datetime.fromisoformat(at) if at else None)


@pytest.mark.parametrize(
    ("why", "opens", "closes", "anchor", "first", "last"),
    [
        (
            "residence permit: 4 to 2 months before it ends",
            Span(months=4, backwards=True),
            Span(months=2, backwards=True),
            "2027-03-31",
            "2026-11-30",
            "2027-01-31",
        ),
        (
            "monthly declaration",
            DayOfMonth(28, 0, 26),
            DayOfMonth(15, 1),
            "2026-11-10",
            "2026-11-28",
            "2026-12-15",
        ),
        (
            "the same in February",
            DayOfMonth(28, 0, 26),
            DayOfMonth(15, 1),
            "2027-02-10",
            "2027-02-26",
            "2027-03-15",
        ),
        (
            "pension: 6 to 4 months",
            Span(months=6, backwards=True),
            Span(months=4, backwards=True),
            "2027-07-01",
            "2027-01-01",
            "2027-03-01",
        ),
        (
            "funeral: after 24 h, within 14 days",
            Span(days=1),
            Span(days=14),
            "2026-11-23",
            "2026-11-24",
            "2026-12-07",
        ),
        (
            "Abmeldung: from a week before",
            Span(days=7, backwards=True),
            Span(days=14),
            "2026-11-23",
            "2026-11-16",
            "2026-12-07",
        ),
    ],
)
def test_a_window_opens_and_closes(
    why: str, opens: object, closes: object, anchor: str, first: str, last: str
) -> None:
    day = date.fromisoformat(anchor)
    assert str(opening_day(opens, PartialDate.of(day), HOLIDAYS)) == first  # type: ignore[arg-type]
    assert str(last_day(rule(closes), day, HOLIDAYS, NATIONAL)) == last


@pytest.mark.parametrize(
    ("reach", "anchor", "claim", "paid"),
    [
        (ReachesBack(6, Reach.CALENDAR), "2026-11-23", "2026-11-24", "2026-11-23"),
        (ReachesBack(6, Reach.CALENDAR), "2026-11-23", "2027-05-31", "2026-11-23"),
        (ReachesBack(6, Reach.CALENDAR), "2026-11-23", "2027-06-01", "2026-12-01"),
        (ReachesBack(6, Reach.CALENDAR), "2026-11-23", "2028-01-15", "2027-07-01"),
        (ReachesBack(3, Reach.ANCHOR), "2026-11-23", "2027-03-22", "2026-11-23"),
        (ReachesBack(3, Reach.ANCHOR), "2026-11-23", "2027-03-23", "2026-12-23"),
        (ReachesBack(3, Reach.ANCHOR), "2026-11-23", "2026-01-01", "2026-11-23"),
    ],
)
def test_a_late_claim_is_paid_for_the_months_that_the_law_reaches_back(
    reach: ReachesBack, anchor: str, claim: str, paid: str
) -> None:
    assert str(paid_from(reach, date.fromisoformat(anchor), date.fromisoformat(claim))) == paid


@given(
    st.dates(date(2020, 1, 1), date(2027, 1, 1)),
    st.integers(0, 800),
    st.integers(0, 12),
    st.sampled_from(Reach),
)
def test_a_later_claim_is_never_paid_for_more(anchor: date, late: int, months: int, by: Reach) -> None:
    reach, claim = ReachesBack(months, by), anchor + timedelta(days=late)
    now, later = paid_from(reach, anchor, claim), paid_from(reach, anchor, claim + timedelta(days=1))
    assert anchor <= now <= later
    assert now <= claim


ANY_DAY = st.dates(date(2020, 2, 1), date(2035, 10, 1))


@given(ANY_DAY, st.sampled_from([vector[1] for vector in VECTORS]))
def test_a_later_event_never_has_an_earlier_deadline(day: date, deadline: Deadline) -> None:
    """The earliest day of a partial date may be taken from its first day only because of this."""
    after = last_day(deadline, day + timedelta(days=1), HOLIDAYS, NATIONAL)
    assert last_day(deadline, day, HOLIDAYS, NATIONAL) <= after


@given(ANY_DAY, st.integers(0, 30), st.sampled_from([NATIONAL, *HOLIDAYS.regions]))
def test_a_rolled_day_is_a_working_day_and_none_was_skipped(day: date, days: int, region: str) -> None:
    end = last_day(rule(Span(days=days), roll=NEXT), day, HOLIDAYS, region)
    assert HOLIDAYS.is_working_day(end, region)
    plain = day + timedelta(days=days)
    assert not any(
        HOLIDAYS.is_working_day(plain + timedelta(days=n), region) for n in range((end - plain).days)
    )


@given(ANY_DAY, st.integers(1, 15))
def test_working_days_count_back_to_where_they_started(day: date, n: int) -> None:
    end = add_working_days(day, n, HOLIDAYS, NATIONAL)
    between = [day + timedelta(days=k) for k in range(1, (end - day).days + 1)]
    assert sum(HOLIDAYS.is_working_day(d, NATIONAL) for d in between) == n


@given(st.dates(date(1900, 1, 1), date(2090, 1, 1)), st.integers(-1200, 1200).filter(lambda m: m > -120))
def test_a_month_later_is_in_the_right_month(day: date, months: int) -> None:
    found = add_months(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day <= day.day
