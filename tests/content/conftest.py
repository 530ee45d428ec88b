"""A person in front of the shipped French pack: what they answer, what they are asked, what plan they get."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import pytest

from kiosk.procedures import (
    Pack,
    Plan,
    PlanItem,
    find_pack,
    load_pack,
    make_plan,
    next_question,
    parse_answer,
)

TODAY = date(2026, 11, 24)


@dataclass(frozen=True)
class Outcome:
    """The questions asked, in order, and the plan they led to. Procedures by their short names."""

    asked: tuple[str, ...]
    plan: Plan

    def __getitem__(self, name: str) -> PlanItem:
        return next(item for item in self.plan.procedures if item.id.rsplit(".", 1)[1] == name)

    def names(self, status: str) -> set[str]:
        return {item.id.rsplit(".", 1)[1] for item in self.plan.procedures if item.status == status}

    @property
    def applies(self) -> set[str]:
        return self.names("applies")

    @property
    def maybe(self) -> set[str]:
        return self.names("maybe")

    @property
    def excluded(self) -> set[str]:
        return self.names("not")

    def last_day(self, name: str) -> date | None:
        deadline = self[name].deadline
        return deadline.date if deadline else None

    def papers(self, name: str) -> set[str]:
        return {paper.id for paper in self[name].documents}


Person = Callable[..., Outcome]


@pytest.fixture(scope="session")
def pack() -> Pack:
    """The shipped French pack, read from its sources."""
    return load_pack(find_pack("fr"))


def visit(pack: Pack, slug: str, answers: Mapping[str, object], today: date, lang: str) -> Outcome:
    """Answers each question that is asked; "I do not know" where the person says nothing."""
    event = pack.events[f"fr.{slug}"]
    given: dict[str, object] = {}
    while question := next_question(pack, event, given, today):
        given[question.id] = parse_answer(question, answers.get(question.id))
    unused = set(answers) - set(given)
    assert not unused, f"never asked: {unused}"
    return Outcome(tuple(given), make_plan(pack, event, given, today, lang))


def person(pack: Pack, slug: str) -> Person:
    """``PERSON(today=…, **answers)``: a visit for this event. An answer never asked for is an error."""

    def _visit(today: date = TODAY, lang: str = "fr", **answers: object) -> Outcome:
        return visit(pack, slug, answers, today, lang)

    return _visit


@pytest.fixture
def birth(pack: Pack) -> Person:
    return person(pack, "naissance")


@pytest.fixture
def move(pack: Pack) -> Person:
    return person(pack, "demenagement")


@pytest.fixture
def death(pack: Pack) -> Person:
    return person(pack, "deces")


@pytest.fixture
def job(pack: Pack) -> Person:
    return person(pack, "emploi")
