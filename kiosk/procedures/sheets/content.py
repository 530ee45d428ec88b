"""What a sheet shows and takes back: a pack, or an overlay with the pack below it."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from pathlib import Path

import msgspec

from kiosk.procedures.errors import inside
from kiosk.procedures.library import hash_of, load_pack, read_sources
from kiosk.procedures.loader import build_pack
from kiosk.procedures.model import Pack
from kiosk.procedures.overlay import compose
from kiosk.procedures.sheets.entries import Written, find_entries
from kiosk.procedures.sheets.texts import OFFICE_FIELDS, OFFICE_TEXTS
from kiosk.procedures.yaml_text import Scalar

SOURCE, CHECKED = "source", "checked"
"""Columns of an overlay's offices: title and address of the source, and its day."""
URL = re.compile(r"https?://[^\s/]+\S*\Z")


class Content(msgspec.Struct, frozen=True):
    """``pack``: the whole; ``below``: the pack that an overlay lies over, None for a pack. ``texts``: text
    key -> source text, and ``offices``: office -> column -> value, of what stands in the folder itself: empty
    where only the pack below says something."""

    pack: Pack
    below: Pack | None
    id: str
    version: str
    texts: dict[str, str]
    offices: dict[str, dict[str, str]]

    @property
    def fields(self) -> tuple[str, ...]:
        """The columns of an office that an editor fills in."""
        return (*OFFICE_FIELDS, SOURCE, CHECKED) if self.below else OFFICE_FIELDS

    def file_of(self, body: str) -> str:
        """Where an office stands, or is to be written."""
        return "offices.yaml" if self.below and body in self.below.bodies else "bodies.yaml"


def read_content(folder: Path, base: Path | None) -> tuple[dict[str, bytes], Content]:
    """The files of a pack, or of an overlay over the pack in ``base``, and what they say. Raises
    PackError."""
    below = load_pack(base) if base else None
    name = folder.absolute().name
    with inside(name) if below else contextlib.nullcontext():
        sources = read_sources(folder)
    return sources, build_content(sources, below, name)


def build_content(sources: Mapping[str, bytes], below: Pack | None, folder: str) -> Content:
    """What files say; ``folder`` names an overlay's in refusals. Raises PackError."""
    digest = hash_of(dict(sources))
    if below is None:
        pack = build_pack(sources, digest)
        offices = {body: said_of(pack, body) for body in pack.bodies}
        return Content(pack, None, pack.id, pack.version, pack.texts[pack.source_lang], offices)
    pack = compose(below, sources, digest, folder)
    own = pack.overlays[-1]
    entries = find_entries(sources)
    source = pack.texts[pack.source_lang]
    texts = {key: source[key] for key in entries if key in own.texts}
    offices = {body: _own(pack, body, entries) for body in pack.bodies}
    return Content(pack, below, own.id, own.version, texts, offices)


def said_of(pack: Pack, body: str) -> dict[str, str]:
    """What a pack says of an office; empty where it says nothing."""
    found = {name: pack.text(f"body.{body}.{name}", pack.source_lang) for name in OFFICE_TEXTS}
    return {**found, "phone": pack.bodies[body].phone, "url": pack.bodies[body].url}


def _own(pack: Pack, body: str, entries: Mapping[str, Written]) -> dict[str, str]:
    found = {}
    for field in OFFICE_FIELDS:
        node = entries.get(f"body.{body}.{field}")
        found[field] = str(node.value).strip() if isinstance(node, Scalar) else ""
    source = pack.bodies[body].source if f"body.{body}.{SOURCE}" in entries else None
    found[SOURCE] = source_words(source.title, source.url) if source else ""
    return found | {CHECKED: source.checked.isoformat() if source else ""}


def source_words(title: str, url: str) -> str:
    """A source as one cell: its title, its address, or both on two lines."""
    return "\n".join(part for part in (title, url) if part)


def split_source(words: str) -> tuple[str, str]:
    """Title and address of the source that such a cell means."""
    lines = [line.strip() for line in words.split("\n") if line.strip()]
    url = next((line for line in lines if URL.match(line)), "")
    return "\n".join(line for line in lines if line != url), url
