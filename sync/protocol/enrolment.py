"""Enrolment: a device shows the token's secret and a key, and gets the trust file and a certificate."""

from __future__ import annotations

import binascii
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta, Struct

from kiosk.dossier import signed_message
from sync.protocol.errors import ProtocolError

PATH = "/v1/enrol"
LARGEST_REQUEST = 4 * 1024
LARGEST_REPLY = 256 * 1024

S = TypeVar("S", bound=Struct)


class EnrolRequest(Struct, frozen=True):
    """``proof`` is the device key's signature over the secret and itself: it holds the private half."""

    secret: Annotated[bytes, Meta(min_length=16, max_length=16)]
    public_key: Annotated[bytes, Meta(min_length=32, max_length=32)]
    name: Annotated[str, Meta(max_length=100)]
    proof: Annotated[bytes, Meta(min_length=64, max_length=64)]


class EnrolReply(Struct, frozen=True):
    """The trust file, byte for byte, and the signed ``device/1`` certificate."""

    trust: Annotated[bytes, Meta(max_length=64 * 1024)]
    certificate: Annotated[bytes, Meta(max_length=4096)]
    certificate_signature: Annotated[bytes, Meta(min_length=64, max_length=64)]


def proof_message(secret: bytes, public_key: bytes) -> bytes:
    """What the device signs to enrol."""
    return signed_message("enrol/1", secret, public_key)


def read(raw: bytes, kind: type[S], largest: int) -> S:
    """Read a request or a reply. Raises ProtocolError."""
    if len(raw) > largest:
        raise ProtocolError("too large")
    try:
        return msgspec.json.decode(raw, type=kind)
    except (msgspec.DecodeError, binascii.Error, RecursionError, UnicodeDecodeError) as error:
        raise ProtocolError("not an enrolment message") from error


def write(message: Any) -> bytes:
    """The bytes to send."""
    return msgspec.json.encode(message)
