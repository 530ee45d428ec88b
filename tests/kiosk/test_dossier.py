"""The dossier: sealed, padded, signed; opened by its recipients only, the sender verified or not."""

from __future__ import annotations

import datetime
import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pyrage
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from kiosk.dossier import (
    LARGEST,
    Answer,
    Authority,
    BadIdentity,
    BadRecipient,
    CaseKeys,
    DeviceCertificate,
    Dossier,
    DossierError,
    DossierMalformed,
    DossierTooLarge,
    NotForThisKey,
    PackRef,
    Promise,
    Provenance,
    Sender,
    SenderState,
    device_id,
    new_dossier_id,
    open_sealed,
    read_identities,
    read_plaintext,
    seal,
    signed_message,
)
from kiosk.paper import new_case_code

ROOT = Path(__file__).parents[2]
NOW = datetime.datetime(2026, 11, 24, 9, 30, tzinfo=datetime.UTC)
AGENCY = pyrage.x25519.Identity.generate()
OTHER = pyrage.x25519.Identity.generate()
HUB = Ed25519PrivateKey.generate()
AUTHORITY = Authority("valmerle", (HUB.public_key().public_bytes_raw(),))


@dataclass
class Device:
    key: Ed25519PrivateKey
    sender: Sender

    def sign(self, message: bytes) -> bytes:
        return self.key.sign(message)


def a_device(tenant: str = "valmerle", hub: Ed25519PrivateKey = HUB) -> Device:
    key = Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes_raw()
    certificate = msgspec.json.encode(DeviceCertificate(tenant, device_id(public), public, "hall", NOW))
    signature = hub.sign(signed_message("device/1", certificate))
    return Device(key, Sender(tenant, device_id(public), public, certificate, signature))


def a_dossier(**changes: Any) -> Dossier:
    code = new_case_code()
    dossier = Dossier(
        id=new_dossier_id(),
        created=NOW,
        today=datetime.date(2026, 11, 24),
        pack=PackRef("fr", "2026.11", "0" * 64),
        event="fr.naissance",
        lang="fr",
        promise=Promise("CCAS de Valmerle", "Suivi de vos démarches", "dix jours"),
        case=CaseKeys(code.mailbox_id, code.reply_recipient, code.deletion_public_key),
        answers=(Answer("enfant_ne", True), Answer("nom", {"family": "Lefèvre"}, Provenance.CARD)),
        plan={"procedures": []},
    )
    return msgspec.structs.replace(dossier, **changes)


def opened_state(sealed: bytes, authority: Authority | None = AUTHORITY) -> SenderState:
    return open_sealed(sealed, [str(AGENCY)], authority).state


def test_every_recipient_opens_it_and_nobody_else() -> None:
    sealed = seal(a_dossier(), [str(AGENCY.to_public()), str(OTHER.to_public())], a_device())
    for identity in (AGENCY, OTHER):
        assert open_sealed(sealed, [str(identity)], AUTHORITY).dossier.answers[0].value is True
    with pytest.raises(NotForThisKey):
        open_sealed(sealed, [str(pyrage.x25519.Identity.generate())], AUTHORITY)


