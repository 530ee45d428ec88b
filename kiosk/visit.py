"""One citizen's time at a kiosk, from first touch to wipe: a value, and the functions that change it.

Nothing here knows a screen, a disk or a clock: the day is fixed when the visit starts, so that no date
moves at midnight, and every change gives a new :class:`Visit`. The engine is imported by the functions that
ask it: the welcome screen needs the types of this module, and no engine.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from kiosk.comfort import Comfort, parse_comfort
from kiosk.errors import KioskError

if TYPE_CHECKING:
    from kiosk.procedures import AnswerValue, Fated, Pack, PackChange

DRAFT_SCHEMA = "draft/3"


@dataclass(eq=False)
class DraftUnreadable(KioskError):
    """A saved draft does not fit this version or this pack: the visit cannot be taken up again."""

    code: ClassVar[str] = "visit.draft"


@dataclass(frozen=True)
class Visit:
    """``answers`` holds all that was answered, in the order of ``trail``, whether it still matters or not."""

    lang: str
    today: date
    case_code: str
    event: str = ""
    answers: Mapping[str, AnswerValue] = field(default_factory=dict)
    trail: tuple[str, ...] = ()
    done: frozenset[str] = frozenset()
    """Procedures that the person says they have already done."""
    told: frozenset[str] = frozenset()
    """Questions that were answered before this life event began: « you already told us »."""
    for_other: bool | None = None
    """Whether the plan is for somebody else; None = not asked yet."""
    comfort: Comfort = field(default_factory=Comfort)

    @property
    def has_answers(self) -> bool:
        """Whether there is something to wipe."""
        return bool(self.answers)

    def matter(self, pack: Pack) -> tuple[str, ...]:
        """The answered questions that still matter, in the order in which they were answered."""
        from kiosk.procedures import relevant_answers

        now = relevant_answers(pack, pack.events[self.event], self.answers, self.today)
        return tuple(question for question in self.trail if question in now)


def begin_event(visit: Visit, event: str) -> Visit:
    """The same person, with this life event; answers to shared questions are kept."""
    told = visit.told if event == visit.event else frozenset(visit.answers)
    return replace(visit, event=event, told=told)


def with_answer(visit: Visit, question: str, value: AnswerValue) -> Visit:
    """The visit with ``question`` answered or answered anew; no other answer is lost."""
    trail = visit.trail if question in visit.trail else (*visit.trail, question)
    return replace(visit, answers={**visit.answers, question: value}, trail=trail)


def says_done(visit: Visit, procedure: str, done: bool) -> Visit:
    """The visit in which the person says that ``procedure`` is, or is not, already done."""
    return replace(visit, done=visit.done | {procedure} if done else visit.done - {procedure})


def carry_over(visit: Visit, old: Pack, new: Pack) -> Visit:
    """The visit under a new version of its pack: answers that still fit, an event that is still there.

    Raises ValueError for packs of different ids.
    """
    from kiosk.procedures import classify_change

    carried = _carried(visit, visit.answers, classify_change(old, new, visit.answers, visit.today))
    return replace(carried, event=visit.event if visit.event in new.events else "")


def _carried(visit: Visit, given: Iterable[str], change: PackChange) -> Visit:
    """The visit with the answers that the change keeps. ``given``: ids of the answered questions, before."""
    from kiosk.procedures import Fate

    became = {
        before: fated.question
        for before, fated in zip(given, change.fates, strict=True)
        if fated.fate is Fate.KEPT
    }
    return replace(
        visit,
        answers=change.kept,
        trail=tuple(became[question] for question in visit.trail if question in became),
        told=frozenset(became[question] for question in visit.told if question in became),
    )


def next_asked(visit: Visit, pack: Pack) -> str | None:
    """The question to ask now, or None when no answer could change the plan any more."""
    from kiosk.procedures import next_question

    question = next_question(pack, pack.events[visit.event], visit.answers, visit.today)
    return question.id if question else None


def left(visit: Visit, pack: Pack) -> int:
    """About how many questions are left, the current one included."""
    from kiosk.procedures import outcome_questions

    return len(outcome_questions(pack, pack.events[visit.event], visit.answers, visit.today))


@dataclass(frozen=True)
class Resumed:
    """A visit taken up again. ``lost``: the answers that a newer version of the pack asks again or no longer
    asks for, in the order in which they were given; empty where the person notices nothing. ``before``: the
    version they were given under, None where this device does not hold it any more."""

    visit: Visit
    lost: tuple[Fated, ...] = ()
    before: Pack | None = None


def dump_draft(visit: Visit, pack: Pack) -> bytes:
    """The visit as bytes, to be encrypted before they go anywhere; it names the pack that it belongs to."""
    from kiosk.procedures import dump_answer

    return json.dumps(
        {
            "schema": DRAFT_SCHEMA,
            "pack": {"id": pack.id, "hash": pack.hash},
            "lang": visit.lang,
            "today": visit.today.isoformat(),
            "case_code": visit.case_code,
            "event": visit.event,
            "answers": {question: dump_answer(value) for question, value in visit.answers.items()},
            "numbers": {question: pack.questions[question].number for question in visit.answers},
            "trail": list(visit.trail),
            "done": sorted(visit.done),
            "told": sorted(visit.told),
            "for_other": visit.for_other,
            "comfort": asdict(visit.comfort),
        }
    ).encode()


def load_draft(raw: bytes, pack: Pack, earlier: Callable[[str], Pack | None] = lambda _hash: None) -> Resumed:
    """The visit that :func:`dump_draft` wrote, under ``pack``. ``earlier`` finds another version by its hash.

    Raises DraftUnreadable when the bytes are no such draft, or belong to another pack or event.
    """
    try:
        table = json.loads(raw)
        if table["schema"] != DRAFT_SCHEMA or table["pack"]["id"] != pack.id:
            raise DraftUnreadable
        visit = Visit(
            lang=str(table["lang"]),
            today=date.fromisoformat(table["today"]),
            case_code=str(table["case_code"]),
            event=pack.events[table["event"]].id,
            trail=tuple(table["trail"]),
            done=frozenset(map(str, table["done"])),
            told=frozenset(table["told"]),
            for_other={None: None, True: True, False: False}[table["for_other"]],
            comfort=parse_comfort(table["comfort"]),
        )
        before = pack if table["pack"]["hash"] == pack.hash else earlier(table["pack"]["hash"])
        change = _change(table, before, pack, visit.today)
        carried = _carried(visit, table["answers"], change)
        return Resumed(carried, _lost(carried, pack, change), before)
    except (KioskError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DraftUnreadable from error


def _change(table: dict[str, Any], before: Pack | None, pack: Pack, today: date) -> PackChange:
    """What the present pack makes of the answers of a draft."""
    from kiosk.procedures import classify_change, parse_answers, without_earlier

    if before is None:
        return without_earlier(pack, table["answers"], table["numbers"], today)
    answers = parse_answers(before, before.events[table["event"]], table["answers"])
    return classify_change(before, pack, answers, today)


def _lost(visit: Visit, pack: Pack, change: PackChange) -> tuple[Fated, ...]:
    """What the person will notice. A question that is not asked any more of them is not « asked again »."""
    from kiosk.procedures import Fate, outcome_questions

    asked = outcome_questions(pack, pack.events[visit.event], visit.answers, visit.today)
    return tuple(
        one
        for one in change.fates
        if one.fate is Fate.WITHDRAWN or (one.fate is Fate.ASK_AGAIN and one.question in asked)
    )


@dataclass(frozen=True)
class IdleClock:
    """When a silent person is asked whether they are still there, and when the visit ends. Seconds.

    ACCESSIBILITY row 41: one touch extends, at least ten times; here as often as the person likes.
    """

    idle_s: float
    warning_s: float
    last_touch: float = 0.0

    def touched(self, now: float) -> IdleClock:
        """The clock after a touch or a key at ``now`` (monotonic seconds)."""
        return replace(self, last_touch=now)

    def seconds_left(self, now: float) -> float | None:
        """None while the person is active; else what is left of the warning, 0 when the time is over."""
        silent = now - self.last_touch
        if silent < self.idle_s:
            return None
        return max(0.0, self.idle_s + self.warning_s - silent)
