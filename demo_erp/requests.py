"""Reads the arguments of a request: query string, form and JSON body in one mapping."""

from __future__ import annotations

import json
from typing import Any

from flask import Request


def read_arguments(incoming: Request) -> dict[str, Any]:
    """All arguments; the body wins over the query. Raises JSONDecodeError for a broken body."""
    arguments: dict[str, Any] = incoming.args.to_dict()
    arguments |= incoming.form.to_dict()
    if incoming.is_json:
        text = incoming.get_data(as_text=True)
        body = json.loads(text) if text.strip() else {}
        if isinstance(body, dict):
            arguments |= body
    return arguments


def read_json(value: Any) -> Any:
    """An argument that may come as JSON text or as the value itself."""
    return json.loads(value) if isinstance(value, str) else value


def read_list(value: Any, default: list[Any]) -> list[Any]:
    """A list that may come as JSON text; the default for nothing."""
    return list(read_json(value)) if value else default


def read_int(value: Any, default: int) -> int:
    """A whole number; 0 for what is none, as Frappe's `cint` does."""
    if value is None or value == "":
        return default
    try:
        return int(float(value))
    except (TypeError, ValueError):
        return 0


def is_true(value: Any) -> bool:
    """Whether an argument says yes: 1, "1", true, "true"."""
    return str(value).lower() in ("1", "true")
