"""Which part of the stand-in answers a path."""

from __future__ import annotations

from typing import Any

from flask import Request, Response

from demo_erp.documents import get_document
from demo_erp.errors import FrappeError
from demo_erp.methods import find_method
from demo_erp.methods.files import download
from demo_erp.query import Query, count, run_query
from demo_erp.requests import is_true, read_int, read_json, read_list
from demo_erp.responses import html_error
from demo_erp.site import Call
from demo_erp.writing import apply_run_method, delete_document, insert_document, update_document

Answer = Response | tuple[dict[str, Any], int]
_NOT_ALLOWED = (405, "Method Not Allowed", "The method is not allowed for the requested URL.")


def answer_request(call: Call, path: str, incoming: Request) -> Answer:
    """The answer to a request. Raises FrappeError for what Frappe refuses."""
    parts = path.strip("/").split("/", 3)
    if parts[:2] == ["api", "method"] and len(parts) > 2:
        return _method(call, "/".join(parts[2:]), incoming.method, "message")
    if parts[:2] == ["api", "resource"] and len(parts) > 2:
        return _resource(call, parts[2], parts[3] if len(parts) > 3 else "", incoming.method)
    if parts[:2] == ["api", "v2"] and len(parts) > 3:
        return _v2(call, parts[2], parts[3], incoming.method)
    if path.startswith(("/private/files/", "/files/")):
        return download(call, path)
    raise FrappeError(404, "DoesNotExistError", traced=False)


def _method(call: Call, name: str, verb: str, key: str) -> Answer:
    outcome = find_method(call, name, verb)(call)
    if isinstance(outcome, Response):
        return outcome
    return ({} if outcome is None else {key: outcome}), 200


def _resource(call: Call, doctype: str, name: str, verb: str) -> Answer:
    if not name:
        if verb == "GET":
            return {"data": _list(call, doctype, start="limit_start", default=20)}, 200
        if verb == "POST":
            return {"data": insert_document(call, doctype, call.arguments)}, 200
        return html_error(*_NOT_ALLOWED)
    return _document(call, doctype, name, verb)


def _document(call: Call, doctype: str, name: str, verb: str) -> Answer:
    if verb == "GET":
        return {"data": get_document(call, doctype, name)}, 200
    if verb in ("PUT", "PATCH"):
        return {"data": update_document(call, doctype, name, call.arguments)}, 200
    if verb == "DELETE":
        delete_document(call, doctype, name)
        return {"data": "ok"}, 202
    if verb == "POST" and "run_method" in call.arguments:
        return {"data": apply_run_method(call, doctype, name, str(call.arguments["run_method"]))}, 200
    return html_error(*_NOT_ALLOWED)


def _v2(call: Call, kind: str, rest: str, verb: str) -> Answer:
    parts = rest.split("/")
    if kind == "method":
        return _method(call, rest, verb, "data")
    if kind == "doctype" and parts[1:] == ["count"]:
        return {"data": count(call, parts[0], call.arguments.get("filters"))}, 200
    if kind != "document":
        raise FrappeError(404, "DoesNotExistError", traced=False)
    if len(parts) == 1 and verb == "GET":
        return {"data": _list(call, parts[0], start="start", default=20)}, 200
    if len(parts) == 1:
        return {"data": insert_document(call, parts[0], call.arguments)}, 200
    if len(parts) >= 4 and parts[-2] == "method":
        return {"data": apply_run_method(call, parts[0], "/".join(parts[1:-2]), parts[-1])}, 200
    return _document(call, parts[0], "/".join(parts[1:]), verb)


def _list(call: Call, doctype: str, *, start: str, default: int) -> list[Any]:
    arguments = call.arguments
    length = arguments.get("limit_page_length", arguments.get("limit"))
    query = Query(
        doctype=doctype,
        fields=read_list(arguments.get("fields"), ["name"]),
        filters=read_json(arguments.get("filters") or "null"),
        or_filters=read_json(arguments.get("or_filters") or "null"),
        order_by=str(arguments.get("order_by") or ""),
        group_by=str(arguments.get("group_by") or ""),
        start=read_int(arguments.get(start), 0),
        length=read_int(length, default),
        parent=str(arguments.get("parent") or ""),
        distinct=is_true(arguments.get("distinct")),
    )
    rows = run_query(call, query)
    as_list = "as_dict" in arguments and not is_true(arguments["as_dict"])
    return [list(row.values()) for row in rows] if as_list else rows
