"""What can go wrong with the device store. Each says whether anything was kept: never."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kiosk.errors import KioskError


@dataclass(eq=False)
class StoreError(KioskError):
    """The store could not do what was asked; nothing was kept. ``reason`` is the driver's, for staff."""

    code: ClassVar[str] = "store.failed"
    folder: str
    reason: str = ""


@dataclass(eq=False)
class StoreFull(StoreError):
    """The disk has no room; nothing was written. The citizen is told it was *not* saved."""

    code: ClassVar[str] = "store.full"


@dataclass(eq=False)
class StoreUnwritable(StoreError):
    """The disk or its permissions refused a read or a write."""

    code: ClassVar[str] = "store.unwritable"


@dataclass(eq=False)
class StoreDamaged(StoreError):
    """The database is not readable with this key: damaged, or its key file is lost."""

    code: ClassVar[str] = "store.damaged"


@dataclass(eq=False)
class StoreBusy(StoreError):
    """Another process (a running kiosk) owns the store."""

    code: ClassVar[str] = "store.busy"


@dataclass(eq=False)
class StoreMissing(StoreError):
    """There is no store in this folder yet."""

    code: ClassVar[str] = "store.missing"


@dataclass(eq=False)
class StoreClosed(StoreError):
    """The store was closed before this could be done."""

    code: ClassVar[str] = "store.closed"


@dataclass(eq=False)
class DossierIdTaken(StoreError):
    """A dossier with this id but other bytes is already kept."""

    code: ClassVar[str] = "store.id_taken"
