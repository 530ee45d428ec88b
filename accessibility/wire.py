"""What the speech process and its owner say to each other: length-prefixed JSON frames on two pipes.

A frame is a 4-byte big-endian length and that many bytes of JSON. Both ends bound every length, since a
broken peer must not make the other one eat the memory. Spoken text travels here and nowhere else: never in
an argument, the environment or a file.

Six small messages are read with the standard library: the speech process runs as long as the kiosk does, and
any other reader of structures would be a sixth of its memory.
"""

import json
import struct
from typing import Any, NamedTuple, TypeVar, cast, get_origin

LONGEST_TEXT = 100_000
"""Characters of one utterance; the rest is cut by the sender."""

LARGEST_FRAME = 2 * 1024 * 1024
"""Bytes. 100,000 characters are at most 600 kB of JSON (``\\uXXXX``)."""

HEADER = struct.Struct(">I")


class BrokenWire(Exception):
    """The peer sent what no peer of ours sends."""


class Say(NamedTuple):
    """Speak ``text``, as it is shown. A ``generation`` above the current one cuts everything older."""

    ticket: int
    generation: int
    lang: str
    text: str
    rate: int  # words a minute


class Stop(NamedTuple):
    """Be silent: whatever is older than ``generation`` is cut. Answered by :class:`Silent`."""

    generation: int


class Ready(NamedTuple):
    """The first report: whether there is an engine, its ``languages`` (ISO 639-1) and the player."""

    engine: bool
    languages: list[str]
    player: str  # "pacat", "aplay" or "" for none


class Word(NamedTuple):
    """The word at ``offset`` (characters, in the text as it is spoken) is heard now."""

    ticket: int
    offset: int
    length: int


class Done(NamedTuple):
    """The end of an utterance: "done", "interrupted", "dropped" or "failed"."""

    ticket: int
    outcome: str


class Silent(NamedTuple):
    """No player of a generation below this one is alive."""

    generation: int


Request = Say | Stop
Report = Ready | Word | Done | Silent
_REQUESTS: dict[str, type[Request]] = {"say": Say, "stop": Stop}
_REPORTS: dict[str, type[Report]] = {"ready": Ready, "word": Word, "done": Done, "silent": Silent}
_TAGS: dict[type[Request | Report], str] = {
    kind: tag for tag, kind in [*_REQUESTS.items(), *_REPORTS.items()]
}
_Message = TypeVar("_Message")


def frame(message: Request | Report) -> bytes:
    """The bytes of one message."""
    fields = {"type": _TAGS[type(message)], **message._asdict()}
    body = json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()
    return HEADER.pack(len(body)) + body


def request(body: bytes) -> Request:
    """The request in a frame's body. Raises BrokenWire."""
    return _read(body, _REQUESTS)


def report(body: bytes) -> Report:
    """The report in a frame's body. Raises BrokenWire."""
    return _read(body, _REPORTS)


def _read(body: bytes, kinds: dict[str, type[_Message]]) -> _Message:
    """One of ``kinds``, each field there and of its type, and no other field."""
    try:
        fields = json.loads(body.decode())
        kind: Any = kinds[fields.pop("type")]
        message = kind(**fields)
        right = all(map(_is, message, kind.__annotations__.values()))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise BrokenWire from error
    if not right:
        raise BrokenWire
    return cast(_Message, message)


def _is(value: object, kind: object) -> bool:
    """Whether a value is exactly what is declared. Raises ValueError for a text that no text can be: JSON may
    hold half a surrogate pair."""
    if isinstance(value, str):
        value.encode()
    if isinstance(value, list):
        return get_origin(kind) is list and all(_is(one, str) for one in value)
    return type(value) is kind


class Frames:
    """Cuts a stream of bytes into frame bodies."""

    def __init__(self) -> None:
        self._buffer = bytearray()

    def feed(self, chunk: bytes) -> list[bytes]:
        """The bodies that ``chunk`` completes. Raises BrokenWire for a length no frame may have."""
        self._buffer += chunk
        bodies = []
        while len(self._buffer) >= HEADER.size:
            (length,) = HEADER.unpack_from(self._buffer)
            if not 0 < length <= LARGEST_FRAME:
                raise BrokenWire
            end = HEADER.size + length
            if len(self._buffer) < end:
                break
            bodies.append(bytes(self._buffer[HEADER.size : end]))
            del self._buffer[:end]
        return bodies
