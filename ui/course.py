"""What the engine says of a visit: what was asked, what comes next; and which events a town offers."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk import visit as visits
from kiosk.visit import Visit

if TYPE_CHECKING:
    from kiosk.procedures import EventHead, Pack


def offered(pack: Pack, names: tuple[str, ...] | None = None) -> tuple[EventHead, ...]:
    """The events that a town offers, in its order; ``names``: ids or file names, None = all there are."""
    if names is None:
        return pack.heads
    known = {name: head for head in pack.heads for name in (head.id, head.slug)}
    found = [known[name] for name in (ref.replace("/", ".") for ref in names) if name in known]
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True)
class Course:
    """Where a visit stands: questions answered that matter, told for an earlier life event or asked for this
    one; the next one; about how many are left."""

    visit: Visit
    told: tuple[str, ...]
    asked: tuple[str, ...]
    following: str | None
    left: int

    @property
    def total(self) -> int:
        return len(self.asked) + self.left


class Courses:
    """Remembers the last few, thought ahead of or not: a step asks several times."""

    def __init__(self) -> None:
        self._known: deque[Course] = deque(maxlen=4)

    def of(self, visit: Visit, pack: Pack) -> Course:
        """The course of ``visit``."""
        for known in self._known:
            if known.visit == visit:
                return known
        matter = visit.matter(pack)
        told = tuple(question for question in matter if question in visit.told)
        asked = tuple(question for question in matter if question not in visit.told)
        found = Course(visit, told, asked, visits.next_asked(visit, pack), visits.left(visit, pack))
        self._known.appendleft(found)
        return found
