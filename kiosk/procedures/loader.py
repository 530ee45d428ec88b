"""Reads a pack folder from its sources: YAML, conditions, translations. Slow (a second or so), done once;
:mod:`kiosk.procedures.library` keeps the compiled result."""

from __future__ import annotations

import re
from collections.abc import Mapping
from zoneinfo import available_timezones

from kiosk.procedures.concepts import read_bodies, read_documents, read_parameters
from kiosk.procedures.countries import COUNTRIES
from kiosk.procedures.errors import PackError
from kiosk.procedures.events import Shared, read_event
from kiosk.procedures.fields import WORD_ID, Fields
from kiosk.procedures.model import Body, Event, Flaw, Pack
from kiosk.procedures.questions import read_data_use, read_numbers, read_questions
from kiosk.procedures.translations import read_translation
from kiosk.procedures.workdays import regions_of
from kiosk.procedures.yaml_text import Mapping as YamlMapping
from kiosk.procedures.yaml_text import Place, read_yaml

SCHEMA = "pack/1"
PACK_KEYS = (
    "schema id version country source_lang timezone checked events retired_numbers may_apply data neutral"
)
LANG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\Z")
HOLIDAY_YEARS = (8, 8)
"""Years before and after ``checked`` whose holidays are compiled into the pack."""
MOST_FLAWS = 5_000
"""Entries of translations that do not fit; what comes after them is left out without a word."""
Sources = Mapping[str, bytes]


def build_pack(sources: Sources, digest: str) -> Pack:
    """The pack of these files (relative path -> bytes). Raises PackError."""
    head = Fields(read_file(sources, "pack.yaml"), "pack.yaml", PACK_KEYS)
    head.one_of("schema", (SCHEMA,))
    pack_id, country = head.identifier("id", WORD_ID), head.one_of("country", tuple(sorted(COUNTRIES)))
    timezone = head.need_word("timezone")
    if timezone not in available_timezones():
        raise head.at("timezone").error(f"{timezone!r} is no time zone", "an IANA name: Europe/Paris")
    source_lang = head.need_word("source_lang")
    if not LANG.match(source_lang):
        raise head.at("source_lang").error(f"{source_lang!r} is no language", "fr, en, ar…")
    texts: dict[str, str] = {}
    checked = head.day("checked")
    basis = read_data_use(head, "pack", texts)
    head.words("may_apply")
    if "neutral" in head:
        texts["pack.neutral"] = head.text("neutral")
    bodies = read_bodies(read_file(sources, "bodies.yaml"), texts)
    shared = Shared(
        pack=pack_id,
        bodies=bodies,
        documents=read_documents(read_file(sources, "documents.yaml"), bodies, texts),
        questions=read_questions(
            read_file(sources, "questions.yaml"), read_numbers(head, "retired_numbers"), texts
        ),
        parameters=read_parameters(read_file(sources, "parameters.yaml"))
        if "parameters.yaml" in sources
        else {},
        checked=checked,
        texts=texts,
    )
    events = _events(sources, shared, head)
    years = (checked.year - HOLIDAY_YEARS[0], checked.year + HOLIDAY_YEARS[1])
    holidays = regions_of(country, range(years[0], years[1] + 1))
    _check_regions(shared, holidays)
    all_texts, flaws = _translations(sources, source_lang, texts)
    return Pack(
        hash=digest,
        id=pack_id,
        version=head.need_word("version"),
        country=country,
        checked=checked,
        source_lang=source_lang,
        timezone=timezone,
        events=events,
        questions=dict(shared.questions),
        bodies=dict(shared.bodies),
        documents=dict(shared.documents),
        parameters=dict(shared.parameters),
        texts=all_texts,
        holidays=holidays,
        holiday_years=years,
        flaws=tuple(flaws),
        basis=basis,
        heads=tuple(event.head(shared.questions) for event in events.values()),
    )


def read_file(sources: Sources, file: str) -> YamlMapping:
    if file not in sources:
        raise PackError(
            file, 0, 0, "the file is missing", "pack.yaml, bodies.yaml, documents.yaml, questions.yaml"
        )
    return read_yaml(decoded(sources[file], file), file)


def decoded(data: bytes, file: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise PackError(file, line, 0, "the file is not UTF-8", "UTF-8") from None


def _events(sources: Sources, shared: Shared, head: Fields) -> dict[str, Event]:
    """In the order of ``events`` in pack.yaml; those that it does not name come last, by their names."""
    files = sorted(file for file in sources if file.startswith("events/"))
    if not files:
        raise PackError("events", 0, 0, "the pack has no event", "events/SLUG.yaml")
    first = []
    for place, slug in head.placed_words("events"):
        if f"events/{slug}.yaml" not in files:
            raise place.error(f"events names {slug!r}, which has no file", ", ".join(files))
        first.append(f"events/{slug}.yaml")
    found = {}
    for file in dict.fromkeys([*first, *files]):
        slug = file.removeprefix("events/").removesuffix(".yaml")
        if not WORD_ID.match(slug):
            raise PackError(
                file, 0, 0, "the file's name is no id", "events/SLUG.yaml, small letters, digits, - and _"
            )
        event = read_event(read_file(sources, file), slug, shared)
        found[event.id] = event
    return found


def _check_regions(shared: Shared, holidays: Mapping[str, object]) -> None:
    for body in shared.bodies.values():
        check_region(body, holidays, Place("bodies.yaml", 0, 0))


def check_region(body: Body, holidays: Mapping[str, object], place: Place) -> None:
    """Refuse a region without holidays of its own. Raises PackError."""
    if body.holiday_region not in holidays:
        raise place.error(
            f"{body.id}: no holidays of its own in region {body.holiday_region!r}",
            ", ".join(region for region in holidays if region),
        )


def _translations(
    sources: Sources, source_lang: str, texts: dict[str, str]
) -> tuple[dict[str, dict[str, str]], list[Flaw]]:
    found: dict[str, dict[str, str]] = {source_lang: texts}
    flaws: list[Flaw] = []
    for file in sorted(file for file in sources if file.startswith("locales/")):
        lang = file.removeprefix("locales/").removesuffix(".po")
        if not LANG.match(lang) or lang == source_lang:
            raise PackError(file, 0, 0, "the file's name is no other language", "locales/en.po")
        translated, notes = read_translation(sources[file], file, lang, texts)
        found[lang] = translated
        flaws += notes[: MOST_FLAWS - len(flaws)]
    return found, flaws
