"""The trust file: the tenant's signed list of whom its devices believe and seal to.

JSON, so that people can read it::

    {"schema": "trust/1", "trust": {…}, "signature": "base64"}

The signature covers the bytes of ``trust`` as they stand. A device pins the file it enrolled with (by its
SHA-256, from the token) and later follows only a higher version signed by the same tenant key.
"""

from __future__ import annotations

import binascii
import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from kiosk.dossier import Authority, is_signed, signed_message
from sync.protocol.errors import TrustError

SCHEMA = "trust/1"
PATH = "/v1/trust"
LARGEST = 64 * 1024

Name = Annotated[str, Meta(min_length=1, max_length=200)]
Slug = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")]
AgeKey = Annotated[str, Meta(pattern="^age1[02-9ac-hj-np-z]{58}$")]
PublicKey = Annotated[bytes, Meta(min_length=32, max_length=32)]


class Recipient(Struct, frozen=True):
    """Somebody who can open dossiers: an agency, a desk team. ``key`` is an ``age1…`` recipient.

    ``spare`` is the same agency's second key, kept in a safe: one lost key then loses no dossier.
    """

    id: Slug
    name: Name
    purpose: Name
    key: AgeKey
    spare: AgeKey | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """Everything to seal to, so that this recipient can open it."""
        return (self.key, self.spare) if self.spare else (self.key,)


class Tenant(Struct, frozen=True):
    """One town or authority. ``public_key`` is its offline Ed25519 key."""

    id: Slug
    name: Name
    public_key: PublicKey


class Trust(Struct, frozen=True):
    """What is signed. ``hub_keys`` sign receipts and device certificates; several while one is replaced."""

    tenant: Tenant
    version: Annotated[int, Meta(ge=1, le=2**53)]
    issued: datetime
    recipients: Annotated[tuple[Recipient, ...], Meta(min_length=1, max_length=50)]
    hub_keys: Annotated[tuple[PublicKey, ...], Meta(min_length=1, max_length=10)]
    pack_root: Any = None
    staff_roots: tuple[str, ...] = ()


class _File(Struct, frozen=True):
    schema: str
    trust: msgspec.Raw
    signature: Annotated[bytes, Meta(max_length=64)]


@dataclass(frozen=True)
class TrustFile:
    """A trust file whose signature holds under the tenant key it names; ``raw`` is the file itself."""

    raw: bytes
    trust: Trust

    @property
    def sha256(self) -> bytes:
        """What enrolment tokens carry and devices pin: 32 bytes."""
        return hashlib.sha256(self.raw).digest()

    @property
    def authority(self) -> Authority:
        """Who may vouch for devices."""
        return Authority(self.trust.tenant.id, self.trust.hub_keys)


def read_trust(raw: bytes) -> TrustFile:
    """Read a trust file and check its own signature. Raises TrustError."""
    parts = _parts(raw)
    trust = _trust(bytes(parts.trust))
    message = signed_message(SCHEMA, bytes(parts.trust))
    if not is_signed(trust.tenant.public_key, parts.signature, message):
        raise TrustError("its signature is not the tenant's; sign it with: kiosk tenant sign")
    return TrustFile(raw, trust)


def read_edited_trust(raw: bytes) -> Trust:
    """The content of a trust file that was edited since it was signed. Raises TrustError."""
    return _trust(bytes(_parts(raw).trust))


def write_trust(trust: Trust, sign: Any) -> bytes:
    """The signed file. ``sign`` is the tenant key's ``bytes -> bytes``. Raises TrustError."""
    content = msgspec.json.format(msgspec.json.encode(trust), indent=2)
    signature = msgspec.json.encode(sign(signed_message(SCHEMA, content)))
    raw = b'{"schema": "trust/1",\n"trust": ' + content + b',\n"signature": ' + signature + b"}\n"
    return read_trust(raw).raw


def follow(pinned: TrustFile, offered: TrustFile) -> TrustFile:
    """The file to believe from now on. Raises TrustError when ``offered`` may not replace ``pinned``."""
    if offered.raw == pinned.raw:
        return pinned
    if offered.trust.tenant.public_key != pinned.trust.tenant.public_key:
        raise TrustError("it is signed by another tenant key than the one pinned")
    if offered.trust.tenant.id != pinned.trust.tenant.id:
        raise TrustError("it is another tenant's")
    if offered.trust.version <= pinned.trust.version:
        raise TrustError("its version is not higher than the one pinned")
    return offered


def _parts(raw: bytes) -> _File:
    if len(raw) > LARGEST:
        raise TrustError(f"more than {LARGEST} bytes")
    try:
        parts = msgspec.json.decode(raw, type=_File)
    except (msgspec.DecodeError, binascii.Error, RecursionError, UnicodeDecodeError) as error:
        raise TrustError("not a trust file") from error
    if parts.schema != SCHEMA:
        raise TrustError("a version of the trust file that is not known here")
    return parts


def _trust(content: bytes) -> Trust:
    try:
        trust = msgspec.json.decode(content, type=Trust)
    except msgspec.ValidationError as error:
        # The file is public and the phrase says where in it (`$.recipients[0].key`), which an editor needs.
        raise TrustError(str(error)[:200]) from error
    except (msgspec.DecodeError, binascii.Error, RecursionError, UnicodeDecodeError) as error:
        raise TrustError("not a trust file") from error
    if len({r.id for r in trust.recipients}) != len(trust.recipients):
        raise TrustError("two recipients have the same id")
    return trust
