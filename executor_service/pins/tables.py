"""Tables of approval limits and PINs."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text

from executor_service.metadata import metadata
from shared.database import UtcDateTime

approval_limits = Table(
    "executor_approval_limits",
    metadata,
    Column("connection_id", ForeignKey("executor_connections.id", ondelete="CASCADE"), primary_key=True),
    Column("currency", String(3), primary_key=True),
    # a decimal as text: SQLite would make it a float
    Column("amount", String(40), nullable=False),
)

pins = Table(
    "executor_pins",
    metadata,
    Column("contact_id", String(40), primary_key=True),
    # an argon2id hash, sealed: of so few digits a hash alone would soon be read back
    Column("sealed_hash", Text),
    Column("wrong", Integer, nullable=False),
    Column("locked_until", UtcDateTime()),
    # what the next message of digits is taken for: `old` or `new`
    Column("asked", String(4)),
    Column("asked_until", UtcDateTime()),
)
