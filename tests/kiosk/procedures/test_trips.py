"""The fewest visits: against brute force, in the order a person would choose, and never without an end."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.procedures import trips
from kiosk.procedures.trips import Giver, Itinerary, Step, fewest_visits


def after(*steps: int, later: bool = False) -> tuple[tuple[Giver, ...], ...]:
    return tuple((Giver(step, later),) for step in steps)


def visits(steps: Sequence[Step]) -> list[tuple[str, tuple[int, ...]]]:
    return [(visit.office, visit.steps) for visit in fewest_visits(steps).visits]


HALL, BANK, TAX = ("hall",), ("bank",), ("tax",)
EITHER = ((Giver(1), Giver(2)),)


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([], []),
        ([Step(HALL), Step(BANK), Step(HALL)], [("hall", (0, 2)), ("bank", (1,))]),
        ([Step(BANK, needs=after(1)), Step(HALL)], [("hall", (1,)), ("bank", (0,))]),
        ([Step(HALL, needs=after(1)), Step(HALL)], [("hall", (1, 0))]),
        ([Step(HALL, needs=after(1, later=True)), Step(HALL)], [("hall", (1,)), ("hall", (0,))]),
        ([Step(("hall", "bank")), Step(BANK)], [("bank", (0, 1))]),
        ([Step(("hall", "bank"))], [("hall", (0,))]),
        ([Step(("hall", "bank"), every=True), Step(BANK)], [("hall", (0,)), ("bank", (0, 1))]),
        ([Step(HALL), Step(needs=after(0)), Step(HALL, needs=after(1))], [("hall", (0,)), ("hall", (2,))]),
        ([Step((), needs=after(1)), Step(HALL)], [("hall", (1,))]),
        ([Step(HALL, needs=after(1, later=True)), Step()], [("hall", (0,))]),
        ([Step(TAX + HALL), Step(HALL), Step(TAX + BANK), Step(BANK)], [("hall", (0, 1)), ("bank", (2, 3))]),
        ([Step(HALL, needs=EITHER), Step(BANK), Step(HALL)], [("hall", (2, 0)), ("bank", (1,))]),
    ],
    ids=[
        "nothing",
        "one office, one visit",
        "what gives the paper comes first",
        "a paper given on the spot is used on the spot",
        "a paper that comes later takes another visit",
        "the office that does both",
        "the usual office",
        "every office is seen",
        "what is done at home in between takes another visit",
        "what follows at home takes none",
        "a paper that comes by post is waited for at home",
        "the usual office is left out where others must be seen anyway",
        "one of two who give the paper is enough",
    ],
)  # fmt: skip
def test_the_fewest_visits(steps: list[Step], expected: list[tuple[str, tuple[int, ...]]]) -> None:
    assert visits(steps) == expected


def test_an_earlier_date_comes_first_even_when_only_what_waits_has_it() -> None:
    soon, late = date(2026, 12, 1), date(2027, 1, 1)
    steps = [Step(HALL, due=late), Step(BANK), Step(TAX, needs=after(1), due=soon)]
    assert visits(steps) == [("bank", (1,)), ("tax", (2,)), ("hall", (0,))]


def test_at_home_what_is_ready_first_is_done_first_and_dates_decide_between_equals() -> None:
    steps = [Step(needs=after(2)), Step(due=date(2026, 12, 1)), Step(HALL), Step(due=date(2026, 11, 1))]
    found = fewest_visits(steps)
    assert found.home == (3, 1, 0)
    assert found.order == (3, 1, 2, 0)


def test_a_circle_falls_back_to_the_order_of_the_pack() -> None:
    steps = [Step(HALL, needs=after(1)), Step(BANK, needs=after(0)), Step(TAX, needs=after(0))]
    assert visits(steps) == [("hall", (0,)), ("bank", (1,)), ("tax", (2,))]


# -- brute force


def possible(steps: Sequence[Step], found: Itinerary) -> None:
    """Everything is done once an office it needs, and nothing before what it needs."""
    ended: dict[int, int] = {}
    for step in found.order:
        for need in steps[step].needs:
            assert any(giver.step in ended for giver in need)
        ended[step] = found.finished[step]
    for n, visit in enumerate(found.visits):
        for step in visit.steps:
            assert visit.office in steps[step].offices
            for need in steps[step].needs:
                assert any(ended[g.step] < n or (ended[g.step] == n and not g.later) for g in need)
    assert sorted(found.order) == list(range(len(steps)))


def by_brute_force(steps: Sequence[Step]) -> int:
    """The fewest visits, found by trying everything: at an office or at home a person does any one thing
    that is ready, or leaves."""
    parts = [
        (n, office) for n, step in enumerate(steps) for office in (step.offices if step.every else ("",))
    ]

    def over(step: int, done: frozenset[int]) -> bool:
        return all(n != step or part in done for part, (n, _) in enumerate(parts))

    def ready(step: Step, before: frozenset[int], now: frozenset[int]) -> bool:
        return all(any(over(g.step, before if g.later else now) for g in need) for need in step.needs)

    everywhere = {office for step in steps for office in step.offices}
    start: tuple[str, frozenset[int], frozenset[int]] = ("", frozenset(), frozenset())
    queue, seen = deque([(start, 0)]), {start}
    while queue:
        (place, before, now), count = queue.popleft()
        if len(now) == len(parts):
            return count
        free, paid = [], []
        for part, (n, office) in enumerate(parts):
            step = steps[n]
            here = place in ((office,) if office else step.offices or ("",))
            if part not in now and here and ready(step, before if place else now, now):
                free.append((place, before, now | {part}))
        if place:
            free.append(("", now, now))
        else:
            paid = [(office, now, now) for office in everywhere]
        for state in free:
            if state not in seen:
                seen.add(state)
                queue.appendleft((state, count))
        for state in paid:
            if state not in seen:
                seen.add(state)
                queue.append((state, count + 1))
    raise AssertionError("not all can be done")


@st.composite
def errands(draw: st.DrawFn) -> list[Step]:
    """Up to six steps without a circle: each needs earlier ones of a shuffled list."""
    count = draw(st.integers(1, 6))
    place = draw(st.permutations(range(count)))
    steps: list[Step] = [Step()] * count
    for n, at in enumerate(place):
        offices = draw(st.lists(st.sampled_from("abc"), max_size=3, unique=True))
        givers = st.builds(Giver, st.sampled_from(place[:n]), st.booleans()) if n else st.nothing()
        need = st.lists(givers, min_size=1, max_size=2).map(tuple)
        needs = draw(st.lists(need, max_size=2)) if n else []
        due = draw(st.none() | st.dates(date(2026, 1, 1), date(2026, 1, 3)))
        steps[at] = Step(tuple(offices), len(offices) == 2 and draw(st.booleans()), tuple(needs), due)
    return steps


@settings(max_examples=300, deadline=None)
@given(errands())
def test_no_other_way_has_fewer_visits(steps: list[Step]) -> None:
    found = fewest_visits(steps)
    possible(steps, found)
    assert len(found.visits) == by_brute_force(steps)


@settings(max_examples=100, deadline=None)
@given(errands())
def test_a_greedy_answer_is_a_possible_one_too(steps: list[Step]) -> None:
    search = trips._Search(steps)
    possible(steps, search.itinerary(search.greedy()))


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_two_hundred_steps_that_wait_for_each_other_at_random_are_all_done(data: st.DataObject) -> None:
    number = st.integers(0, 199)
    step = st.builds(
        Step,
        st.lists(st.sampled_from("abcdefghijklmnop"), max_size=4, unique=True).map(tuple),
        st.booleans(),
        st.lists(st.lists(st.builds(Giver, number, st.booleans()), min_size=1, max_size=2).map(tuple),
                 max_size=1).map(tuple),
    )  # fmt: skip
    few = data.draw(st.lists(step, min_size=7, max_size=7))
    steps = [few[n * n % 7] for n in range(200)]
    assert sorted(fewest_visits(steps).order) == list(range(200))
