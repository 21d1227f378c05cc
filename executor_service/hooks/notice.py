"""What a webhook's body says: that something happened to a document. Pure.

The fields of a document are never taken from it: who is told anything reads the document with their own key.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from executor_service.schedules.model import What
from shared.errors import InvalidArguments

MAX_CHARS = 140
"""The length of names in Frappe."""
BODY = """{
  "doctype": "{{ doc.doctype }}",
  "name": "{{ doc.name }}",
  "event": "on_submit",
  "modified": "{{ doc.modified }}"
}"""
"""What stands in the webhook's "JSON Request Body"; `event` as its Doc Event."""
_MEANING: dict[str, frozenset[What]] = {
    "after_insert": frozenset({"created", "changed"}),
    "on_submit": frozenset({"created", "approved", "changed"}),
    "on_cancel": frozenset({"cancelled", "changed"}),
    "on_update": frozenset({"changed"}),
    "on_update_after_submit": frozenset({"changed"}),
    "on_change": frozenset({"changed"}),
    "workflow_transition": frozenset({"changed"}),
}
EVENTS = tuple(_MEANING)
"""The events of Frappe that mean something here."""


@dataclass(frozen=True, kw_only=True)
class Notice:
    """Something happened to a document: `event` is Frappe's word for what, `modified` its time as Frappe writes it."""

    doctype: str
    name: str
    event: str
    modified: str = ""

    @property
    def what(self) -> frozenset[What]:
        """What happened in people's words; nothing for events that mean nothing here."""
        return _MEANING.get(self.event, frozenset())

    @property
    def digest(self) -> str:
        """The same for the same happening, however often Frappe tells it."""
        told = json.dumps([self.doctype, self.name, self.event, self.modified])
        return sha256(told.encode()).hexdigest()


def read_notice(raw: bytes) -> Notice:
    """The notice in a body. Raises InvalidArguments that says what the webhook must send."""
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise InvalidArguments("the body is no JSON") from error
    if not isinstance(body, dict):
        raise InvalidArguments("the body is no JSON object")
    return Notice(
        doctype=_word(body, "doctype"),
        name=_word(body, "name"),
        event=_word(body, "event"),
        modified=_word(body, "modified", is_needed=False),
    )


def _word(body: dict[str, Any], field: str, *, is_needed: bool = True) -> str:
    value = body.get(field)
    text = value.strip() if isinstance(value, str) else ""
    if (is_needed and not text) or len(text) > MAX_CHARS or "\x00" in text:
        what = f"a text of 1 to {MAX_CHARS} characters; the webhook's JSON body must hold doctype, name and event"
        raise InvalidArguments(f"{field} is missing or wrong", errors=({"where": field, "what": what},))
    return text
