"""Tables of tasks, events, artifacts and conversations."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Table

from executor_service.metadata import metadata
from shared.database import UtcDateTime, json_type

tasks = Table(
    "executor_tasks",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("key", String(200), nullable=False, unique=True),
    Column("fingerprint", String(64), nullable=False),
    Column("tool", String(60), nullable=False),
    Column("title", String(200), nullable=False),
    Column("effect", String(10), nullable=False),
    Column("arguments", json_type(), nullable=False),
    Column("caller", json_type(), nullable=False),
    Column("contact_id", String(40)),
    Column("conversation_id", String(40)),
    Column("turn_id", String(40)),
    Column("status", String(12), nullable=False),
    Column("results", json_type()),
    Column("parts", json_type()),
    Column("waiting_for", json_type()),
    Column("answers", json_type()),
    Column("progress", json_type()),
    Column("error", json_type()),
    Column("attempts", Integer, nullable=False, default=0),
    Column("fence", Integer, nullable=False, default=0),
    Column("run_at", UtcDateTime(), nullable=False),
    Column("lease_until", UtcDateTime()),
    Column("worker", String(80)),
    Column("cancel_asked", Boolean, nullable=False, default=False),
    Column("expires_at", UtcDateTime()),
    Column("created_at", UtcDateTime(), nullable=False),
    Column("ended_at", UtcDateTime()),
)
Index("ix_executor_tasks_due", tasks.c.status, tasks.c.run_at)
Index("ix_executor_tasks_lease", tasks.c.status, tasks.c.lease_until)
Index("ix_executor_tasks_conversation", tasks.c.conversation_id, tasks.c.status, tasks.c.created_at)
Index("ix_executor_tasks_created", tasks.c.created_at)

events = Table(
    "executor_events",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("task_id", String(40)),
    Column("turn_id", String(40)),
    Column("conversation_id", String(40)),
    Column("contact_id", String(40)),
    Column("type", String(12), nullable=False),
    Column("at", UtcDateTime(), nullable=False),
    Column("data", json_type(), nullable=False),
    Column("key", String(200), unique=True),
    sqlite_autoincrement=True,
)
Index("ix_executor_events_task", events.c.task_id, events.c.id)

artifacts = Table(
    "executor_artifacts",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("contact_id", String(40)),
    Column("filename", String(255), nullable=False),
    Column("media_type", String(120), nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("created_at", UtcDateTime(), nullable=False),
)

conversations = Table(
    "executor_conversations",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("mode", String(10), nullable=False),
    Column("language", String(5), nullable=False),
    Column("time_zone", String(60), nullable=False),
    Column("window_until", UtcDateTime()),
    # whose it is and where, as the gateway told; empty where it did not
    Column("contact_id", String(40), nullable=False, server_default=""),
    Column("channel", String(40), nullable=False, server_default=""),
    Column("account", String(80), nullable=False, server_default=""),
    Index("ix_executor_conversations_contact", "contact_id"),
)

inputs = Table(
    "executor_inputs",
    metadata,
    Column("key", String(200), primary_key=True),
    Column("outcome", json_type(), nullable=False),
    Column("at", UtcDateTime(), nullable=False),
)

receipts = Table(
    "executor_receipts",
    metadata,
    Column("key", String(200), primary_key=True),
    Column("outcome", String(10), nullable=False),
    Column("at", UtcDateTime(), nullable=False),
)
