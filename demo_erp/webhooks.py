"""Webhooks: what happens to documents is told as Frappe tells it, signed, after it is stored."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Send = Callable[[bytes, Mapping[str, str]], None]
"""Delivers a body with its headers; it must not raise, since Frappe only notes a failure."""


@dataclass(frozen=True)
class Webhook:
    """Where a site tells everything, with "Enable Security" and a secret."""

    secret: str
    send: Send

    def tell(self, body: bytes) -> None:
        digest = hmac.new(self.secret.encode(), body, hashlib.sha256).digest()
        signature = base64.b64encode(digest).decode()
        self.send(body, {"Content-Type": "application/json", "X-Frappe-Webhook-Signature": signature})


@dataclass
class Webhooks:
    """Those of one site; add to `listening` at any time."""

    listening: list[Webhook] = field(default_factory=list)

    def tell(self, doctype: str, document: Mapping[str, object], event: str) -> None:
        """Tells one event of a document, e.g. `on_submit`."""
        fields = {"doctype": doctype, "name": document["name"], "event": event, "modified": document["modified"]}
        body = json.dumps({name: str(value) for name, value in fields.items()}).encode()
        for one in self.listening:
            one.tell(body)
