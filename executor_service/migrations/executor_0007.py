"""What ERPs tell: secrets of their webhooks, notices, alerts that wait for them; whose a conversation is"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shared.database import UtcDateTime, json_type

revision = "executor_0007"
down_revision = "executor_0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "executor_webhooks",
        sa.Column("connection_id", sa.String(length=40), nullable=False),
        sa.Column("sealed_secret", sa.Text(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["connection_id"],
            ["executor_connections.id"],
            name=op.f("fk_executor_webhooks_connection_id_executor_connections"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("connection_id", name=op.f("pk_executor_webhooks")),
    )
    op.create_table(
        "executor_notices",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("connection_id", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("doctype", sa.String(length=140), nullable=False),
        sa.Column("name", sa.String(length=140), nullable=False),
        sa.Column("event", sa.String(length=140), nullable=False),
        sa.Column("modified", sa.String(length=140), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_executor_notices")),
        sa.UniqueConstraint("connection_id", "digest", name=op.f("uq_executor_notices_connection_id_digest")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_executor_notices_new",
        "executor_notices",
        ["due_at"],
        sqlite_where=sa.text("state = 'new'"),
        postgresql_where=sa.text("state = 'new'"),
    )
    op.create_index("ix_executor_notices_received", "executor_notices", ["received_at"])
    op.create_table(
        "executor_notice_starts",
        sa.Column("notice_id", sa.BigInteger(), nullable=False),
        sa.Column("flow_id", sa.String(length=40), nullable=False),
        sa.Column("contact_id", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("notice_id", "flow_id", "contact_id", name=op.f("pk_executor_notice_starts")),
    )
    with op.batch_alter_table("executor_schedules", schema=None) as batch_op:
        batch_op.add_column(sa.Column("occasion", json_type(), nullable=True))
        batch_op.add_column(sa.Column("occasion_key", sa.String(length=200), nullable=True))
        batch_op.create_index("ix_executor_schedules_occasion", ["occasion_key", "id"])
    with op.batch_alter_table("executor_conversations", schema=None) as batch_op:
        batch_op.add_column(sa.Column("contact_id", sa.String(length=40), server_default="", nullable=False))
        batch_op.add_column(sa.Column("channel", sa.String(length=40), server_default="", nullable=False))
        batch_op.add_column(sa.Column("account", sa.String(length=80), server_default="", nullable=False))
        batch_op.create_index("ix_executor_conversations_contact", ["contact_id"])


def downgrade() -> None:
    with op.batch_alter_table("executor_conversations", schema=None) as batch_op:
        batch_op.drop_index("ix_executor_conversations_contact")
        batch_op.drop_column("account")
        batch_op.drop_column("channel")
        batch_op.drop_column("contact_id")
    with op.batch_alter_table("executor_schedules", schema=None) as batch_op:
        batch_op.drop_index("ix_executor_schedules_occasion")
        batch_op.drop_column("occasion_key")
        batch_op.drop_column("occasion")
    op.drop_table("executor_notice_starts")
    op.drop_table("executor_notices")
    op.drop_table("executor_webhooks")
