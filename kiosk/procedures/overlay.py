"""Composes a pack with an overlay: a town's or department's own offices, texts and aids.

An overlay says where, when it is open and what else to ask for. Who is concerned and by when is proved in the
pack that it lies over (docs/adr/057), so it has no conditions, no deadlines and no questions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as Map
from pathlib import Path

import msgspec

from kiosk.procedures.concepts import (
    OFFICE_KEYS,
    OFFICE_TEXTS,
    Texts,
    each,
    optional_texts,
    read_body,
    read_documents,
    read_source,
)
from kiosk.procedures.errors import PackError, inside
from kiosk.procedures.events import Procedures, Shared
from kiosk.procedures.fields import LONGEST_TEXT, WORD_ID, Fields, read_text
from kiosk.procedures.library import composed_hash, read_sources
from kiosk.procedures.loader import LANG, Sources, check_region, read_file
from kiosk.procedures.model import Body, Event, Flaw, Overlay, Pack, Procedure
from kiosk.procedures.translations import read_translation
from kiosk.procedures.yaml_text import Mapping, Sequence, Yaml

SCHEMA = "overlay/1"
HEAD = "overlay.yaml"
HEAD_KEYS = "schema id over name version checked source_lang insee"
FILES = re.compile(r"(?:overlay|offices|bodies|documents)\.yaml\Z|aids/[^/]+\.yaml\Z|locales/[^/]+\.po\Z")
INSEE = re.compile(r"[0-9][0-9AB][0-9]{3}\Z")
AID_KEYS = (
    "id title summary decides who bodies documents cost amount channels no_other_channel form "
    "form_confidence law official_page sources confidence sensitive neutral notes"
)
DECIDING = (
    *("condition", "because", "not_because", "when", "deadlines", "from", "questions", "parameter"),
    *("after", "gives", "every_body"),
)
MOST_AIDS = 50
WHY_NOT = "who is concerned, and by when, is proved in the pack; an overlay says what to ask for"


def compose(pack: Pack, sources: Sources, digest: str, folder: str) -> Pack:
    """The pack with this overlay over it. ``digest``: of the overlay's sources; ``folder``: below what its
    files are named in refusals and flaws. Raises PackError."""
    with inside(folder):
        return _Composer(pack, sources, digest, folder).composed()


def base_of(folder: Path) -> str:
    """The id of the pack that the overlay in this folder lies over. Raises PackError."""
    with inside(folder.absolute().name):
        sources = read_sources(folder)
        return Fields(read_file(sources, HEAD), HEAD, HEAD_KEYS).need_word("over")


class _Composer:
    """Reads one overlay into copies of the pack's tables."""

    def __init__(self, pack: Pack, sources: Sources, digest: str, folder: str) -> None:
        for file in sources:
            if not FILES.match(file):
                allowed = "overlay.yaml, offices.yaml, bodies.yaml, documents.yaml, aids/SLUG.yaml"
                raise PackError(file, 0, 0, f"this file is for packs: {WHY_NOT}", allowed)
        self._pack = pack
        self._sources = sources
        self._digest = digest
        self._folder = folder
        self._texts: Texts = {}
        self._bodies = dict(pack.bodies)
        self._documents = dict(pack.documents)
        if HEAD not in sources:
            raise PackError(HEAD, 0, 0, "the file is missing", "a folder that holds overlay.yaml")
        self._head = Fields(read_file(sources, HEAD), HEAD, HEAD_KEYS)
        self._id = self._identity()

    def composed(self) -> Pack:
        """The whole."""
        overlay = self._overlay()
        self._own_bodies()
        self._own_documents()
        self._offices()
        events = self._events()
        texts, flaws = self._all_texts()
        return msgspec.structs.replace(
            self._pack,
            hash=composed_hash((self._pack.hash, self._digest)),
            events=events,
            bodies=self._bodies,
            documents=self._documents,
            texts=texts,
            flaws=(*self._pack.flaws, *flaws),
            overlays=(*self._pack.overlays, msgspec.structs.replace(overlay, texts=frozenset(self._texts))),
        )

    def _identity(self) -> str:
        head, pack = self._head, self._pack
        head.one_of("schema", (SCHEMA,))
        head.one_of("over", (pack.id,))
        head.one_of("source_lang", (pack.source_lang,))
        name = head.identifier("id", WORD_ID)
        taken = [pack.id, *(overlay.id for overlay in pack.overlays)]
        if name in taken:
            raise head.at("id").error(f"the id {name!r} is taken", f"any but {', '.join(taken)}")
        return name

    def _overlay(self) -> Overlay:
        head = self._head
        self._texts[f"overlay.{self._id}.name"] = head.text("name")
        insee = head.word("insee")
        if insee and not INSEE.match(insee):
            raise head.at("insee").error(
                f"{insee!r} is no INSEE code of a commune", 'five characters: "99999"'
            )
        return Overlay(
            self._id, head.need_word("version"), head.day("checked"), self._digest, frozenset(), insee
        )

    # -- offices and papers

    def _offices(self) -> None:
        """What the overlay says of offices of the pack; the fields it gives, and no others, are replaced."""
        if "offices.yaml" not in self._sources:
            return
        for name, node in read_file(self._sources, "offices.yaml").items.items():
            if name not in self._pack.bodies:
                raise node.place.error(
                    f"the pack has no office {name!r}", f"{', '.join(self._pack.bodies)}; others: bodies.yaml"
                )
            self._bodies[name] = self._office(name, node)

    def _office(self, name: str, node: Yaml) -> Body:
        fields = Fields(node, f"office {name}", f"{OFFICE_KEYS} source")
        optional_texts(fields, OFFICE_TEXTS, f"body.{name}", self._texts)
        was = self._pack.bodies[name]
        found = msgspec.structs.replace(
            was,
            phone=fields.word("phone", was.phone),
            url=fields.url("url") or was.url,
            holiday_region=fields.word("holiday_region", was.holiday_region),
            source=read_source(fields.need("source")),
        )
        check_region(found, self._pack.holidays, node.place)
        return found

    def _own_bodies(self) -> None:
        if "bodies.yaml" in self._sources:
            node = read_file(self._sources, "bodies.yaml")
            self._refuse_taken(node, self._pack.bodies, "the pack has this office: offices.yaml changes it")

            def one(name: str, value: Yaml) -> Body:
                body = read_body(name, value, f"{OFFICE_KEYS} source", self._texts)
                check_region(body, self._pack.holidays, value.place)
                return body

            self._bodies |= each(node, WORD_ID, one)

    def _own_documents(self) -> None:
        if "documents.yaml" in self._sources:
            node = read_file(self._sources, "documents.yaml")
            self._refuse_taken(node, self._pack.documents, "the pack has this paper")
            self._documents |= read_documents(node, self._bodies, self._texts)

    @staticmethod
    def _refuse_taken(node: Mapping, taken: Map[str, object], problem: str) -> None:
        for name, place in node.keys.items():
            if name in taken:
                raise place.error(f"{name}: {problem}", "another id")

    # -- aids

    def _events(self) -> dict[str, Event]:
        found = dict(self._pack.events)
        for file in sorted(file for file in self._sources if file.startswith("aids/")):
            slug = file.removeprefix("aids/").removesuffix(".yaml")
            name = f"{self._pack.id}.{slug}"
            if name not in found:
                slugs = ", ".join(event.slug for event in found.values())
                raise PackError(file, 0, 0, f"the pack has no life event {slug!r}", slugs)
            aids = self._aids(read_file(self._sources, file), slug)
            found[name] = msgspec.structs.replace(found[name], procedures=(*found[name].procedures, *aids))
        return found

    def _aids(self, node: Mapping, slug: str) -> tuple[Procedure, ...]:
        fields = Fields(node, f"aids {slug}", "procedures")
        items = fields.items("procedures")
        if not 1 <= len(items) <= MOST_AIDS:
            raise fields.at("procedures").error("none or too many aids", f"1 to {MOST_AIDS}")
        shared = Shared(
            pack=self._id,
            questions={},
            bodies=self._bodies,
            documents=self._documents,
            parameters={},
            checked=self._pack.checked,
            texts=self._texts,
        )
        reader = Procedures({}, f"{self._id}.{slug}", shared)
        return tuple(self._aid(item, reader) for item in items)

    def _aid(self, node: Yaml, reader: Procedures) -> Procedure:
        refuse_deciding(node)
        fields = Fields(node, "local aid", AID_KEYS)
        fields.need("decides")
        rest = {key: value for key, value in fields.node.items.items() if key != "amount"}
        aid = reader.read(Mapping(fields.place, rest, {key: fields.node.keys[key] for key in rest}))
        if "amount" in fields:
            text = read_text(fields.need("amount"), f"local aid {aid.id}, amount", LONGEST_TEXT)
            self._texts[f"procedure.{aid.id}.amount"] = text
        return msgspec.structs.replace(aid, local=True)

    # -- texts

    def _all_texts(self) -> tuple[dict[str, dict[str, str]], list[Flaw]]:
        """Every language of the pack; the overlay's own texts are in their source language where it has no
        translation, and no translation outlives the text that it was of."""
        source = self._pack.source_lang
        before = self._pack.texts[source]
        replaced = {key for key, text in self._texts.items() if before.get(key, text) != text}
        found = {lang: dict(table) for lang, table in self._pack.texts.items()}
        for lang, table in found.items():
            if lang != source:
                for key in replaced & table.keys():
                    del table[key]
        found[source] |= self._texts
        flaws: list[Flaw] = []
        for file in sorted(file for file in self._sources if file.startswith("locales/")):
            lang = file.removeprefix("locales/").removesuffix(".po")
            if lang not in found or lang == source or not LANG.match(lang):
                others = ", ".join(f"locales/{other}.po" for other in found if other != source)
                raise PackError(file, 0, 0, "this is no other language of the pack", others or "none")
            translated, notes = read_translation(self._sources[file], file, lang, self._texts)
            found[lang] |= translated
            flaws += (Flaw(f"{self._folder}/{note.file}", note.line, note.problem) for note in notes)
        return found, flaws


def refuse_deciding(node: Yaml) -> None:
    """Refuse, at any depth, a key that decides who is concerned or by when. Raises PackError."""
    if isinstance(node, Mapping):
        for key, place in node.keys.items():
            if key in DECIDING:
                raise place.error(f"a local aid has no {key!r}: {WHY_NOT}", ", ".join(AID_KEYS.split()))
            refuse_deciding(node.items[key])
    elif isinstance(node, Sequence):
        for item in node.items:
            refuse_deciding(item)
