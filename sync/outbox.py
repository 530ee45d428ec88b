"""The one object a front needs to send: it seals, saves, and says where things stand. It knows no network."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kiosk.dossier import Dossier, seal
from kiosk.store import Counts, DossierState, Store
from sync.identity import (
    DEMONSTRATION,
    TENANT,
    Identity,
    IdentityDamaged,
    demonstration_identity,
    load_identity,
)
from sync.protocol.trust import Recipient

if TYPE_CHECKING:
    from sync.worker import SyncState, SyncWorker


@dataclass(frozen=True)
class SavedHere:
    """The dossier is on this device's disk, sealed. ``number`` is the device's own count.

    ``demonstration``: it will never be sent, and the screen must say so.
    """

    id: str
    number: int
    demonstration: bool


class Outbox:
    """What a front sends through. Safe to call from any thread; :meth:`submit` never waits for the disk."""

    def __init__(self, data: Path, store: Store) -> None:
        self._data, self.store = data, store
        self._identity = load_identity(data)
        self._worker: SyncWorker | None = None
        enrolled_once = store.note(TENANT)
        if self._identity is None and enrolled_once:
            # Dossiers of a real town wait here: to go on as a demonstration would strand them in silence.
            raise IdentityDamaged(str(data), "enrolment.json is missing")
        if self._identity is not None and not enrolled_once:
            store.set_note(TENANT, self._identity.sender.tenant)

    @classmethod
    def open(cls, data: Path) -> Outbox:
        """Open the store and the identity under ``data``. Raises StoreError, IdentityDamaged."""
        store = Store.open(data)
        try:
            return cls(data, store)
        except BaseException:
            store.close()
            raise

    @property
    def demonstration(self) -> bool:
        """True when this device is enrolled nowhere: the screen carries the DEMO mark."""
        return self._identity is None

    @property
    def device(self) -> str:
        """This device's id in its tenant's fleet; "" in a demonstration."""
        return self._identity.sender.device if self._identity else ""

    @property
    def recipients(self) -> tuple[Recipient, ...]:
        """Who can open what is sent: id, name, purpose. Empty for a demonstration."""
        return self._identity.recipients if self._identity else ()

    def send(self, dossier: Dossier, *, to: str = "") -> SavedHere:
        """Seal and save; durable on return. Raises StoreFull (nothing kept), StoreError, DossierError."""
        return self.submit(dossier, to=to).result()

    def submit(self, dossier: Dossier, *, to: str = "") -> Future[SavedHere]:
        """As :meth:`send`, without waiting for the disk. Only the future's result is a promise.

        ``to`` is the id of the one recipient that the person agreed to; "" seals to every recipient of the
        trust file. Saving it deletes the draft in the same transaction.
        """
        identity = self._identity or self._demonstration()
        dossier = msgspec.structs.replace(dossier, demonstration=identity.demonstration)
        keys = [key for known in identity.recipients if to in ("", known.id) for key in known.keys]
        sealed = seal(dossier, keys, identity)
        result: Future[SavedHere] = Future()

        def settle(saved: Future[int]) -> None:
            error = saved.exception()
            if error is not None:
                result.set_exception(error)
                return
            result.set_result(SavedHere(dossier.id, saved.result(), identity.demonstration))
            if self._worker is not None:
                self._worker.wake()

        self.store.submit_dossier(dossier.id, sealed).add_done_callback(settle)
        return result

    def pending(self) -> int:
        """How many dossiers the hub has not acknowledged. 0 in a demonstration: nothing waits to leave."""
        return 0 if self.demonstration else self.store.counts().waiting

    def counts(self) -> Counts:
        """How many dossiers stand where."""
        return self.store.counts()

    def state(self, id: str) -> DossierState | None:
        """Where a dossier stands."""
        return self.store.state(id)

    def start_sync(self, on_state: Callable[[SyncState, int], None] | None = None) -> SyncWorker | None:
        """Start sending in the background; None in a demonstration. ``on_state`` is called in its thread."""
        from sync.worker import SyncWorker

        if self._identity is None:
            return None
        if self._worker is None:
            self._worker = SyncWorker(self.store, self._identity, on_state=on_state)
            self._worker.start()
        return self._worker

    def close(self) -> None:
        """Stop sending and give the store back. Safe to call twice."""
        if self._worker is not None:
            self._worker.stop()
            self._worker = None
        self.store.close()

    def _demonstration(self) -> Identity:
        if not self.store.note(DEMONSTRATION):
            self.store.set_note(DEMONSTRATION, "1")
        return demonstration_identity(self._data)
