"""The device database: drafts, the sealed outbox, receipts. Everything a device keeps goes through here."""

from kiosk.store.drafts import DraftKeeper, runtime_folder
from kiosk.store.errors import (
    DossierIdTaken,
    StoreBusy,
    StoreClosed,
    StoreDamaged,
    StoreError,
    StoreFull,
    StoreMissing,
    StoreUnwritable,
)
from kiosk.store.feedback import FEEDBACK, FeedbackCount
from kiosk.store.records import Counts, DossierState, PendingDossier, Recorded, Verdict
from kiosk.store.store import Store

__all__ = [
    "FEEDBACK",
    "Counts",
    "DossierIdTaken",
    "DossierState",
    "DraftKeeper",
    "FeedbackCount",
    "PendingDossier",
    "Recorded",
    "Store",
    "StoreBusy",
    "StoreClosed",
    "StoreDamaged",
    "StoreError",
    "StoreFull",
    "StoreMissing",
    "StoreUnwritable",
    "Verdict",
    "runtime_folder",
]
