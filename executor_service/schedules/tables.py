"""The table of schedules."""

from __future__ import annotations

from sqlalchemy import Column, Index, String, Table

from executor_service.metadata import metadata
from shared.database import UtcDateTime, json_type

schedules = Table(
    "executor_schedules",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("contact_id", String(40), nullable=False),
    Column("conversation_id", String(40), nullable=False),
    Column("language", String(5), nullable=False),
    Column("time_zone", String(60), nullable=False),
    Column("tool", String(60), nullable=False),
    Column("arguments", json_type(), nullable=False),
    Column("title", String(200), nullable=False),
    Column("cron", String(100), nullable=False),
    Column("condition", json_type()),
    Column("announced", json_type(), nullable=False),
    Column("status", String(10), nullable=False),
    Column("next_at", UtcDateTime()),
    Column("last_at", UtcDateTime()),
    Column("created_at", UtcDateTime(), nullable=False),
    Column("occasion", json_type()),
    Column("occasion_key", String(200)),
    Index("ix_executor_schedules_due", "status", "next_at"),
    Index("ix_executor_schedules_occasion", "occasion_key", "id"),
    Index("ix_executor_schedules_contact", "contact_id", "created_at"),
)
