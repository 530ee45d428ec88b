"""Exactly what a condition still depends on.

The condition, with the answers put in, is drawn as a reduced ordered decision diagram over the representative
answers of each open question. In a reduced diagram a question appears if and only if some pair of
completions that differ in this question alone differ in the result: it "can still change something".
Questions answered by "I do not know" come last and collapse: whichever way they would fall, what remains is
true, false, or "maybe" when it can be both.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import IntEnum

import msgspec

from kiosk.procedures.domains import Domains
from kiosk.procedures.evaluate import Binding, Bindings, Range, Unknown, bound, restrict
from kiosk.procedures.linear import TooManyCases
from kiosk.procedures.model import Question
from kiosk.procedures.tree import Expr, Flag, Has, questions_in, walk

CASES = 8_000
"""Branches that one condition may take before it is refused: at worst a second when a pack is checked."""


ALL_CASES = 100_000
"""Branches that all conditions of a pack may take together: at worst half a minute."""


class Effort:
    """Counts what many conditions take together, so that a pack cannot keep a reader busy for hours."""

    def __init__(self, most: int = ALL_CASES) -> None:
        self._left = most

    def spend(self, cases: int) -> None:
        """Raises TooManyCases once nothing is left."""
        self._left -= cases
        if self._left < 0:
            raise TooManyCases


class Verdict(IntEnum):
    """What is certain of a condition. OPEN: a question not yet asked decides it."""

    FALSE = 0
    TRUE = 1
    MAYBE = 2
    OPEN = 3


class Settled(msgspec.Struct, frozen=True):
    """The verdict, and the questions not asked yet that can still change it."""

    verdict: Verdict
    essential: frozenset[str] = frozenset()


def _range(name: str, known: Bindings) -> Range | None:
    """The days that a partly known date can mean."""
    found = bound(name, known)
    return found if isinstance(found, Range) else None


NO_ONE: frozenset[str] = frozenset()
Branch = tuple[int, frozenset[str]]


def settle(
    tree: Expr,
    known: Bindings,
    questions: Mapping[str, Question],
    today: date,
    effort: Effort | None = None,
) -> Settled:
    """The exact verdict on a boolean tree. Raises TooManyCases."""
    rest = restrict(tree, known, today)
    if isinstance(rest, Flag):
        return Settled(Verdict(int(rest.value)))
    diagram = _Diagram(rest, known, questions, today)
    number, essential = diagram.branch(rest, dict(known))
    if effort is not None:
        effort.spend(diagram.cases)
    return Settled(Verdict(min(number, Verdict.OPEN)), essential)


class _Diagram:
    """Builds the diagram; branches 0, 1, 2 are the verdicts, higher numbers are decisions."""

    def __init__(self, tree: Expr, known: Bindings, questions: Mapping[str, Question], today: date) -> None:
        self._today = today
        self._numbers: dict[tuple[str, tuple[int, ...]], int] = {}
        self._done: dict[Expr, Branch] = {}
        self.cases = 0
        self._domains: dict[str, tuple[Binding, ...]] = {}
        self._closed: dict[str, tuple[Binding, ...]] = {}
        self._nodes = walk(tree)
        hidden = {name: _range(name, known) for name in questions_in(tree) if name in known or "#" in name}
        self._values = Domains(self._nodes, questions, today, hidden)
        skippable = {node.question for node in self._nodes if isinstance(node, Has)}
        for name in questions_in(tree):
            if name not in known and "#" not in name:
                values = self._values.of(name)
                self._domains[name] = (*values, Unknown.DONT_KNOW) if name in skippable else values

    def branch(self, tree: Expr, known: dict[str, Binding]) -> Branch:
        """(number, questions that appear below) of a tree in which ``known`` has been put."""
        if isinstance(tree, Flag):
            return int(tree.value), NO_ONE
        done = self._done.get(tree)
        if done is not None:
            return done
        names = questions_in(tree)
        name = next((name for name in self._domains if name in names and name not in known), None)
        if name is None:
            found: Branch = (self._collapse(tree, known, names[0]), NO_ONE)
        else:
            found = self._decide(tree, known, name)
        # What was answered "I do not know" on the way is not in the tree: such branches are not shared.
        if not any(value is Unknown.DONT_KNOW and key in self._domains for key, value in known.items()):
            self._done[tree] = found
        return found

    def _decide(self, tree: Expr, known: dict[str, Binding], name: str) -> Branch:
        below = [self._with(tree, known, name, value) for value in self._domains[name]]
        numbers = tuple(number for number, _ in below)
        if len(set(numbers)) == 1:
            return below[0]
        number = self._numbers.setdefault((name, numbers), len(self._numbers) + Verdict.OPEN)
        return number, frozenset({name}).union(*(names for _, names in below))

    def _collapse(self, tree: Expr, known: dict[str, Binding], name: str) -> int:
        verdicts = set()
        if name not in self._closed:
            self._closed[name] = self._values.of(name)
        for value in self._closed[name]:
            verdicts.add(self._with(tree, known, name, value)[0])
            if len(verdicts) > 1 or Verdict.MAYBE in verdicts:
                return Verdict.MAYBE
        return verdicts.pop()

    def _with(self, tree: Expr, known: dict[str, Binding], name: str, value: Binding) -> Branch:
        self.cases += 1
        if self.cases > CASES:
            raise TooManyCases
        return self.branch(restrict(tree, {name: value}, self._today), {**known, name: value})
