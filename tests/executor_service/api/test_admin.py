"""`/api/tasks` and `/api/tools`: who of the console sees tasks, and who may cancel one."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from shared.auth import make_auth
from shared.contracts.callers import Role
from shared.contracts.tasks import CallRequest
from tests.executor_service.api.served import Served
from tests.executor_service.api.tools import Gate


def as_role(served: Served, role: Role) -> FlaskClient:
    auth = make_auth(served.house.database)
    user = auth.users.create("test", f"A {role}", "a long enough password", role)
    client = served.client(None)
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {auth.api_tokens.make('test', user.id, 'test', role)[1]}"
    return client


def actor_of(served: Served, client: FlaskClient) -> str:
    """How the audit names who asks with this client."""
    secret = str(client.environ_base["HTTP_AUTHORIZATION"]).removeprefix("Bearer ")
    user = make_auth(served.house.database).api_tokens.find(secret)
    assert user is not None
    return user.id


def hanging(served: Served, number: int = 1) -> str:
    request = CallRequest(tool="test.hang", caller=served.house.caller(), key=f"t1:{number}", wait_seconds=0)
    return served.house.executor.call(request).task.id


@pytest.mark.parametrize("path", ["/api/tasks", "/api/tasks/x", "/api/tools"])
def test_strangers_services_and_contacts_see_nothing(served: Served, path: str) -> None:
    assert served.client(None).get(path).status_code == 401
    assert served.client("gateway").get(path).status_code == 403
    contact = {"Authorization": f"Bearer {served.house.caller()}"}
    assert served.client(None).get(path, headers=contact).status_code == 403


def test_viewer_sees_tasks_but_cancels_none(served: Served, gate: Gate) -> None:
    viewer, task_id = as_role(served, "viewer"), hanging(served)
    assert [task["id"] for task in viewer.get("/api/tasks").json["tasks"]] == [task_id]
    assert viewer.get(f"/api/tasks/{task_id}").json["status"] == "running"
    refused = viewer.post(f"/api/tasks/{task_id}/cancel")
    assert (refused.status_code, refused.content_type) == (403, "application/problem+json")
    assert as_role(served, "operator").post(f"/api/tasks/{task_id}/cancel").json["status"] == "cancelled"


def test_tasks_come_newest_first_by_pages(served: Served, gate: Gate) -> None:
    made = [hanging(served, number) for number in range(5)]
    client, seen, before = served.client("operator"), [], {}
    for _ in range(3):
        page = client.get("/api/tasks", query_string={"limit": 2, **before}).json
        seen += [task["id"] for task in page["tasks"]]
        before = {"before": page["next_before"]}
    assert (seen, page["next_before"]) == (made[::-1], None)


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "before=yesterday", "before=2026-11-20T10:00:00", "of=ana"])
def test_wrong_question_is_422(served: Served, query: str) -> None:
    assert served.client("operator").get(f"/api/tasks?{query}").status_code == 422


def test_registry_is_shown_to_viewers(served: Served) -> None:
    tools = as_role(served, "viewer").get("/api/tools").json["tools"]
    assert {tool["name"] for tool in tools} == {"test.echo", "test.hang", "test.secret", "test.write"}


def test_tasks_of_one_status_come_by_pages_too(served: Served, gate: Gate) -> None:
    made = [hanging(served, number) for number in range(3)]
    client = served.client("operator")
    client.post(f"/api/tasks/{made[0]}/cancel")
    running = client.get("/api/tasks", query_string={"status": "running", "limit": 1}).json
    rest = client.get("/api/tasks", query_string={"status": "running", "before": running["next_before"]}).json
    assert {task["id"] for task in (*running["tasks"], *rest["tasks"])} == set(made[1:])
    assert [task["id"] for task in client.get("/api/tasks?status=cancelled").json["tasks"]] == made[:1]


def test_days_and_attention_are_told(served: Served, gate: Gate) -> None:
    hanging(served)
    today = as_role(served, "viewer").get("/api/counts?days=2&time_zone=America/Lima").json["days"][-1]
    assert today["counts"]["tool:test.hang"] == 1
    assert served.client("operator").get("/api/attention").json == {"waiting": 0, "erp": None, "tools": []}
    assert served.client("operator").get("/api/counts?time_zone=Mars/Olympus").status_code == 422
