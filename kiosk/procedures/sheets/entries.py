"""Where each text of a pack or an overlay is written: text key -> the scalars in its YAML files.

Keys are those of docs/pack-format.md, and ``body.ID.phone``, ``body.ID.url`` and ``body.ID.source`` with
its own keys, which are no texts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kiosk.procedures.yaml_text import Mapping as Entries
from kiosk.procedures.yaml_text import Scalar, Sequence, Yaml, read_yaml

Written = Scalar | Sequence | Entries
LISTS = {"deadlines": "deadline", "documents": "document", "channels": "channel"}
SHARED = {
    "questions.yaml": "question",
    "bodies.yaml": "body",
    "offices.yaml": "body",
    "documents.yaml": "document",
}
INNER = {"cost": "cost", "amount": "amount"}
"""Mappings of a procedure whose ``text`` has the mapping's own name as its key."""


def find_entries(sources: Mapping[str, bytes]) -> dict[str, Written]:
    """Text key -> node, for every text of sources that the loader accepted; ``search`` is a list."""
    found: dict[str, Written] = {}
    for file in sources:
        if file.endswith(".yaml"):
            top = read_yaml(sources[file].decode("utf-8-sig"), file)
            found.update(_file(file, top))
    return found


def _file(file: str, top: Entries) -> Iterator[tuple[str, Written]]:
    if file in SHARED:
        for name, node in top.items.items():
            yield from _named(f"{SHARED[file]}.{name}", node)
            yield from _options(name, node)
    elif file.startswith("events/"):
        slug = file.removeprefix("events/").removesuffix(".yaml")
        yield from _named(f"event.{slug}", top)
        for item in _list(top.items.get("procedures")):
            yield from _procedure(item)
    elif file.startswith("aids/"):
        for item in _list(top.items.get("procedures")):
            yield from _procedure(item)
    elif file == "pack.yaml":
        yield from _named("pack", top)
    elif file == "overlay.yaml":
        found = top.items.get("id")
        yield from _named(f"overlay.{found.written if isinstance(found, Scalar) else ''}", top)


def _named(key: str, node: Yaml) -> Iterator[tuple[str, Written]]:
    """The values of one mapping, and of the mappings and numbered lists in it that hold texts."""
    if not isinstance(node, Entries):
        return
    for name, value in node.items.items():
        if isinstance(value, Scalar) or (name == "search" and isinstance(value, Sequence)):
            yield f"{key}.{name}", value
        elif name == "data":
            yield from _named(f"{key}.data", value)
        elif name == "source" and isinstance(value, Entries):
            yield f"{key}.source", value
            yield from _named(f"{key}.source", value)
        elif name in ("valid", "about"):
            for n, item in enumerate(_list(value)):
                yield from _named(f"{key}.{name}.{n}", item)


def _options(question: str, node: Yaml) -> Iterator[tuple[str, Written]]:
    for item in _list(node.items.get("options") if isinstance(node, Entries) else None):
        value = item.items.get("value") if isinstance(item, Entries) else None
        if isinstance(value, Scalar):
            yield from _named(f"option.{question}.{value.written}", item)


def _procedure(node: Yaml) -> Iterator[tuple[str, Written]]:
    name = node.items.get("id") if isinstance(node, Entries) else None
    if not isinstance(node, Entries) or not isinstance(name, Scalar):
        return
    key = f"procedure.{name.written}"
    yield from _named(key, node)
    for part, value in node.items.items():
        if part in LISTS:
            for n, item in enumerate(_list(value)):
                yield from _named(f"{key}.{LISTS[part]}.{n}", item)
        elif part in INNER and isinstance(value, Entries):
            text = value.items.get("text")
            if isinstance(text, Scalar):
                yield f"{key}.{INNER[part]}", text


def _list(node: Yaml | None) -> list[Yaml]:
    return node.items if isinstance(node, Sequence) else []
