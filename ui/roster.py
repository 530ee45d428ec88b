"""The members of a repeated group, and whom one is just being asked about. No widget, no Qt: values only."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kiosk.procedures import AnswerValue, Member
from kiosk.procedures.values import MOST_MEMBERS

Answers = tuple[tuple[str, AnswerValue], ...]


@dataclass(frozen=True)
class Roster:
    """``questions`` are asked of each of the ``members``, one after the other.

    ``at``: the number of the member who is asked about, ``len(members)`` for a new one, None while the list
    is shown; ``asked``: the question on the screen; ``given``: what was answered of this member so far, kept
    for a new one when the person goes back to the list. ``removed``: what « Retirer » took, and from where.
    """

    questions: tuple[str, ...]
    members: tuple[Member, ...] = ()
    at: int | None = None
    asked: str = ""
    given: Answers = ()
    removed: tuple[int, Member] | None = None

    @property
    def full(self) -> bool:
        """Whether nobody can be added."""
        return len(self.members) >= MOST_MEMBERS

    def value(self) -> AnswerValue:
        """The answer to the question being asked, as it was given before; None where it was not."""
        return dict(self.given).get(self.asked)

    def is_given(self) -> bool:
        """Whether the question being asked was answered before."""
        return self.asked in dict(self.given)

    def add(self) -> Roster:
        """Ask about one more; a list that is full stays as it is."""
        if self.full:
            return self
        return replace(self, at=len(self.members), asked=self.questions[0], removed=None)

    def change(self, number: int) -> Roster:
        """Ask about one of them again; what a new one had answered is not hers."""
        return replace(
            self, at=number, asked=self.questions[0], given=self.members[number].answers, removed=None
        )

    def answer(self, value: AnswerValue) -> Roster:
        """The next question of this member, or the list with the member in it."""
        known = {**dict(self.given), self.asked: value}
        given = tuple((name, known[name]) for name in self.questions if name in known)
        position = self.questions.index(self.asked) + 1
        if position < len(self.questions):
            return replace(self, asked=self.questions[position], given=given)
        members = list(self.members)
        members[self.at : (self.at or 0) + 1] = [Member(given)]
        return replace(self, members=tuple(members), at=None, asked="", given=())

    def back(self) -> Roster:
        """The question before, or the list: a new member's answers wait, a changed one stays as it was."""
        position = self.questions.index(self.asked)
        if position:
            return replace(self, asked=self.questions[position - 1])
        new = self.at == len(self.members)
        return replace(self, at=None, asked="", given=self.given if new else ())

    def remove(self, number: int) -> Roster:
        """Take one off the list; :meth:`put_back` undoes it."""
        rest = (*self.members[:number], *self.members[number + 1 :])
        return replace(self, members=rest, removed=(number, self.members[number]))

    def put_back(self) -> Roster:
        """What was taken off last is where it was."""
        if self.removed is None:
            return self
        number, member = self.removed
        members = (*self.members[:number], member, *self.members[number:])
        return replace(self, members=members, removed=None)
