"""Tables of what ERPs told, and of the flows that it started."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, UniqueConstraint, literal_column

from executor_service.metadata import metadata
from shared.database import UtcDateTime

IS_NEW = literal_column("state") == literal_column("'new'")
"""The condition of the partial index, written so that both databases recognise it in a query."""

notices = Table(
    "executor_notices",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("connection_id", String(40), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("doctype", String(140), nullable=False),
    Column("name", String(140), nullable=False),
    Column("event", String(140), nullable=False),
    Column("modified", String(140), nullable=False),
    Column("state", String(10), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due_at", UtcDateTime(), nullable=False),
    Column("received_at", UtcDateTime(), nullable=False),
    UniqueConstraint("connection_id", "digest"),
    sqlite_autoincrement=True,
)
Index("ix_executor_notices_new", notices.c.due_at, sqlite_where=IS_NEW, postgresql_where=IS_NEW)
Index("ix_executor_notices_received", notices.c.received_at)

starts = Table(
    "executor_notice_starts",
    metadata,
    Column("notice_id", BigInteger, primary_key=True, autoincrement=False),
    Column("flow_id", String(40), primary_key=True),
    Column("contact_id", String(40), primary_key=True),
)
"""The flows that a notice started, each written with its session."""
