"""The fewest visits to offices in which everything can be done (docs/adr/056).

Breadth first over what is done: each move visits an office and does all that is ready there, for doing more
never makes what follows longer. What needs no office is done at home as soon as it can be.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

MOST_VISITS_TRIED = 4_000
"""Visits that the search looks at before it takes the office where most is ready, again and again."""


class Giver(msgspec.Struct, frozen=True):
    """The place in the list of a step that another one needs; ``later``: its outcome comes another day."""

    step: int
    later: bool = False


class Step(msgspec.Struct, frozen=True):
    """One thing to do. ``offices``: any one of them will do, the usual first, or each if ``every``; none = at
    home. ``needs``: of each group one is enough."""

    offices: tuple[str, ...] = ()
    every: bool = False
    needs: tuple[tuple[Giver, ...], ...] = ()
    due: date | None = None


class Visit(msgspec.Struct, frozen=True):
    """One visit to an office and the steps done there, in order."""

    office: str
    steps: tuple[int, ...]


class Itinerary(msgspec.Struct, frozen=True):
    """``visits`` in order; ``home``: steps that need no office, in order. ``finished``: the visit that ends a
    step, or after which it is done at home; -1 = before any."""

    visits: tuple[Visit, ...]
    home: tuple[int, ...]
    finished: dict[int, int]

    @property
    def order(self) -> tuple[int, ...]:
        """All steps in the order in which they end."""
        there = [
            step for n, visit in enumerate(self.visits) for step in visit.steps if self.finished[step] == n
        ]
        return tuple(sorted((*there, *self.home), key=lambda step: (self.finished[step], step in self.home)))


def fewest_visits(steps: Sequence[Step]) -> Itinerary:
    """The fewest visits; of two as few, the one that meets earlier dates, then the order of ``steps``.

    Steps that wait for each other in a circle are taken in their order, as if the first waited for nothing.
    """
    search = _Search(steps)
    return search.itinerary(search.exact() or search.greedy())


class _Search:
    """Bits stand for parts: a step at one office, so that a step in ``every`` office has several."""

    def __init__(self, steps: Sequence[Step]) -> None:
        self._steps = steps
        self._needs = [list(step.needs) for step in steps]
        self._parts: list[tuple[int, tuple[str, ...]]] = []
        for n, step in enumerate(steps):
            apart = [(office,) for office in step.offices] if step.every else [step.offices]
            self._parts += [(n, offices) for offices in apart or [()]]
        self._masks = [0] * len(steps)
        self._at: dict[str, int] = {}
        for part, (n, offices) in enumerate(self._parts):
            self._masks[n] |= 1 << part
            for office in offices:
                self._at[office] = self._at.get(office, 0) | 1 << part
        self._all = (1 << len(self._parts)) - 1
        self._at_home = sum(1 << part for part, (_, offices) in enumerate(self._parts) if not offices)
        self._bound = sum(1 << part for part, (_, offices) in enumerate(self._parts) if len(offices) == 1)
        self._break_circles()
        self._urgent = self._urgencies()
        self._offices = self._useful_offices()

    # -- before the search

    def _break_circles(self) -> None:
        done = 0
        while True:
            done |= self._closure(self._all, done, done, at_leisure=True)
            left = [n for n in range(len(self._steps)) if not self._over(n, done)]
            if not left:
                return
            self._needs[left[0]] = [need for need in self._needs[left[0]] if self._met(need, done, done)]

    def _urgencies(self) -> list[date]:
        """The earliest date of a step and of all that waits for it."""
        found = [step.due or date.max for step in self._steps]
        changed = True
        while changed:
            changed = False
            for n, needs in enumerate(self._needs):
                for giver in (giver for need in needs for giver in need):
                    if found[n] < found[giver.step]:
                        found[giver.step], changed = found[n], True
        return found

    def _useful_offices(self) -> list[str]:
        """Without those where nothing can be done that another one does not do too."""
        found: list[str] = []
        ranked = sorted(self._at, key=lambda office: self._rank(office, self._at[office]))
        for n, office in enumerate(ranked):
            here = self._at[office]
            more = (
                self._at[other] != here or before < n
                for before, other in enumerate(ranked)
                if other != office and here | self._at[other] == self._at[other]
            )
            if not any(more):
                found.append(office)
        return found

    def _rank(self, office: str, parts: int) -> tuple[date, int, int]:
        """Sort key of a visit that does ``parts``: earliest date, first step, how usual the office."""
        return min(
            (self._urgent[self._parts[part][0]], part, self._parts[part][1].index(office))
            for part in _bits(parts)
        )

    # -- what is ready

    def _over(self, step: int, done: int) -> bool:
        return done & self._masks[step] == self._masks[step]

    def _met(self, need: tuple[Giver, ...], before: int, now: int) -> bool:
        return any(self._over(giver.step, before if giver.later else now) for giver in need)

    def _closure(self, here: int, before: int, now: int, *, at_leisure: bool = False) -> int:
        """``now`` with all of ``here`` that is ready; ``at_leisure``: what comes later may be waited for."""
        while True:
            start = now
            for part in _bits(here & ~now):
                since = now if at_leisure else before
                if all(self._met(need, since, now) for need in self._needs[self._parts[part][0]]):
                    now |= 1 << part
            if now == start:
                return now

    def _home(self, done: int) -> int:
        return self._closure(self._at_home, done, done, at_leisure=True)

    def _visit(self, office: str, done: int) -> int:
        return self._closure(self._at[office], done, done)

    # -- the search

    def _moves(self, done: int) -> list[tuple[str, int]]:
        """The offices to visit next, the most pressing first, each with what is done after it. Only one where
        a visit is due in any case, and now finishes all that this office can do."""
        found = []
        for office in self._offices:
            after = self._visit(office, done)
            if after != done:
                found.append((self._rank(office, after & ~done), office, after))
        moves = [(office, self._home(after)) for _, office, after in sorted(found)]
        for office, after in moves:
            here = self._at[office]
            if here & ~after == 0 and here & ~done & self._bound:
                return [(office, after)]
        return moves

    def exact(self) -> list[str] | None:
        """Offices in order, as few as can be; None where the search would take too long."""
        start = self._home(0)
        layer: dict[int, list[str]] = {start: []}
        seen, tried = {start}, 0
        while self._all not in layer:
            after: dict[int, list[str]] = {}
            for state, way in layer.items():
                for office, done in self._moves(state):
                    tried += 1
                    if done not in seen:
                        seen.add(done)
                        after[done] = [*way, office]
                if tried > MOST_VISITS_TRIED:
                    return None
            layer = _without_less(after)
        return layer[self._all]

    def greedy(self) -> list[str]:
        """Offices in order: always the one where most is ready."""
        done, way = self._home(0), []
        while done != self._all:
            moves = self._moves(done)
            office, after = max(moves, key=lambda move: (move[1] & ~done).bit_count())
            way.append(office)
            done = after
        return way

    # -- the result

    def itinerary(self, way: Sequence[str]) -> Itinerary:
        """The visits in this order, or in another one that is possible too and meets earlier dates."""
        left = []
        done = self._home(0)
        for office in way:
            after = self._visit(office, done)
            left.append((self._rank(office, after & ~done), office, after & ~done))
            done = self._home(after)
        visits: list[Visit] = []
        home = self._ordered(0, self._home(0))
        done = self._home(0)
        finished = dict.fromkeys(home, -1)
        while left:
            now = min(entry for entry in left if self._possible(entry[2], done))
            left.remove(now)
            visits.append(Visit(now[1], self._ordered(done, done | now[2])))
            after = self._home(done | now[2])
            home += self._ordered(done | now[2], after)
            over = {n for n in range(len(self._steps)) if self._over(n, after)}
            finished |= {n: len(visits) - 1 for n in over - finished.keys()}
            done = after
        return Itinerary(tuple(visits), home, finished)

    def _possible(self, parts: int, done: int) -> bool:
        return self._closure(parts, done, done) == done | parts

    def _ordered(self, done: int, after: int) -> tuple[int, ...]:
        """The steps between two states: as they become ready, the most pressing first."""
        found: list[int] = []
        left, now = after & ~done, done
        while left:
            ready = [p for p in _bits(left) if self._ready_beside(p, now)] or list(_bits(left))
            part = min(ready, key=lambda p: (self._urgent[self._parts[p][0]], self._parts[p][0]))
            found.append(self._parts[part][0])
            left, now = left & ~(1 << part), now | 1 << part
        return tuple(found)

    def _ready_beside(self, part: int, now: int) -> bool:
        return all(self._met(need, now, now) for need in self._needs[self._parts[part][0]])


def _without_less(layer: dict[int, list[str]]) -> dict[int, list[str]]:
    """Without the states in which less is done than in another one after as many visits."""
    kept: list[int] = []
    for state in sorted(layer, key=int.bit_count, reverse=True):
        if all(state | other != other for other in kept):
            kept.append(state)
    best = frozenset(kept)
    return {state: way for state, way in layer.items() if state in best}


def _bits(number: int) -> Iterator[int]:
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest
