"""What the in-memory twin does beyond the contract."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from executor_service.erp.memory import MemoryErp
from executor_service.erp.protocol import ReportAnswer
from shared.errors import ErpRefused, ErpUnreachable

LIMA = {"doctype": "Territory", "name": "Lima", "items": [{"qty": 1}]}


def test_told_failures_come_one_by_one() -> None:
    erp = MemoryErp([LIMA])
    erp.fail(ErpUnreachable("first"), ErpUnreachable("second"))
    for expected in ("first", "second"):
        with pytest.raises(ErpUnreachable, match=expected):
            erp.get("Territory", "Lima")
    assert erp.get("Territory", "Lima")["name"] == "Lima"


def test_documents_inside_cannot_be_changed_from_outside() -> None:
    erp = MemoryErp([LIMA])
    found = dict(erp.get("Territory", "Lima"))
    found["items"][0]["qty"] = 99
    assert erp.get("Territory", "Lima")["items"] == [{"qty": 1}]


def test_report_may_be_a_function_of_its_filters() -> None:
    def sales(filters: object) -> ReportAnswer:
        return ReportAnswer(columns=(), rows=({"asked": filters},))

    erp = MemoryErp(reports={"Sales Register": sales})
    assert erp.run_report("Sales Register", {"a": 1}).rows == ({"asked": {"a": 1}},)


def test_stamps_are_of_the_given_clock() -> None:
    erp = MemoryErp(doctypes=["ToDo"], now=lambda: datetime(2026, 11, 20, 9, 30, tzinfo=UTC))
    assert erp.insert("ToDo", {"description": "x"})["modified"] == "2026-11-20 09:30:00.000000"


def test_draft_is_not_cancelled() -> None:
    erp = MemoryErp([LIMA])
    with pytest.raises(ErpRefused):
        erp.cancel("Territory", "Lima")


def test_cancelled_document_is_not_changed() -> None:
    erp = MemoryErp([LIMA])
    erp.cancel("Territory", erp.submit(erp.get("Territory", "Lima"))["name"])
    with pytest.raises(ErpRefused):
        erp.update("Territory", "Lima", {"note": "x"})
