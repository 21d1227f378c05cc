"""The stand-ins answer what Recado and the comparators ask."""

from __future__ import annotations

import json
from typing import Any

from bench.standins.__main__ import StandIns
from bench.words import COUNTED, question

COUNT_TOOL = {"type": "function", "function": {"name": "document__count", "parameters": {}}}
USER = {"role": "user", "content": question(12)}


def ask(outside: StandIns, target: str, body: dict[str, Any] | None = None) -> Any:
    answer = outside("POST" if body is not None else "GET", target, json.dumps(body).encode())
    return answer.body


def said(*messages: dict[str, Any], tools: tuple[dict[str, Any], ...] = (COUNT_TOOL,)) -> dict[str, Any]:
    body = {"model": "m", "messages": list(messages), "tools": list(tools)}
    message: dict[str, Any] = ask(StandIns(), "/v1/chat/completions", body)["choices"][0]["message"]
    return message


def test_model_calls_the_tool_that_counts() -> None:
    (call,) = said(USER)["tool_calls"]
    assert call["function"]["name"] == "document__count"
    assert json.loads(call["function"]["arguments"]) == {"kind": "Sales Order"}


def test_model_tells_the_figure_and_the_number_of_the_question() -> None:
    result = {"role": "tool", "tool_call_id": "c1", "content": f"Pedidos: *{COUNTED}*"}
    assert said(USER, result)["content"] == f"Hay {COUNTED} pedidos. #12"


def test_model_invents_no_figure() -> None:
    failed = {"role": "tool", "tool_call_id": "c1", "content": "the ERP is away"}
    assert str(COUNTED) not in said(USER, failed)["content"]
    assert str(COUNTED) not in said(USER, tools=())["content"]


def test_graph_remembers_messages_and_counts_receipts() -> None:
    outside = StandIns()
    ask(outside, "/v26.0/1/messages", {"to": "51", "type": "text", "text": {"body": "hola"}})
    ask(outside, "/v26.0/1/messages", {"status": "read", "message_id": "w"})
    assert [one[1:] for one in ask(outside, "/_log")] == [("51", "hola", "")]
    assert ask(outside, "/_stats") == {"replies": 1, "receipts": 1, "uploads": 0, "model": 0, "erp": 0}


def test_graph_reads_the_text_of_buttons() -> None:
    outside = StandIns()
    message = {"to": "51", "type": "interactive", "interactive": {"body": {"text": "¿cuál?"}}}
    ask(outside, "/v26.0/1/messages", {**message, "context": {"message_id": "wamid.1"}})
    assert [one[1:] for one in ask(outside, "/_log")] == [("51", "¿cuál?", "wamid.1")]


def test_erp_counts() -> None:
    assert ask(StandIns(), "/api/method/frappe.desk.reportview.get_count?doctype=x") == {"message": COUNTED}


def test_erp_does_not_know_what_it_has_not() -> None:
    assert StandIns()("GET", "/api/resource/Sales%20Order/1", b"").status == 404
