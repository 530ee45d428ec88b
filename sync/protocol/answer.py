"""The hub's answer to a batch, and the receipts in it.

An answer is 64 bytes of signature over (``answer/1``, tenant, device, SHA-256 of the batch, payload) and the
payload (MessagePack): an answer to another batch, or an old one, does not verify. Each receipt is signed on
its own too, because the device keeps it as proof when the answer is long gone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from kiosk.dossier import DossierId, is_signed, signed_message
from sync.protocol.batch import MOST_ITEMS
from sync.protocol.errors import AnswerError

LARGEST = 512 * 1024
_SIGNATURE = 64
Epoch = Annotated[str, Meta(pattern="^[0-9a-f]{16}$")]
Count = Annotated[int, Meta(ge=0, le=2**53)]
Sha256 = Annotated[bytes, Meta(min_length=32, max_length=32)]


class Outcome(StrEnum):
    """What the hub did with one dossier."""

    STORED = "stored"
    QUARANTINED = "quarantined"
    """Kept aside: the same id with other bytes, or the same number with another id (a cloned device)."""
    REFUSED = "refused"
    """For ever, with a reason code; the device moves it to the dead-letter lane."""
    LATER = "later"


class Receipt(Struct, frozen=True):
    """The hub's word that it committed these bytes and read them back. ``stored_at``: its clock, ISO."""

    tenant: Annotated[str, Meta(max_length=63)]
    device: Annotated[str, Meta(max_length=32)]
    id: DossierId
    seq: Count
    sha256: Sha256
    epoch: Epoch
    watermark: Count
    stored_at: Annotated[str, Meta(max_length=40)]
    schema: str = "receipt/1"


class Result(Struct, frozen=True):
    """The outcome for one id. ``receipt`` is a signed receipt (``stored`` only); ``reason`` a short code."""

    id: DossierId
    outcome: Outcome
    reason: Annotated[str, Meta(pattern="^[a-z_]{0,40}$")] = ""
    receipt: Annotated[bytes, Meta(max_length=1024)] = b""


class Answer(Struct, frozen=True):
    """``epoch`` names one life of the hub's database, ``watermark`` the device's highest number stored."""

    epoch: Epoch
    watermark: Count
    results: Annotated[tuple[Result, ...], Meta(max_length=MOST_ITEMS)] = ()
    schema: str = "answer/1"


def write_receipt(receipt: Receipt, sign: Callable[[bytes], bytes]) -> bytes:
    """Signature and receipt, as the device keeps them."""
    content = msgspec.msgpack.encode(receipt)
    return sign(signed_message("receipt/1", content)) + content


def read_receipt(raw: bytes, hub_keys: Sequence[bytes]) -> Receipt:
    """Read a receipt and check who signed it. Raises AnswerError."""
    signature, content = raw[:_SIGNATURE], raw[_SIGNATURE:]
    if not _by_hub(hub_keys, signature, signed_message("receipt/1", content)):
        raise AnswerError("a receipt is not signed by the hub")
    try:
        receipt = msgspec.msgpack.decode(content, type=Receipt)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise AnswerError("a receipt cannot be read") from error
    if receipt.schema != "receipt/1":
        raise AnswerError("a version of the receipt that is not known here")
    return receipt


def write_answer(
    answer: Answer, tenant: str, device: str, batch_sha256: bytes, sign: Callable[[bytes], bytes]
) -> bytes:
    """The bytes the hub sends back."""
    content = msgspec.msgpack.encode(answer)
    return sign(_message(tenant, device, batch_sha256, content)) + content


def read_answer(
    raw: bytes, tenant: str, device: str, batch_sha256: bytes, hub_keys: Sequence[bytes]
) -> Answer:
    """Check that this is the pinned hub's answer to that very batch, then parse it. Raises AnswerError."""
    if len(raw) > LARGEST:
        raise AnswerError("too large")
    signature, content = raw[:_SIGNATURE], raw[_SIGNATURE:]
    if not _by_hub(hub_keys, signature, _message(tenant, device, batch_sha256, content)):
        raise AnswerError("the answer is not signed by the hub")
    try:
        answer = msgspec.msgpack.decode(content, type=Answer)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise AnswerError("the answer cannot be read") from error
    if answer.schema != "answer/1":
        raise AnswerError("a version of the answer that is not known here")
    return answer


def _message(tenant: str, device: str, batch_sha256: bytes, content: bytes) -> bytes:
    return signed_message("answer/1", tenant.encode(), device.encode(), batch_sha256, content)


def _by_hub(hub_keys: Sequence[bytes], signature: bytes, message: bytes) -> bool:
    return any(is_signed(key, signature, message) for key in hub_keys)
