"""Proofs about conditions: what can never happen, what always does, what contradicts itself."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from typing import Any as Anything

from kiosk.procedures.answers import dump_answers
from kiosk.procedures.counting import DeadlineKind
from kiosk.procedures.interview import Fact
from kiosk.procedures.model import (
    CompetentBody,
    Deadline,
    Event,
    Pack,
    Paper,
    Procedure,
    Question,
    QuestionType,
)
from kiosk.procedures.outcomes import Verdict
from kiosk.procedures.plan import make_plan
from kiosk.procedures.plan_values import Status
from kiosk.procedures.proofs.asking import TYPED
from kiosk.procedures.proofs.errands import prove_errands
from kiosk.procedures.proofs.findings import Finding, found
from kiosk.procedures.proofs.parts import parts_of, readers_of, written
from kiosk.procedures.proofs.places import Places
from kiosk.procedures.proofs.prover import Given, Prover, both, neither
from kiosk.procedures.tree import Expr, Not, Text, questions_in, walk
from kiosk.procedures.values import PartialDate

ELSE = {"autre", "autres", "aucun", "aucune", "inconnu", "ne_sait_pas", "other", "none", "unknown"}
"""Values of an option that someone who does not know can touch."""


def prove_event(
    pack: Pack, event: Event, places: Places, today: date, may_apply: frozenset[str], until: float = math.inf
) -> Iterator[Finding]:
    """Every proof about one event, given up at ``until``. Raises UnknownNode, ProofFailed."""
    prover = Prover(pack, event, today, until)
    yield from _Proofs(pack, event, places, prover, may_apply).all()
    yield from prove_errands(pack, event, places, prover)


class _Proofs:
    def __init__(
        self, pack: Pack, event: Event, places: Places, prover: Prover, may_apply: frozenset[str]
    ) -> None:
        self._pack, self._event, self._places, self._prover = pack, event, places, prover
        self._may_apply = may_apply

    def all(self) -> Iterator[Finding]:
        for name in self._event.questions:
            yield from self._question(self._pack.questions[name])
        for n, procedure in enumerate(self._event.procedures):
            yield from self._procedure(n, procedure)
        yield from self._empty_plan()
        yield from self._who_does_not_know()

    def _found(
        self,
        rule: str,
        key: str,
        problem: str,
        given: Given | None = None,
        warning: bool = False,
        **more: Anything,
    ) -> Finding:
        witness: dict[str, Anything] = dict(more)
        if given is not None:
            witness["answers"] = dump_answers(given)
            witness["today"] = self._prover.today.isoformat()
        return found(self._places, rule, key, problem, witness, warning)

    # -- questions

    def _question(self, question: Question) -> Iterator[Finding]:
        key = f"event.{self._event.slug}.questions.{question.id}"
        facts = list(self._prover.readers(question.id))
        if not facts:
            yield self._found("question-unused", key, f"{question.id}: nothing of the event reads it", {})
            return
        if not any(self._asked(question.id, fact) for fact in facts):
            yield self._found(
                "question-unreachable",
                key,
                f"{question.id} is never asked: no answer to it changes anything",
                self._prover.interview({}),
                read_by=self._readers(question.id),
            )
            return
        yield from self._options(question)

    def _asked(self, name: str, fact: Anything) -> bool:
        if name in fact.moved_by and self._prover.certain(fact.tree) is not None:
            return True
        return self._prover.depends(fact.tree, name) is not None

    def _readers(self, name: str) -> list[str]:
        found = []
        for procedure, fact in zip(self._event.procedures, self._prover.facts.statuses, strict=True):
            if name in fact.support:
                found.append(procedure.id)
        return found

    def _options(self, question: Question) -> Iterator[Finding]:
        """An option that a condition names must be able to change something."""
        for value in question.values:
            facts = [
                f
                for f in self._prover.readers(question.id)
                if any(isinstance(node, Text) and node.value == value for node in walk(f.tree))
            ]
            if facts and all(self._prover.named_in_vain(f.tree, question.id, value) for f in facts):
                yield self._found(
                    "option-unreachable",
                    f"option.{question.id}.{value}",
                    f"{value!r} of {question.id} is named in a condition that it cannot change",
                    self._prover.interview({question.id: self._picked(question, value)}),
                )

    @staticmethod
    def _picked(question: Question, value: str) -> Anything:
        return (value,) if question.type is QuestionType.CHOICES else value

    # -- procedures

    def _procedure(self, n: int, procedure: Procedure) -> Iterator[Finding]:
        facts, at = self._prover.facts, f"procedure.{procedure.id}"
        condition = facts.statuses[n].tree
        if procedure.condition is not None:
            if self._prover.certain(condition) is None:
                yield self._found(
                    "procedure-unreachable",
                    f"{at}.condition",
                    f"{procedure.id}: its condition is never true",
                    self._against(condition),
                )
                return
            if self._prover.certain(Not(condition)) is None:
                yield self._found(
                    "condition-always",
                    f"{at}.condition",
                    f"{procedure.id}: its condition is never false: leave it out, or mend it",
                    self._prover.certain(condition),
                )
            yield from self._whole_answers(procedure, condition)
            yield from self._idle_parts(f"{at}.condition", procedure, condition)
        parts: tuple[tuple[str, str, tuple[Deadline | Paper | CompetentBody, ...], tuple[Fact, ...]], ...] = (
            ("deadline", "when", procedure.deadlines, facts.deadlines[n]),
            ("document", "when", procedure.documents, facts.papers[n]),
            ("bodies", "body", procedure.bodies, facts.bodies[n]),
        )
        for kind, rule, things, rows in parts:
            for i, (thing, fact) in enumerate(zip(things, rows, strict=True)):
                if thing.when is not None:
                    yield from self._when(f"{at}.{kind}.{i}", rule, procedure, thing, fact.tree)
        yield from self._contradictions(n, procedure)
        yield from self._anchors(n, procedure)

    def _against(self, condition: Anything) -> Given:
        """Answers of someone who comes nearest: every part of ``&&`` that can hold with those before it."""
        held: list[Anything] = []
        best: Given = {}
        for part in getattr(condition, "parts", ()):
            found = self._prover.certain(both(*held, part))
            if found is not None:
                held.append(part)
                best = found
        return self._prover.interview(best)

    def _when(
        self, key: str, rule: str, procedure: Procedure, thing: Anything, tree: Anything
    ) -> Iterator[Finding]:
        if self._prover.certain(tree) is None:
            yield self._found(
                f"{rule}-never",
                f"{key}.when",
                f"{procedure.id}: this never comes into force while the procedure applies",
                self._against(tree),
            )
            return
        yield from self._idle_parts(f"{key}.when", procedure, thing.when)
        outer = procedure.condition
        if outer is not None and self._prover.certain(both(outer, Not(thing.when))) is None:
            yield self._found(
                f"{rule}-always",
                f"{key}.when",
                f"{procedure.id}: this holds whenever the procedure applies: leave the when out",
                self._prover.certain(tree),
                warning=True,
            )

    def _idle_parts(self, key: str, procedure: Procedure, tree: Expr) -> Iterator[Finding]:
        """A part without which the condition says the same."""
        counts, essential = readers_of(tree), self._prover.essential(tree)
        for part, true, false in parts_of(tree):
            alone = all(counts[name] == 1 for name in questions_in(part))
            if alone and set(questions_in(part)) <= essential:
                continue  # what alone reads a question that matters is not idle
            if self._prover.same(tree, true) or self._prover.same(tree, false):
                yield self._found(
                    "part-idle",
                    key,
                    f"{procedure.id}: the condition says the same without {written(part)!r}",
                    warning=True,
                    part=written(part),
                )

    def _whole_answers(self, procedure: Procedure, condition: Anything) -> Iterator[Finding]:
        """Dates answered as precisely as the screen asks must decide."""
        if procedure.id in self._may_apply:
            return
        names = questions_in(condition)
        for name in names:
            question = self._pack.questions[name]
            if question.type is not QuestionType.DATE or question.precision == "day":
                continue
            found = self._prover.undecided(condition, name, question.precision)
            day = found.get(name) if found else None
            if found is None or not isinstance(day, PartialDate):
                continue
            month = day.month if question.precision == "month" else None
            given = {**found, name: PartialDate(day.year, month)}
            if self._prover.verdict(condition, given) is Verdict.MAYBE:
                yield self._found(
                    "known-may-apply",
                    f"procedure.{procedure.id}.condition",
                    f"{procedure.id}: with every answer known ({name} to the {question.precision}) it still "
                    "ends in 'may apply'; ask the day, or list it under may_apply in pack.yaml",
                    given,
                )

    def _contradictions(self, n: int, procedure: Procedure) -> Iterator[Finding]:
        rows = self._prover.facts.deadlines[n]
        dated = [
            (i, d)
            for i, d in enumerate(procedure.deadlines)
            if d.rule is not None and d.kind is not DeadlineKind.ADMIN
        ]
        for place, (i, one) in enumerate(dated):
            for j, other in dated[place + 1 :]:
                if (one.kind, one.anchor) != (other.kind, other.anchor) or one.rule == other.rule:
                    continue
                found = self._prover.certain(both(rows[i].tree, rows[j].tree))
                if found is not None:
                    yield self._found(
                        "contradiction",
                        f"procedure.{procedure.id}.deadline.{j}",
                        f"{procedure.id}: two deadlines of kind {one.kind} hold at once: "
                        f"{one.spelled!r} and {other.spelled!r}",
                        self._prover.interview(found),
                    )

    def _anchors(self, n: int, procedure: Procedure) -> Iterator[Finding]:
        """Who does not know the date must still be told a rule in words."""
        from kiosk.procedures.proofs.words import tells_time

        for i, deadline in enumerate(procedure.deadlines):
            question = self._pack.questions.get(deadline.anchor)
            key = f"procedure.{procedure.id}.deadline.{i}"
            if question is None or not question.unknown_allowed:
                continue
            text = self._pack.text(f"{key}.text", self._pack.source_lang)
            if tells_time(text, self._pack.source_lang):
                continue
            found = self._prover.certain(self._prover.facts.deadlines[n][i].tree)
            if found is not None:
                yield self._found(
                    "anchor-missing",
                    f"{key}.from",
                    f"{procedure.id}: {question.id} may be unknown, and {text!r} tells no time limit",
                    self._prover.interview({**found, question.id: None}),
                )

    # -- plans

    def _empty_plan(self) -> Iterator[Finding]:
        # What a town offers is no reason for a plan without procedures.
        facts = zip(self._event.procedures, self._prover.facts.statuses, strict=True)
        proper = [(procedure, fact) for procedure, fact in facts if not procedure.local]
        if any(procedure.condition is None for procedure, _ in proper):
            return
        statuses = [fact.tree for _, fact in proper]
        found = self._prover.certain(neither(statuses))
        if found is not None:
            yield self._found(
                "plan-empty",
                f"event.{self._event.slug}.procedures",
                f"{self._event.id}: these answers end in a plan with no procedure",
                self._prover.interview(found),
            )

    def _who_does_not_know(self) -> Iterator[Finding]:
        given = self._prover.interview({})
        for name in self._event.questions:
            question = self._pack.questions[name]
            touched = question.type in (*TYPED, QuestionType.YES_NO, QuestionType.CHOICES)
            touched = touched or bool(ELSE & set(question.values))
            if not question.unknown_allowed and not touched and self._reached(name):
                yield self._found(
                    "unknown-stuck",
                    f"question.{name}.unknown",
                    f"{name}: who does not know the answer cannot go on",
                    {n: v for n, v in given.items() if n != name},
                    stuck_at=name,
                )
        plan = make_plan(self._pack, self._event, given, self._prover.today, self._pack.source_lang)
        for item in plan.procedures:
            human = any(way.kind != "online" for way in item.channels)
            if item.status is Status.MAYBE and not human and not item.no_other_channel:
                yield self._found(
                    "unknown-stuck",
                    f"procedure.{item.id}.channels",
                    f"{item.id} may apply, and there is nobody to ask: no desk, no post, no phone",
                    given,
                )

    def _reached(self, name: str) -> bool:
        return any(self._asked(name, fact) for fact in self._prover.readers(name))
