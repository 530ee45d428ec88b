"""The dossier: what a citizen submits, signed by the device and sealed so that only its recipients read it.

The plaintext is JSON (``docs/schemas/dossier-1.json``)::

    {"schema":"dossier/1","dossier":{…},"sender":{…},"signature":"base64"}

padded with spaces to 4 x 2^n KiB, so that its size tells nothing, then encrypted in the ``age`` format. The
signature covers the bytes of ``dossier`` as they stand, after a domain tag, the tenant and the device: no
canonical form is needed. Sealing happens before the first disk write, and the device cannot undo it.
"""

from __future__ import annotations

import binascii
import datetime
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Protocol

import msgspec
from msgspec import Meta, Struct

from kiosk.errors import KioskError

SCHEMA = "dossier/1"
SMALLEST, LARGEST = 4 * 1024, 1024 * 1024
"""Bytes of padded plaintext: 4 KiB, doubled until it fits, 1 MiB at most."""
LARGEST_SEALED = LARGEST + 64 * 1024

Short = Annotated[str, Meta(max_length=200)]
Sentence = Annotated[str, Meta(max_length=2000)]
DossierId = Annotated[str, Meta(pattern="^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]


@dataclass(eq=False)
class DossierError(KioskError):
    """A dossier that cannot be made or read."""

    code: ClassVar[str] = "dossier"


@dataclass(eq=False)
class DossierTooLarge(DossierError):
    """More than 1 MiB of answers."""

    code: ClassVar[str] = "dossier.too_large"
    size: int
    allowed: int = LARGEST


@dataclass(eq=False)
class BadRecipient(DossierError):
    """Not an ``age1…`` recipient, or none at all."""

    code: ClassVar[str] = "dossier.recipient"
    recipient: str


@dataclass(eq=False)
class BadIdentity(DossierError):
    """The key file holds no usable ``AGE-SECRET-KEY-1…``."""

    code: ClassVar[str] = "dossier.identity"


@dataclass(eq=False)
class NotForThisKey(DossierError):
    """The file was sealed to somebody else, or cut short, or is no sealed file."""

    code: ClassVar[str] = "dossier.not_for_this_key"


@dataclass(eq=False)
class DossierMalformed(DossierError):
    """It opened, but its content is not a dossier of a version known here."""

    code: ClassVar[str] = "dossier.malformed"
    problem: str


class Provenance(StrEnum):
    """Where an answer comes from."""

    PERSON = "person"
    CARD = "card"
    MEDIATOR = "mediator"
    PAPER = "paper"


class Answer(Struct, frozen=True, forbid_unknown_fields=False):
    """One answer. ``value`` is JSON as ``kiosk ask`` takes it; null = "I do not know"."""

    question: Short
    value: Any
    provenance: Provenance = Provenance.PERSON


class PackRef(Struct, frozen=True):
    """The content the answers were given to; ``hash`` is the pack's SHA-256 in hex."""

    id: Short
    version: Short
    hash: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]


class Promise(Struct, frozen=True):
    """What the citizen was told: who receives this, what for, and when they answer."""

    recipient: Sentence
    purpose: Sentence
    reply_time: Sentence


class CaseKeys(Struct, frozen=True):
    """The public halves of the citizen's case code; the code itself is never in a dossier."""

    mailbox: Annotated[str, Meta(pattern="^[0-9a-f]{32}$")]
    reply: Annotated[str, Meta(pattern="^age1[02-9ac-hj-np-z]{58}$")]
    deletion: Annotated[bytes, Meta(min_length=32, max_length=32)]


class Attachment(Struct, frozen=True):
    """A sealed file that travels apart: its SHA-256 and its size in bytes."""

    sha256: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
    size: Annotated[int, Meta(ge=0)]


class Dossier(Struct, frozen=True):
    """What was submitted. ``created`` is the device's clock, a claim; ``today`` is the visit's fixed day."""

    id: DossierId
    created: datetime.datetime
    today: datetime.date
    pack: PackRef
    event: Short
    lang: Short
    promise: Promise
    case: CaseKeys
    answers: tuple[Answer, ...]
    plan: Any
    demonstration: bool = False
    mandate: Any = None
    attachments: tuple[Attachment, ...] = ()


class Sender(Struct, frozen=True):
    """The device that signs. ``certificate`` is the hub's signed word on it."""

    tenant: Short
    device: Short
    public_key: Annotated[bytes, Meta(min_length=32, max_length=32)]
    certificate: Annotated[bytes, Meta(max_length=4096)] = b""
    certificate_signature: Annotated[bytes, Meta(max_length=64)] = b""


class Signer(Protocol):
    """The device's key."""

    @property
    def sender(self) -> Sender: ...

    def sign(self, message: bytes) -> bytes: ...


class SenderState(StrEnum):
    """``verified``: the chain holds. ``unverified``: nothing to check it with. ``rejected``: it is false."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"
    REJECTED = "rejected"


class Authority(Struct, frozen=True):
    """Who may say that a key is a device of ``tenant``: the hub keys in its trust file."""

    tenant: str
    hub_keys: tuple[bytes, ...]


class OpenedDossier(Struct, frozen=True):
    """An opened dossier and what is known of its sender. ``reason`` is "" when verified."""

    dossier: Dossier
    sender: Sender
    state: SenderState
    reason: str


class DeviceCertificate(Struct, frozen=True):
    """The hub's word on a device, signed as bytes under ``device/1``."""

    tenant: Short
    device: Annotated[str, Meta(pattern="^[0-9a-f]{32}$")]
    public_key: Annotated[bytes, Meta(min_length=32, max_length=32)]
    name: Short
    enrolled: datetime.datetime
    schema: str = "device/1"


class _Sealed(Struct, frozen=True):
    schema: str
    dossier: msgspec.Raw
    sender: Sender
    signature: Annotated[bytes, Meta(max_length=64)]


def new_dossier_id() -> str:
    """A UUIDv7 (RFC 9562): unique, and ordered by time of making."""
    import uuid_utils

    return str(uuid_utils.uuid7())


def device_id(public_key: bytes) -> str:
    """The name of a device: the first 16 bytes of its key's SHA-256, in hex. Nobody can claim another's."""
    return hashlib.sha256(b"life-event-kiosk/device-id/1" + public_key).hexdigest()[:32]


def signed_message(domain: str, *parts: bytes) -> bytes:
    """The bytes that are signed: a domain tag, then each part after its length. No two meanings meet."""
    framed = [b"life-event-kiosk/" + domain.encode(), *parts]
    return b"".join(len(part).to_bytes(8, "big") + part for part in framed)


def is_signed(public_key: bytes, signature: bytes, message: bytes) -> bool:
    """True when ``signature`` is the Ed25519 signature (RFC 8032) of ``message``."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def seal(dossier: Dossier, recipients: Sequence[str], signer: Signer) -> bytes:
    """Sign, pad and encrypt to every one of ``recipients`` (``age1…``). Raises DossierError."""
    import pyrage

    sender, content = signer.sender, msgspec.json.encode(dossier)
    signature = signer.sign(_signed_part(sender, content))
    plain = msgspec.json.encode(_Sealed(SCHEMA, msgspec.Raw(content), sender, signature))
    if len(plain) > LARGEST:
        raise DossierTooLarge(len(plain))
    room = SMALLEST
    while room < len(plain):
        room *= 2
    return bytes(pyrage.encrypt(plain.ljust(room), [_recipient(text) for text in recipients or [""]]))


def open_sealed(sealed: bytes, identities: Sequence[str], authority: Authority | None) -> OpenedDossier:
    """Open with an agency's identities (``AGE-SECRET-KEY-1…``) and check who sent it.

    Reads every version there has been. Raises BadIdentity, NotForThisKey, DossierMalformed.
    """
    import pyrage

    if len(sealed) > LARGEST_SEALED:
        raise DossierTooLarge(len(sealed), LARGEST_SEALED)
    try:
        keys = [pyrage.x25519.Identity.from_str(text) for text in identities]
    except pyrage.IdentityError as error:
        raise BadIdentity() from error
    if not keys:
        raise BadIdentity()
    try:
        plain = bytes(pyrage.decrypt(sealed, keys))
    except pyrage.DecryptError as error:
        raise NotForThisKey() from error
    return read_plaintext(plain, authority)


def read_plaintext(plain: bytes, authority: Authority | None) -> OpenedDossier:
    """Read what ``age -d`` gives. Raises DossierMalformed."""
    if len(plain) > LARGEST:
        raise DossierTooLarge(len(plain))
    try:
        sealed = msgspec.json.decode(plain, type=_Sealed)
        if sealed.schema != SCHEMA:
            raise DossierMalformed(f"schema {sealed.schema[:40]!r}")
        content = bytes(sealed.dossier)
        dossier = msgspec.json.decode(content, type=Dossier)
    except (msgspec.DecodeError, binascii.Error, RecursionError, UnicodeDecodeError) as error:
        raise DossierMalformed(type(error).__name__) from error
    reason, state = _check(sealed, content, dossier, authority)
    return OpenedDossier(dossier, sealed.sender, state, reason)


def read_identities(text: str) -> tuple[str, ...]:
    """The identities in an age key file: one a line, ``#`` starts a comment."""
    lines = (line.strip() for line in text.splitlines())
    return tuple(line for line in lines if re.fullmatch(r"AGE-SECRET-KEY-1[0-9A-Z]{1,100}", line))


def _signed_part(sender: Sender, content: bytes) -> bytes:
    return signed_message(SCHEMA, sender.tenant.encode(), sender.device.encode(), content)


def _check(
    sealed: _Sealed, content: bytes, dossier: Dossier, authority: Authority | None
) -> tuple[str, SenderState]:
    sender = sealed.sender
    if sender.device != device_id(sender.public_key):
        return "the device's name is not its key's", SenderState.REJECTED
    if not is_signed(sender.public_key, sealed.signature, _signed_part(sender, content)):
        return "the signature is false", SenderState.REJECTED
    if dossier.demonstration or not sender.certificate:
        return "a demonstration device, enrolled nowhere", SenderState.UNVERIFIED
    if authority is None:
        return "no trust file to check the device with", SenderState.UNVERIFIED
    message = signed_message("device/1", sender.certificate)
    if not any(is_signed(key, sender.certificate_signature, message) for key in authority.hub_keys):
        return "the device's certificate is not from this tenant's hub", SenderState.REJECTED
    try:
        certificate = msgspec.json.decode(sender.certificate, type=DeviceCertificate)
    except (msgspec.DecodeError, RecursionError):
        return "the device's certificate cannot be read", SenderState.REJECTED
    named = (certificate.tenant, certificate.device, certificate.public_key)
    if named != (sender.tenant, sender.device, sender.public_key) or sender.tenant != authority.tenant:
        return "the certificate is another device's or another tenant's", SenderState.REJECTED
    return "", SenderState.VERIFIED


def _recipient(text: str) -> Any:
    import pyrage

    try:
        return pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError as error:
        raise BadRecipient(text[:80]) from error
