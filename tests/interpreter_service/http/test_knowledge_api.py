"""`/api/knowledge` as the console uses it, and the search that only the executor may ask."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask.testing import FlaskClient
from flask_openapi import OpenAPI

from interpreter_service.app import create_app
from interpreter_service.knowledge.knowledge import KnowledgeBase
from shared.auth import make_auth
from shared.auth.passwords import Passwords
from shared.contracts.knowledge import KnowledgeQuery
from shared.errors import CallerError, NotPermitted, ServiceUnreachable
from shared.http.guard import Guard
from shared.http.interpreter_client import InterpreterClient
from shared.tables import audit, metadata
from tests.fakes.documents import PRICES, pdf, price_list
from tests.interpreter_service.conftest import House
from tests.interpreter_service.http.test_app import serving

QUESTION = "¿cuál es la garantía del taladro?"


@pytest.fixture
def app(house: House, tmp_path: Path) -> OpenAPI:
    metadata.create_all(house.database.engine)
    auth = make_auth(house.database, passwords=Passwords(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)))
    return create_app(
        house.interpreter,
        knowledge=KnowledgeBase(house.database, tmp_path / "knowledge"),
        database=house.database,
        tokens=house.tokens,
        guard=Guard(auth, house.tokens),
        audit=auth.audit,
        metrics=house.metrics,
        prefix="",
    )


@pytest.fixture
def console(app: OpenAPI, house: House) -> FlaskClient:
    client = app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {house.tokens.service('operator')}"
    return client


def upload(console: FlaskClient, data: bytes, name: str = PRICES, **form: str) -> Any:
    return console.post("/api/knowledge", data={"file": (io.BytesIO(data), name), **form})


def search(console: FlaskClient, groups: str = "") -> list[str]:
    query = {"question": QUESTION, "groups": groups}
    return [one["place"] for one in console.get("/api/knowledge/search", query_string=query).json["found"]]


def test_uploaded_file_is_listed_searched_fetched_and_removed(console: FlaskClient) -> None:
    made = upload(console, price_list())
    assert made.status_code == 201
    source = made.json
    assert (source["filename"], source["kind"], source["pages"], source["groups"]) == (PRICES, "pdf", 3, [])
    assert console.get("/api/knowledge").json == {"sources": [source], "embedding_model": ""}
    assert console.get(f"/api/knowledge/{source['id']}").json == source
    assert search(console) == [f"{PRICES}, p. 3"]
    file = console.get(f"/api/knowledge/{source['id']}/file")
    assert (file.data, file.headers["Content-Security-Policy"]) == (price_list_of(file.data), "sandbox")
    assert console.delete(f"/api/knowledge/{source['id']}").status_code == 204
    assert console.get("/api/knowledge").json["sources"] == []
    assert console.get(f"/api/knowledge/{source['id']}").status_code == 404


def price_list_of(data: bytes) -> bytes:
    """The bytes themselves, once they are a PDF: two PDFs of the same text differ by their date."""
    assert data.startswith(b"%PDF-")
    return data


def test_groups_of_a_file_are_given_changed_and_kept_to(console: FlaskClient) -> None:
    source = upload(console, price_list(), groups="Sales, HR ,Sales").json
    assert source["groups"] == ["HR", "Sales"]
    assert (search(console), search(console, "HR")) == ([], [f"{PRICES}, p. 3"])
    changed = console.put(f"/api/knowledge/{source['id']}/groups", json={"groups": []})
    assert changed.json["groups"] == []
    assert search(console) == [f"{PRICES}, p. 3"]


def test_changed_settings_make_sources_stale_until_they_are_indexed_anew(console: FlaskClient) -> None:
    source = upload(console, price_list()).json
    settings = {**console.get("/api/knowledge/settings").json, "chunk_chars": 300, "n_results": 1}
    assert console.put("/api/knowledge/settings", json=settings).json == settings
    assert console.get(f"/api/knowledge/{source['id']}").json["is_stale"]
    assert not console.post(f"/api/knowledge/{source['id']}/reindex").json["is_stale"]


def test_same_file_again_is_a_conflict_unless_it_replaces(console: FlaskClient) -> None:
    first = upload(console, price_list()).json
    assert upload(console, price_list()).status_code == 409
    second = upload(console, price_list(), replace="true").json
    assert [one["id"] for one in console.get("/api/knowledge").json["sources"]] == [second["id"]] != [first["id"]]


@pytest.mark.parametrize(
    ("data", "reason"), [(pdf("x", password="1"), "encrypted"), (pdf(""), "no_text"), (b"\0\1", "unknown_kind")]
)
def test_file_that_cannot_be_read_is_a_problem_with_its_reason(console: FlaskClient, data: bytes, reason: str) -> None:
    answer = upload(console, data)
    assert (answer.status_code, answer.content_type) == (422, "application/problem+json")
    assert (answer.json["type"], answer.json["params"]["reason"]) == ("urn:recado:source_unreadable", reason)
    assert answer.json["detail"]


@pytest.mark.parametrize(
    ("method", "path", "sent", "status"),
    [
        ("post", "/api/knowledge", {"data": {"groups": "x"}}, 422),
        ("post", "/api/knowledge", {"data": {"file": "no file"}}, 422),
        ("put", "/api/knowledge/none/groups", {"json": {"groups": ["a,b"]}}, 422),
        ("put", "/api/knowledge/none/groups", {"json": {"groups": [" "]}}, 422),
        ("put", "/api/knowledge/none/groups", {"json": {"groups": []}}, 404),
        ("put", "/api/knowledge/settings", {"json": {"n_results": 0}}, 422),
        ("get", "/api/knowledge/search", {"query_string": {"question": ""}}, 422),
        ("get", "/api/knowledge/search", {"query_string": {"question": "a", "groups": "x" * 70}}, 422),
        ("delete", "/api/knowledge/none", {}, 404),
        ("post", "/api/knowledge/none/reindex", {}, 404),
        ("get", "/api/knowledge/none/file", {}, 404),
    ],
)
def test_wrong_request_is_a_problem(
    console: FlaskClient, method: str, path: str, sent: dict[str, Any], status: int
) -> None:
    answer = getattr(console, method)(path, **sent)
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")


def test_stranger_and_other_services_see_nothing(app: OpenAPI, house: House) -> None:
    client = app.test_client()
    assert client.get("/api/knowledge").status_code == 401
    assert client.post("/v1/knowledge/search", json={"question": "x"}).status_code == 401
    gateway = {"Authorization": f"Bearer {house.tokens.service('gateway')}"}
    assert client.post("/v1/knowledge/search", json={"question": "x"}, headers=gateway).status_code == 403


def test_changes_are_noted_in_the_audit(console: FlaskClient, house: House) -> None:
    source = upload(console, price_list()).json
    console.delete(f"/api/knowledge/{source['id']}")
    with house.database.read() as connection:
        noted = [(row.actor, row.action, row.target) for row in connection.execute(audit.select())]
    assert noted == [("operator", "knowledge.add", source["id"]), ("operator", "knowledge.remove", source["id"])]


def test_executor_searches_over_http(app: OpenAPI, console: FlaskClient, house: House) -> None:
    upload(console, price_list(), groups="Sales")
    with serving(app) as url:
        client = InterpreterClient(url, house.tokens, "executor")
        assert client.search(KnowledgeQuery(question=QUESTION)).passages == ()
        (passage,) = client.search(KnowledgeQuery(question=QUESTION, groups=("Sales",))).passages
        with pytest.raises(NotPermitted):
            InterpreterClient(url, house.tokens, "gateway").search(KnowledgeQuery(question=QUESTION))
        with pytest.raises(CallerError):
            InterpreterClient(f"{url}/nowhere", house.tokens, "executor").search(KnowledgeQuery(question=QUESTION))
    assert "24 meses" in passage.quote
    for gone in (url, ""):
        with pytest.raises(ServiceUnreachable):
            InterpreterClient(gone, house.tokens, "executor").search(KnowledgeQuery(question=QUESTION))
