"""`/api/variables`: administrators change, viewers look, secrets never come out."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import select

from executor_service.flows.variable_tables import variables as table
from executor_service.flows.variables import Variables
from shared.audit import Audit
from shared.secrets import SecretBox
from tests.executor_service.api.served import Served
from tests.executor_service.api.test_admin import as_role
from tests.fakes.house import SECRET

PATH = "/api/variables"


def stored(served: Served) -> Variables:
    return Variables(served.house.database, SecretBox(SECRET))


@pytest.mark.parametrize(
    ("type_", "value"),
    [("string", "Lima"), ("number", 1.5), ("number", 0), ("boolean", False), ("json", {"a": [None]}), ("json", None)],
)
def test_administrator_saves_and_viewer_sees(served: Served, type_: str, value: Any) -> None:
    body = {"type": type_, "value": value}
    assert as_role(served, "administrator").put(f"{PATH}/city", json=body).json["value"] == value
    (seen,) = as_role(served, "viewer").get(PATH).json["variables"]
    assert (seen["name"], seen["type"], seen["value"], seen["is_secret"]) == ("city", type_, value, False)


def test_secret_goes_in_and_never_comes_out(served: Served) -> None:
    administrator = as_role(served, "administrator")
    body = {"type": "string", "value": "s3cret-value", "is_secret": True}
    answers = [administrator.put(f"{PATH}/token", json=body), administrator.get(PATH)]
    assert not any("s3cret" in answer.get_data(as_text=True) for answer in answers)
    with served.house.database.read() as connection:
        rows = [dict(row._mapping) for row in connection.execute(select(table))]
        noted = Audit().list(connection).entries
        assert stored(served).read(connection) == {}
    assert "s3cret" not in json.dumps([*rows, *(dict(entry.detail) for entry in noted)], default=str)
    assert stored(served).secret("token") == "s3cret-value"
    assert stored(served).secret("city") is None
    assert "variable.save" in {entry.action for entry in noted}


def test_secret_made_plain_needs_a_new_value(served: Served) -> None:
    administrator = as_role(served, "administrator")
    administrator.put(f"{PATH}/token", json={"type": "string", "value": "old", "is_secret": True})
    assert administrator.put(f"{PATH}/token", json={"type": "string", "is_secret": False}).status_code == 422
    assert administrator.put(f"{PATH}/token", json={"type": "string", "value": "new"}).json["value"] == "new"
    assert stored(served).secret("token") is None


@pytest.mark.parametrize("role", ["viewer", "operator"])
def test_others_change_nothing(served: Served, role: Any) -> None:
    client = as_role(served, role)
    assert client.put(f"{PATH}/a", json={"type": "string", "value": "x"}).status_code == 403
    assert client.delete(f"{PATH}/a").status_code == 403


def test_deleted_variable_is_gone(served: Served) -> None:
    administrator = as_role(served, "administrator")
    administrator.put(f"{PATH}/a", json={"type": "string", "value": "x"})
    assert administrator.delete(f"{PATH}/a").status_code == 204
    assert administrator.delete(f"{PATH}/a").status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        {"type": "number", "value": "5"},
        {"type": "number", "value": True},
        {"type": "string", "value": 5},
        {"type": "boolean", "value": 0},
        {"type": "date", "value": "x"},
        {"type": "string", "value": "x" * 200_001},
        {"type": "string", "value": "x", "more": 1},
    ],
)
def test_value_that_does_not_fit_is_422(served: Served, body: dict[str, Any]) -> None:
    assert as_role(served, "administrator").put(f"{PATH}/a", json=body).status_code == 422


@pytest.mark.parametrize("name", ["a-b", "1a", "a.b", "x" * 61])
def test_name_that_expressions_cannot_say_is_422(served: Served, name: str) -> None:
    body = {"type": "string", "value": "x"}
    assert as_role(served, "administrator").put(f"{PATH}/{name}", json=body).status_code == 422


def test_flow_sets_plain_ones_and_no_secret(served: Served) -> None:
    kept = stored(served)
    administrator = as_role(served, "administrator")
    administrator.put(f"{PATH}/token", json={"type": "string", "value": "x", "is_secret": True})
    served.house.database.write(lambda work: kept.put(work, {"count": 3, "on": True, "token": "y"}))
    served.house.database.write(lambda work: kept.put(work, {"count": "many"}))
    with served.house.database.read() as connection:
        assert kept.read(connection) == {"count": "many", "on": True}
    assert kept.secret("token") == "x"
