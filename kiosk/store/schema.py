"""The tables of the device store, as named transactional migrations.

``PRAGMA user_version`` repeats how many are applied, so that an opening with nothing to migrate does not
import sqlite-utils (75 to 300 ms of a citizen's start-up).
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from kiosk.store import driver
from kiosk.store.driver import Connection

VERSION = 2


def migrate(link: Connection) -> None:
    """Bring the database to :data:`VERSION`. Each step is one transaction, recorded in it."""
    if link.execute("PRAGMA user_version").fetchone()[0] == VERSION:
        return
    driver.install()
    from sqlite_utils import Database, Migrations

    steps = Migrations("device-store")
    for name, step in _STEPS.items():
        steps(name=name)(step)
    steps.apply(Database(link))  # type: ignore[arg-type]  # sqlite-utils names the standard driver's class
    link.execute(f"PRAGMA user_version = {VERSION:d}")


def _first(db: Any) -> None:
    db.execute(
        "CREATE TABLE outbox (id TEXT PRIMARY KEY, seq INTEGER NOT NULL UNIQUE, sha256 BLOB NOT NULL,"
        " body BLOB, state TEXT NOT NULL CHECK (state IN ('waiting', 'received', 'refused', 'quarantined')),"
        " reason TEXT NOT NULL DEFAULT '', saved_at TEXT NOT NULL, settled_at TEXT) STRICT"
    )
    db.execute("CREATE INDEX outbox_state ON outbox (state, seq)")
    db.execute(
        "CREATE TABLE receipts (id TEXT PRIMARY KEY REFERENCES outbox (id), receipt BLOB NOT NULL,"
        " stored_at TEXT NOT NULL) STRICT"
    )
    db.execute("CREATE TABLE drafts (slot INTEGER PRIMARY KEY CHECK (slot = 1), body BLOB NOT NULL) STRICT")
    db.execute("CREATE TABLE notes (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT")
    db.execute("INSERT INTO notes VALUES ('store', ?)", [secrets.token_hex(8)])
    db.execute("INSERT INTO notes VALUES ('seq', '0')")


def _feedback(db: Any) -> None:
    # Sums only. WITHOUT ROWID: a row's number would tell which came first.
    db.execute(
        "CREATE TABLE feedback (month TEXT NOT NULL, event TEXT NOT NULL,"
        " value TEXT NOT NULL CHECK (value IN ('good', 'middle', 'bad')), times INTEGER NOT NULL,"
        " PRIMARY KEY (month, event, value)) STRICT, WITHOUT ROWID"
    )


_STEPS: dict[str, Callable[[Any], None]] = {"first": _first, "feedback": _feedback}
