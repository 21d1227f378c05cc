"""The service API over HTTP: who gets in, what each answer's status says, problems that name what is wrong."""

from __future__ import annotations

import io
from typing import Any

import pytest
from sqlalchemy import Connection, select

from executor_service.api.v1 import ARTIFACT_HEADER, CALLER_HEADER
from executor_service.tables import conversations, receipts
from shared.contracts.callers import ContactCaller
from shared.errors import NotFound
from shared.tokens import Tokens
from tests.executor_service.api.served import Served
from tests.executor_service.api.tools import Gate
from tests.patience import until

PROBLEM = "application/problem+json"
PATHS = ("/v1/tools", "/v1/nodes", "/v1/tasks/x", "/v1/events", "/v1/artifacts/x")


def call(served: Served, tool: str = "test.echo", *, key: str = "t1:1", contact: str = "ana", **options: Any) -> Any:
    body = {"tool": tool, "caller": served.house.caller(contact), "key": key, "arguments": {}, **options}
    return served.client("interpreter").post("/v1/calls", json=body)


def test_without_service_token_nobody_gets_in(served: Served) -> None:
    client = served.client(None)
    for path in PATHS:
        answer = client.get(path)
        assert (answer.status_code, answer.content_type) == (401, PROBLEM), path
    assert client.post("/v1/calls", data=b"not even json").status_code == 401


def test_other_services_and_contacts_get_403(served: Served) -> None:
    contact = served.house.tokens.sign(ContactCaller(contact_id="ana", conversation_id="c", channel="web", account="a"))
    for token in (served.house.tokens.service("executor"), contact):
        answer = served.client(None).get("/v1/tools", headers={"Authorization": f"Bearer {token}"})
        assert (answer.status_code, answer.content_type) == (403, PROBLEM)


def test_call_that_ended_is_200_and_one_that_runs_is_202(served: Served, gate: Gate) -> None:
    ended = call(served, arguments={"text": "hola", "times": 2})
    assert (ended.status_code, ended.json["task"]["status"]) == (200, "succeeded")
    assert ended.json["task"]["parts"][0]["text"] == "hola hola"
    running = call(served, "test.hang", key="t1:2", wait_seconds=0)
    assert (running.status_code, running.json["task"]["status"]) == (202, "running")
    gate.set()
    headers = {CALLER_HEADER: served.house.caller()}
    path = f"/v1/tasks/{running.json['task']['id']}"
    assert until(lambda: served.client().get(path, headers=headers).json["status"] == "succeeded")


@pytest.mark.parametrize(
    ("options", "status", "code"),
    [
        ({"caller": "forged"}, 401, "not_authenticated"),
        ({"tool": "test.secret"}, 403, "not_permitted"),
        ({"contact": "stranger", "arguments": {"text": "x"}}, 403, "not_linked"),
        ({"tool": "test.nothing"}, 404, "unknown_tool"),
        ({"arguments": {"text": "x", "times": "many"}}, 422, "invalid_arguments"),
        ({"key": ""}, 422, "invalid_arguments"),
        ({"wait_seconds": 61}, 422, "invalid_arguments"),
        ({"user": "Administrator"}, 422, "invalid_arguments"),
    ],
)
def test_refused_call_is_a_problem(served: Served, options: dict[str, Any], status: int, code: str) -> None:
    answer = call(served, **options)
    assert (answer.status_code, answer.content_type) == (status, PROBLEM)
    assert (answer.json["status"], answer.json["type"]) == (status, f"urn:recado:{code}")
    assert served.house.executor.calls.recent(limit=1) == []


def test_wrong_arguments_are_named_one_by_one(served: Served) -> None:
    answer = call(served, arguments={"times": "many", "user": "Administrator"})
    assert {one["where"] for one in answer.json["errors"]} == {"text", "times", "user"}
    assert all(one["what"] for one in answer.json["errors"])


def test_key_used_for_another_call_is_409(served: Served) -> None:
    first = call(served, arguments={"text": "uno"})
    again = call(served, arguments={"text": "uno"})
    other = call(served, arguments={"text": "dos"})
    assert (again.status_code, again.json["task"]["id"]) == (200, first.json["task"]["id"])
    assert (other.status_code, other.content_type, other.json["type"]) == (409, PROBLEM, "urn:recado:key_reused")


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b'"{}"', b"\xff\xfe"])
def test_body_that_is_no_call_is_422(served: Served, content: bytes) -> None:
    for kind in ("application/json", "text/plain"):
        answer = served.client().post("/v1/calls", data=content, content_type=kind)
        assert (answer.status_code, answer.content_type) == (422, PROBLEM)


def test_approval_is_answered_once(served: Served) -> None:
    waiting = call(served, "test.write", arguments={"text": "factura"})
    assert (waiting.status_code, waiting.json["task"]["status"]) == (200, "waiting")
    path = f"/v1/tasks/{waiting.json['task']['id']}/answer"
    body = {"option": "approve", "caller": served.house.caller(), "key": "tap-1"}
    assert served.client().post(path, json={**body, "caller": served.house.caller("leo")}).status_code == 404
    assert served.client().post(path, json={**body, "option": "maybe"}).status_code == 422
    done = served.client().post(path, json=body)
    assert (done.status_code, done.json["task"]["status"]) == (200, "succeeded")
    assert served.client().post(path, json=body).json["task"]["status"] == "succeeded"
    assert served.client().post(path, json={**body, "key": "tap-2"}).status_code == 409


