"""Reads what all events of a pack share beside its questions: bodies, documents, parameters."""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Mapping as Map
from typing import TypeVar

from kiosk.procedures.fields import CONFIDENCE, WORD_ID, Fields, check_id, read_text
from kiosk.procedures.model import Body, Dated, Document, Source
from kiosk.procedures.yaml_text import Mapping, Yaml

OFFICE_TEXTS = ("name", "note", "address", "hours")
OFFICE_KEYS = "name note address hours phone url holiday_region"
Texts = dict[str, str]
Made = TypeVar("Made")


def each(node: Mapping, pattern: re.Pattern[str], read: Callable[[str, Yaml], Made]) -> dict[str, Made]:
    """Every entry of a file ``ID: FIELDS``."""
    return {check_id(key, node.keys[key], pattern): read(key, value) for key, value in node.items.items()}


def read_bodies(node: Mapping, texts: Texts) -> dict[str, Body]:
    """The offices; their words go into ``texts``."""

    return each(node, WORD_ID, lambda name, value: read_body(name, value, f"{OFFICE_KEYS} directory", texts))


def read_body(name: str, value: Yaml, keys: str, texts: Texts) -> Body:
    """One office; ``keys``: those that it may have."""
    fields = Fields(value, f"body {name}", keys)
    texts[f"body.{name}.name"] = fields.text("name")
    optional_texts(fields, OFFICE_TEXTS[1:], f"body.{name}", texts)
    return Body(
        name,
        fields.word("phone"),
        fields.url("url"),
        fields.word("holiday_region"),
        fields.identifier("directory", WORD_ID) if "directory" in fields else "",
        read_source(fields.need("source")) if "source" in fields else None,
    )


def read_source(node: Yaml) -> Source:
    """Where a fact was read: an address, a title, or both."""
    fields = Fields(node, "source", "url title checked")
    if "url" not in fields and "title" not in fields:
        raise fields.place.error("the source names nothing", "url, title, or both")
    return Source(fields.url("url"), fields.word("title"), fields.day("checked"))


def read_documents(node: Mapping, bodies: Map[str, Body], texts: Texts) -> dict[str, Document]:
    """The papers; their words go into ``texts``."""

    def one(name: str, value: Yaml) -> Document:
        fields = Fields(value, f"document {name}", "title note held given_by")
        texts[f"document.{name}.title"] = fields.text("title")
        optional_texts(fields, ("note",), f"document.{name}", texts)
        givers = []
        for place, body in fields.placed_words("given_by"):
            if body not in bodies:
                raise place.error(f"bodies.yaml has no {body!r}", ", ".join(bodies))
            givers.append(body)
        return Document(name, fields.flag("held", False), tuple(givers))

    return each(node, WORD_ID, one)


def read_parameters(node: Mapping) -> dict[str, tuple[Dated, ...]]:
    """The dated values, oldest first."""

    def one(name: str, value: Yaml) -> tuple[Dated, ...]:
        rows = Fields(
            Mapping(value.place, {"rows": value}, {"rows": value.place}), f"parameter {name}", "rows"
        )
        return tuple(
            sorted((_dated(name, row) for row in rows.items("rows")), key=lambda found: found.valid_from)
        )

    return each(node, WORD_ID, one)


def _dated(name: str, row: Yaml) -> Dated:
    fields = Fields(row, f"parameter {name}", "value unit valid_from law confidence note")
    if "note" in fields:
        fields.text("note")
    return Dated(
        fields.amount("value"),
        fields.need_word("unit"),
        fields.day("valid_from"),
        fields.need_word("law"),
        fields.one_of("confidence", CONFIDENCE),
    )


def optional_texts(fields: Fields, keys: tuple[str, ...], prefix: str, texts: Texts) -> None:
    for key in keys:
        node = fields.get(key)
        if node is not None:
            texts[f"{prefix}.{key}"] = read_text(node, f"{fields.what}, {key}", 2_000)
