"""Global variables of flows"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from shared.database import UtcDateTime, json_type

revision = "executor_0005"
down_revision = "executor_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "executor_variables",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("type", sa.String(length=10), nullable=False),
        sa.Column("is_secret", sa.Boolean(), nullable=False),
        sa.Column("held", json_type(), nullable=True),
        sa.Column("sealed", sa.Text(), nullable=True),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.Column("updated_by", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_executor_variables")),
    )


def downgrade() -> None:
    op.drop_table("executor_variables")
