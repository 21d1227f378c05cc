"""Between our values and Frappe's JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from executor_service.erp.protocol import Filter
from executor_service.erp.transport import Reply
from shared.errors import ContractBroken, ErpNotFound, InvalidArguments

FORBIDDEN_FIELDS = frozenset(("docstatus", "cmd", "run_method", "ignore_permissions", "flags"))
"""Fields that would submit, call a method or go round a permission instead of being stored."""


def dump(value: object) -> str:
    """JSON; dates as ISO text, Decimals as numbers."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain)


def filters_of(where: Sequence[Filter], doctype: str = "") -> list[list[Any]]:
    """Filters as Frappe takes them; a field such as `Sales Invoice Item.sales_order` is one of a document's rows."""
    return [_filter(one, doctype) for one in where]


def answer_in(reply: Reply) -> Mapping[str, Any]:
    """The object in an answer; raises ContractBroken when there is none."""
    try:
        body = json.loads(reply.body)
    except ValueError:
        raise ContractBroken("the answer is not JSON") from None
    if not isinstance(body, dict):
        raise ContractBroken("the answer is not a JSON object")
    return body


def document_in(value: object) -> Mapping[str, Any]:
    """A document of an answer; raises ContractBroken for anything else."""
    if not isinstance(value, dict):
        raise ContractBroken("the answer holds no document")
    return value


def documents_in(value: object) -> list[Mapping[str, Any]]:
    """The documents of a list; raises ContractBroken for anything else."""
    if not isinstance(value, list):
        raise ContractBroken("the answer holds no list")
    return [document_in(one) for one in value]


def resource_path(doctype: str, name: str | None = None) -> str:
    """The path of a DocType or of one document; raises ErpNotFound for a name that would leave that path."""
    parts = [doctype] if name is None else [doctype, name]
    if any(part.strip() in ("", ".", "..") for part in parts):
        raise ErpNotFound("no document has such a name", message=doctype, kind="DoesNotExistError")
    return "/api/resource/" + "/".join(quote(part, safe="") for part in parts)


def method_path(method: str) -> str:
    return f"/api/method/{method}"


def storable(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a document; raises InvalidArguments for a field that would do more than be stored."""
    wrong = sorted(FORBIDDEN_FIELDS & values.keys())
    if wrong:
        raise InvalidArguments(errors=tuple({"where": one, "what": "is not set this way"} for one in wrong))
    return dict(values)


def _filter(one: Filter, doctype: str) -> list[Any]:
    child, dot, field = one[0].rpartition(".")
    if dot:
        return [child, field, *one[1:]]
    return [doctype, *one] if doctype else list(one)


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")
