"""The solver's reading of conditions against the engine's, on the same answers."""

from __future__ import annotations

from datetime import date

import pytest
import z3
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.procedures import Pack
from kiosk.procedures.deadlines import add_months, days_between, months_between, years_between
from kiosk.procedures.interview import facts_of
from kiosk.procedures.outcomes import Verdict
from kiosk.procedures.proofs import calendar
from kiosk.procedures.proofs.calendar import Day
from kiosk.procedures.proofs.logic import Logic, UnknownNode
from kiosk.procedures.proofs.prover import Prover
from kiosk.procedures.tree import Asked, Compare, Node, Not, Shifted
from kiosk.procedures.tree import Day as DayNode

TODAY = date(2026, 11, 24)
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


def number(term: object) -> int:
    return z3.simplify(term).as_long()


@given(DAYS, DAYS)
def test_durations_are_counted_as_the_engine_counts_them(start: date, end: date) -> None:
    one, other = Day.of(start), Day.of(end)
    assert number(other.ordinal - one.ordinal) == days_between(start, end)
    assert number(calendar.months_between(one, other)) == months_between(start, end)
    assert number(calendar.years_between(one, other)) == years_between(start, end)
    assert (number(one.key) < number(other.key)) == (start < end)


@given(DAYS, st.integers(-240, 240))
def test_months_later_is_the_day_the_engine_finds(day: date, months: int) -> None:
    found, expected = Day.of(day).later(months), add_months(day, months)
    assert [number(part) for part in (found.year, found.month, found.day)] == [
        expected.year,
        expected.month,
        expected.day,
    ]


@pytest.mark.parametrize("event", ["bebe", "tout"])
def test_the_engine_confirms_answers_for_and_against_every_condition(small: Pack, event: str) -> None:
    found = small.events[f"xx.{event}"]
    prover = Prover(small, found, TODAY)
    for fact in facts_of(small, found).all():
        for tree in (fact.tree, Not(fact.tree)):
            given_answers = prover.certain(tree)
            if given_answers is not None:
                assert prover.verdict(tree, given_answers) is Verdict.TRUE


@settings(max_examples=30, deadline=None)
@given(st.integers(-30, 30), st.integers(-60, 60))
def test_a_moved_day_is_found_where_the_engine_puts_it(small: Pack, months: int, days: int) -> None:
    prover = Prover(small, small.events["xx.tout"], TODAY)
    tree = Compare("==", Asked("date_naissance"), Shifted(DayNode(TODAY), months, days))
    found = prover.certain(tree)  # raises if the engine denies it
    reached = add_months(TODAY, months).toordinal() + days
    assert (found is not None) == (add_months(TODAY, -36).toordinal() <= reached <= TODAY.toordinal())


def test_a_kind_of_node_that_the_proofs_do_not_know_stops_them(small: Pack) -> None:
    class Novelty(Node, frozen=True, tag="novelty"):
        pass

    with pytest.raises(UnknownNode) as stopped:
        Logic(small.questions, [], TODAY).formula(Novelty(), {})
    assert stopped.value.node == "Novelty"
