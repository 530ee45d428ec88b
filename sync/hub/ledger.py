"""Accepting batches: what is stored once, what is kept aside, and what may be promised.

The order is the promise: insert, commit, read back in a new transaction, acknowledge only what was read with
the same hash. ``ON CONFLICT DO NOTHING`` alone would lose the dossiers of a cloned device, so whatever was
not inserted is compared with what stands there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, select, update
from sqlalchemy.dialects import postgresql, sqlite

from kiosk.clock import Clock
from kiosk.dossier import LARGEST_SEALED
from sync.hub.errors import Forbidden
from sync.hub.key import HubKey
from sync.hub.tables import devices, dossiers, quarantine
from sync.protocol.answer import Answer, Outcome, Receipt, Result, write_answer, write_receipt
from sync.protocol.batch import Item, open_envelope, read_envelope

AGE = b"age-encryption.org/v1\n"


@dataclass(frozen=True)
class Ledger:
    """The dossiers of one tenant. Stateless: any number of processes may share the database."""

    engine: Engine
    tenant: str
    epoch: str
    key: HubKey
    clock: Clock

    def accept(self, raw: bytes) -> bytes:
        """Take a batch as it came; the signed answer. Raises BatchError, Forbidden."""
        envelope = read_envelope(raw)
        public_key = self._key_of(envelope.tenant, envelope.device)
        items = open_envelope(envelope, public_key)
        good = [item for item in items if not _flaw(item)]
        moment = self.clock.now().isoformat(timespec="milliseconds")
        kept_aside = self._keep(envelope.device, good, moment)
        stored, watermark = self._read_back(envelope.device, good)
        results = []
        for item in items:
            if reason := _flaw(item):
                results.append(Result(item.id, Outcome.REFUSED, reason))
            elif reason := kept_aside.get((item.id, item.sha256), ""):
                results.append(Result(item.id, Outcome.QUARANTINED, reason))
            elif (found := stored.get(item.id)) and found[0] == item.sha256:
                receipt = self._receipt(envelope.device, item, watermark, found[1])
                results.append(Result(item.id, Outcome.STORED, receipt=receipt))
            else:
                results.append(Result(item.id, Outcome.LATER))
        answer = Answer(self.epoch, watermark, tuple(results))
        return write_answer(answer, self.tenant, envelope.device, envelope.sha256, self.key.sign)

    def _key_of(self, tenant: str, device: str) -> bytes:
        with self.engine.connect() as link:
            row = link.execute(
                select(devices.c.public_key, devices.c.state).where(
                    devices.c.device_id == device, devices.c.tenant == self.tenant
                )
            ).first()
        if row is None or tenant != self.tenant:
            raise Forbidden("unknown_device")
        if row.state == "revoked":
            raise Forbidden("revoked_device")
        return bytes(row.public_key)

    def _keep(self, device: str, items: Sequence[Item], moment: str) -> dict[tuple[str, bytes], str]:
        """One transaction: insert what is new, keep aside what clashes. Reasons by id and hash."""
        aside: dict[tuple[str, bytes], str] = {}
        with self.engine.begin() as link:
            if items:
                _insert(link, device, sorted(items, key=lambda item: item.seq), moment)
            for item, reason in _clashes(link, device, items):
                aside[item.id, item.sha256] = reason
                _keep_aside(link, device, item, reason, moment)
            values: dict[str, object] = {"seen_at": moment}
            if aside:
                values["state"] = "suspect"
            highest = max((i.seq for i in items if (i.id, i.sha256) not in aside), default=0)
            link.execute(update(devices).where(devices.c.device_id == device).values(values))
            link.execute(
                update(devices)
                .where(devices.c.device_id == device, devices.c.watermark < highest)
                .values(watermark=highest)
            )
        return aside

    def _read_back(self, device: str, items: Sequence[Item]) -> tuple[dict[str, tuple[bytes, str]], int]:
        """What the database holds after the commit, hashed anew from the bytes themselves."""
        with self.engine.connect() as link:
            rows = link.execute(
                select(dossiers.c.id, dossiers.c.body, dossiers.c.stored_at).where(
                    dossiers.c.device_id == device, dossiers.c.id.in_([item.id for item in items])
                )
            ).all()
            watermark = link.execute(
                select(devices.c.watermark).where(devices.c.device_id == device)
            ).scalar()
        return {r.id: (hashlib.sha256(r.body).digest(), r.stored_at) for r in rows}, int(watermark or 0)

    def _receipt(self, device: str, item: Item, watermark: int, stored_at: str) -> bytes:
        receipt = Receipt(
            self.tenant, device, item.id, item.seq, item.sha256, self.epoch, watermark, stored_at
        )
        return write_receipt(receipt, self.key.sign)


def _flaw(item: Item) -> str:
    """Why an item is refused for ever; "" when it is not."""
    if len(item.body) > LARGEST_SEALED:
        return "too_large"
    if not item.body.startswith(AGE):
        return "not_sealed"
    if hashlib.sha256(item.body).digest() != item.sha256:
        return "wrong_hash"
    return ""


def _insert(link: Connection, device: str, items: Sequence[Item], moment: str) -> None:
    dialect = postgresql if link.dialect.name == "postgresql" else sqlite
    rows = [
        {
            "device_id": device,
            "id": item.id,
            "seq": item.seq,
            "sha256": item.sha256,
            "body": item.body,
            "stored_at": moment,
        }
        for item in items
    ]
    link.execute(dialect.insert(dossiers).on_conflict_do_nothing().values(rows))


def _clashes(link: Connection, device: str, items: Sequence[Item]) -> list[tuple[Item, str]]:
    """The items that did not go in because something else stands under their id or their number."""
    ids, numbers = [item.id for item in items], [item.seq for item in items]
    rows = link.execute(
        select(dossiers.c.id, dossiers.c.seq, dossiers.c.sha256).where(
            dossiers.c.device_id == device, dossiers.c.id.in_(ids) | dossiers.c.seq.in_(numbers)
        )
    ).all()
    by_id = {row.id: row for row in rows}
    found = []
    for item in items:
        row = by_id.get(item.id)
        if row is None:
            found.append((item, "number_taken"))
        elif bytes(row.sha256) != item.sha256:
            found.append((item, "id_taken"))
        elif row.seq != item.seq:
            found.append((item, "number_changed"))
    return found


def _keep_aside(link: Connection, device: str, item: Item, reason: str, moment: str) -> None:
    dialect = postgresql if link.dialect.name == "postgresql" else sqlite
    row = dialect.insert(quarantine).values(
        device_id=device,
        id=item.id,
        sha256=item.sha256,
        seq=item.seq,
        body=item.body,
        reason=reason,
        seen_at=moment,
    )
    link.execute(
        row.on_conflict_do_update(
            index_elements=["device_id", "id", "sha256"], set_={"times": quarantine.c.times + 1}
        )
    )
