"""The hub's database: SQLite through SQLCipher's driver for one process, PostgreSQL for more."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2
from sqlalchemy import Connection, Engine, create_engine, event, insert, make_url, select, text
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

from sync.hub.errors import HubDatabase, HubForeignDatabase, HubMissing
from sync.hub.tables import facts

_MIGRATION_LOCK = 0x6C656B31
"""An advisory lock: two hub processes that start together must not both migrate."""


def open_database(folder: Path, url: str | None) -> Engine:
    """The engine on ``url``, or on ``folder/hub.db``; migrated. Raises HubDatabase."""
    try:
        engine = _sqlite(folder / "hub.db") if not url else _by_url(url)
        with engine.begin() as link:
            _migrate(link)
        return engine
    except (SQLAlchemyError, ArgumentError, ImportError) as error:
        original = getattr(error, "orig", None)
        raise HubDatabase(type(original or error).__name__) from error


def open_existing(folder: Path, url: str | None) -> Engine:
    """As :func:`open_database`, for commands that only look: raises HubMissing where there is no hub yet."""
    if not url and not os.access(folder / "hub.db", os.R_OK):
        raise HubMissing(str(folder))
    return open_database(folder, url)


def is_sqlite(url: str | None) -> bool:
    """True when only one hub process may use the database."""
    return not url or url.startswith("sqlite")


def claim(engine: Engine, tenant: str) -> str:
    """Make the database this tenant's, or check that it is; its epoch. Raises HubForeignDatabase."""
    with engine.begin() as link:
        _lock(link)
        rows = link.execute(select(facts.c.name, facts.c.value)).all()
        known: dict[str, str] = {row.name: row.value for row in rows}
        if not known:
            known = {"epoch": secrets.token_hex(8), "tenant": tenant}
            link.execute(insert(facts), [{"name": n, "value": v} for n, v in known.items()])
    if known["tenant"] != tenant:
        raise HubForeignDatabase(known["tenant"])
    return known["epoch"]


def _by_url(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(Path(parsed.database or "hub.db"))
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    return create_engine(parsed, pool_size=8, max_overflow=8, pool_pre_ping=True)


def _sqlite(path: Path) -> Engine:
    if not path.exists():
        path.touch(mode=0o600)  # SQLite gives its log the rights of the database
    engine = create_engine(
        f"sqlite:///{path.absolute()}",
        module=sqlcipher3.dbapi2,
        poolclass=QueuePool,
        connect_args={"check_same_thread": False, "timeout": 20.0},
    )

    @event.listens_for(engine, "connect")
    def prepare(link: Any, _record: Any) -> None:
        # The driver's own BEGIN is deferred; ours below takes the write lock before the first read.
        link.isolation_level = None
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON"):
            link.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(link: Connection) -> None:
        link.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _migrate(link: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    _lock(link)
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    config.attributes["connection"] = link
    command.upgrade(config, "head")


def _lock(link: Connection) -> None:
    if link.dialect.name == "postgresql":
        link.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
