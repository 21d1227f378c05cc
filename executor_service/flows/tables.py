"""Tables of flows: drafts and versions, sessions with their timers, journal and trace, counters, contacts."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text, text

from executor_service.metadata import metadata
from shared.database import UtcDateTime, json_type

NUMBER = BigInteger().with_variant(Integer, "sqlite")
IS_OPEN = text("status IN ('running', 'waiting')")
OPEN_FOREGROUND = text("status IN ('running', 'waiting') AND NOT is_background")

flows = Table(
    "executor_flows",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("name", String(120), nullable=False),
    Column("description", Text, nullable=False),
    Column("draft", json_type(), nullable=False),
    # grows with each change of the draft: whoever saves names the one it read
    Column("revision", Integer, nullable=False),
    Column("version_id", String(40)),
    Column("is_active", Boolean, nullable=False),
    Column("is_deleted", Boolean, nullable=False),
    # grows over all flows with each change of what is published: what processes keep is compared with it
    Column("serial", BigInteger, nullable=False),
    Column("created_at", UtcDateTime(), nullable=False),
    Column("updated_at", UtcDateTime(), nullable=False),
    Column("updated_by", String(80), nullable=False),
)
Index("ix_executor_flows_serial", flows.c.serial)

flow_versions = Table(
    "executor_flow_versions",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("flow_id", String(40), ForeignKey("executor_flows.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("name", String(120), nullable=False),
    Column("description", Text, nullable=False),
    Column("flow", json_type(), nullable=False),
    Column("published_at", UtcDateTime(), nullable=False),
    Column("published_by", String(80), nullable=False),
)
Index("uq_executor_flow_versions_number", flow_versions.c.flow_id, flow_versions.c.number, unique=True)

flow_sessions = Table(
    "executor_flow_sessions",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("conversation_id", String(40), nullable=False),
    Column("contact_id", String(40), nullable=False),
    Column("flow_id", String(40), nullable=False),
    Column("version_id", String(40), nullable=False),
    Column("node_id", String(60), nullable=False),
    Column("status", String(12), nullable=False),
    # beside the foreground: background flows, and delays during which others may talk
    Column("is_background", Boolean, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("sprint", Integer, nullable=False),
    Column("state", json_type(), nullable=False),
    Column("caller", json_type(), nullable=False),
    # of a session that calls out: which process does it, and until when it may be believed
    Column("worker", String(80)),
    Column("lease_until", UtcDateTime()),
    # the task that a session waits for, or `callback:<number>`
    Column("task_id", String(40)),
    Column("turn_id", String(64)),
    Column("started_at", UtcDateTime(), nullable=False),
    Column("updated_at", UtcDateTime(), nullable=False),
    Column("ended_at", UtcDateTime()),
)
Index(
    "uq_executor_flow_sessions_foreground",
    flow_sessions.c.conversation_id,
    unique=True,
    sqlite_where=OPEN_FOREGROUND,
    postgresql_where=OPEN_FOREGROUND,
)
Index("ix_executor_flow_sessions_conversation", flow_sessions.c.conversation_id, flow_sessions.c.status)
Index("ix_executor_flow_sessions_standing", flow_sessions.c.flow_id, flow_sessions.c.status)
Index("ix_executor_flow_sessions_lease", flow_sessions.c.status, flow_sessions.c.lease_until)
Index(
    "ix_executor_flow_sessions_ended",
    flow_sessions.c.ended_at,
    sqlite_where=flow_sessions.c.ended_at.is_not(None),
    postgresql_where=flow_sessions.c.ended_at.is_not(None),
)
Index(
    "ix_executor_flow_sessions_version",
    flow_sessions.c.version_id,
    sqlite_where=IS_OPEN,
    postgresql_where=IS_OPEN,
)
Index("ix_executor_flow_sessions_task", flow_sessions.c.task_id)

flow_journal = Table(
    "executor_flow_journal",
    metadata,
    # session:sprint:step
    Column("key", String(80), primary_key=True),
    Column("session_id", String(40), nullable=False),
    Column("node_id", String(60), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("status", String(10), nullable=False),
    Column("outcome", String(60)),
    Column("attempts", Integer, nullable=False),
    Column("started_at", UtcDateTime(), nullable=False),
    Column("done_at", UtcDateTime()),
)
Index("ix_executor_flow_journal_session", flow_journal.c.session_id)

flow_timers = Table(
    "executor_flow_timers",
    metadata,
    Column("id", NUMBER, primary_key=True, autoincrement=True),
    Column("session_id", String(40), nullable=False),
    Column("conversation_id", String(40), nullable=False),
    Column("sprint", Integer, nullable=False),
    Column("kind", String(10), nullable=False),
    Column("due_at", UtcDateTime(), nullable=False),
    # of a timeout: how long after the channel accepted the message of this row
    Column("seconds", Integer),
    Column("event_id", BigInteger),
    # while a person has the conversation: how much was left
    Column("frozen_seconds", Integer),
    sqlite_autoincrement=True,
)
Index("ix_executor_flow_timers_due", flow_timers.c.due_at)
Index("ix_executor_flow_timers_session", flow_timers.c.session_id)
Index("ix_executor_flow_timers_conversation", flow_timers.c.conversation_id)
Index("ix_executor_flow_timers_event", flow_timers.c.event_id)

flow_traces = Table(
    "executor_flow_traces",
    metadata,
    Column("id", NUMBER, primary_key=True, autoincrement=True),
    Column("session_id", String(40), nullable=False),
    Column("sprint", Integer, nullable=False),
    Column("type", String(12), nullable=False),
    Column("version_id", String(40), nullable=False),
    Column("node_id", String(60), nullable=False),
    Column("data", json_type(), nullable=False),
    Column("at", UtcDateTime(), nullable=False),
    sqlite_autoincrement=True,
)
Index("ix_executor_flow_traces_session", flow_traces.c.session_id, flow_traces.c.id)

flow_counters = Table(
    "executor_flow_counters",
    metadata,
    Column("version_id", String(40), primary_key=True),
    Column("node_id", String(60), primary_key=True),
    # `visits`, `exit:<exit>`, `answer:<option>`, `variant:<variant>`, `goal:<variant>`; of a flow's runs `started`
    # where they began and `ended:<status>` where they stood
    Column("name", String(80), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("count", BigInteger, nullable=False),
)
Index("ix_executor_flow_counters_day", flow_counters.c.day)

flow_spending = Table(
    "executor_flow_spending",
    metadata,
    Column("conversation_id", String(40), primary_key=True),
    Column("day", Date, primary_key=True),
    # `ai`, `tokens`, `http`, `tool`, `javascript`
    Column("name", String(20), primary_key=True),
    Column("count", BigInteger, nullable=False),
)
Index("ix_executor_flow_spending_day", flow_spending.c.day)

flow_contacts = Table(
    "executor_flow_contacts",
    metadata,
    Column("contact_id", String(40), primary_key=True),
    # `contact.*` variables that flows set
    Column("fields", json_type(), nullable=False),
    Column("seen_at", UtcDateTime()),
)

flow_accounts = Table(
    "executor_flow_accounts",
    metadata,
    Column("flow_id", String(40), ForeignKey("executor_flows.id"), primary_key=True),
    # of a service account, the link of `service:<name>`
    Column("account", String(40), primary_key=True),
    Column("allowed_by", String(80), nullable=False),
    Column("allowed_at", UtcDateTime(), nullable=False),
)

flow_callbacks = Table(
    "executor_flow_callbacks",
    metadata,
    Column("session_id", String(40), primary_key=True),
    # the session's callback waits are counted from 1
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("data", json_type(), nullable=False),
    Column("received_at", UtcDateTime(), nullable=False),
    Column("given_at", UtcDateTime()),
)
Index(
    "ix_executor_flow_callbacks_pending",
    flow_callbacks.c.received_at,
    sqlite_where=flow_callbacks.c.given_at.is_(None),
    postgresql_where=flow_callbacks.c.given_at.is_(None),
)
