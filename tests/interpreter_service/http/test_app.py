"""The interpreter over real sockets: the service API through its client, and the console's view of turns."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask, Response
from flask.testing import FlaskClient
from flask_openapi import OpenAPI
from werkzeug.serving import make_server

from interpreter_service.app import create_app
from interpreter_service.knowledge.knowledge import KnowledgeBase
from shared.auth import make_auth
from shared.auth.passwords import Passwords
from shared.contracts.turns import TextInput, TurnRequest
from shared.errors import ContractBroken, InvalidArguments, NotAuthenticated, NotPermitted, ServiceUnreachable
from shared.http.guard import Guard
from shared.http.interpreter_client import InterpreterClient
from shared.tables import metadata
from tests.interpreter_service.conftest import House, text_of

ASK = "¿cuánto vendimos el mes pasado?"


@dataclass
class Served:
    house: House
    app: OpenAPI
    url: str

    def client(self, service: str = "gateway") -> InterpreterClient:
        return InterpreterClient(self.url, self.house.tokens, service, read_seconds=5)

    def console(self) -> FlaskClient:
        client = self.app.test_client()
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {self.house.tokens.service('operator')}"
        return client

    def request(self, text: str = ASK, turn_id: str = "t1", caller: str = "") -> TurnRequest:
        return TurnRequest(turn_id=turn_id, caller=caller or self.house.caller(), input=TextInput(text=text))


@pytest.fixture
def served(house: House, tmp_path: Path) -> Iterator[Served]:
    house.executor.gives("sales.total", text="Ventas: 5")
    metadata.create_all(house.database.engine)
    quick = Passwords(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    auth = make_auth(house.database, passwords=quick)
    app = create_app(
        house.interpreter,
        knowledge=KnowledgeBase(house.database, tmp_path / "knowledge"),
        database=house.database,
        tokens=house.tokens,
        guard=Guard(auth, house.tokens),
        audit=auth.audit,
        metrics=house.metrics,
    )
    with serving(app) as url:
        yield Served(house, app, url)


class serving:
    """An app on a free port of this machine."""

    def __init__(self, app: Flask) -> None:
        self._server = make_server("127.0.0.1", 0, app, threaded=True)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})

    def __enter__(self) -> str:
        self._thread.start()
        return f"http://127.0.0.1:{self._server.server_port}"

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def test_turn_over_http_is_the_turn_of_the_handler(served: Served) -> None:
    response = served.client().turn(served.request())

    assert text_of(response) == "Ventas: 5"
    assert response == served.house.interpreter.turn(served.request())


def test_call_without_a_service_token_is_401(served: Served) -> None:
    body = served.request().model_dump(mode="json")

    response = served.app.test_client().post("/v1/turns", json=body)

    assert (response.status_code, response.content_type) == (401, "application/problem+json")


@pytest.mark.parametrize("service", ["executor", "interpreter"])
def test_other_services_may_not_ask_turns(served: Served, service: str) -> None:
    with pytest.raises(NotPermitted):
        served.client(service).turn(served.request())


def test_errors_come_back_as_those_of_the_tree(served: Served) -> None:
    with pytest.raises(NotAuthenticated):
        served.client().turn(served.request(caller="forged"))
    served.house.executor.input_error = ServiceUnreachable("down")
    with pytest.raises(ServiceUnreachable):
        served.client().turn(served.request(turn_id="t2"))
    with pytest.raises(InvalidArguments):
        served.client().turn(served.request(turn_id="t" * 65))


def test_client_names_what_is_no_interpreter(house: House) -> None:
    request = TurnRequest(turn_id="t", caller="c", input=TextInput(text="x"))
    for status, expected in ((502, ServiceUnreachable), (404, ContractBroken), (200, ContractBroken)):
        app = Flask("proxy")
        app.add_url_rule(
            "/v1/turns", methods=["POST"], view_func=lambda status=status: Response("<p>Welcome", status=status)
        )
        with serving(app) as url, pytest.raises(expected):
            InterpreterClient(url, house.tokens, "gateway").turn(request)


def test_client_says_when_nobody_listens(house: House) -> None:
    with serving(Flask("gone")) as url:
        pass

    with pytest.raises(ServiceUnreachable):
        InterpreterClient(url, house.tokens, "gateway").turn(
            TurnRequest(turn_id="t", caller="c", input=TextInput(text="x"))
        )


def test_turns_are_listed_newest_first_in_pages(served: Served) -> None:
    for number in range(5):
        served.house.say(ASK, turn_id=f"turn{number}")
    client = served.console()

    first = client.get("/api/turns?limit=3").json
    rest = client.get("/api/turns", query_string={"limit": 3, "before": first["next_before"]}).json

    assert [turn["id"] for turn in first["turns"]] == ["turn4", "turn3", "turn2"]
    assert [turn["id"] for turn in rest["turns"]] == ["turn1", "turn0"]
    assert rest["next_before"] is None


def test_turns_of_one_conversation_can_be_asked_for(served: Served) -> None:
    served.house.say(ASK)
    served.house.say(ASK, conversation="other")

    page = served.console().get("/api/turns?conversation_id=other").json

    assert [turn["conversation_id"] for turn in page["turns"]] == ["other"]


def test_turn_shows_what_was_asked_without_any_token(served: Served) -> None:
    served.house.say(ASK, turn_id="t1")

    response = served.console().get("/api/turns/t1")

    said = {"kind": "text", "text": ASK, "is_forwarded": False}
    assert response.json["request"] == {"input": said, "history": [], "language": "es"}
    assert response.json["response"]["replies"][0]["parts"][0]["text"] == "Ventas: 5"
    assert served.house.caller()[:40] not in response.text


@pytest.mark.parametrize(("path", "status"), [("/api/turns/none", 404), ("/api/turns?before=x", 422)])
def test_wrong_address_of_a_turn_is_a_problem(served: Served, path: str, status: int) -> None:
    assert served.console().get(path).status_code == status


def test_stranger_sees_no_turns(served: Served) -> None:
    assert served.app.test_client().get("/api/turns").status_code == 401


def test_readiness_names_what_does_not_answer(served: Served) -> None:
    assert served.app.test_client().get("/readyz").json == {
        "status": "ok",
        "checks": {"database": "ok", "executor": "ok"},
    }


def test_document_lists_the_addresses(served: Served) -> None:
    paths = served.app.test_client().get("/openapi.json").json["paths"]

    assert {"/v1/turns", "/api/turns", "/api/turns/{turn_id}", "/api/turns/{turn_id}/case", "/api/cases"} <= set(paths)


def test_turn_saved_as_a_case_is_listed_and_deleted(served: Served) -> None:
    served.house.say(ASK, turn_id="t1")
    client = served.console()

    saved = client.post("/api/turns/t1/case", json={"expected": {"refuse": True}}).json

    assert (saved["text"], saved["expected"]["refuse"]) == (ASK, True)
    assert client.get("/api/cases").json["cases"] == [saved]
    assert client.delete(f"/api/cases/{saved['id']}").status_code == 204
    assert client.get("/api/cases").json["cases"] == []


WRONG_CASES = [("none", {}, 404), ("t1", {"expected": {}}, 422), ("t1", {"sort": "report"}, 422)]


@pytest.mark.parametrize(("turn_id", "body", "status"), WRONG_CASES)
def test_wrong_case_is_a_problem(served: Served, turn_id: str, body: dict[str, object], status: int) -> None:
    served.house.say(ASK, turn_id="t1")
    assert served.console().post(f"/api/turns/{turn_id}/case", json=body).status_code == status


def test_stranger_saves_no_cases(served: Served) -> None:
    assert served.app.test_client().post("/api/turns/t1/case", json={}).status_code == 401


def test_saved_cases_are_replayed_without_a_model(served: Served) -> None:
    served.client().turn(served.request())
    console = served.console()
    console.post("/api/turns/t1/case", json={})
    ran = console.post("/api/cases/run").get_json()
    (result,) = ran["results"]
    assert (result["text"], result["verdict"], result["did"], ran["left_out"]) == (ASK, "right", "sales.total", 0)
