"""What an answer other than success says, in the shapes of both versions of Frappe's REST API.

Version 1: `exc_type`, mostly `exception`, and `_server_messages`, a JSON list whose entries are JSON texts again.
Version 2: `errors`, a list with `type` and `message`. Everything else (a proxy's web page) has no kind.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from executor_service.erp.plain import CONSIDERED_CHARS, plain_text, shorten, without_phones

MAX_FAULT_BYTES = 1024 * 1024
MAX_KIND_CHARS = 60

_VALIDATION = re.compile(r"(frappe|erpnext)\.[\w.]+: *(?P<words>.*)", re.DOTALL)
_GUEST = "<strong>Guest</strong>"
_MARIADB = re.compile(r"""\((?P<number>\d{4}), ["'](?P<words>[^"]*)""")
_HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Fault:
    """`kind` is the Python class that Frappe names, empty when the answer is not Frappe's; `words` are clean.

    `database_error` is MariaDB's number and `database_words` what it says of the value, without table and column.
    """

    kind: str = ""
    words: str = ""
    is_guest: bool = False
    database_error: int = 0
    database_words: str = ""


def read_fault(body: bytes) -> Fault:
    """The fault in a body; never fails, whatever the body is."""
    text = body[:MAX_FAULT_BYTES].decode("utf-8", errors="replace")
    try:
        parsed = json.loads(text)
    except (ValueError, RecursionError):
        heading = _HEADING.search(text[:CONSIDERED_CHARS])
        return Fault(words=plain_text(heading[1]) if heading else "")
    if not isinstance(parsed, dict):
        return Fault()
    return _read_v2(parsed) if isinstance(parsed.get("errors"), list) else _read_v1(parsed)


def warnings_in(body: Mapping[str, Any]) -> tuple[str, ...]:
    """What the ERP said along with a success, in clean words, each once."""
    said = (plain_text(str(one.get("message") or "")) for one in _server_messages(body.get("_server_messages")))
    return tuple(dict.fromkeys(without_phones(one) for one in said if one))


def _read_v1(body: Mapping[str, Any]) -> Fault:
    exception = str(body.get("exception") or "")
    messages = _server_messages(body.get("_server_messages"))
    thrown = [one for one in messages if one.get("raise_exception")]
    own = str(body.get("_error_message") or "")
    said = _joined(thrown) or own or _joined(messages) or _validation_words(exception)
    is_guest = bool(body.get("session_expired")) or _GUEST in _joined(messages)
    return _fault(body.get("exc_type"), said, exception, is_guest=is_guest)


def _read_v2(body: Mapping[str, Any]) -> Fault:
    errors = [one for one in body["errors"] if isinstance(one, dict)]
    if not errors:
        return Fault()
    said = _joined(errors)
    return _fault(errors[0].get("type"), said, str(errors[0].get("exception") or ""), is_guest=_GUEST in said)


def _fault(kind: object, said: str, exception: str, *, is_guest: bool) -> Fault:
    database = _MARIADB.search(exception)
    return Fault(
        kind=shorten(str(kind or ""), MAX_KIND_CHARS),
        words=without_phones(plain_text(said)),
        is_guest=is_guest,
        database_error=int(database["number"]) if database else 0,
        database_words=plain_text(database["words"].partition(" for column")[0]) if database else "",
    )


def _server_messages(encoded: object) -> list[Mapping[str, Any]]:
    entries = _decoded(encoded)
    found = [_decoded(one) for one in entries] if isinstance(entries, list) else []
    return [one if isinstance(one, dict) else {"message": str(one)} for one in found]


def _decoded(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _joined(messages: Sequence[Mapping[str, Any]]) -> str:
    """Each message once (Frappe repeats some), as sentences."""
    said = dict.fromkeys(str(one.get("message") or "").strip() for one in messages)
    return " ".join(one if one.endswith((".", "!", "?", ":")) else f"{one}." for one in said if one)


def _validation_words(exception: str) -> str:
    """The words after the class; those of Python's or the database's own errors are not for people."""
    match = _VALIDATION.match(exception)
    return match["words"] if match else ""
