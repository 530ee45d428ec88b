"""What a pack says now, in the terms of a sheet: its keys, its translations and their states."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from enum import StrEnum

import msgspec

from kiosk.procedures.fields import UNWANTED
from kiosk.procedures.sheets.po_edit import Entry, PoFile

OFFICE_TEXTS = ("address", "hours")
OFFICE_FIELDS = (*OFFICE_TEXTS, "phone", "url")


class State(StrEnum):
    """Of one translation. ``stale``: of another source text, or fuzzy; nobody sees it."""

    REVIEWED = "reviewed"
    UNREVIEWED = "unreviewed"
    STALE = "stale"
    MISSING = "missing"


class Translation(msgspec.Struct, frozen=True):
    """A translation as its PO file has it."""

    text: str
    state: State


def read_po_files(sources: Mapping[str, bytes]) -> dict[str, PoFile]:
    """The PO file of each language."""
    return {
        file.removeprefix("locales/").removesuffix(".po"): PoFile(data)
        for file, data in sorted(sources.items())
        if file.startswith("locales/")
    }


def translation(po: PoFile | None, key: str, source: str) -> Translation:
    """The translation of ``key``, whose source text is ``source`` now."""
    entry = po.entries.get(key) if po else None
    if po is None or entry is None or not entry.text or UNWANTED.search(entry.text):
        return Translation("", State.MISSING)
    return Translation(entry.text, _state(entry, source, po.reviewed))


def _state(entry: Entry, source: str, all_reviewed: bool) -> State:
    if entry.fuzzy or entry.msgid.strip() != source:
        return State.STALE
    reviewed = entry.mark == "reviewed" if entry.mark else all_reviewed
    return State.REVIEWED if reviewed else State.UNREVIEWED


def is_office_text(key: str) -> bool:
    """Whether the source text of ``key`` is on the sheet of the offices."""
    parts = key.split(".")
    return len(parts) == 3 and parts[0] == "body" and parts[2] in OFFICE_TEXTS


def mark_of(cells: Mapping[str, str]) -> str:
    """What a row was when it was exported: a short hash of each cell, ``name=hash`` in one text."""
    return " ".join(f"{name}={short_hash(text)}" for name, text in cells.items())


def read_mark(mark: str) -> dict[str, str]:
    """Column name -> short hash."""
    return dict(part.split("=", 1) for part in mark.split(" ") if "=" in part)


def short_hash(text: str) -> str:
    """Tells two versions of a text apart."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
