"""Service accounts that flows may act as"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shared.database import UtcDateTime

revision = "executor_0011"
down_revision = "executor_0010"
branch_labels = None
depends_on = None

TABLE = "executor_flow_accounts"


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("flow_id", sa.String(length=40), nullable=False),
        sa.Column("account", sa.String(length=40), nullable=False),
        sa.Column("allowed_by", sa.String(length=80), nullable=False),
        sa.Column("allowed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["flow_id"], ["executor_flows.id"], name=op.f("fk_executor_flow_accounts_flow_id_executor_flows")
        ),
        sa.PrimaryKeyConstraint("flow_id", "account", name=op.f("pk_executor_flow_accounts")),
    )


def downgrade() -> None:
    op.drop_table(TABLE)
