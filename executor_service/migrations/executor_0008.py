"""Approval limits and PINs"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shared.database import UtcDateTime

revision = "executor_0008"
down_revision = "executor_0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "executor_approval_limits",
        sa.Column("connection_id", sa.String(length=40), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("amount", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["connection_id"],
            ["executor_connections.id"],
            name=op.f("fk_executor_approval_limits_connection_id_executor_connections"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("connection_id", "currency", name=op.f("pk_executor_approval_limits")),
    )
    op.create_table(
        "executor_pins",
        sa.Column("contact_id", sa.String(length=40), nullable=False),
        sa.Column("sealed_hash", sa.Text(), nullable=True),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("locked_until", UtcDateTime(), nullable=True),
        sa.Column("asked", sa.String(length=4), nullable=True),
        sa.Column("asked_until", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("contact_id", name=op.f("pk_executor_pins")),
    )


def downgrade() -> None:
    op.drop_table("executor_pins")
    op.drop_table("executor_approval_limits")
