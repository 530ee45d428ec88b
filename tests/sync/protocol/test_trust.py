"""The trust file: only the tenant's key makes one, and a device follows forward only."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pyrage
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from sync.protocol.errors import TrustError
from sync.protocol.trust import (
    LARGEST,
    Recipient,
    Tenant,
    Trust,
    follow,
    read_edited_trust,
    read_trust,
    write_trust,
)

KEY = Ed25519PrivateKey.generate()
AGENCY = str(pyrage.x25519.Identity.generate().to_public())


def a_trust(version: int = 1, key: Ed25519PrivateKey = KEY, tenant: str = "valmerle", **changes) -> Trust:
    recipients = (Recipient("ccas", "CCAS", "Suivi", AGENCY),)
    owner = Tenant(tenant, "Ville de Valmerle", key.public_key().public_bytes_raw())
    trust = Trust(owner, version, datetime(2026, 11, 24, tzinfo=UTC), recipients, (b"h" * 32,))
    return msgspec.structs.replace(trust, **changes)


RAW = write_trust(a_trust(), KEY.sign)


def test_a_signed_file_is_read_back() -> None:
    assert read_trust(RAW).trust == a_trust()


def test_people_can_read_it() -> None:
    assert "Ville de Valmerle" in RAW.decode()
    assert len(RAW.splitlines()) > 15


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"CCAS", b"EVIL"),
        (b'"version": 1', b'"version": 2'),
        (b"trust/1", b"trust/2"),
        (AGENCY.encode(), b"age1x"),
    ],
)
def test_a_changed_file_is_refused(old: bytes, new: bytes) -> None:
    assert old in RAW
    with pytest.raises(TrustError):
        read_trust(RAW.replace(old, new, 1))


def test_an_edited_file_can_be_signed_again() -> None:
    edited = read_edited_trust(RAW.replace(b'"CCAS"', '"Centre d’action sociale"'.encode()))
    assert edited.recipients[0].name == "Centre d’action sociale"


def test_an_edit_that_cannot_be_is_said_with_its_place() -> None:
    with pytest.raises(TrustError, match=r"recipients\[0\].key"):
        read_edited_trust(RAW.replace(AGENCY.encode(), b"age1nonsense"))


def test_two_recipients_with_one_id_are_refused() -> None:
    twice = a_trust(recipients=a_trust().recipients * 2)
    with pytest.raises(TrustError):
        write_trust(twice, KEY.sign)


def test_only_a_higher_version_of_the_same_key_is_followed() -> None:
    pinned, thief = read_trust(RAW), Ed25519PrivateKey.generate()
    newer = read_trust(write_trust(a_trust(2), KEY.sign))
    assert follow(pinned, newer) is newer
    assert follow(pinned, read_trust(RAW)) is pinned
    for offered in (
        write_trust(a_trust(1, issued=datetime(2027, 1, 1, tzinfo=UTC)), KEY.sign),
        write_trust(a_trust(3, thief), thief.sign),
        write_trust(a_trust(3, tenant="elsewhere"), KEY.sign),
    ):
        with pytest.raises(TrustError):
            follow(pinned, read_trust(offered))
    with pytest.raises(TrustError):
        follow(newer, pinned)


@given(st.binary(max_size=300))
def test_hostile_bytes_are_refused(noise: bytes) -> None:
    with pytest.raises(TrustError):
        read_trust(noise)


@given(st.integers(0, len(RAW) - 1), st.integers(1, 255))
def test_a_flipped_byte_never_changes_what_is_believed(at: int, flip: int) -> None:
    changed = bytearray(RAW)
    changed[at] ^= flip
    try:
        found = read_trust(bytes(changed))
    except TrustError:
        return
    assert found.trust == a_trust()  # white space of the frame


@pytest.mark.parametrize(
    "raw", [b"[" * 60_000, b" " * (LARGEST + 1), b'{"schema":"trust/1","trust":' + b"[" * 60_000]
)
def test_deep_or_large_files_are_refused(raw: bytes) -> None:
    with pytest.raises(TrustError):
        read_trust(raw)
