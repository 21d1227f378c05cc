"""Errors as Frappe answers them, in the shapes of both versions of its API.

The first version has `exc_type`, mostly `exception` and `exc` (a JSON list of tracebacks), and
`_server_messages`: a JSON list whose entries are JSON texts again.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

TRACEBACK = "Traceback (most recent call last):\n  [frames removed]\n"


@dataclass(frozen=True)
class Message:
    """One entry of `_server_messages`. `thrown` marks the message of the error itself."""

    text: str
    title: str
    thrown: bool = False
    indicator: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The message as Frappe writes it."""
        body: dict[str, Any] = {"message": self.text, "title": self.title}
        if self.thrown:
            exc_id = hashlib.sha224(self.text.encode()).hexdigest()
            return body | {"indicator": "red", "raise_exception": 1, "__frappe_exc_id": exc_id}
        return body | ({"indicator": self.indicator} if self.indicator else {})


@dataclass(eq=False)
class FrappeError(Exception):
    """An answer other than success. (Not frozen: Python writes the traceback into an exception.)

    `kind` is the Python class that Frappe names, with its module. `detail` follows the kind in
    `exception`. An error that is not `traced` has neither `exception` nor `exc`.
    """

    status: int
    kind: str
    detail: str = ""
    messages: tuple[Message, ...] = ()
    error_message: str = ""
    traced: bool = True
    from_erpnext: bool = False
    extra: tuple[tuple[str, str], ...] = ()

    @property
    def exc_type(self) -> str:
        """The bare name of the class."""
        return self.kind.rpartition(".")[2]

    @property
    def exception(self) -> str:
        """The last line of the traceback."""
        return f"{self.kind}: {self.detail}" if self.detail else self.kind


def body_v1(error: FrappeError, *, quiet: bool = False) -> dict[str, Any]:
    """The answer of `/api/resource` and `/api/method`. A quiet server shows no traceback."""
    body: dict[str, Any] = dict(error.extra)
    if error.traced and not quiet:
        body["exception"] = error.exception
    body["exc_type"] = error.exc_type
    if error.from_erpnext and not quiet:
        body["_exc_source"] = "erpnext (app)"
    if error.traced and not quiet:
        body["exc"] = json.dumps([f"{TRACEBACK}{error.exception}\n"])
    if error.messages:
        body["_server_messages"] = server_messages(error.messages)
    if error.error_message:
        body["_error_message"] = error.error_message
    return body


def body_v2(error: FrappeError, *, quiet: bool = False) -> dict[str, Any]:
    """The answer of `/api/v2`: one entry with the text of the first message."""
    entry: dict[str, Any] = {"type": error.exc_type}
    if error.traced and not quiet:
        entry["exception"] = f"{TRACEBACK}{error.exception}\n"
    if error.messages:
        shown = error.messages[0].as_dict()
        entry |= {key: shown[key] for key in ("message", "title", "indicator") if key in shown}
    return {"errors": [entry]}


def server_messages(messages: tuple[Message, ...]) -> str:
    """Messages encoded twice, as in `_server_messages`."""
    return json.dumps([json.dumps(message.as_dict()) for message in messages])
