"""The tenant's side: the offline key and what it signs. Meant for a machine that is on no network."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import msgspec

from kiosk.errors import FileUnreadable, KioskError
from kiosk.store.files import private_folder, write_whole
from sync.protocol.errors import TrustError
from sync.protocol.trust import LARGEST, Recipient, Tenant, Trust, read_edited_trust, write_trust

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

KEY, TRUST, HUB_KEY = "tenant.key", "trust.json", "hub.key"
AGENCY, SPARE = "agency.key", "agency-spare.key"


@dataclass(eq=False)
class TenantExists(KioskError):
    """The folder already holds a tenant's or an agency's key: making another would orphan every device."""

    code: ClassVar[str] = "tenant.exists"
    folder: str


@dataclass(eq=False)
class TenantKeyLocked(KioskError):
    """The passphrase is wrong or missing."""

    code: ClassVar[str] = "tenant.locked"
    file: str


@dataclass(frozen=True)
class NewTenant:
    """What ``tenant init`` made."""

    trust: Trust
    files: tuple[Path, ...]


def init_tenant(
    folder: Path,
    name: str,
    recipients: Sequence[Recipient],
    hub_key: bytes | None,
    passphrase: bytes | None,
    now: datetime,
    purpose: str,
) -> NewTenant:
    """Make the tenant's key and its first trust file.

    Without ``recipients`` a first agency's two keys are generated; without ``hub_key`` (a hub's public key)
    a hub key is, to be moved to the hub. Raises TenantExists, TrustError, OSError (nothing was made).
    """
    made = {folder / name for name in (KEY, TRUST, AGENCY, SPARE)}
    if any(path.exists() for path in made):
        raise TenantExists(str(folder))
    _check_keys(recipients)
    private_folder(folder)
    made |= set() if (folder / HUB_KEY).exists() else {folder / HUB_KEY}
    try:
        return _made(folder, name, recipients, hub_key, passphrase, now, purpose)
    except OSError:
        # A key without its trust file is of no use, and would bar the second try.
        for path in made:
            path.unlink(missing_ok=True)
        raise


def _made(
    folder: Path,
    name: str,
    recipients: Sequence[Recipient],
    hub_key: bytes | None,
    passphrase: bytes | None,
    now: datetime,
    purpose: str,
) -> NewTenant:
    from sync.hub.key import make_hub_key

    files: list[Path] = []
    if not recipients:
        keys = [_make_agency_key(folder / file, now) for file in (AGENCY, SPARE)]
        recipients = [Recipient("agency", name, purpose, *keys)]
        files += [folder / AGENCY, folder / SPARE]
    if hub_key is None:
        hub_key = make_hub_key(folder / HUB_KEY).public
        files.append(folder / HUB_KEY)
    key = _make_key(folder / KEY, passphrase)
    tenant = Tenant(slug(name), name, key.public_key().public_bytes_raw())
    trust = Trust(tenant, 1, now, tuple(recipients), (hub_key,))
    write_whole(folder / TRUST, write_trust(trust, key.sign), 0o644)
    return NewTenant(trust, (folder / KEY, folder / TRUST, *files))


def sign_tenant(folder: Path, passphrase: bytes | None, now: datetime) -> Trust:
    """Sign the (edited) trust file anew with a higher version.

    Raises FileUnreadable, TrustError, TenantKeyLocked, OSError.
    """
    try:
        with (folder / TRUST).open("rb") as stream:
            edited = read_edited_trust(stream.read(LARGEST + 1))
    except OSError as error:
        raise FileUnreadable(str(folder / TRUST), error.strerror or "unreadable") from error
    _check_keys(edited.recipients)
    key = _read_key(folder / KEY, passphrase)
    tenant = msgspec.structs.replace(edited.tenant, public_key=key.public_key().public_bytes_raw())
    trust = msgspec.structs.replace(edited, tenant=tenant, version=edited.version + 1, issued=now)
    write_whole(folder / TRUST, write_trust(trust, key.sign), 0o644)
    return trust


def slug(name: str) -> str:
    """A name as an id: lower case letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:63] or "tenant"


def _check_keys(recipients: Sequence[Recipient]) -> None:
    """A mistyped key must be seen here, not by a citizen who sends. Raises TrustError."""
    import pyrage

    for recipient in recipients:
        try:
            for key in recipient.keys:
                pyrage.x25519.Recipient.from_str(key)
        except pyrage.RecipientError as error:
            raise TrustError(f"a key of {recipient.id} is mistyped") from error


def _make_agency_key(path: Path, now: datetime) -> str:
    """Write an age identity; its public half."""
    import pyrage

    identity = pyrage.x25519.Identity.generate()
    public = str(identity.to_public())
    # The layout of age-keygen, so that `age -d -i` takes the file.
    text = f"# created: {now.isoformat(timespec='seconds')}\n# public key: {public}\n{identity}\n"
    write_whole(path, text.encode())
    return public


def _make_key(path: Path, passphrase: bytes | None) -> Ed25519PrivateKey:
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.generate()
    lock = form.BestAvailableEncryption(passphrase) if passphrase else form.NoEncryption()
    write_whole(path, key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, lock))
    return key


def _read_key(path: Path, passphrase: bytes | None) -> Ed25519PrivateKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(path.read_bytes(), passphrase)
    except OSError as error:
        raise FileUnreadable(str(path), error.strerror or "unreadable") from error
    except (ValueError, TypeError) as error:
        raise TenantKeyLocked(str(path)) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise FileUnreadable(str(path), "not a tenant key")
    return key
