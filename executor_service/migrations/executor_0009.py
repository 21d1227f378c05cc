"""Answers of other systems to waiting flows; who stands on a version"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shared.database import UtcDateTime, json_type

revision = "executor_0009"
down_revision = "executor_0008"
branch_labels = None
depends_on = None

TABLE = "executor_flow_callbacks"
SESSION_INDEX = "ix_executor_flow_callbacks_session"
PENDING_INDEX = "ix_executor_flow_callbacks_pending"
VERSION_INDEX = "ix_executor_flow_sessions_version"
SESSIONS = "executor_flow_sessions"
OPEN = sa.text("status IN ('running', 'waiting')")
PENDING = sa.text("given_at IS NULL")


def upgrade() -> None:
    """Nothing was ever stored in the former table."""
    op.drop_table(TABLE)
    op.create_table(
        TABLE,
        sa.Column("session_id", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("data", json_type(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("given_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("session_id", "number", name=op.f("pk_executor_flow_callbacks")),
    )
    op.create_index(PENDING_INDEX, TABLE, ["received_at"], sqlite_where=PENDING, postgresql_where=PENDING)
    op.create_index(VERSION_INDEX, SESSIONS, ["version_id"], sqlite_where=OPEN, postgresql_where=OPEN)


def downgrade() -> None:
    op.drop_index(VERSION_INDEX, SESSIONS)
    op.drop_table(TABLE)
    op.create_table(
        TABLE,
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("session_id", sa.String(length=40), nullable=False),
        sa.Column("wait", sa.Integer(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_executor_flow_callbacks")),
    )
    op.create_index(SESSION_INDEX, TABLE, ["session_id"])
