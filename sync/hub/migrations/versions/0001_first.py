"""First tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Written out, not taken from ``tables``: an old step must stay what it was."""
    text, blob = sa.String, sa.LargeBinary
    op.create_table(
        "hub_facts",
        sa.Column("name", text(40), primary_key=True),
        sa.Column("value", text(400), nullable=False),
    )
    op.create_table(
        "devices",
        sa.Column("device_id", text(32), primary_key=True),
        sa.Column("tenant", text(63), nullable=False),
        sa.Column("public_key", blob, nullable=False),
        sa.Column("name", text(100), nullable=False),
        sa.Column("enrolled_at", text(40), nullable=False),
        sa.Column("seen_at", text(40), nullable=False, server_default=""),
        sa.Column("state", text(20), nullable=False, server_default="active"),
        sa.Column("watermark", sa.BigInteger, nullable=False, server_default="0"),
    )
    op.create_table(
        "tokens",
        sa.Column("secret_sha256", blob, primary_key=True),
        sa.Column("trust_sha256", blob, nullable=False),
        sa.Column("expires_at", text(40), nullable=False),
        sa.Column("used_by", blob),
    )
    op.create_table(
        "dossiers",
        sa.Column("device_id", text(32), primary_key=True),
        sa.Column("id", text(36), primary_key=True),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("sha256", blob, nullable=False),
        sa.Column("body", blob, nullable=False),
        sa.Column("stored_at", text(40), nullable=False),
        sa.Column("exported_at", text(40), nullable=False, server_default=""),
        sa.UniqueConstraint("device_id", "seq", name="dossiers_device_seq"),
    )
    op.create_index("dossiers_exported", "dossiers", ["exported_at"])
    op.create_table(
        "quarantine",
        sa.Column("device_id", text(32), primary_key=True),
        sa.Column("id", text(36), primary_key=True),
        sa.Column("sha256", blob, primary_key=True),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("body", blob, nullable=False),
        sa.Column("reason", text(40), nullable=False),
        sa.Column("seen_at", text(40), nullable=False),
        sa.Column("times", sa.Integer, nullable=False, server_default="1"),
    )
