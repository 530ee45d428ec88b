"""What each screen is shown: plain values. A screen reads one and knows nothing else of the visit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from kiosk.comfort import Comfort
from kiosk.config import About

if TYPE_CHECKING:
    from kiosk.checkup import CheckedPart
    from kiosk.procedures import AnswerValue, Event, EventHead, Plan, PlanItem, Question


@dataclass(frozen=True)
class Attract:
    """Nobody is here; ``languages`` in the order in which they are offered."""

    languages: tuple[str, ...]


@dataclass(frozen=True)
class Events:
    """``again``: one life event is behind the person, another begins with the same answers."""

    events: tuple[Event, ...]
    again: bool = False


@dataclass(frozen=True)
class SearchEvents:
    """Find a life event by one's own words. ``urgent``: numbers for somebody in danger, "" = not set."""

    events: tuple[EventHead, ...]
    urgent: str = ""


@dataclass(frozen=True)
class ForWhom:
    """Whether the plan is for the person who stands here; asked once in a visit. None = not said yet."""

    for_other: bool | None


@dataclass(frozen=True)
class Updated:
    """The pack has a newer version than the answers: ``asked_again`` of them, and a sentence for each that
    does not stand any more."""

    asked_again: int
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Asking:
    """One question. ``step`` of about ``about``; ``added`` more questions than the person was told;
    ``purpose``: why it is asked, in the person's language, where the pack does not say so itself."""

    question: Question
    answered: bool
    value: AnswerValue
    step: int
    about: int
    added: int = 0
    changing: bool = False
    purpose: str = ""


@dataclass(frozen=True)
class CheckRow:
    question: Question
    value: AnswerValue


@dataclass(frozen=True)
class Told:
    """Before the first question: what the person has said for an earlier life event and matters here too."""

    rows: tuple[CheckRow, ...]


@dataclass(frozen=True)
class Check:
    """``all_told``: nothing had to be asked, all answers come from an earlier life event."""

    rows: tuple[CheckRow, ...]
    step: int
    added: int = 0
    all_told: bool = False
    for_other: bool = False


@dataclass(frozen=True)
class ShowPlan:
    """``for_other``: it was prepared for somebody else than the person who stands here."""

    plan: Plan
    done: frozenset[str]
    for_other: bool = False
    answers: Mapping[str, AnswerValue] = field(default_factory=dict)


@dataclass(frozen=True)
class ShowErrands:
    """The same plan, trip by trip."""

    plan: Plan
    done: frozenset[str]


@dataclass(frozen=True)
class Assist:
    """How to get one procedure of the plan done, step by step; ``callable``: a person can be called here."""

    item: PlanItem
    callable: bool


class Progress(StrEnum):
    """How far something that takes a moment has come."""

    READY = "ready"
    BUSY = "busy"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True)
class TakeAway:
    """``printing`` is None where no printer is set up; ``sending`` is None where nothing may be sent;
    ``others``: whether there is another life event to go to; ``callable``: a person can be called here."""

    printing: Progress | None
    sending: Progress | None
    others: bool = False
    callable: bool = False


@dataclass(frozen=True)
class SendConsent:
    """What the person reads before they agree: who receives it, what for, when they answer."""

    recipient: str
    purpose: str
    reply_time: str
    progress: Progress
    printable: bool


@dataclass(frozen=True)
class Saved:
    """The dossier is durable on this kiosk; ``received`` once the hub has signed for it."""

    recipient: str
    reply_time: str
    case_code: str
    received: bool
    online: bool
    printable: bool


class Feedback(StrEnum):
    """Whether the person is asked at the end if this has helped: never after a sensitive event."""

    NONE = "none"
    ASKED = "asked"
    GIVEN = "given"


@dataclass(frozen=True)
class Thanks:
    """``printing`` is None where no printer is set up."""

    sent: bool
    printing: Progress | None
    feedback: Feedback = Feedback.NONE


@dataclass(frozen=True)
class ChooseLanguage:
    languages: tuple[str, ...]
    current: str


@dataclass(frozen=True)
class ShowComfort:
    """« Lecture et son ». ``minutes``: how long the kiosk waits before it asks: usually and at most."""

    comfort: Comfort
    minutes: tuple[int, int]


@dataclass(frozen=True)
class ShowAbout:
    """What this kiosk is, what happens to the answers, who can use it; ``about``: who answers for it.
    ``staff``: whether the way to the staff's page is shown."""

    about: About
    town: str
    staff: bool = False


class Door(StrEnum):
    """How far somebody has come at the staff's page. CHECKING: the code is being looked at."""

    CODE = "code"
    CHECKING = "checking"
    WRONG = "wrong"
    WAIT = "wait"
    OPEN = "open"


@dataclass(frozen=True)
class Staff:
    """``wait_s``: seconds before another code is looked at. ``parts``: the state of the machine, None while
    it is being found out; ``known``: whether it could be."""

    door: Door
    wait_s: int = 0
    parts: tuple[CheckedPart, ...] | None = None
    known: bool = True


class Call(StrEnum):
    """How a call for a person stands. NONE: nobody can be called from this screen."""

    NONE = "none"
    CALLING = "calling"
    COMING = "coming"
    NOBODY = "nobody"


@dataclass(frozen=True)
class AskForHelp:
    """``call``: whether somebody is being called; ``wait_s``: how long that is tried."""

    place: str
    phone: str
    hours: str
    desk: str
    has_answers: bool = False
    call: Call = Call.NONE
    wait_s: int = 20


@dataclass(frozen=True)
class ConfirmEnd:
    has_answers: bool
    sent: bool


@dataclass(frozen=True)
class StillThere:
    """``longer``: the person has asked for more time already."""

    seconds: int
    of: int
    longer: bool = False


@dataclass(frozen=True)
class Resume:
    """After a crash: go on, or somebody else. Shows no answer."""

    seconds: int


@dataclass(frozen=True)
class OutOfOrder:
    """The kiosk cannot do its job; where to go instead."""

    help: AskForHelp


View = (
    Attract
    | Events
    | SearchEvents
    | ForWhom
    | Updated
    | Told
    | Asking
    | Check
    | ShowPlan
    | ShowErrands
    | Assist
    | TakeAway
    | SendConsent
    | Saved
    | Thanks
    | ChooseLanguage
    | ShowComfort
    | ShowAbout
    | Staff
    | AskForHelp
    | ConfirmEnd
    | StillThere
    | Resume
    | OutOfOrder
)
