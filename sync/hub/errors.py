"""What keeps a hub from running, or a request from being served."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kiosk.errors import KioskError


@dataclass(eq=False)
class HubError(KioskError):
    """The hub cannot do what was asked."""

    code: ClassVar[str] = "hub"


@dataclass(eq=False)
class HubKeyUnknown(HubError):
    """The hub's receipt key is not in the trust file: devices would refuse every receipt."""

    code: ClassVar[str] = "hub.key_unknown"
    public_key: str


@dataclass(eq=False)
class HubNoTrust(HubError):
    """There is no trust file yet."""

    code: ClassVar[str] = "hub.no_trust"
    folder: str


@dataclass(eq=False)
class HubMissing(HubError):
    """The folder holds no hub, or not one that this user may read."""

    code: ClassVar[str] = "hub.missing"
    folder: str


@dataclass(eq=False)
class HubBusy(HubError):
    """Another hub process uses this SQLite database; several need PostgreSQL."""

    code: ClassVar[str] = "hub.busy"
    folder: str


@dataclass(eq=False)
class HubPort(HubError):
    """The address cannot be listened on."""

    code: ClassVar[str] = "hub.port"
    address: str
    reason: str


@dataclass(eq=False)
class HubDatabase(HubError):
    """The database cannot be reached or migrated. ``reason`` is the kind of error, without the address."""

    code: ClassVar[str] = "hub.database"
    reason: str


@dataclass(eq=False)
class HubForeignDatabase(HubError):
    """The database belongs to another tenant."""

    code: ClassVar[str] = "hub.foreign_database"
    tenant: str


@dataclass(eq=False)
class Forbidden(HubError):
    """The device or token is not let in. ``reason`` is a short code that goes back to the device."""

    code: ClassVar[str] = "hub.forbidden"
    reason: str