def test_cancel_is_for_the_one_who_asked(served: Served, gate: Gate) -> None:
    path = f"/v1/tasks/{call(served, 'test.hang', wait_seconds=0).json['task']['id']}/cancel"
    assert served.client().post(path, json={"caller": served.house.caller("leo")}).status_code == 404
    cancelled = served.client().post(path, json={"caller": served.house.caller()})
    assert (cancelled.status_code, cancelled.json["status"]) == (200, "cancelled")


def test_task_without_or_with_foreign_caller_is_not_shown(served: Served) -> None:
    path = f"/v1/tasks/{call(served, arguments={'text': 'x'}).json['task']['id']}"
    assert served.client().get(path).status_code == 401
    assert served.client().get(path, headers={CALLER_HEADER: served.house.caller("leo")}).status_code == 404
    forged = Tokens("another secret of thirty-two characters").service("gateway")
    assert served.client().get(path, headers={CALLER_HEADER: forged}).status_code == 401


def test_unchanged_registry_is_304(served: Served) -> None:
    first = served.client().get("/v1/tools")
    assert [tool["name"] for tool in first.json["tools"]] == sorted(tool["name"] for tool in first.json["tools"])
    again = served.client().get("/v1/tools", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    assert served.client().get("/v1/tools", headers={"If-None-Match": '"older"'}).status_code == 200


def test_events_come_by_pages(served: Served) -> None:
    served.write_rows(5)
    first = served.client().get("/v1/events?limit=3").json
    second = served.client().get(f"/v1/events?limit=3&after={first['next']}").json
    end = served.client().get(f"/v1/events?after={second['next']}").json
    assert [row["id"] for row in first["events"] + second["events"]] == [1, 2, 3, 4, 5]
    assert (end["events"], end["next"]) == ([], 5)
    for query in ("after=-1", "limit=0", "limit=1001", "after=x", "since=1"):
        assert served.client().get(f"/v1/events?{query}").status_code == 422


def test_cursor_older_than_the_oldest_row_is_410_and_says_which_that_is(served: Served) -> None:
    served.write_rows(10)
    served.house.database.write(lambda connection: served.house.log.remove_before(connection, 6))
    gone = served.client().get("/v1/events?after=3")
    assert (gone.status_code, gone.content_type, gone.json["params"]) == (410, PROBLEM, {"oldest": "6"})
    assert [row["id"] for row in served.client().get("/v1/events?after=5").json["events"]] == [6, 7, 8, 9, 10]


def test_receipt_is_kept_and_a_later_one_takes_its_place(served: Served) -> None:
    for outcome in ("accepted", "failed"):
        body = {"key": "event:1", "outcome": outcome, "at": "2026-11-20T10:00:00Z"}
        assert served.client().post("/v1/receipts", json=body).status_code == 204
    (kept,) = _all(served, receipts)
    assert (kept.key, kept.outcome) == ("event:1", "failed")
    assert served.client().post("/v1/receipts", json={**body, "at": "2026-11-20T10:00:00"}).status_code == 422


def test_conversation_state_is_kept(served: Served) -> None:
    state = {"mode": "human", "language": "pt", "time_zone": "America/Sao_Paulo", "window_until": None}
    for mode in ("bot", "human"):
        assert served.client().put("/v1/conversations/c1", json={**state, "mode": mode}).status_code == 204
    (kept,) = _all(served, conversations)
    assert (kept.id, kept.mode, kept.language, kept.time_zone) == ("c1", "human", "pt", "America/Sao_Paulo")
    assert served.client().put("/v1/conversations/c1", json={**state, "mode": "x"}).status_code == 422


def test_file_goes_in_and_comes_out_as_it_was(served: Served) -> None:
    content = bytes(range(256)) * 1000
    form = {"file": (io.BytesIO(content), "../../café.xlsx", "application/x-thing"), "contact_id": "ana"}
    saved = served.client().post("/v1/artifacts", data=form)
    assert (saved.status_code, saved.json["size_bytes"], saved.json["contact_id"]) == (201, len(content), "ana")
    fetched = served.client().get(f"/v1/artifacts/{saved.json['id']}")
    assert fetched.data == content
    assert fetched.headers["Content-Disposition"].startswith("attachment")
    assert "no-store" in fetched.headers["Cache-Control"] or "no-cache" in fetched.headers["Cache-Control"]
    assert ".." not in saved.json["filename"]
    assert ARTIFACT_HEADER in fetched.headers
    fetched.close()


def test_file_that_is_not_there_is_404_and_a_form_without_one_422(served: Served) -> None:
    assert served.client().get("/v1/artifacts/nothing").status_code == 404
    assert served.client().get("/v1/artifacts/..%2f..%2fexecutor.sqlite3").status_code == 404
    for form in ({"contact_id": "ana"}, {"file": "a text, not a file"}):
        answer = served.client().post("/v1/artifacts", data=form)
        assert (answer.status_code, answer.content_type) == (422, PROBLEM)


def test_file_of_one_contact_is_not_given_to_the_tools_of_another(served: Served) -> None:
    form = {"file": (io.BytesIO(b"mine"), "a.txt"), "contact_id": "ana"}
    artifact_id = served.client().post("/v1/artifacts", data=form).json["id"]
    files = served.house.executor.artifacts
    with files.files_of("ana").open(artifact_id) as content:
        assert content.read() == b"mine"
    for other in ("leo", None):
        with pytest.raises(NotFound):
            files.files_of(other).open(artifact_id)


def _all(served: Served, table: Any) -> list[Any]:
    def read(connection: Connection) -> list[Any]:
        return list(connection.execute(select(table)).all())

    return served.house.database.write(read)
