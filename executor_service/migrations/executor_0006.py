"""Finding flow statistics and ended sessions by age"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "executor_0006"
down_revision = "executor_0005"
branch_labels = None
depends_on = None

ENDED = sa.text("ended_at IS NOT NULL")


def upgrade() -> None:
    op.create_index("ix_executor_flow_counters_day", "executor_flow_counters", ["day"])
    op.create_index("ix_executor_flow_spending_day", "executor_flow_spending", ["day"])
    op.create_index(
        "ix_executor_flow_sessions_ended",
        "executor_flow_sessions",
        ["ended_at"],
        sqlite_where=ENDED,
        postgresql_where=ENDED,
    )


def downgrade() -> None:
    op.drop_index("ix_executor_flow_sessions_ended", "executor_flow_sessions")
    op.drop_index("ix_executor_flow_spending_day", "executor_flow_spending")
    op.drop_index("ix_executor_flow_counters_day", "executor_flow_counters")
