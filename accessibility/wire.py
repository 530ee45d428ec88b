"""What the speech process and its owner say to each other: length-prefixed JSON frames on two pipes.

A frame is a 4-byte big-endian length and that many bytes of JSON. Both ends bound every length, since a
broken peer must not make the other one eat the memory. Spoken text travels here and nowhere else: never in
an argument, the environment or a file.
"""

from __future__ import annotations

import struct

import msgspec

LONGEST_TEXT = 100_000
"""Characters of one utterance; the rest is cut by the sender."""

LARGEST_FRAME = 2 * 1024 * 1024
"""Bytes. 100,000 characters are at most 600 kB of JSON (``\\uXXXX``)."""

HEADER = struct.Struct(">I")


class Say(msgspec.Struct, frozen=True, tag="say", forbid_unknown_fields=True):
    """Speak ``text``, as it is shown. A ``generation`` above the current one cuts everything older."""

    ticket: int
    generation: int
    lang: str
    text: str
    rate: int  # words a minute


class Stop(msgspec.Struct, frozen=True, tag="stop", forbid_unknown_fields=True):
    """Be silent: whatever is older than ``generation`` is cut. Answered by :class:`Silent`."""

    generation: int


class Ready(msgspec.Struct, frozen=True, tag="ready", forbid_unknown_fields=True):
    """The first report: whether there is an engine, its ``languages`` (ISO 639-1) and the player."""

    engine: bool
    languages: list[str]
    player: str  # "pacat", "aplay" or "" for none


class Word(msgspec.Struct, frozen=True, tag="word", forbid_unknown_fields=True):
    """The word at ``offset`` (characters, in the text as it is spoken) is heard now."""

    ticket: int
    offset: int
    length: int


class Done(msgspec.Struct, frozen=True, tag="done", forbid_unknown_fields=True):
    """The end of an utterance: "done", "interrupted", "dropped" or "failed"."""

    ticket: int
    outcome: str


class Silent(msgspec.Struct, frozen=True, tag="silent", forbid_unknown_fields=True):
    """No player of a generation below this one is alive."""

    generation: int


Request = Say | Stop
Report = Ready | Word | Done | Silent

_encoder = msgspec.json.Encoder()
_requests: msgspec.json.Decoder[Request] = msgspec.json.Decoder(Request)
_reports: msgspec.json.Decoder[Report] = msgspec.json.Decoder(Report)


class BrokenWire(Exception):
    """The peer sent what no peer of ours sends."""


def frame(message: Request | Report) -> bytes:
    """The bytes of one message."""
    body = _encoder.encode(message)
    return HEADER.pack(len(body)) + body


def request(body: bytes) -> Request:
    """The request in a frame's body. Raises BrokenWire."""
    try:
        return _requests.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BrokenWire from error


def report(body: bytes) -> Report:
    """The report in a frame's body. Raises BrokenWire."""
    try:
        return _reports.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BrokenWire from error


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
