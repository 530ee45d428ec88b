"""Proofs about errands: papers that nobody gives, what waits for itself, offices that are not there."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any as Anything

import z3

from kiosk.procedures.answers import dump_answers
from kiosk.procedures.events import knotted
from kiosk.procedures.model import Event, Output, Pack, Paper, Procedure
from kiosk.procedures.outcomes import Verdict
from kiosk.procedures.proofs.findings import Finding, found
from kiosk.procedures.proofs.places import Places
from kiosk.procedures.proofs.prover import Given, Prover, both
from kiosk.procedures.tree import TRUE, Expr, Not, questions_in

Need = tuple[Expr, tuple[int, ...]]
"""When something is needed, and the procedures any one of which gives it."""


def prove_errands(pack: Pack, event: Event, places: Places, prover: Prover) -> Iterator[Finding]:
    """Every proof about what unlocks what. Raises UnknownNode, ProofFailed."""
    yield from _Errands(pack, event, places, prover).all()


class _Errands:
    def __init__(self, pack: Pack, event: Event, places: Places, prover: Prover) -> None:
        self._pack, self._event, self._places, self._prover = pack, event, places, prover
        self._applies = [fact.tree for fact in prover.facts.statuses]

    def all(self) -> Iterator[Finding]:
        for n, procedure in enumerate(self._event.procedures):
            for i, paper in enumerate(procedure.documents):
                yield from self._paper(n, procedure, i, paper)
            yield from self._priors(n, procedure)
            yield from self._offices(n, procedure)
        yield from self._circles()

    def _found(self, rule: str, key: str, problem: str, given: Given, **more: Anything) -> Finding:
        witness = more | {"answers": dump_answers(given), "today": self._prover.today.isoformat()}
        return found(self._places, rule, key, problem, witness)

    def _someone(self, *trees: Expr) -> Given | None:
        """What a person answers for whom all of this holds."""
        answers = self._prover.certain(both(*trees))
        return None if answers is None else self._prover.interview(answers)

    def _not(self, procedures: tuple[int, ...]) -> list[Expr]:
        return [Not(self._applies[n]) for n in procedures]

    # -- papers

    def _at_hand(self, paper: Paper | Output) -> bool:
        return self._pack.documents[paper.id].at_hand

    def _givers(self, n: int, paper: Paper) -> tuple[int, ...]:
        return tuple(
            other
            for other, procedure in enumerate(self._event.procedures)
            if other != n and any(output.id == paper.id for output in procedure.gives)
        )

    def _paper(self, n: int, procedure: Procedure, i: int, paper: Paper) -> Iterator[Finding]:
        if self._at_hand(paper):
            return
        givers = self._givers(n, paper)
        given = self._someone(self._prover.facts.papers[n][i].tree, *self._not(givers))
        if given is None:
            return
        problem = f"{procedure.id}: nobody gives {paper.id}; is it held, or given_by an office?"
        if givers:
            names = ", ".join(self._event.procedures[giver].id for giver in givers)
            problem = f"{procedure.id}: {paper.id} is needed where what gives it does not apply ({names})"
        key = f"procedure.{procedure.id}.document.{i}"
        yield self._found("paper-nobody-gives", key, problem, given, paper=paper.id)

    # -- order

    def _prior_places(self, procedure: Procedure) -> Iterator[tuple[int, int]]:
        """(place in ``after``, place in the event)."""
        places = {other.id: n for n, other in enumerate(self._event.procedures)}
        yield from ((i, places[prior.id]) for i, prior in enumerate(procedure.after))

    def _priors(self, n: int, procedure: Procedure) -> Iterator[Finding]:
        """What comes after what does not apply, unless what that gives can be had otherwise."""
        for i, place in self._prior_places(procedure):
            prior = self._event.procedures[place]
            if prior.gives and all(self._at_hand(output) for output in prior.gives):
                continue
            given = self._someone(self._applies[n], Not(self._applies[place]))
            if given is not None:
                problem = (
                    f"{procedure.id} comes after {prior.id}, which does not apply to these people, "
                    "and nothing else stands for its outcome"
                )
                yield self._found("after-unmet", f"procedure.{procedure.id}.after.{i}", problem, given)

    def _needs(self, n: int, procedure: Procedure) -> Iterator[Need]:
        for _, prior in self._prior_places(procedure):
            yield TRUE, (prior,)
        own = {output.id for output in procedure.gives}
        for paper, fact in zip(procedure.documents, self._prover.facts.papers[n], strict=True):
            givers = self._givers(n, paper)
            if givers and paper.id not in own and not self._at_hand(paper):
                yield fact.tree, givers

    def _circles(self) -> Iterator[Finding]:
        """Procedures that apply, each of which needs something that only others of them give."""
        needs = {n: list(self._needs(n, one)) for n, one in enumerate(self._event.procedures)}
        knot = knotted(
            {n: set(chain.from_iterable(givers for _, givers in rows)) for n, rows in needs.items()}
        )
        if not knot:
            return
        stuck = {n: z3.Bool(f"stuck.{n}") for n in needs}
        rules = [z3.Or(*(stuck[n] for n in knot))]
        names: dict[str, None] = {}
        for n in needs:
            if n not in knot:
                rules.append(z3.Not(stuck[n]))
                continue
            waits = [self._waits(need, stuck) for need in needs[n]]
            rules.append(z3.Implies(stuck[n], z3.And(self._prover.formula(self._applies[n]), z3.Or(*waits))))
            trees = [tree for tree, _ in needs[n]] + [
                self._applies[m] for _, gs in needs[n] for m in (n, *gs)
            ]
            names |= dict.fromkeys(name for tree in trees for name in questions_in(tree))
        answers = self._prover.all_known(z3.And(*rules), tuple(names))
        if answers is None:
            return
        given = self._prover.interview(answers)
        held = self._held_up(needs, given)
        problem = f"{', '.join(self._event.procedures[n].id for n in held)} wait for each other"
        key = f"procedure.{self._event.procedures[held[0]].id}"
        circle = [self._event.procedures[n].id for n in held]
        yield self._found("papers-circle", key, problem, given, circle=circle)

    def _waits(self, need: Need, stuck: dict[int, Anything]) -> Anything:
        """That something is needed, somebody gives it, and whoever does is stuck."""
        tree, givers = need
        applies = {giver: self._prover.formula(self._applies[giver]) for giver in givers}
        all_stuck = [z3.Implies(applies[giver], stuck[giver]) for giver in givers]
        return z3.And(self._prover.formula(tree), z3.Or(*applies.values()), *all_stuck)

    def _held_up(self, needs: dict[int, list[Need]], given: Given) -> list[int]:
        """The procedures in the circle and behind it, for these answers; the engine says what applies."""

        def holds(tree: Expr) -> bool:
            return self._prover.verdict(tree, given) is Verdict.TRUE

        applying = {n for n in needs if holds(self._applies[n])}
        needed = {n: [set(givers) & applying for tree, givers in needs[n] if holds(tree)] for n in applying}
        stuck = set(applying)
        while ready := {n for n in stuck if all(not givers or givers - stuck for givers in needed[n])}:
            stuck -= ready
        return sorted(stuck)

    # -- offices

    def _offices(self, n: int, procedure: Procedure) -> Iterator[Finding]:
        whens = [body.when for body in procedure.bodies]
        closed = [Not(when) for when in whens if when is not None]
        if len(closed) < len(whens):
            return
        given = self._someone(self._applies[n], *closed)
        if given is not None:
            key = f"procedure.{procedure.id}.bodies"
            problem = f"{procedure.id}: it applies, and no office is competent"
            bodies = [body.id for body in procedure.bodies]
            yield self._found("office-missing", key, problem, given, bodies=bodies)
