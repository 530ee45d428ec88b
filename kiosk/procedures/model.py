"""What a pack is made of: frozen values, built once by the loader, stored compiled.

Texts are not here: every text has a key (docs/pack-format.md) and is asked of :meth:`Pack.text`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any

import msgspec

from kiosk.procedures.counting import Counting, DeadlineKind, ReachesBack, Roll, Rule
from kiosk.procedures.errors import EventNotFound
from kiosk.procedures.tree import Expr


class QuestionType(StrEnum):
    """The closed list of question types."""

    YES_NO = "yes-no"
    CHOICE = "choice"
    CHOICES = "choices"
    DATE = "date"
    NUMBER = "number"
    MONEY = "money"
    TEXT = "text"
    NAME = "name"
    ADDRESS = "address"
    PHONE = "phone"
    EMAIL = "email"
    NATIONAL_NUMBER = "national-number"
    COUNTRY = "country"
    GROUP = "group"


class LegalBasis(StrEnum):
    """Why an office may ask: GDPR article 6 (1), points c, e, a and d."""

    LEGAL_OBLIGATION = "legal-obligation"
    PUBLIC_TASK = "public-task"
    CONSENT = "consent"
    VITAL_INTEREST = "vital-interest"


class Validity(msgspec.Struct, frozen=True):
    """Something an answer must be, with a sentence of its own for who is refused: text key
    ``question.ID.valid.N.say``. One of ``bound`` (``min`` or ``max``: the sentence of that bound), ``shape``
    (``9`` a digit, ``A`` a letter, ``*`` either, others themselves), ``rule`` (over this question alone)."""

    bound: str = ""
    shape: str = ""
    rule: Expr | None = None


class Option(msgspec.Struct, frozen=True):
    """One possible answer of a choice; ``number`` is permanent."""

    value: str
    number: int
    icon: str = ""


class Question(msgspec.Struct, frozen=True):
    """One concept that a person is asked about.

    ``minimum`` and ``maximum``: a whole number; a decimal as text for money; for a date an ISO date,
    ``today``, or ``today`` with an ISO duration (``today-P3Y``). ``questions``: ids, groups only.
    ``basis``: empty = the pack's. ``from_card``: the field of an eID card that answers it. ``legal_basis``:
    the article that lets an office have a national number. ``typed_by_law``: the article that leaves no way
    but typing. ``about``: answers to touch instead, as JSON values; texts ``question.ID.about.N.text``.
    """

    id: str
    number: int
    type: QuestionType
    options: tuple[Option, ...] = ()
    unknown_allowed: bool = True
    minimum: int | str | None = None
    maximum: int | str | None = None
    precision: str = "day"
    private: bool = False
    sensitive: bool = False
    icon: str = ""
    unit: str = ""
    questions: tuple[str, ...] = ()
    basis: LegalBasis | None = None
    from_card: str = ""
    legal_basis: str = ""
    typed_by_law: str = ""
    valid: tuple[Validity, ...] = ()
    about: tuple[int | str, ...] = ()

    @property
    def values(self) -> tuple[str, ...]:
        """The values of the options, in order."""
        return tuple(option.value for option in self.options)


class Source(msgspec.Struct, frozen=True):
    """Where a fact was read, and when."""

    url: str
    title: str
    checked: date


class Body(msgspec.Struct, frozen=True):
    """An office. Its name, address and hours are texts; ``holiday_region`` empty = unknown. ``directory``:
    what the public directory calls such an office. ``source``: where an overlay has its address from."""

    id: str
    phone: str = ""
    url: str = ""
    holiday_region: str = ""
    directory: str = ""
    source: Source | None = None


class Document(msgspec.Struct, frozen=True):
    """A paper. ``held``: the person has it, or writes it. ``given_by``: ids of the offices that give it."""

    id: str
    held: bool = False
    given_by: tuple[str, ...] = ()

    @property
    def at_hand(self) -> bool:
        """Whether it can be had without a procedure that gives it."""
        return self.held or bool(self.given_by)


class Dated(msgspec.Struct, frozen=True):
    """The value of a parameter from a day on."""

    value: Decimal
    unit: str
    valid_from: date
    law: str
    confidence: str


class Deadline(msgspec.Struct, frozen=True):
    """A rule in words, and in arithmetic where ``anchor`` (a date question, or ``today``) is given.

    ``opens``: the first day on which it can be done. ``hour``: the number question that gives the anchor's
    hour, for rules in open hours.
    """

    kind: DeadlineKind
    when: Expr | None = None
    anchor: str = ""
    rule: Rule | None = None
    counting: Counting = Counting.DAY_AFTER
    roll: Roll = Roll.NONE
    spelled: str = ""
    law: tuple[str, ...] = ()
    confidence: str = ""
    opens: Rule | None = None
    hour: str = ""
    reaches_back: ReachesBack | None = None


class Paper(msgspec.Struct, frozen=True):
    """A document that a procedure needs. ``shown``: shown and given back, no copy stays there."""

    id: str
    copies: int = 1
    when: Expr | None = None
    shown: bool = False


class Output(msgspec.Struct, frozen=True):
    """A document that comes out of a procedure; ``later``: not on the spot."""

    id: str
    later: bool = False


class Prior(msgspec.Struct, frozen=True):
    """A procedure whose outcome another one needs; ``later``: its outcome is not there on the spot."""

    id: str
    later: bool = False


class CompetentBody(msgspec.Struct, frozen=True):
    """A body that can do it, where ``when`` holds."""

    id: str
    when: Expr | None = None


class Cost(msgspec.Struct, frozen=True):
    """A price, or words (text key ``procedure.ID.cost``) where ``amount`` is None."""

    amount: Decimal | None = None
    currency: str = ""
    confidence: str = ""


class Channel(msgspec.Struct, frozen=True):
    """A way to do it: ``kind`` is desk, post, phone or online."""

    kind: str
    url: str = ""
    phone: str = ""


class Procedure(msgspec.Struct, frozen=True):
    """One administrative act. ``amount`` is a parameter's id: what one may receive. ``bodies``: the usual one
    first; one is enough, unless ``every_body``: then each has to be seen. ``local``: an overlay's aid, which
    only ever may apply: no condition, no deadlines; its text ``amount`` has no parameter."""

    id: str
    bodies: tuple[CompetentBody, ...]
    sources: tuple[Source, ...]
    confidence: str
    condition: Expr | None = None
    deadlines: tuple[Deadline, ...] = ()
    documents: tuple[Paper, ...] = ()
    cost: Cost | None = None
    amount: str = ""
    channels: tuple[Channel, ...] = ()
    form: str = ""
    form_confidence: str = ""
    law: tuple[str, ...] = ()
    official_page: str = ""
    sensitive: bool = False
    every_body: bool = False
    gives: tuple[Output, ...] = ()
    after: tuple[Prior, ...] = ()
    local: bool = False


class EventHead(msgspec.Struct, frozen=True):
    """What is known of a life event before it is opened. ``questions``: ids in asking order; ``asks``: the
    types of these."""

    id: str
    slug: str
    questions: tuple[str, ...]
    asks: frozenset[QuestionType]
    icon: str = ""
    tint: str = ""
    sensitive: bool = False


class Event(msgspec.Struct, frozen=True):
    """Why the person came. ``questions``: ids in asking order."""

    id: str
    slug: str
    questions: tuple[str, ...]
    procedures: tuple[Procedure, ...]
    icon: str = ""
    tint: str = ""
    sensitive: bool = False

    def head(self, questions: Mapping[str, Question]) -> EventHead:
        """What is known of it before it is opened. ``questions``: those of the pack."""
        asks = frozenset(questions[name].type for name in self.questions)
        return EventHead(self.id, self.slug, self.questions, asks, self.icon, self.tint, self.sensitive)


class Flaw(msgspec.Struct, frozen=True):
    """Something an editor should know about a translation or a text, with where it is."""

    file: str
    line: int
    problem: str


class Overlay(msgspec.Struct, frozen=True):
    """A town's or department's own part of a pack. ``hash``: SHA-256 of its sources; ``texts``: the keys of
    the texts that are its own."""

    id: str
    version: str
    checked: date
    hash: str
    texts: frozenset[str]
    insee: str = ""


class Pack(msgspec.Struct, frozen=True, dict=True, eq=False, weakref=True):
    """Everything of one pack, with the overlays it was composed with. ``texts``: language -> text key ->
    text; ``hash``: SHA-256 of its sources, or over those of all parts."""

    hash: str
    id: str
    version: str
    country: str
    checked: date
    source_lang: str
    timezone: str
    events: dict[str, Event]
    questions: dict[str, Question]
    bodies: dict[str, Body]
    documents: dict[str, Document]
    parameters: dict[str, tuple[Dated, ...]]
    texts: dict[str, dict[str, str]]
    holidays: dict[str, frozenset[date]]
    holiday_years: tuple[int, int]
    flaws: tuple[Flaw, ...] = ()
    basis: LegalBasis | None = None
    heads: tuple[EventHead, ...] = ()
    overlays: tuple[Overlay, ...] = ()

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages the pack is offered in, its own first."""
        return tuple(self.texts)

    def event(self, ref: str) -> Event:
        """The event called ``naissance``, ``fr/naissance`` or ``fr.naissance``. Raises EventNotFound."""
        wanted = ref.replace("/", ".")
        for head in self.heads:
            if wanted in (head.id, head.slug):
                return self.events[head.id]
        raise EventNotFound(ref=ref, allowed=", ".join(one.id.replace(".", "/") for one in self.heads))

    def has_text(self, key: str, lang: str) -> bool:
        """Whether the pack has this text in this very language."""
        return key in self.texts.get(lang, {})

    def text(self, key: str, lang: str) -> str:
        """The text in ``lang``, else in the pack's own language, else empty."""
        return self.texts.get(lang, {}).get(key) or self.texts[self.source_lang].get(key, "")

    def translated(self, event_id: str, lang: str) -> bool:
        """Whether every text a person can meet in the event exists in ``lang``."""
        return not self.missing(event_id, lang)

    def missing(self, event_id: str, lang: str) -> tuple[str, ...]:
        """The text keys of the event that ``lang`` lacks; a town's own texts may stay in its language."""
        if lang not in self.texts:
            return tuple(self._event_keys(event_id))
        have, own = self.texts[lang], self.local_texts
        return tuple(key for key in self._event_keys(event_id) if key not in have and key not in own)

    @property
    def local_texts(self) -> frozenset[str]:
        """The keys of the texts that come from overlays."""
        return frozenset().union(*(overlay.texts for overlay in self.overlays))

    def _event_keys(self, event_id: str) -> Iterator[str]:
        event = self.event(event_id)
        owners = {f"event.{event.slug}"}
        for question in event.questions:
            owners |= {f"question.{question}", f"option.{question}"}
            owners |= {f"question.{inner}" for inner in self.questions[question].questions}
        for procedure in event.procedures:
            owners.add(f"procedure.{procedure.id}")
            owners |= {f"body.{body.id}" for body in procedure.bodies}
            owners |= {f"document.{paper.id}" for paper in procedure.documents}
        for key in self.texts[self.source_lang]:
            parts = key.split(".")
            owned = any(".".join(parts[:length]) in owners for length in range(2, len(parts)))
            if owned or parts[0] == "pack":
                yield key

    @cached_property
    def memo(self) -> dict[Any, Any]:
        """What was already worked out about this pack's conditions; never part of its value."""
        return {}