def test_the_stock_age_command_opens_it(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(f"# a comment\n{AGENCY}\n")
    (tmp_path / "file.age").write_bytes(seal(a_dossier(), [str(AGENCY.to_public())], a_device()))
    command = ["age", "-d", "-i", str(tmp_path / "key"), str(tmp_path / "file.age")]
    plain = subprocess.run(command, capture_output=True, check=True).stdout
    assert json.loads(plain)["dossier"]["answers"][1]["value"] == {"family": "Lefèvre"}
    assert len(plain) == 4096
    assert read_plaintext(plain, AUTHORITY).state is SenderState.VERIFIED


@pytest.mark.parametrize("size", [10, 5_000, 20_000, 100_000])
def test_the_size_of_the_sealed_file_tells_a_power_of_two_only(size: int) -> None:
    sealed = seal(a_dossier(plan="x" * size), [str(AGENCY.to_public())], a_device())
    plain = pyrage.decrypt(sealed, [AGENCY])
    assert len(plain) & (len(plain) - 1) == 0
    assert len(plain) >= 4096


def test_more_than_a_mebibyte_is_refused() -> None:
    with pytest.raises(DossierTooLarge):
        seal(a_dossier(plan="x" * LARGEST), [str(AGENCY.to_public())], a_device())


@pytest.mark.parametrize("recipients", [[], ["age1nonsense"], [""], ["ssh-ed25519 AAAA"]])
def test_it_is_never_sealed_to_nobody(recipients: list[str]) -> None:
    with pytest.raises(BadRecipient):
        seal(a_dossier(), recipients, a_device())


def test_a_sender_of_this_tenant_is_verified() -> None:
    assert opened_state(seal(a_dossier(), [str(AGENCY.to_public())], a_device())) is SenderState.VERIFIED


def test_a_demonstration_is_never_verified() -> None:
    sealed = seal(a_dossier(demonstration=True), [str(AGENCY.to_public())], a_device())
    assert opened_state(sealed) is SenderState.UNVERIFIED


def test_without_a_trust_file_nobody_is_verified() -> None:
    sealed = seal(a_dossier(), [str(AGENCY.to_public())], a_device())
    assert opened_state(sealed, None) is SenderState.UNVERIFIED


@pytest.mark.parametrize(
    "device",
    [a_device("elsewhere"), a_device(hub=Ed25519PrivateKey.generate())],
    ids=["another tenant's device", "a certificate from another hub"],
)
def test_a_false_sender_is_rejected(device: Device) -> None:
    assert opened_state(seal(a_dossier(), [str(AGENCY.to_public())], device)) is SenderState.REJECTED


def test_a_borrowed_certificate_is_rejected() -> None:
    honest, thief = a_device(), a_device()
    borrowed = msgspec.structs.replace(
        thief.sender,
        certificate=honest.sender.certificate,
        certificate_signature=honest.sender.certificate_signature,
    )
    sealed = seal(a_dossier(), [str(AGENCY.to_public())], Device(thief.key, borrowed))
    assert opened_state(sealed) is SenderState.REJECTED


def test_a_changed_answer_is_rejected() -> None:
    sealed = seal(a_dossier(), [str(AGENCY.to_public())], a_device())
    plain = bytes(pyrage.decrypt(sealed, [AGENCY]))
    forged = plain.replace(b'"value":true', b'"value":null')
    assert forged != plain
    assert read_plaintext(forged, AUTHORITY).state is SenderState.REJECTED


@pytest.mark.parametrize("identities", [[], ["AGE-SECRET-KEY-1NONSENSE"], ["x"]])
def test_a_bad_key_file_is_said(identities: list[str]) -> None:
    with pytest.raises(BadIdentity):
        open_sealed(b"age-encryption.org/v1\n", identities, None)


def test_a_version_from_the_future_is_said() -> None:
    sealed = seal(a_dossier(), [str(AGENCY.to_public())], a_device())
    plain = bytes(pyrage.decrypt(sealed, [AGENCY])).replace(b"dossier/1", b"dossier/9", 1)
    with pytest.raises(DossierMalformed, match="dossier/9"):
        read_plaintext(plain, AUTHORITY)


def test_the_published_schema_describes_what_is_written() -> None:
    from jsonschema import Draft202012Validator

    schema = json.loads((ROOT / "docs" / "schemas" / "dossier-1.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    for device in (a_device(), a_device("elsewhere")):
        sealed = seal(a_dossier(), [str(AGENCY.to_public())], device)
        Draft202012Validator(schema).validate(json.loads(pyrage.decrypt(sealed, [AGENCY])))


def test_comments_and_noise_in_a_key_file_are_skipped() -> None:
    assert read_identities(f"# made today\n\n {AGENCY} \nage1public\n") == (str(AGENCY),)


@given(st.binary(max_size=400))
def test_hostile_bytes_never_open(noise: bytes) -> None:
    for content in (noise, b"age-encryption.org/v1\n" + noise):
        with pytest.raises(DossierError):
            open_sealed(content, [str(AGENCY)], AUTHORITY)


@given(
    st.recursive(
        st.none() | st.booleans() | st.text(max_size=5),
        lambda s: (
            st.lists(s)
            | st.dictionaries(st.sampled_from(["schema", "dossier", "sender", "signature", "id"]), s)
        ),
        max_leaves=12,
    )
)
def test_hostile_content_is_malformed_not_a_crash(content: Any) -> None:
    with pytest.raises(DossierError):
        read_plaintext(json.dumps(content).encode(), AUTHORITY)


def test_deeply_nested_content_is_malformed_not_a_crash() -> None:
    with pytest.raises(DossierError):
        read_plaintext(b'{"schema":"dossier/1","dossier":' + b"[" * 200_000, AUTHORITY)


@given(st.integers(0, 4095), st.integers(1, 255))
def test_a_flipped_byte_is_never_verified(at: int, flip: int) -> None:
    changed = bytearray(PLAIN)
    changed[at] ^= flip
    try:
        found = read_plaintext(bytes(changed), AUTHORITY)
    except DossierError:
        return
    assert (
        found.state is not SenderState.VERIFIED or found.dossier == read_plaintext(PLAIN, AUTHORITY).dossier
    )


PLAIN = bytes(pyrage.decrypt(seal(a_dossier(), [str(AGENCY.to_public())], a_device()), [AGENCY]))
ORIGINAL = read_plaintext(PLAIN, AUTHORITY).dossier
