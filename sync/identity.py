"""Who this device is: enrolled with a tenant, or a demonstration that keeps to itself.

Everything is under ``DATA/identity``, readable by its owner only. ``enrolment.json`` is written last: until
it is there, the device is not enrolled.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar, Protocol

import msgspec
from msgspec import Meta, Struct

from kiosk.dossier import DeviceCertificate, Sender, device_id, is_signed, signed_message
from kiosk.errors import KioskError
from kiosk.store import Store
from kiosk.store.files import private_folder, write_whole
from sync.enrolled import identity_folder, is_enrolled
from sync.protocol import enrolment
from sync.protocol.errors import ProtocolError, TrustError
from sync.protocol.token import Token
from sync.protocol.trust import LARGEST, Recipient, TrustFile, follow, read_trust

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

DEMONSTRATION, TENANT = "demonstration", "tenant"
"""Notes in the store: what its dossiers are for."""


@dataclass(eq=False)
class IdentityError(KioskError):
    """This device cannot take, or has lost, its identity."""

    code: ClassVar[str] = "identity"
    folder: str


@dataclass(eq=False)
class DemonstrationStore(IdentityError):
    """The folder already served a demonstration; its dossiers must never reach a real town."""

    code: ClassVar[str] = "identity.demonstration"


@dataclass(eq=False)
class AlreadyEnrolled(IdentityError):
    """A device enrols once. A cloned or recycled one starts from an empty folder."""

    code: ClassVar[str] = "identity.enrolled"
    tenant: str


@dataclass(eq=False)
class NotEnrolled(IdentityError):
    """The command needs an enrolled device."""

    code: ClassVar[str] = "identity.none"


@dataclass(eq=False)
class IdentityDamaged(IdentityError):
    """The files of an enrolled device are missing or do not fit together."""

    code: ClassVar[str] = "identity.damaged"
    problem: str


@dataclass(eq=False)
class EnrolmentRefused(KioskError):
    """The hub did not let the device in, or showed another trust file than the token's."""

    code: ClassVar[str] = "enrol.refused"
    problem: str


class Enrolment(Struct, frozen=True):
    """``enrolment.json``: where the hub is, and its word on this device."""

    hub: Annotated[str, Meta(max_length=500)]
    certificate: bytes
    certificate_signature: bytes
    schema: str = "enrolment/1"


class Exchange(Protocol):
    """One request to the hub: status and body, at most ``largest`` bytes. Raises OSError when it fails."""

    def post(self, path: str, body: bytes, largest: int) -> tuple[int, bytes]: ...

    def get(self, path: str, largest: int) -> tuple[int, bytes]: ...


@dataclass
class Identity:
    """The device's key and what it believes. It signs dossiers (``kiosk.dossier.Signer``) and batches."""

    folder: Path
    sender: Sender
    recipients: tuple[Recipient, ...]
    _seed: bytes = field(repr=False)
    hub: str = ""
    trust: TrustFile | None = None

    @property
    def demonstration(self) -> bool:
        return self.trust is None

    def sign(self, message: bytes) -> bytes:
        """An Ed25519 signature. ``message`` carries its own domain tag."""
        return _private(self._seed).sign(message)

    def follow(self, raw: bytes) -> bool:
        """Take over a newer trust file of the same tenant key; True when it changed. Raises TrustError."""
        if self.trust is None:
            raise TrustError("a demonstration follows no trust file")
        newer = follow(self.trust, read_trust(raw))
        if newer is self.trust:
            return False
        write_whole(self.folder / "trust.json", newer.raw)
        self.trust, self.recipients = newer, newer.trust.recipients
        return True


def load_identity(data: Path) -> Identity | None:
    """The identity of an enrolled device; None when it is not enrolled. Raises IdentityDamaged."""
    folder = identity_folder(data)
    if not is_enrolled(data):
        return None
    try:
        kept = msgspec.json.decode((folder / "enrolment.json").read_bytes(), type=Enrolment)
        trust = read_trust((folder / "trust.json").read_bytes())
        seed = (folder / "device.key").read_bytes()
        return _identity(folder, seed, kept, trust)
    except (OSError, msgspec.DecodeError, ProtocolError, ValueError) as error:
        raise IdentityDamaged(str(folder), type(error).__name__) from error


