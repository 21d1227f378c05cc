"""`/api/schedules`: looked at by viewers, paused and ended by operators, noted in the audit."""

from __future__ import annotations

from typing import Any

import pytest

from executor_service.schedules.schedules import Schedules, Wanted
from shared.audit import Audit
from shared.clock import utc_now
from tests.executor_service.api.served import Served
from tests.executor_service.api.test_admin import as_role

PATH = "/api/schedules"


@pytest.fixture
def made(served: Served) -> list[str]:
    """Ids of three schedules of one person."""
    house = served.house
    house.directory.grant("ana")
    owner: Any = house.tokens.read(house.caller())
    schedules = Schedules(house.database, house.executor.tools, house.directory, utc_now)
    tool = next(one for one in house.executor.tools().tools if one.effect == "read" and not one.parameters["required"])
    return [
        schedules.create(owner, Wanted(tool=tool.name, arguments={}, cron=f"0 8 * * {day}")).id for day in (1, 2, 3)
    ]


def test_viewer_sees_them_by_pages_and_changes_none(served: Served, made: list[str]) -> None:
    viewer = as_role(served, "viewer")
    first = viewer.get(PATH, query_string={"limit": 2}).json
    second = viewer.get(PATH, query_string={"limit": 2, "after": first["next"]}).json
    assert [one["id"] for one in (*first["schedules"], *second["schedules"])] == made
    assert (first["schedules"][0]["cron"], second["next"]) == ("0 8 * * 1", None)
    assert viewer.patch(f"{PATH}/{made[0]}", json={"status": "paused"}).status_code == 403
    assert viewer.delete(f"{PATH}/{made[0]}").status_code == 403


def test_operator_pauses_resumes_and_ends(served: Served, made: list[str]) -> None:
    operator = as_role(served, "operator")
    paused = operator.patch(f"{PATH}/{made[0]}", json={"status": "paused"}).json
    assert (paused["status"], paused["next_at"]) == ("paused", None)
    assert operator.patch(f"{PATH}/{made[0]}", json={"status": "active"}).json["next_at"] is not None
    assert operator.delete(f"{PATH}/{made[1]}").status_code == 204
    assert operator.delete(f"{PATH}/{made[1]}").status_code == 404
    with served.house.database.read() as connection:
        noted = {entry.action for entry in Audit().list(connection).entries}
    assert {"schedule.paused", "schedule.active", "schedule.remove"} <= noted


@pytest.mark.parametrize("body", [{}, {"status": "gone"}, {"status": "paused", "contact_id": "eva"}])
def test_wrong_change_is_422(served: Served, made: list[str], body: dict[str, str]) -> None:
    assert as_role(served, "operator").patch(f"{PATH}/{made[0]}", json=body).status_code == 422
