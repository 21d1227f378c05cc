"""The loop that the `openai` package's documentation shows: ask, carry out the calls, ask again."""

from __future__ import annotations

import json
from typing import Any

import requests
from openai import OpenAI

MAX_STEPS = 5
TOOLS: list[dict[str, Any]] = [
    {
        "type": "function",
        "function": {
            "name": "count_documents",
            "description": "How many documents of one kind there are.",
            "parameters": {"type": "object", "properties": {"kind": {"type": "string"}}, "required": ["kind"]},
        },
    }
]


def answer(model: OpenAI, erp: requests.Session, outside: str, text: str) -> str:
    """The model's text after as many tool calls as it wants, "" when it never ends."""
    messages: list[Any] = [{"role": "user", "content": text}]
    for _ in range(MAX_STEPS):
        said = model.chat.completions.create(model="stand-in", messages=messages, tools=TOOLS).choices[0].message  # type: ignore[arg-type]
        if not said.tool_calls:
            return said.content or ""
        messages.append(said.model_dump(exclude_none=True))
        for call in said.tool_calls:
            kind = json.loads(call.function.arguments)["kind"]  # type: ignore[union-attr]
            found = json.dumps({"count": count(erp, outside, kind)})
            messages.append({"role": "tool", "tool_call_id": call.id, "content": found})
    return ""


def erp_session() -> requests.Session:
    session = requests.Session()
    session.headers["Authorization"] = "token key:secret"
    return session


def count(erp: requests.Session, outside: str, kind: str) -> int:
    """How many documents the ERP has."""
    url = f"{outside}/api/method/frappe.desk.reportview.get_count"
    found = erp.get(url, params={"doctype": kind, "filters": "[]"}, timeout=30)
    found.raise_for_status()
    return int(found.json()["message"])
