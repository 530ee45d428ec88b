"""Checks of what facts rest on: sources, their age, and what is not sure. Also what expires soon."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import msgspec

from kiosk.procedures.model import Pack, Procedure
from kiosk.procedures.plan import UNSURE
from kiosk.procedures.proofs import words
from kiosk.procedures.proofs.findings import Finding, found
from kiosk.procedures.proofs.places import Places

GOOD_FOR = timedelta(days=365)
"""How long a source that was checked, or an amount in force, may be relied on."""
TO_CHECK = {"fr": "vérifi", "en": "check"}
"""What a text says, by language, that shows a fact as unsure."""


def check_sources(pack: Pack, places: Places, today: date) -> Iterator[Finding]:
    """Everything about sources and confidence, by procedure."""
    for event in pack.events.values():
        for procedure in event.procedures:
            yield from _sources(pack, procedure, places, today)
            yield from _unsure(pack, procedure, places)
            yield from _ways(pack, procedure, places)
    yield from _offices(pack, places, today)
    yield from _amounts(pack, places)


def _sources(pack: Pack, procedure: Procedure, places: Places, today: date) -> Iterator[Finding]:
    at, checked = f"procedure.{procedure.id}", _checked(pack, procedure.id)
    if procedure.confidence == "A" and not any(source.url for source in procedure.sources):
        yield found(
            places,
            "source-missing",
            f"{at}.sources",
            f"{procedure.id}: confidence A needs a source with its address",
            {"confidence": "A", "sources": [source.title for source in procedure.sources]},
        )
    for n, source in enumerate(procedure.sources):
        seen = {"checked": source.checked.isoformat(), "source": source.url or source.title}
        key = f"{at}.source.{n}.checked"
        if source.checked > checked:
            problem = f"{procedure.id}: a source was checked on {source.checked}, after the pack ({checked})"
            yield found(places, "source-date", key, problem, seen)
        elif source.checked + GOOD_FOR < checked:
            problem = f"{procedure.id}: a source was checked over a year before the pack ({checked})"
            yield found(places, "source-expired", key, problem, seen)
        elif source.checked + GOOD_FOR < today:
            problem = f"{procedure.id}: a source was last checked on {source.checked}"
            yield found(places, "source-old", key, problem, seen | {"today": today.isoformat()}, warning=True)


def _checked(pack: Pack, procedure: str) -> date:
    """When the pack or the overlay that the procedure belongs to was checked as a whole."""
    owner = procedure.partition(".")[0]
    return next((overlay.checked for overlay in pack.overlays if overlay.id == owner), pack.checked)


def _offices(pack: Pack, places: Places, today: date) -> Iterator[Finding]:
    """An address from an overlay is only as good as the day on which it was read."""
    for body in pack.bodies.values():
        if body.source is None:
            continue
        seen = {"checked": body.source.checked.isoformat(), "today": today.isoformat()}
        key = f"body.{body.id}.source.checked"
        if body.source.checked > today:
            problem = f"{body.id}: its source is from {body.source.checked}, which is to come"
            yield found(places, "source-date", key, problem, seen)
        elif body.source.checked + GOOD_FOR < today:
            problem = f"{body.id}: its address and hours were last checked on {body.source.checked}"
            yield found(places, "source-old", key, problem, seen, warning=True)


def _unsure(pack: Pack, procedure: Procedure, places: Places) -> Iterator[Finding]:
    """A deadline of confidence D in a procedure that is surer must say so in its own words."""
    lang = pack.source_lang
    for n, deadline in enumerate(procedure.deadlines):
        key = f"procedure.{procedure.id}.deadline.{n}"
        text = pack.text(f"{key}.text", lang)
        if deadline.confidence != UNSURE or procedure.confidence == UNSURE or lang not in TO_CHECK:
            continue
        if TO_CHECK[lang] not in text.lower():
            problem = f"{procedure.id}: a deadline of confidence D reads as a fact"
            yield found(
                places, "unsure-as-fact", f"{key}.text", problem, {"text": text, "confidence": UNSURE}
            )


def _amounts(pack: Pack, places: Places) -> Iterator[Finding]:
    """An amount of confidence D must stand in no text."""
    unsure = {
        row.value.normalize(): name
        for name, rows in pack.parameters.items()
        for row in rows
        if row.confidence == UNSURE and row.value > LEAST_AMOUNT
    }
    for lang, texts in pack.texts.items():
        for key, text in texts.items():
            for value in words.numbers(text) & set(unsure):
                name = unsure[value]
                problem = f"{key} prints {value}, an amount of confidence D ({name})"
                place = key if lang == pack.source_lang else f"{lang}:{key}"
                yield found(places, "unsure-as-fact", place, problem, {"text": text, "parameter": name})


LEAST_AMOUNT = 31
"""Smaller numbers also count days and children."""


def _ways(pack: Pack, procedure: Procedure, places: Places) -> Iterator[Finding]:
    at, lang = f"procedure.{procedure.id}", pack.source_lang
    if not procedure.channels:
        yield found(
            places, "channel-missing", at, f"{procedure.id}: no way to do it is given", {"channels": []}
        )
    else:
        yield from _human_way(pack, procedure, places)
    if procedure.condition is None:
        return
    for key in ("because", "not_because", "decides"):
        if not pack.has_text(f"{at}.{key}", lang):
            problem = f"{procedure.id}: it has a condition but no {key}"
            yield found(places, "reason-missing", f"{at}.condition", problem, {"missing": key})


def _human_way(pack: Pack, procedure: Procedure, places: Places) -> Iterator[Finding]:
    """A desk, post or a phone, and before what is online; where there is none, it must be known for sure."""
    at, kinds = f"procedure.{procedure.id}", [way.kind for way in procedure.channels]
    witness = {"channels": kinds}
    if all(kind == "online" for kind in kinds):
        if not pack.has_text(f"{at}.no_other_channel", pack.source_lang):
            problem = f"{procedure.id}: online is the only way; a sourced no_other_channel is needed"
            yield found(places, "online-only", f"{at}.channels", problem, witness)
        elif procedure.confidence == UNSURE:
            problem = f"{procedure.id}: that online is the only way rests on no source that was read"
            yield found(places, "online-unsure", f"{at}.channels", problem, witness, warning=True)
    elif kinds[0] == "online":
        problem = f"{procedure.id}: put the desk, the post or the phone before what is online"
        yield found(places, "online-first", f"{at}.channel.0", problem, witness, warning=True)


class Due(msgspec.Struct, frozen=True):
    """Something that must be looked at again by ``day``."""

    day: date
    file: str
    line: int
    what: str


def due_by(pack: Pack, places: Places, last: date) -> tuple[Due, ...]:
    """What expires on or before ``last``, oldest first."""
    due = []
    for event in pack.events.values():
        for procedure in event.procedures:
            for n, source in enumerate(procedure.sources):
                key = f"procedure.{procedure.id}.source.{n}.checked"
                what = f"{procedure.id}: source {source.url or source.title!r}, checked on {source.checked}"
                due.append(Due(source.checked + GOOD_FOR, *places.of(key), what))
    for body in pack.bodies.values():
        if body.source is not None:
            what = f"{body.id}: address and hours, checked on {body.source.checked}"
            due.append(
                Due(body.source.checked + GOOD_FOR, *places.of(f"body.{body.id}.source.checked"), what)
            )
    for name, rows in pack.parameters.items():
        if rows:
            what = f"{name}: {rows[-1].value} {rows[-1].unit}, in force since {rows[-1].valid_from}"
            due.append(Due(rows[-1].valid_from + GOOD_FOR, *places.of(f"parameter.{name}"), what))
    holidays = date(pack.holiday_years[1], 12, 31)
    due.append(Due(holidays, "pack.yaml", 0, f"public holidays are compiled up to {holidays}"))
    return tuple(
        sorted((one for one in due if one.day <= last), key=lambda one: (one.day, one.file, one.line))
    )
