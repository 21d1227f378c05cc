"""Templates of flows that a company keeps"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shared.database import UtcDateTime, json_type

revision = "executor_0010"
down_revision = "executor_0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "executor_flow_templates",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("flow", json_type(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_executor_flow_templates")),
    )


def downgrade() -> None:
    op.drop_table("executor_flow_templates")
