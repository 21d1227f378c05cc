"""What a Typebot asks other systems: HTTP requests, and the services that are called by an address of theirs."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

from executor_service.flows.importing.requesting import METHODS, holds_key
from executor_service.flows.importing.sketch import lead_all
from executor_service.flows.importing.typebot.book import Stand
from shared.contracts.base import Json

ANSWER = "session.http_answer"
_PATH = re.compile(r"^(?:\.?[A-Za-z_][A-Za-z0-9_]*|\[\d+\])+$")


def request(stand: Stand) -> None:
    """The answer's parts go into their variables behind it; without an address it is left out."""
    webhook = stand.block.options.get("webhook")
    drawn: Json = webhook if isinstance(webhook, dict) else {}
    if not isinstance(drawn.get("url"), str) or not drawn["url"].strip():
        stand.pen.note("request_wants_address", what=stand.block.type)
        stand.book.sketch.pass_on(stand.place, stand.following)
        return
    kept = _kept(stand)
    config = {**_config(stand, drawn), **({"variable": ANSWER} if kept else {})}
    node_id = stand.put("http_request", config)
    behind = _keep(stand, kept) if kept else stand.following
    stand.book.sketch.lead(node_id, "success", behind)
    lead_all(stand.book.sketch, node_id, stand.following, "error", "timeout")


def _config(stand: Stand, drawn: Json) -> Json:
    words = stand.book.words
    method = str(drawn.get("method") or "POST").upper()
    config: Json = {
        "url": words.text(drawn["url"].strip()) + _query(stand, drawn),
        "method": method if method in METHODS else "POST",
        "headers": _headers(stand, drawn),
    }
    body = drawn.get("body")
    if isinstance(body, str) and body.strip() and method != "GET":
        config["body"] = words.text(body)
        config["headers"].setdefault("Content-Type", "application/json")
    seconds = stand.block.options.get("timeout")
    return {**config, "timeout_seconds": min(15, seconds)} if isinstance(seconds, int) and seconds >= 1 else config


def _headers(stand: Stand, drawn: Json) -> dict[str, str]:
    """A key that was written into the file does not come over: it belongs into a secret variable."""
    made = {}
    for name, value in _pairs(drawn.get("headers")):
        if holds_key(name, value, "{{"):
            stand.pen.note("secret_wanted", what=name)
        else:
            made[name] = stand.book.words.text(value)
    return made


def _query(stand: Stand, drawn: Json) -> str:
    parts = []
    for name, value in _pairs(drawn.get("queryParams")):
        if holds_key(name, value, "{{"):
            stand.pen.note("secret_wanted", what=name)
        else:
            words = stand.book.words.text(value).replace(" }}", " | urlencode }}") if "{{" in value else quote(value)
            parts.append(f"{quote(name)}={words}")
    joined = "&".join(parts)
    return ("&" if "?" in drawn["url"] else "?") + joined if joined else ""


def _pairs(value: Any) -> list[tuple[str, str]]:
    found = value if isinstance(value, list) else []
    return [
        (one["key"], str(one.get("value") or ""))
        for one in found
        if isinstance(one, dict) and isinstance(one.get("key"), str) and one["key"]
    ]


def _kept(stand: Stand) -> list[Json]:
    """Their `data` is the body, their `statusCode` the status; a path that calculates is lost."""
    made: list[Json] = []
    mapping = stand.block.options.get("responseVariableMapping")
    for one in mapping if isinstance(mapping, list) else []:
        name = stand.book.words.variable(one.get("variableId")) if isinstance(one, dict) else ""
        path = str(one.get("bodyPath") or "") if name else ""
        if not path:
            continue
        expression = _path(path)
        if expression is None:
            stand.pen.note("expression_lost", what=path)
        else:
            made.append({"name": name, "expression": expression})
    return made


def _path(path: str) -> str | None:
    if not _PATH.match(path):
        return None
    head, dot, rest = path.partition(".")
    if head == "statusCode":
        return f"{ANSWER}.status"
    if head == "data" or head.startswith("data["):
        return f"{ANSWER}.body{head.removeprefix('data')}{dot}{rest}"
    return f"{ANSWER}.body.{path}"


def _keep(stand: Stand, kept: list[Json]) -> str:
    node_id = stand.pen.below().add("set_variable", {"assignments": kept})
    place = f"{stand.place}/kept"
    stand.book.sketch.stand(place, node_id)
    lead_all(stand.book.sketch, node_id, stand.following)
    return place
