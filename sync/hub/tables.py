"""The hub's tables. Every key begins with the device, so that they can be split by device later."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

metadata = MetaData()

facts = Table(
    "hub_facts",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", String(400), nullable=False),
)
"""``epoch`` (one life of this database), ``tenant``."""

devices = Table(
    "devices",
    metadata,
    Column("device_id", String(32), primary_key=True),
    Column("tenant", String(63), nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("name", String(100), nullable=False),
    Column("enrolled_at", String(40), nullable=False),
    Column("seen_at", String(40), nullable=False, server_default=""),
    Column("state", String(20), nullable=False, server_default="active"),
    Column("watermark", BigInteger, nullable=False, server_default="0"),
)
"""``state``: ``active``, ``suspect`` (a clone was seen) or ``revoked``. ``watermark``: highest stored."""

tokens = Table(
    "tokens",
    metadata,
    Column("secret_sha256", LargeBinary, primary_key=True),
    Column("trust_sha256", LargeBinary, nullable=False),
    Column("expires_at", String(40), nullable=False),
    Column("used_by", LargeBinary),
)

dossiers = Table(
    "dossiers",
    metadata,
    Column("device_id", String(32), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("sha256", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("stored_at", String(40), nullable=False),
    Column("exported_at", String(40), nullable=False, server_default=""),
    UniqueConstraint("device_id", "seq", name="dossiers_device_seq"),
    Index("dossiers_exported", "exported_at"),
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("device_id", String(32), primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("sha256", LargeBinary, primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("reason", String(40), nullable=False),
    Column("seen_at", String(40), nullable=False),
    Column("times", Integer, nullable=False, server_default="1"),
)
"""Bytes that clash with what is stored. Nothing is dropped: staff decide."""
