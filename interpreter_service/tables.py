"""The interpreter's tables.

Bodies are JSON as text, written and read whole: nothing searches in them, and a person's U+0000 stays an escape.
"""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, PrimaryKeyConstraint, String, Table, Text

from shared.database import UtcDateTime, new_metadata

metadata = new_metadata()

turns = Table(
    "interpreter_turns",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("contact_id", String(64), nullable=False),
    Column("conversation_id", String(64), nullable=False),
    Column("route", String(80), nullable=False),
    Column("status", String(16), nullable=False),
    Column("awaiting", String(16)),
    Column("request", Text),
    Column("response", Text),
    Column("calls", Integer, nullable=False),
    Column("model_calls", Integer, nullable=False),
    Column("tokens_in", Integer, nullable=False),
    Column("tokens_out", Integer, nullable=False),
    Column("started_at", UtcDateTime(), nullable=False),
    Column("ended_at", UtcDateTime(), nullable=False),
    Index("ix_interpreter_turns_started_at_id", "started_at", "id"),
    Index("ix_interpreter_turns_conversation_id_started_at", "conversation_id", "started_at"),
    Index("ix_interpreter_turns_contact_id_started_at", "contact_id", "started_at"),
)
"""One row a turn. `request` and `response` are emptied when they are older than the retention."""

replies = Table(
    "interpreter_replies",
    metadata,
    Column("turn_id", String(64), nullable=False),
    Column("step", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("created_at", UtcDateTime(), nullable=False),
    PrimaryKeyConstraint("turn_id", "step", name="pk_interpreter_replies"),
    Index("ix_interpreter_replies_created_at", "created_at"),
)
"""What the model said at one step of a turn, stored before anything is done about it."""

plans = Table(
    "interpreter_plans",
    metadata,
    Column("task_id", String(64), primary_key=True),
    Column("turn_id", String(64), nullable=False),
    Column("conversation_id", String(64), nullable=False),
    Column("contact_id", String(64), nullable=False),
    Column("body", Text, nullable=False),
    Column("expires_at", UtcDateTime(), nullable=False),
    Index("ix_interpreter_plans_expires_at", "expires_at"),
    Index("ix_interpreter_plans_contact_id", "contact_id"),
)
"""A plan that goes on when the task it waits for ends."""

offers = Table(
    "interpreter_offers",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("turn_id", String(64), nullable=False),
    Column("conversation_id", String(64), nullable=False),
    Column("contact_id", String(64), nullable=False),
    Column("title", Text, nullable=False),
    Column("tool", String(64), nullable=False),
    Column("arguments", Text, nullable=False),
    Column("said", Text, nullable=False),
    Column("expires_at", UtcDateTime(), nullable=False),
    Index("ix_interpreter_offers_expires_at", "expires_at"),
    Index("ix_interpreter_offers_contact_id", "contact_id"),
)
"""What a button under "did you mean" would call, and what the person had said."""

usage = Table(
    "interpreter_usage",
    metadata,
    Column("contact_id", String(64), nullable=False),
    Column("day", Date, nullable=False),
    Column("tokens", Integer, nullable=False),
    PrimaryKeyConstraint("contact_id", "day", name="pk_interpreter_usage"),
)
"""Tokens that a contact spent on one day (UTC)."""

cases = Table(
    "interpreter_cases",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("turn_id", String(64), nullable=False),
    Column("contact_id", String(64), nullable=False),
    Column("body", Text, nullable=False),
    Column("created_at", UtcDateTime(), nullable=False),
    Index("ix_interpreter_cases_contact_id", "contact_id"),
)
"""Turns of the log that somebody saved as cases for the evaluation; they outlive the turn's bodies."""
