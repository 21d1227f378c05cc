"""The Graph API of WhatsApp: takes messages, media and read receipts, and remembers what was sent to whom.

Source: Meta, "Cloud API reference": `/{phone-number-id}/messages` and `/{phone-number-id}/media`.
"""

from __future__ import annotations

import time
from typing import Any

import orjson

from bench.standins.http import Answer


class Graph:
    """One number at Meta. `sent` holds `[monotonic ns, recipient, text, quoted message id]` in order of arrival."""

    def __init__(self) -> None:
        self.sent: list[tuple[int, str, str, str]] = []
        self.receipts = 0
        self.uploads = 0

    def reset(self) -> None:
        self.sent.clear()
        self.receipts = self.uploads = 0

    def take(self, target: str, body: bytes) -> Answer:
        if target.endswith("/media"):
            self.uploads += 1
            return Answer({"id": f"media-{self.uploads}"})
        message = orjson.loads(body)
        if message.get("status") == "read":
            self.receipts += 1
            return Answer({"success": True})
        to = str(message["to"])
        quoted = message.get("context", {}).get("message_id", "")
        self.sent.append((time.monotonic_ns(), to, text_in(message), quoted))
        return Answer(
            {
                "messaging_product": "whatsapp",
                "contacts": [{"input": to, "wa_id": to}],
                "messages": [{"id": f"wamid.OUT{len(self.sent)}"}],
            }
        )


def text_in(message: dict[str, Any]) -> str:
    """What a person would read of a message."""
    content = message.get(str(message.get("type")), {})
    body = content.get("body", content.get("caption", ""))
    return str(body.get("text", "") if isinstance(body, dict) else body)