def demonstration_identity(data: Path) -> Identity:
    """The identity of a device that is enrolled nowhere. Its keys are made here, and open only its own."""
    import pyrage

    folder = private_folder(identity_folder(data))
    seed = _kept(folder / "demonstration-device.key", lambda: secrets.token_bytes(32))
    agency = _kept(
        folder / "demonstration-agency.key", lambda: f"{pyrage.x25519.Identity.generate()}\n".encode()
    )
    key = str(pyrage.x25519.Identity.from_str(agency.decode().strip()).to_public())
    public = _public(seed)
    recipient = Recipient("demonstration", "Démonstration", "Démonstration", key)
    return Identity(folder, Sender(DEMONSTRATION, device_id(public), public), (recipient,), seed)


def enrol(hub: str, token: Token, data: Path, name: str, exchange: Exchange) -> Identity:
    """Join the tenant of ``token``. Safe to repeat after a failure: the same key asks again.

    Raises EnrolmentRefused, DemonstrationStore, AlreadyEnrolled, StoreError, OSError (no line).
    """
    store = Store.open(data)
    try:
        if (known := load_identity(data)) is not None:
            raise AlreadyEnrolled(str(data), known.sender.tenant)
        if store.note(DEMONSTRATION) or (identity_folder(data) / "demonstration-device.key").exists():
            raise DemonstrationStore(str(data))
        folder = private_folder(identity_folder(data))
        seed = _kept(folder / "device.key", lambda: secrets.token_bytes(32))
        reply = _asked(token, seed, name, exchange)
        trust = _true_trust(reply.trust, token)
        kept = Enrolment(hub, reply.certificate, reply.certificate_signature)
        try:
            identity = _identity(folder, seed, kept, trust)
        except ValueError as error:
            raise EnrolmentRefused(str(error)) from error
        write_whole(folder / "trust.json", trust.raw)
        write_whole(folder / "enrolment.json", msgspec.json.encode(kept))
        store.set_note(TENANT, trust.trust.tenant.id)
    finally:
        store.close()
    return identity


def _asked(token: Token, seed: bytes, name: str, exchange: Exchange) -> enrolment.EnrolReply:
    public = _public(seed)
    proof = _private(seed).sign(enrolment.proof_message(token.secret, public))
    request = enrolment.write(enrolment.EnrolRequest(token.secret, public, name[:100], proof))
    status, body = exchange.post(enrolment.PATH, request, enrolment.LARGEST_REPLY)
    if status == 403:
        raise EnrolmentRefused("the token is unknown, used or out of date; ask for a new one")
    if status != 200:
        raise EnrolmentRefused(f"the hub answered {status}")
    try:
        return enrolment.read(body, enrolment.EnrolReply, enrolment.LARGEST_REPLY)
    except ProtocolError as error:
        raise EnrolmentRefused("this is not the answer of a hub; check the address") from error


def _true_trust(raw: bytes, token: Token) -> TrustFile:
    try:
        trust = read_trust(raw[: LARGEST + 1])
    except TrustError as error:
        raise EnrolmentRefused("the hub's trust file is false") from error
    if trust.sha256 != token.trust_sha256:
        raise EnrolmentRefused("the hub shows another trust file than the token's; make a new token")
    return trust


def _identity(folder: Path, seed: bytes, kept: Enrolment, trust: TrustFile) -> Identity:
    """Raises ValueError when key, certificate and trust file do not fit together."""
    public = _public(seed)
    tenant = trust.trust.tenant.id
    message = signed_message("device/1", kept.certificate)
    if not any(is_signed(key, kept.certificate_signature, message) for key in trust.trust.hub_keys):
        raise ValueError("the hub's key is not in the trust file")
    try:
        certificate = msgspec.json.decode(kept.certificate, type=DeviceCertificate)
    except msgspec.DecodeError as error:
        raise ValueError("the certificate cannot be read") from error
    if (certificate.tenant, certificate.device, certificate.public_key) != (
        tenant,
        device_id(public),
        public,
    ):
        raise ValueError("the certificate is not for this device")
    sender = Sender(tenant, certificate.device, public, kept.certificate, kept.certificate_signature)
    return Identity(folder, sender, trust.trust.recipients, seed, kept.hub, trust)


def _kept(path: Path, make: Callable[[], bytes]) -> bytes:
    """The content of ``path``, made on the first call."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        content = make()
        write_whole(path, content)
        return content


def _private(seed: bytes) -> Ed25519PrivateKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(seed)


def _public(seed: bytes) -> bytes:
    return _private(seed).public_key().public_bytes_raw()
