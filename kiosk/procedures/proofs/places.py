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


class Places:
    """The places of one pack. Requires sources that the loader accepted."""

    def __init__(self, sources: Mapping[str, bytes]) -> None:
        self._found: dict[str, Place] = {}
        for file, data in sources.items():
            if file.endswith(".po"):
                self._translation(file, data)
            else:
                self._file(file, read_yaml(data.decode("utf-8-sig"), file))

    def of(self, key: str) -> Place:
        """The place of ``key``, else of the nearest thing around it."""
        asked = key
        while key not in self._found and "." in key:
            key = key.rsplit(".", 1)[0]
        if key in self._found:
            return self._found[key]
        lang = asked.partition(":")[0] if ":" in asked else ""
        return (f"locales/{lang}.po", 0) if lang else ("pack.yaml", 0)

    def _file(self, file: str, top: Entries) -> None:
        if file in SHARED:
            for name, node in top.items.items():
                self._add(f"{SHARED[file]}.{name}", file, top.keys[name].line, node)
        elif file == "parameters.yaml":
            for name, node in top.items.items():
                self._add(f"parameter.{name}", file, top.keys[name].line, node)
        elif file.startswith("events/"):
            self._event(file, top)
        else:
            self._add("pack", file, 1, top)

    def _event(self, file: str, top: Entries) -> None:
        slug = file.removeprefix("events/").removesuffix(".yaml")
        rest = Entries(top.place, {k: v for k, v in top.items.items() if k != "procedures"}, top.keys)
        self._add(f"event.{slug}", file, 1, rest)
        if "procedures" in top.keys:
            self._found[f"event.{slug}.procedures"] = (file, top.keys["procedures"].line)
        for item in _items(top.items.get("questions")):
            if isinstance(item, Scalar):
                self._found[f"event.{slug}.questions.{item.written}"] = (file, item.place.line)
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

    def _translation(self, file: str, data: bytes) -> None:
        from kiosk.procedures.translations import read_catalogue

        lang = file.removeprefix("locales/").removesuffix(".po")
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
