"""A compiled pack as a file: what every visit needs, then one section an event, read when it is opened.

``size of the head (8 bytes), SHA-256 of the head, head, sections``; MessagePack throughout. The head holds
the place, size and SHA-256 of each section: opening one event reads nothing of the others, and bytes that are
not those that were written are never used.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, ItemsView, Iterator, KeysView, ValuesView
from pathlib import Path
from typing import TypeVar

import msgspec

from kiosk.procedures.model import Event, Pack, Question

SIZE, DIGEST = 8, 32
COMMON = ""
"""The section of what belongs to no event."""
Value = TypeVar("Value")
Stored = TypeVar("Stored", bound=msgspec.Struct)


class StoredPackDamaged(Exception):
    """The bytes are not those that were written: the pack has to be compiled again."""


class Section(msgspec.Struct, frozen=True):
    """What one event adds. ``texts``: language -> text key -> text."""

    event: Event | None
    questions: dict[str, Question]
    texts: dict[str, dict[str, str]]


class _Place(msgspec.Struct, frozen=True):
    start: int
    size: int
    digest: bytes


class _Head(msgspec.Struct, frozen=True):
    """``pack``: without what the sections hold. ``owners``: question id -> section."""

    pack: Pack
    owners: dict[str, str]
    sections: dict[str, _Place]


def write_pack(pack: Pack) -> bytes:
    """The pack as bytes."""
    owners = _owners(pack)
    blobs = {name: msgspec.msgpack.encode(section) for name, section in _sections(pack, owners).items()}
    places, start = {}, 0
    for name, blob in blobs.items():
        places[name] = _Place(start, len(blob), hashlib.sha256(blob).digest())
        start += len(blob)
    bare = msgspec.structs.replace(pack, events={}, questions={}, texts={lang: {} for lang in pack.texts})
    head = msgspec.msgpack.encode(_Head(bare, owners, places))
    return b"".join((len(head).to_bytes(SIZE, "big"), hashlib.sha256(head).digest(), head, *blobs.values()))


def read_pack(path: Path, again: Callable[[], Pack]) -> Pack:
    """The pack in this file. ``again`` gives it from its sources, should a section turn out damaged when it
    is opened. Raises OSError and StoredPackDamaged for the head."""
    with path.open("rb") as stream:
        size = int.from_bytes(stream.read(SIZE), "big")
        digest = stream.read(DIGEST)
        if size > path.stat().st_size:
            raise StoredPackDamaged
        head = _decoded(stream.read(size), digest, _Head)
    reader = _Reader(path, SIZE + DIGEST + size, head.sections, again)
    names, owner = tuple(head.sections), _Owner(head.pack.id, head.owners)

    def texts(lang: str) -> dict[str, str]:
        return Opened(owner, names, lambda name: reader.section(name).texts[lang])

    return msgspec.structs.replace(
        head.pack,
        events=Opened(str, tuple(one.id for one in head.pack.heads), reader.event),
        questions=Opened(owner.of_question, names, lambda name: reader.section(name).questions),
        texts={lang: texts(lang) for lang in head.pack.texts},
    )


class Opened(dict[str, Value]):
    """A dictionary of which a section is read when the first of its keys is asked for."""

    def __init__(
        self, owner: Callable[[str], str], names: tuple[str, ...], read: Callable[[str], dict[str, Value]]
    ) -> None:
        super().__init__()
        self._owner = owner
        self._left = dict.fromkeys(names)
        self._read = read

    def __missing__(self, key: str) -> Value:
        name = self._owner(key)
        if name not in self._left:
            raise KeyError(key)
        self._open(name)
        return self[key]

    def _open(self, name: str) -> None:
        self.update(self._read(name))
        self._left.pop(name, None)

    def _whole(self) -> None:
        for name in tuple(self._left):
            self._open(name)

    def get(self, key: str, default: Value | None = None) -> Value | None:  # type: ignore[override]  # one form
        """Like that of a dictionary."""
        try:
            return self[key]
        except KeyError:
            return default

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self.get(key) is not None

    def __iter__(self) -> Iterator[str]:
        self._whole()
        return super().__iter__()

    def __len__(self) -> int:
        self._whole()
        return super().__len__()

    def __eq__(self, other: object) -> bool:
        self._whole()
        return super().__eq__(other)

    __hash__ = None

    def keys(self) -> KeysView[str]:  # type: ignore[override]  # a view, if not a dictionary's own type
        """All keys, of every section."""
        self._whole()
        return super().keys()

    def values(self) -> ValuesView[Value]:  # type: ignore[override]  # as above
        """All values, of every section."""
        self._whole()
        return super().values()

    def items(self) -> ItemsView[str, Value]:  # type: ignore[override]  # as above
        """All pairs, of every section."""
        self._whole()
        return super().items()


class _Owner:
    """Text key -> section; never fails. ``pack``: its id; those of an overlay's aids start with another."""

    def __init__(self, pack: str, questions: dict[str, str]) -> None:
        self._pack = pack
        self._questions = questions

    def of_question(self, name: str) -> str:
        return self._questions.get(name, COMMON)

    def __call__(self, key: str) -> str:
        kind, _, rest = key.partition(".")
        if kind in ("question", "option"):
            return self.of_question(rest.partition(".")[0])
        if kind == "procedure":
            return ".".join((self._pack, *rest.split(".", 2)[1:2]))
        return COMMON


class _Reader:
    """Reads sections from the file, or makes them from the sources again."""

    def __init__(self, path: Path, start: int, places: dict[str, _Place], again: Callable[[], Pack]) -> None:
        self._path = path
        self._start = start
        self._places = places
        self._again = again
        self._made: dict[str, Section] = {}

    def event(self, name: str) -> dict[str, Event]:
        found = self.section(name).event
        return {} if found is None else {name: found}

    def section(self, name: str) -> Section:
        if name not in self._made:
            try:
                self._made[name] = self._stored(self._places[name])
            except (OSError, StoredPackDamaged):
                self._path.unlink(missing_ok=True)
                pack = self._again()
                self._made |= _sections(pack, _owners(pack))
        return self._made[name]

    def _stored(self, place: _Place) -> Section:
        with self._path.open("rb") as stream:
            stream.seek(self._start + place.start)
            return _decoded(stream.read(place.size), place.digest, Section)


def _owners(pack: Pack) -> dict[str, str]:
    """Question id -> the first event that asks it."""
    return {
        name: event.id
        for event in reversed(pack.events.values())
        for question in event.questions
        for name in (question, *pack.questions[question].questions)
    }


def _sections(pack: Pack, owners: dict[str, str]) -> dict[str, Section]:
    owner = _Owner(pack.id, owners)
    names = (COMMON, *pack.events)
    questions: dict[str, dict[str, Question]] = {name: {} for name in names}
    texts: dict[str, dict[str, dict[str, str]]] = {name: {lang: {} for lang in pack.texts} for name in names}
    for key, question in pack.questions.items():
        questions[owner.of_question(key)][key] = question
    for lang, table in pack.texts.items():
        for key, text in table.items():
            texts[owner(key)][lang][key] = text
    return {name: Section(pack.events.get(name), questions[name], texts[name]) for name in names}


def _decoded(data: bytes, digest: bytes, kind: type[Stored]) -> Stored:
    if hashlib.sha256(data).digest() != digest:
        raise StoredPackDamaged
    try:
        return msgspec.msgpack.decode(data, type=kind)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise StoredPackDamaged from error
