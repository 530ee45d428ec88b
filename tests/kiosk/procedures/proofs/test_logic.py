"""The solver's reading of conditions against the engine's, on the same answers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest
import z3
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from kiosk.procedures import Pack, find_pack, load_pack
from kiosk.procedures.deadlines import add_months, days_between, months_between, years_between
from kiosk.procedures.grammar import parse_condition
from kiosk.procedures.interview import facts_of
from kiosk.procedures.linear import TooManyCases
from kiosk.procedures.outcomes import Verdict, settle
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


CONDITIONS = [
    ("membres.exists(m, m.seul)", True, True),
    ("membres.exists(m, m.seul) && membres.all(m, !m.seul)", False, True),
    ("membres.all(m, m.seul) && size(membres) >= 6", True, True),
    ("size(membres) > 20", False, True),
    ("membres.exists(m, !has(m.date_naissance)) || membres.exists(m, has(m.date_naissance))", True, True),
    ("enfants * 2 + 1 > 40", True, True),
    ("enfants * 2 == 3", False, True),
    ("loyer * 12 <= 60006.00", True, False),
    ("loyer + enfants > 5020.49", True, True),
    (
        "later(date_naissance, 'P2Y10M') <= today() && days_between(date_naissance, today()) < 999",
        False,
        True,
    ),
    ("months_between(date_naissance, today()) >= 36", True, True),
    ("months_between(date_naissance, today()) > 36", False, True),
    ("'apl' in aides && !('rsa' in aides)", True, True),
    ("pays == 'BE' ? seul : pays in ['BE']", True, True),
    ("has(remarque) && !has(remarque)", False, True),
    ("has(seul) ? true : !has(seul)", True, False),
    ("seul || !seul", True, False),
    ("(!has(lieu) || lieu == 'france') && lieu == 'etranger'", False, True),
    ("(!has(lieu) || lieu == 'france') && (!has(seul) || seul)", True, True),
]


@pytest.mark.parametrize(("text", "can_hold", "can_fail"), CONDITIONS)
def test_the_prover_finds_answers_or_none(small: Pack, text: str, can_hold: bool, can_fail: bool) -> None:
    questions = dict.fromkeys((*small.events["xx.tout"].questions, "membres"))
    event = msgspec.structs.replace(small.events["xx.tout"], questions=tuple(questions))
    tree = parse_condition(text, {name: small.questions[name] for name in small.questions})
    prover = Prover(small, event, TODAY)
    assert (prover.certain(tree) is not None) == can_hold
    assert (prover.certain(Not(tree)) is not None) == can_fail


def test_what_the_prover_calls_impossible_the_engine_calls_false() -> None:
    pack = load_pack(find_pack("fr"))
    for event in pack.events.values():
        prover = Prover(pack, event, TODAY)
        trees = {fact.tree for fact in facts_of(pack, event).all()}
        for tree in trees:
            said = prover.verdict(tree, {})
            assert (prover.certain(tree) is None) == (said is Verdict.FALSE)
            assert (prover.certain(Not(tree)) is None) == (said is Verdict.TRUE)


def test_a_kind_of_node_that_the_proofs_do_not_know_stops_them(small: Pack) -> None:
    class Novelty(Node, frozen=True, tag="novelty"):
        pass

    with pytest.raises(UnknownNode) as stopped:
        Logic(small.questions, [], TODAY).formula(Novelty(), {})
    assert stopped.value.node == "Novelty"


ATOMS = [
    "parti",
    "logement == 'locataire'",
    "logement != 'heberge'",
    "logement in ['locataire', 'heberge']",
    "enfants >= 3",
    "enfants < 3",
    "enfants + 1 > 20",
    "loyer > 800",
    "loyer <= 800.50",
    "jour > today()",
    "days_between(today(), jour) > 300",
    "later(jour, 'P1M') <= date('2026-12-24')",
    "years_between(naissance, today()) >= 18",
    "months_between(naissance, jour) < 216",
]
UNKNOWNS = ["has(logement)", "has(jour)", "has(parti)"]


def conditions(atoms: list[str]) -> st.SearchStrategy[str]:
    return st.recursive(
        st.sampled_from(atoms),
        lambda part: st.one_of(
            part.map("!({})".format),
            st.tuples(part, part).map(lambda pair: f"({pair[0]} && {pair[1]})"),
            st.tuples(part, part).map(lambda pair: f"({pair[0]} || {pair[1]})"),
        ),
        max_leaves=6,
    )


@pytest.fixture(scope="module")
def good() -> Prover:
    pack = load_pack(Path("tests/packs/good"))
    return Prover(pack, pack.events["gg.logis"], TODAY)


@settings(max_examples=60, deadline=None)
@given(conditions(ATOMS))
def test_solver_and_engine_agree_on_what_can_be_true(good: Prover, text: str) -> None:
    tree = parse_condition(text, good.pack.questions)
    try:
        settle(tree, {}, good.pack.questions, TODAY)
    except TooManyCases:
        reject()  # the loader refuses it
    assert (good.certain(tree) is None) == (good.verdict(tree, {}) is Verdict.FALSE), text


@settings(max_examples=60, deadline=None)
@given(conditions(ATOMS[:6] + UNKNOWNS * 2))
def test_they_agree_when_the_condition_asks_what_is_known(good: Prover, text: str) -> None:
    tree = parse_condition(text, good.pack.questions)
    found, said = good.certain(tree), good.verdict(tree, {})
    assert found is None or said is not Verdict.FALSE, text
    assert found is not None or said is not Verdict.TRUE, text
