"""Batches and answers: nothing is parsed before its signature holds, nothing hostile surprises."""

from __future__ import annotations

import hashlib

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from kiosk.dossier import signed_message
from sync.protocol.answer import (
    LARGEST as LARGEST_ANSWER,
)
from sync.protocol.answer import (
    Answer,
    Outcome,
    Receipt,
    Result,
    read_answer,
    read_receipt,
    write_answer,
    write_receipt,
)
from sync.protocol.batch import LARGEST, Item, open_envelope, read_envelope, write_batch
from sync.protocol.errors import AnswerError, BatchError

DEVICE, HUB = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
DEVICE_KEY, HUB_KEY = (k.public_key().public_bytes_raw() for k in (DEVICE, HUB))
ID, NAME = "01a20c3f-0000-7000-8000-000000000001", "ab" * 16
ITEM = Item(ID, 1, hashlib.sha256(b"sealed").digest(), b"sealed")
RAW = write_batch("valmerle", NAME, [ITEM], DEVICE.sign)
BATCH_SHA = hashlib.sha256(RAW).digest()
RECEIPT = Receipt("valmerle", NAME, ID, 1, ITEM.sha256, "e" * 16, 1, "2026-11-24T09:30:00+00:00")
ANSWER = Answer("e" * 16, 1, (Result(ID, Outcome.STORED, receipt=write_receipt(RECEIPT, HUB.sign)),))
REPLY = write_answer(ANSWER, "valmerle", NAME, BATCH_SHA, HUB.sign)


def test_a_batch_is_read_back() -> None:
    envelope = read_envelope(RAW)
    assert (envelope.tenant, envelope.device) == ("valmerle", NAME)
    assert open_envelope(envelope, DEVICE_KEY) == (ITEM,)


@given(st.binary(max_size=300) | st.binary(max_size=200).map(b"LEKBATCH1\n".__add__))
def test_hostile_bytes_are_no_batch(noise: bytes) -> None:
    with pytest.raises(BatchError):
        open_envelope(read_envelope(noise), DEVICE_KEY)


@given(st.integers(0, len(RAW) - 1), st.integers(1, 255))
def test_a_flipped_byte_is_always_seen(at: int, flip: int) -> None:
    changed = bytearray(RAW)
    changed[at] ^= flip
    with pytest.raises(BatchError):
        open_envelope(read_envelope(bytes(changed)), DEVICE_KEY)


@given(st.integers(0, len(RAW) - 1))
def test_a_cut_batch_is_always_seen(at: int) -> None:
    with pytest.raises(BatchError):
        open_envelope(read_envelope(RAW[:at]), DEVICE_KEY)


def test_a_batch_too_large_is_refused_before_anything() -> None:
    with pytest.raises(BatchError):
        read_envelope(b"x" * (LARGEST + 1))


@given(st.binary(max_size=200))
def test_a_signed_but_hostile_payload_is_refused(payload: bytes) -> None:
    """Even an enrolled device is a stranger."""
    signature = DEVICE.sign(signed_message("batch/1", b"valmerle", NAME.encode(), payload))
    raw = b"LEKBATCH1\n" + bytes([8]) + b"valmerle" + bytes.fromhex(NAME) + signature + payload
    with pytest.raises(BatchError):
        open_envelope(read_envelope(raw), DEVICE_KEY)


@pytest.mark.parametrize(
    "change",
    [{"id": "../../etc/passwd"}, {"id": ID.upper()}, {"seq": 0}, {"seq": 2**60}, {"sha256": b"short"}],
)
def test_every_field_has_bounds(change: dict[str, object]) -> None:
    raw = write_batch("valmerle", NAME, [msgspec.structs.replace(ITEM, **change)], DEVICE.sign)
    with pytest.raises(BatchError):
        open_envelope(read_envelope(raw), DEVICE_KEY)


def test_an_answer_is_read_back() -> None:
    answer = read_answer(REPLY, "valmerle", NAME, BATCH_SHA, [b"o" * 32, HUB_KEY])
    assert answer == ANSWER
    assert read_receipt(answer.results[0].receipt, [HUB_KEY]) == RECEIPT


@pytest.mark.parametrize(
    ("tenant", "device", "batch", "key"),
    [
        ("elsewhere", NAME, BATCH_SHA, HUB_KEY),
        ("valmerle", "cd" * 16, BATCH_SHA, HUB_KEY),
        ("valmerle", NAME, b"o" * 32, HUB_KEY),
        ("valmerle", NAME, BATCH_SHA, DEVICE_KEY),
    ],
    ids=["another tenant", "another device", "another batch", "another hub"],
)
def test_an_answer_for_others_is_not_believed(tenant: str, device: str, batch: bytes, key: bytes) -> None:
    with pytest.raises(AnswerError):
        read_answer(REPLY, tenant, device, batch, [key])


@given(st.integers(0, len(REPLY) - 1), st.integers(1, 255))
def test_a_flipped_byte_of_an_answer_is_always_seen(at: int, flip: int) -> None:
    changed = bytearray(REPLY)
    changed[at] ^= flip
    with pytest.raises(AnswerError):
        read_answer(bytes(changed), "valmerle", NAME, BATCH_SHA, [HUB_KEY])


@given(st.binary(max_size=300))
def test_hostile_answers_and_receipts_are_refused(noise: bytes) -> None:
    with pytest.raises(AnswerError):
        read_answer(noise, "valmerle", NAME, BATCH_SHA, [HUB_KEY])
    with pytest.raises(AnswerError):
        read_receipt(noise, [HUB_KEY])


@given(st.binary(max_size=200))
def test_signed_but_hostile_content_is_refused(content: bytes) -> None:
    parts = (b"valmerle", NAME.encode(), BATCH_SHA, content)
    with pytest.raises(AnswerError):
        read_answer(
            HUB.sign(signed_message("answer/1", *parts)) + content, "valmerle", NAME, BATCH_SHA, [HUB_KEY]
        )
    with pytest.raises(AnswerError):
        read_receipt(HUB.sign(signed_message("receipt/1", content)) + content, [HUB_KEY])


def test_an_answer_too_large_is_refused() -> None:
    with pytest.raises(AnswerError):
        read_answer(b"x" * (LARGEST_ANSWER + 1), "valmerle", NAME, BATCH_SHA, [HUB_KEY])
