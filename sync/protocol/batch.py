"""A batch: dossiers of one device as one byte string with a detached signature, by HTTP or by stick alike.

Layout: ``LEKBATCH1\\n``, one byte of length, the tenant's id, 16 bytes of device id, 64 bytes of Ed25519
signature, then the payload (MessagePack). The signature covers (``batch/1``, tenant, device, payload) and is
checked before the payload is parsed. There is no time in it: sending again must change nothing, that is the
defence against replays.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from kiosk.dossier import LARGEST_SEALED, DossierId, is_signed, signed_message
from sync.protocol.errors import BatchError

PATH = "/v1/batch"
MAGIC = b"LEKBATCH1\n"
LARGEST = 8 * 1024 * 1024
MOST_ITEMS = 200
MOST_BYTES = 4 * 1024 * 1024
"""Bytes of dossiers that a device puts in one batch, beyond the first."""
_SIGNATURE = 64


class Item(Struct, frozen=True):
    """One sealed dossier. ``seq`` is the device's own count; ``sha256`` is of ``body``, 32 bytes."""

    id: DossierId
    seq: Annotated[int, Meta(ge=1, le=2**53)]
    sha256: Annotated[bytes, Meta(min_length=32, max_length=32)]
    body: Annotated[bytes, Meta(max_length=LARGEST_SEALED)]


class Payload(Struct, frozen=True):
    """What is signed. An empty batch is a greeting: it brings back the hub's epoch and watermark."""

    items: Annotated[tuple[Item, ...], Meta(max_length=MOST_ITEMS)]
    schema: str = "batch/1"


@dataclass(frozen=True)
class Envelope:
    """A batch whose frame was read and whose signature was *not* checked. ``device``: 32 hex digits."""

    tenant: str
    device: str
    signature: bytes
    payload: bytes
    sha256: bytes


def write_batch(tenant: str, device: str, items: Sequence[Item], sign: Callable[[bytes], bytes]) -> bytes:
    """The bytes to send. ``sign`` is the device key's ``bytes -> bytes``."""
    payload = msgspec.msgpack.encode(Payload(tuple(items)))
    name = tenant.encode()
    head = MAGIC + bytes([len(name)]) + name + bytes.fromhex(device)
    return head + sign(_message(tenant, device, payload)) + payload


def read_envelope(raw: bytes) -> Envelope:
    """Take the frame apart. Raises BatchError."""
    if len(raw) > LARGEST:
        raise BatchError("too large")
    at = len(MAGIC) + 1
    size = raw[at - 1] if raw.startswith(MAGIC) and len(raw) >= at else 0
    name, device = raw[at : at + size], raw[at + size : at + size + 16]
    signature = raw[at + size + 16 : at + size + 16 + _SIGNATURE]
    if not re.fullmatch(rb"[a-z0-9][a-z0-9-]{0,62}", name) or len(signature) != _SIGNATURE:
        raise BatchError("not a batch")
    payload = raw[at + size + 16 + _SIGNATURE :]
    return Envelope(name.decode(), device.hex(), signature, payload, hashlib.sha256(raw).digest())


def open_envelope(envelope: Envelope, public_key: bytes) -> tuple[Item, ...]:
    """Check the signature with the device's key, then parse. Raises BatchError."""
    message = _message(envelope.tenant, envelope.device, envelope.payload)
    if not is_signed(public_key, envelope.signature, message):
        raise BatchError("the signature is false")
    try:
        payload = msgspec.msgpack.decode(envelope.payload, type=Payload)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise BatchError("the payload cannot be read") from error
    if payload.schema != "batch/1":
        raise BatchError("a version of the batch that is not known here")
    return payload.items


def _message(tenant: str, device: str, payload: bytes) -> bytes:
    return signed_message("batch/1", tenant.encode(), device.encode(), payload)
