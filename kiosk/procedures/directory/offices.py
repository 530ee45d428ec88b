"""Fills ``offices.yaml`` of an overlay from the directory; what a person wrote there stays."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any as Anything

import msgspec

from kiosk.procedures.directory.service import Service, kinds, read_service
from kiosk.procedures.model import Pack
from kiosk.procedures.yaml_text import Mapping as Entries
from kiosk.procedures.yaml_text import Scalar, Yaml

TITLE = "Annuaire de l’administration (DILA)"
"""The source of what comes from the directory, as its licence asks."""
FIELDS = ("address", "hours", "phone", "url")
MOST_MATCHES = 500
"""Services of one type for one commune; more is no directory."""


class Office(msgspec.Struct, frozen=True):
    """What becomes of one office. ``state``: filled, unchanged, kept (a person wrote it), not-found, undated.
    ``service``: the name of the one that was taken, the main one or else the first; ``others``: the names of
    those that were not. ``written``: the fields that are new; ``differs``: those that the directory has
    otherwise; ``reasons``: what was left out, and why."""

    body: str
    kind: str
    state: str
    service: str = ""
    line: int = 0
    others: tuple[str, ...] = ()
    written: dict[str, str] = {}
    differs: dict[str, str] = {}
    reasons: tuple[str, ...] = ()
    checked: date | None = None


def find_services(
    records: Iterable[tuple[int, Anything]], wanted: frozenset[str], insee: str, today: date
) -> tuple[dict[str, list[Service]], int]:
    """The services of the wanted types for the commune, in the order of the file, and how many were read."""
    found: dict[str, list[Service]] = {kind: [] for kind in wanted}
    count = 0
    for line, record in records:
        count += 1
        for kind in dict.fromkeys(kinds(record, insee)):
            if kind in wanted and len(found[kind]) < MOST_MATCHES:
                found[kind].append(read_service(record, line, kind, insee, today))
    return found, count


def fill_offices(
    pack: Pack, services: Mapping[str, list[Service]], present: Entries | None, replace: bool
) -> list[Office]:
    """What is to be written for each office of the pack that the directory knows by type. ``present``: the
    ``offices.yaml`` that is there."""
    known = present.items if present else {}
    return [
        _fill(body.id, body.directory, services.get(body.directory, []), known.get(body.id), replace)
        for body in pack.bodies.values()
        if body.directory
    ]


def _fill(body: str, kind: str, matches: list[Service], present: Yaml | None, replace: bool) -> Office:
    if not matches:
        return Office(body, kind, "not-found")
    taken = next((service for service in matches if service.main), matches[0])
    office = Office(
        body,
        kind,
        "filled",
        service=taken.name,
        line=taken.line,
        others=tuple(service.name for service in matches if service is not taken),
        reasons=taken.reasons,
        checked=taken.changed,
    )
    if taken.changed is None:
        return msgspec.structs.replace(office, state="undated")
    have = present.items if isinstance(present, Entries) else {}
    same = {key for key, text in taken.fields.items() if _written(have.get(key)) == text}
    other = {key: text for key, text in taken.fields.items() if key in have and key not in same}
    missing = {key: text for key, text in taken.fields.items() if key not in have}
    if replace:
        missing, other = missing | other, {}
    elif have and _title(have) != TITLE:
        return msgspec.structs.replace(office, state="kept", differs=missing | other)
    dated = _written(_source(have).get("checked")) == taken.changed.isoformat()
    if not missing and (dated or other):
        return msgspec.structs.replace(office, state="unchanged", differs=other)
    return msgspec.structs.replace(office, written=missing, differs=other)


def _source(have: Mapping[str, Yaml]) -> Mapping[str, Yaml]:
    source = have.get("source")
    return source.items if isinstance(source, Entries) else {}


def _title(have: Mapping[str, Yaml]) -> str:
    return _written(_source(have).get("title"))


def _written(node: Yaml | None) -> str:
    return node.written.strip() if isinstance(node, Scalar) else ""


def write_offices(text: str, offices: Iterable[Office]) -> str:
    """``offices.yaml`` with what is to be written; its comments, order and other fields stay.

    Requires a text that the loader accepts. The source is dated anew only where no field differs from it.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.comments import CommentedMap
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString as Quoted

    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = 1_000_000
    yaml.allow_unicode = True
    yaml.representer.ignore_aliases = lambda *_: True  # one day, written twice, would become an anchor
    content = yaml.load(text) if text.strip() else None
    content = CommentedMap() if content is None else content
    for office in offices:
        if office.state != "filled" or office.checked is None:
            continue
        entry = content.setdefault(office.body, CommentedMap())
        for key, value in office.written.items():
            entry[key] = Quoted(value)
        if not office.differs or "source" not in entry:
            source = CommentedMap(title=Quoted(TITLE), checked=office.checked)
            source.fa.set_flow_style()
            entry["source"] = source
    out = io.StringIO()
    yaml.dump(content, out)
    return out.getvalue()
