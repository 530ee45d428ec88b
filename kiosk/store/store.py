"""The device store: sealed dossiers that wait, their receipts, and the one encrypted draft."""

from __future__ import annotations

import fcntl
import hashlib
import os
import secrets
import shutil
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from kiosk.clock import Clock, SystemClock
from kiosk.store import driver, feedback, schema
from kiosk.store.driver import Connection
from kiosk.store.errors import (
    DossierIdTaken,
    StoreBusy,
    StoreDamaged,
    StoreFull,
    StoreMissing,
    StoreUnwritable,
)
from kiosk.store.feedback import FEEDBACK, FeedbackCount
from kiosk.store.files import private_folder, sync_folder, write_whole
from kiosk.store.records import Counts, DossierState, PendingDossier, Recorded, Verdict
from kiosk.store.writer import Writer

T = TypeVar("T")

BALLAST = 2 * 1024 * 1024
"""Bytes of a file that is given up when the disk is full: even DELETE and a checkpoint need room, twice the
log and the largest dossier. On a tiny file system an eighth of it."""


class Store:
    """The database of one device, owned by one process. Safe to call from any thread.

    Every method raises a StoreError when it fails; then nothing of that call was kept.
    """

    def __init__(self, folder: Path, writer: Writer, lock: int | None, clock: Clock) -> None:
        self.folder = folder
        self._writer, self._lock, self._clock = writer, lock, clock

    @classmethod
    def open(cls, data: Path, *, read_only: bool = False, clock: Clock | None = None) -> Store:
        """Open ``data/store``, making it if need be. ``read_only`` looks on while a kiosk owns it.

        Raises StoreBusy, StoreFull, StoreDamaged, StoreUnwritable, StoreMissing (``read_only`` only).
        """
        folder, clock = data / "store", clock or SystemClock()
        database = folder / "kiosk.db"
        if read_only:
            if not database.exists():
                raise StoreMissing(str(data))
            key = _key(folder, database)
            return cls(
                folder, Writer(folder, lambda: driver.connect(database, key, read_only=True)), None, clock
            )
        lock: int | None = None
        try:
            lock = _take_lock(private_folder(folder))
            key = _key(folder, database)
            writer = Writer(folder, lambda: _ready(database, key))
        except OSError as error:
            _release(lock)
            full = error.errno in {28, 122}  # ENOSPC, EDQUOT
            raise (StoreFull if full else StoreUnwritable)(str(data), error.strerror or "") from error
        except BaseException:
            _release(lock)
            raise
        store = cls(folder, writer, lock, clock)
        store._lay_ballast()
        return store

    @property
    def id(self) -> str:
        """A random name of this database, made once."""
        return self.note("store") or ""

    # -- dossiers ------------------------------------------------------------------------------------------

    def save_dossier(self, id: str, sealed: bytes) -> int:
        """Keep a sealed dossier and drop the draft it came from. Durable when this returns its number (seq).

        Saving the same bytes again changes nothing. Raises StoreFull (nothing was kept), DossierIdTaken.
        """
        return self.submit_dossier(id, sealed).result()

    def submit_dossier(self, id: str, sealed: bytes) -> Future[int]:
        """As :meth:`save_dossier`, without waiting: the future's result is the promise."""
        digest, moment = hashlib.sha256(sealed).digest(), self._now()

        def save(link: Connection) -> int:
            row = link.execute("SELECT seq, sha256 FROM outbox WHERE id = ?", [id]).fetchone()
            if row and row[1] != digest:
                raise DossierIdTaken(str(self.folder))
            if row:
                return int(row[0])
            seq = int(
                link.execute(
                    "UPDATE notes SET value = CAST(value AS INTEGER) + 1 WHERE name = 'seq' RETURNING value"
                ).fetchone()[0]
            )
            link.execute(
                "INSERT INTO outbox (id, seq, sha256, body, state, saved_at)"
                " VALUES (?, ?, ?, ?, 'waiting', ?)",
                [id, seq, digest, sealed, moment],
            )
            link.execute("DELETE FROM drafts")
            return seq

        return self._with_room(save)

    def pending(self, limit: int = 100, most_bytes: int = 4 * 1024 * 1024) -> list[PendingDossier]:
        """The dossiers to send next, oldest first: at most ``limit``, and ``most_bytes`` beyond the first."""

        def read(link: Connection) -> list[PendingDossier]:
            found: list[PendingDossier] = []
            total = 0
            rows = link.execute(
                "SELECT id, seq, sha256, body FROM outbox WHERE state = 'waiting' ORDER BY seq LIMIT ?",
                [limit],
            )
            for row in rows:
                total += len(row[3])
                if found and total > most_bytes:
                    break
                found.append(PendingDossier(*row))
            return found

        return self._writer.run(read, transaction=False)

    def state(self, id: str) -> DossierState | None:
        """Where the dossier stands; None when the store does not know it."""
        row = self._one("SELECT state FROM outbox WHERE id = ?", [id])
        return DossierState(row[0]) if row else None

    def receipt(self, id: str) -> bytes | None:
        """The hub's signed receipt of a dossier, as it came; None while there is none."""
        row = self._one("SELECT receipt FROM receipts WHERE id = ?", [id])
        return row[0] if row else None

    def counts(self) -> Counts:
        """How many dossiers stand where."""

        def read(link: Connection) -> Counts:
            by_state = dict(link.execute("SELECT state, count(*) FROM outbox GROUP BY state").fetchall())
            oldest = link.execute("SELECT min(saved_at) FROM outbox WHERE state = 'waiting'").fetchone()[0]
            last = link.execute("SELECT max(stored_at) FROM receipts").fetchone()[0]
            return Counts(**by_state, oldest_waiting=oldest or "", last_receipt=last or "")

        return self._writer.run(read, transaction=False)

    def record(self, verdicts: Sequence[Verdict], epoch: str, watermark: int) -> Recorded:
        """Settle dossiers by a *verified* answer of the hub, receipts and states in one transaction.

        A new ``epoch`` or a lower ``watermark`` means that the hub was restored from a backup: every dossier
        whose bytes are still here is offered again, then the verdicts are applied.
        """
        moment = self._now()

        def settle(link: Connection) -> Recorded:
            again = _offer_again(link, epoch, watermark)
            done = sum(_settle_one(link, verdict, moment) for verdict in verdicts)
            return Recorded(done, again)

        return self._with_room(settle, ballast=True).result()

    def expire(self, before: datetime) -> int:
        """Drop the bytes of dossiers received before ``before``; receipts and numbers stay. How many."""
        moment = before.astimezone(UTC).isoformat(timespec="milliseconds")

        def drop(link: Connection) -> int:
            rows: int = link.execute(
                "UPDATE outbox SET body = NULL"
                " WHERE state = 'received' AND body IS NOT NULL AND settled_at < ?",
                [moment],
            ).rowcount
            return rows

        return self._with_room(drop, ballast=True).result()

    # -- the draft, notes ----------------------------------------------------------------------------------

    def put_draft(self, body: bytes) -> Future[None]:
        """Keep the one draft (already encrypted by its keeper) in place of the one before."""
        return self._writer.submit(
            lambda link: link.execute("INSERT OR REPLACE INTO drafts VALUES (1, ?)", [body]) and None
        )

    def draft(self) -> bytes | None:
        """The encrypted draft, if there is one."""
        row = self._one("SELECT body FROM drafts", [])
        return row[0] if row else None

    def drop_draft(self) -> None:
        """Delete the draft's row. :meth:`checkpoint` takes its last trace out of the log."""
        self._with_room(lambda link: link.execute("DELETE FROM drafts") and None, ballast=True).result()

    def note(self, name: str) -> str | None:
        """A small named value of the device."""
        row = self._one("SELECT value FROM notes WHERE name = ?", [name])
        return row[0] if row else None

    def set_note(self, name: str, value: str) -> None:
        """Keep a small named value. Never personal data."""
        self._writer.run(
            lambda link: link.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", [name, value])
        )

    def count_feedback(self, month: str, event: str, value: str) -> Future[None]:
        """One more ``value`` (of :data:`FEEDBACK`) for a life event in a month ("2026-11"): sums only.
        Whoever calls leaves sensitive events out. Raises ValueError."""
        if value not in FEEDBACK:
            raise ValueError(value)
        return self._writer.submit(lambda link: feedback.count(link, month, event, value))

    def feedback(self) -> list[FeedbackCount]:
        """All sums, by month and life event."""
        return self._writer.run(feedback.sums, transaction=False)

    def checkpoint(self) -> bool:
        """Empty the write-ahead log, where deleted pages live on. False when a reader held it back."""
        row = self._writer.run(
            lambda link: link.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone(), transaction=False
        )
        return bool(row[0] == 0)

    def close(self) -> None:
        """Finish what is queued and give the store back. Safe to call twice."""
        self._writer.close()
        _release(self._lock)
        self._lock = None

    # -- room ----------------------------------------------------------------------------------------------

    def _with_room(self, work: Callable[[Connection], T], *, ballast: bool = False) -> Future[T]:
        """Run ``work``; when the disk is full, make room once and try again.

        Room comes from bytes the hub has already acknowledged. Work that itself frees room (``ballast``) may
        also use the ballast.
        """
        result: Future[T] = Future()

        def settle(first: Future[T]) -> None:
            error = first.exception()
            if error is None:
                result.set_result(first.result())
            elif isinstance(error, StoreFull):
                self._writer.submit(lambda link: self._make_room(link, ballast), transaction=False)
                self._writer.submit(work).add_done_callback(lambda second: _copy(second, result))
            else:
                result.set_exception(error)

        self._writer.submit(work).add_done_callback(settle)
        return result

    def _make_room(self, link: Connection, ballast: bool) -> None:
        """Runs in the writer's thread. Failing is no news: the second try says it."""
        rows = link.execute(
            "SELECT count(*) FROM outbox WHERE state = 'received' AND body IS NOT NULL"
        ).fetchone()
        if not rows[0] and not ballast:
            return
        self._ballast.unlink(missing_ok=True)
        try:
            link.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            link.execute("UPDATE outbox SET body = NULL WHERE state = 'received' AND body IS NOT NULL")
            link.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except driver.DatabaseError:
            return
        if rows[0]:
            self._lay_ballast()

    def _lay_ballast(self) -> None:
        """Reserve the ballast's bytes for real (no hole); without room for it there is none."""
        try:
            size = min(BALLAST, shutil.disk_usage(self.folder).total // 8)
            if self._ballast.exists() and self._ballast.stat().st_size == size:
                return
            with self._ballast.open("wb") as stream:
                os.posix_fallocate(stream.fileno(), 0, size)
        except OSError:
            self._ballast.unlink(missing_ok=True)

    @property
    def _ballast(self) -> Path:
        return self.folder / "ballast"

    def _one(self, sql: str, parameters: list[str]) -> tuple[Any, ...] | None:
        found: tuple[Any, ...] | None = self._writer.run(
            lambda link: link.execute(sql, parameters).fetchone(), transaction=False
        )
        return found

    def _now(self) -> str:
        return self._clock.now().astimezone(UTC).isoformat(timespec="milliseconds")


def _copy(source: Future[T], target: Future[T]) -> None:
    error = source.exception()
    if error is not None:
        target.set_exception(error)
    else:
        target.set_result(source.result())


def _ready(database: Path, key: bytes) -> Connection:
    link = driver.connect(database, key)
    try:
        schema.migrate(link)
    except BaseException:
        link.close()
        raise
    return link


def _offer_again(link: Connection, epoch: str, watermark: int) -> int:
    known = dict(
        link.execute("SELECT name, value FROM notes WHERE name IN ('epoch', 'watermark')").fetchall()
    )
    again = 0
    if known and (known.get("epoch") != epoch or watermark < int(known.get("watermark", "0"))):
        again = link.execute(
            "UPDATE outbox SET state = 'waiting', settled_at = NULL"
            " WHERE state = 'received' AND body IS NOT NULL"
        ).rowcount
    for name, value in (("epoch", epoch), ("watermark", str(watermark))):
        link.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", [name, value])
    return again


def _settle_one(link: Connection, verdict: Verdict, moment: str) -> int:
    changed: int = link.execute(
        "UPDATE outbox SET state = ?, reason = ?, settled_at = ?"
        " WHERE id = ? AND sha256 = ? AND state = 'waiting'",
        [verdict.state.value, verdict.reason, moment, verdict.id, verdict.sha256],
    ).rowcount
    if changed and verdict.receipt:
        link.execute(
            "INSERT OR REPLACE INTO receipts VALUES (?, ?, ?)", [verdict.id, verdict.receipt, moment]
        )
    return changed


def _key(folder: Path, database: Path) -> bytes:
    """The raw database key. Lost beside an existing database it is not made anew: that would hide it."""
    path = folder / "key"
    try:
        key = path.read_bytes()
    except FileNotFoundError:
        if database.exists():
            raise StoreDamaged(str(folder), "key file missing") from None
        key = secrets.token_bytes(32)
        write_whole(path, key)
        sync_folder(folder.parent)
    if len(key) != 32:
        raise StoreDamaged(str(folder), "key file is not 32 bytes")
    return key


def _take_lock(folder: Path) -> int:
    number = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(number)
        raise StoreBusy(str(folder.parent)) from None
    return number


def _release(lock: int | None) -> None:
    if lock is not None:
        os.close(lock)
