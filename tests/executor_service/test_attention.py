"""Tasks are counted by tool and ending; an ERP that does not answer and a tool that keeps failing are named."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection

from executor_service.attention import Attention, FailingTool, Look
from executor_service.counting import count_tasks
from executor_service.metadata import metadata
from executor_service.tasks import store
from executor_service.tasks.model import Task
from shared.contracts.callers import ServiceCaller
from shared.contracts.tasks import TaskError
from shared.counts import Counts
from shared.database import Database
from shared.tables import metadata as shared_metadata
from tests.services.databases import on_both_databases

NOW = datetime(2026, 11, 20, 12, 30, tzinfo=UTC)
pytestmark = on_both_databases


@pytest.fixture
def tables(database: Database) -> Database:
    metadata.create_all(database.engine)
    shared_metadata.create_all(database.engine)
    return database


def add(database: Database, number: int, *, tool: str = "sales.total", reason: str = "", status: str = "") -> None:
    task = Task(
        id=f"t{number:03}",
        key=f"k{number}",
        fingerprint="",
        tool=tool,
        title="Ventas",
        effect="read",
        arguments={},
        caller=ServiceCaller(service="gateway"),
        contact_id=None,
        conversation_id=None,
        turn_id=None,
        status="succeeded",
        created_at=NOW - timedelta(minutes=20) + timedelta(seconds=number),
        run_at=NOW,
    )
    if reason:
        task = replace(task, status="failed", ended_at=NOW, error=TaskError(reason=reason, text=reason))
    elif status:
        task = replace(task, status=status)  # type: ignore[arg-type]
    database.write(lambda connection: store.add(connection, task))


def attention(database: Database) -> Attention:
    return Look(database, Counts(database, "executor", count_tasks, now=lambda: NOW)).attention()


def test_tasks_are_counted_by_tool_ending_and_reason(tables: Database) -> None:
    add(tables, 1)
    add(tables, 2, reason="erp_unreachable")
    add(tables, 3, status="waiting")

    def counted(connection: Connection) -> dict[str, int]:
        return {name: number for _, name, number in count_tasks(connection, NOW - timedelta(hours=1))}

    with tables.read() as connection:
        found = counted(connection)
    assert found == {
        "tasks": 3,
        "succeeded": 1,
        "failed": 1,
        "tool:sales.total": 3,
        "tool_failed:sales.total": 1,
        "reason:erp_unreachable": 1,
    }


def test_erp_that_did_not_answer_is_told_until_something_succeeds(tables: Database) -> None:
    add(tables, 1)
    add(tables, 2, reason="erp_unreachable")
    trouble = attention(tables).erp
    assert trouble is not None
    assert (trouble.reason, trouble.at) == ("erp_unreachable", NOW)
    add(tables, 3)
    assert attention(tables).erp is None


def test_tool_that_fails_half_the_time_is_named_and_waiting_tasks_are_counted(tables: Database) -> None:
    for number in range(3):
        add(tables, number, tool="stock.balance", reason="erp_refused")
    add(tables, 3, tool="stock.balance")
    add(tables, 4, reason="erp_refused")
    add(tables, 5, status="waiting")
    found = attention(tables)
    assert found.tools == (FailingTool(tool="stock.balance", calls=4, failed=3),)
    assert found.waiting == 1
