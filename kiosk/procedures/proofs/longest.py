"""The longest interview: walks every path of an event at once.

Questions come in the event's order, and one that nothing depends on any more never comes back. So two paths
that leave the same trees open, with the same questions left unknown, go on alike, and the longer one stands
for both.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from kiosk.procedures.domains import Domains
from kiosk.procedures.evaluate import Binding, Unknown, restrict
from kiosk.procedures.interview import Fact, facts_of
from kiosk.procedures.linear import TooManyCases
from kiosk.procedures.model import Event, Pack
from kiosk.procedures.outcomes import Verdict, settle
from kiosk.procedures.tree import Expr, Flag, questions_in, walk

MOST_STATES, MOST_STEPS = 4_000, 1_000_000
Open = frozenset[tuple[Expr, tuple[str, ...]]]
"""Facts that can still change: (tree with what is known put in, questions that still move day and hour)."""


class Longest(msgspec.Struct, frozen=True):
    """``questions``: how many; ``path``: which. ``exact``: False where it is only an upper bound."""

    questions: int
    path: tuple[str, ...]
    exact: bool


def longest_interview(pack: Pack, event: Event, today: date) -> Longest:
    """The most questions that any visitor of the event is asked."""
    try:
        return _Paths(pack, event, today).longest()
    except (TooManyCases, _TooManyStates):
        return Longest(len(event.questions), event.questions, exact=False)


class _TooManyStates(Exception):
    pass


class _Paths:
    def __init__(self, pack: Pack, event: Event, today: date) -> None:
        self._pack, self._event, self._today = pack, event, today
        self._facts: list[Fact] = list(dict.fromkeys(facts_of(pack, event).all()))
        self._read: dict[Expr, frozenset[str]] = {}
        self._steps = 0
        self._rest: dict[tuple[Expr, str, Binding], Expr] = {}
        self._settled: dict[tuple[Expr, frozenset[str]], tuple[Verdict, frozenset[str]]] = {}

    def longest(self) -> Longest:
        start: Open = frozenset((fact.tree, fact.moved_by) for fact in self._facts)
        states: dict[tuple[Open, frozenset[str]], tuple[str, ...]] = {(start, frozenset()): ()}
        for name in self._event.questions:
            after: dict[tuple[Open, frozenset[str]], tuple[str, ...]] = {}
            for (facts, unknown), path in states.items():
                for state, way in self._answered(name, facts, unknown, path):
                    if len(way) > len(after.get(state, ())) or state not in after:
                        after[state] = way
            if len(after) > MOST_STATES:
                raise _TooManyStates
            states = after
        path = max(states.values(), key=len)
        return Longest(len(path), path, exact=True)

    def _answered(
        self, name: str, facts: Open, unknown: frozenset[str], path: tuple[str, ...]
    ) -> Iterator[tuple[tuple[Open, frozenset[str]], tuple[str, ...]]]:
        if not any(name in moved or name in self._essential(tree, unknown) for tree, moved in facts):
            yield (facts, unknown), path
            return
        for value in self._values(name, facts):
            left = frozenset(self._left(name, value, facts, unknown))
            names = {n for tree, _ in left for n in self._names(tree)}
            closed = unknown | {name} if isinstance(value, Unknown) else unknown
            yield (left, closed & names), (*path, name)

    def _left(
        self, name: str, value: Binding, facts: Open, unknown: frozenset[str]
    ) -> Iterator[tuple[Expr, tuple[str, ...]]]:
        self._steps += len(facts)
        if self._steps > MOST_STEPS:
            raise _TooManyStates
        closed = unknown | {name} if isinstance(value, Unknown) else unknown
        for tree, moved in facts:
            rest = self._with(tree, name, value) if name in self._names(tree) else tree
            verdict, essential = self._settle(rest, closed)
            left = tuple(other for other in moved if other != name) if name in moved else moved
            if name in moved and isinstance(value, Unknown):
                left = ()  # an hour is of use only beside a known day
            if verdict is not Verdict.FALSE and (left or essential):
                yield rest, left

    def _with(self, tree: Expr, name: str, value: Binding) -> Expr:
        key = (tree, name, value)
        if key not in self._rest:
            self._rest[key] = restrict(tree, {name: value}, self._today)
        return self._rest[key]

    def _names(self, tree: Expr) -> frozenset[str]:
        if tree not in self._read:
            self._read[tree] = frozenset(questions_in(tree))
        return self._read[tree]

    def _essential(self, tree: Expr, unknown: frozenset[str]) -> frozenset[str]:
        return self._settle(tree, unknown)[1]

    def _settle(self, tree: Expr, unknown: frozenset[str]) -> tuple[Verdict, frozenset[str]]:
        if isinstance(tree, Flag):
            return Verdict(int(tree.value)), frozenset()
        key = (tree, unknown & self._names(tree))
        if key not in self._settled:
            known = dict.fromkeys(key[1], Unknown.DONT_KNOW)
            found = settle(tree, known, self._pack.questions, self._today)
            self._settled[key] = (found.verdict, found.essential)
        return self._settled[key]

    def _values(self, name: str, facts: Open) -> tuple[Binding, ...]:
        question = self._pack.questions[name]
        nodes = [n for tree, _ in facts if name in self._names(tree) for n in walk(tree)]
        anyone: tuple[Binding, ...] = (Flag(True),)
        if nodes:
            anyone = Domains(nodes, self._pack.questions, self._today).of(name)
        return (*anyone, Unknown.DONT_KNOW) if question.unknown_allowed else anyone
