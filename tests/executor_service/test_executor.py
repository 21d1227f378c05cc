"""What other services tell the executor, told several times at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from executor_service.tables import conversations, receipts
from shared.contracts.tasks import ConversationState, Receipt
from tests.fakes.house import House
from tests.services.databases import on_both_databases

pytestmark = on_both_databases


def test_receipts_and_conversations_told_at_the_same_moment_are_one_row(tmp_path: Path, database_url: str) -> None:
    house = House(tmp_path, (), database_url=database_url)
    now = datetime.now(UTC)

    def tell(number: int) -> None:
        house.executor.receipt(Receipt(key=f"event:{number % 3}", outcome="accepted", at=now))
        house.executor.set_conversation(f"c{number % 3}", ConversationState(mode="human", window_until=now))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(tell, range(60)))
    with house.database.read() as connection:
        told = connection.execute(select(receipts.c.key, receipts.c.at).order_by("key")).all()
        known = connection.execute(select(conversations.c.id, conversations.c.mode).order_by("id")).all()
    house.database.close()
    assert [tuple(row) for row in told] == [(f"event:{number}", now) for number in range(3)]
    assert [tuple(row) for row in known] == [(f"c{number}", "human") for number in range(3)]
