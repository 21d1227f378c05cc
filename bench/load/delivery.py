"""A message as Meta delivers it: JSON, signed, in one HTTP request.

Source: Meta, "Webhooks notification payload" of the WhatsApp Business Platform.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from dataclasses import dataclass
from typing import Any

import orjson

from bench.load.plan import Message
from bench.words import APP_SECRET, PHONE_NUMBER_ID


@dataclass(frozen=True, slots=True)
class Target:
    """Where deliveries go."""

    port: int
    path: str
    host: str = "127.0.0.1"


def request_of(message: Message, target: Target) -> bytes:
    """The bytes to send."""
    body = orjson.dumps(_payload(message))
    signature = hmac.new(APP_SECRET.encode(), body, hashlib.sha256).hexdigest()
    head = (
        f"POST {target.path} HTTP/1.1\r\nHost: {target.host}:{target.port}\r\n"
        f"Content-Type: application/json\r\nX-Hub-Signature-256: sha256={signature}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _payload(message: Message) -> dict[str, Any]:
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "51990000000", "phone_number_id": PHONE_NUMBER_ID},
        "contacts": [{"profile": {"name": f"Contacto {message.contact[-6:]}"}, "wa_id": message.contact}],
        "messages": [
            {
                "from": message.contact,
                "id": message.id,
                "timestamp": str(int(time.time())),
                "type": message.kind,
                message.kind: _content(message),
            }
        ],
    }
    change = {"field": "messages", "value": value}
    return {"object": "whatsapp_business_account", "entry": [{"id": "400500600", "changes": [change]}]}


def _content(message: Message) -> dict[str, Any]:
    if message.kind == "reaction":
        return {"message_id": "wamid.BENCH", "emoji": "👍"}
    return {"body": message.text}
