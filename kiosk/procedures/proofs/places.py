"""Where the things of a pack stand in its files: key -> file and line.

Keys are the text keys of docs/pack-format.md, and the same scheme for what is no text:
``procedure.ID.deadline.0.when``, ``event.SLUG.questions.QID``, ``en:question.ID.text`` for a translation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kiosk.procedures.yaml_text import Mapping as Entries
from kiosk.procedures.yaml_text import Scalar, Sequence, Yaml, read_yaml

Place = tuple[str, int]
"""(file, line); line 0 where only the file is known."""
LISTS = {"deadlines": "deadline", "documents": "document", "channels": "channel", "sources": "source"}
SHARED = {"questions.yaml": "question", "bodies.yaml": "body", "documents.yaml": "document"}
OFFICES = "offices.yaml"


class Places:
    """The places of one pack and its overlays. Requires sources that the loader accepted. ``overlays``: what
    the files of each are called -> its sources."""

    def __init__(
        self, sources: Mapping[str, bytes], overlays: Mapping[str, Mapping[str, bytes]] | None = None
    ) -> None:
        self._found: dict[str, Place] = {}
        self._read(sources, "")
        for name, own in (overlays or {}).items():
            self._read(own, f"{name}/")

    def _read(self, sources: Mapping[str, bytes], folder: str) -> None:
        for file, data in sources.items():
            if file.endswith(".po"):
                self._translation(file, folder + file, data)
            else:
                self._file(file, folder + file, read_yaml(data.decode("utf-8-sig"), file))

    def of(self, key: str) -> Place:
        """The place of ``key``, else of the nearest thing around it."""
        asked = key
        while key not in self._found and "." in key:
            key = key.rsplit(".", 1)[0]
        if key in self._found:
            return self._found[key]
        lang = asked.partition(":")[0] if ":" in asked else ""
        return (f"locales/{lang}.po", 0) if lang else ("pack.yaml", 0)

    def _file(self, kind: str, file: str, top: Entries) -> None:
        """``kind``: the file's name below the folder of the pack or the overlay."""
        if kind in SHARED:
            for name, node in top.items.items():
                self._add(f"{SHARED[kind]}.{name}", file, top.keys[name].line, node)
        elif kind == OFFICES:
            for name, node in top.items.items():
                for part, line, value in _parts(node):
                    self._add(f"body.{name}.{part}", file, line, value)
        elif kind == "parameters.yaml":
            for name, node in top.items.items():
                self._add(f"parameter.{name}", file, top.keys[name].line, node)
        elif kind.startswith("events/"):
            self._event(kind.removeprefix("events/").removesuffix(".yaml"), file, top)
        elif kind.startswith("aids/"):
            self._procedures(file, top)
        elif kind == "overlay.yaml":
            own = top.items["id"]
            self._add(f"overlay.{own.written if isinstance(own, Scalar) else ''}", file, 1, top)
        else:
            self._add("pack", file, 1, top)

    def _event(self, slug: str, file: str, top: Entries) -> None:
        rest = Entries(top.place, {k: v for k, v in top.items.items() if k != "procedures"}, top.keys)
        self._add(f"event.{slug}", file, 1, rest)
        if "procedures" in top.keys:
            self._found[f"event.{slug}.procedures"] = (file, top.keys["procedures"].line)
        for item in _items(top.items.get("questions")):
            if isinstance(item, Scalar):
                self._found[f"event.{slug}.questions.{item.written}"] = (file, item.place.line)
        self._procedures(file, top)

    def _procedures(self, file: str, top: Entries) -> None:
        for item in _items(top.items.get("procedures")):
            name = item.items.get("id") if isinstance(item, Entries) else None
            if isinstance(name, Scalar):
                self._add(f"procedure.{name.written}", file, item.place.line, item)

    def _add(self, key: str, file: str, line: int, node: Yaml) -> None:
        self._found[key] = (file, line)
        for name, place, value in _parts(node):
            self._add(f"{key}.{name}", file, place, value)
            if name == "options":
                self._options(key.removeprefix("question."), file, value)

    def _options(self, question: str, file: str, node: Yaml) -> None:
        for item in _items(node):
            value = item.items.get("value") if isinstance(item, Entries) else None
            if isinstance(value, Scalar):
                self._add(f"option.{question}.{value.written}", file, item.place.line, item)

    def _translation(self, kind: str, file: str, data: bytes) -> None:
        from kiosk.procedures.translations import read_catalogue

        lang = kind.removeprefix("locales/").removesuffix(".po")
        for message in read_catalogue(data, lang):
            if message.context:
                self._found[f"{lang}:{message.context}"] = (file, message.lineno or 0)


def _items(node: Yaml | None) -> list[Yaml]:
    return node.items if isinstance(node, Sequence) else []


def _parts(node: Yaml) -> Iterator[tuple[str, int, Yaml]]:
    """(name, line, value) of the parts: lists are numbered; those of a procedure as their texts are."""
    if isinstance(node, Entries):
        for name, value in node.items.items():
            yield name, node.keys[name].line, value
            if name in LISTS and isinstance(value, Sequence):
                for n, item in enumerate(value.items):
                    yield f"{LISTS[name]}.{n}", item.place.line, item
    elif isinstance(node, Sequence):
        for n, item in enumerate(node.items):
            yield str(n), item.place.line, item
