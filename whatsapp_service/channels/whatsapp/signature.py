"""Is this delivery really Meta's? Both checks take the same time whether or not the guess is close."""

from __future__ import annotations

import hmac
from collections.abc import Mapping

_PREFIX = b"sha256="


def wa_challenge(args: Mapping[str, str], token: str) -> str | None:
    """The text to answer a webhook verification with, exactly as is; `None` means 403.

    Source: Meta, "Create a webhook endpoint": `hub.mode`, `hub.verify_token`, `hub.challenge`.
    """
    if args.get("hub.mode") != "subscribe" or not token:
        return None
    if not hmac.compare_digest(_bytes(args.get("hub.verify_token", "")), _bytes(token)):
        return None
    return args.get("hub.challenge")


def wa_signature_ok(secret: str, raw: bytes, header: str | None) -> bool:
    """Whether `X-Hub-Signature-256` is the HMAC-SHA256 of the raw body under the app secret.

    `raw` must be the bytes as received: JSON written again differs. Without a secret nothing is accepted.
    """
    if not secret or not header:
        return False
    expected = _PREFIX + hmac.digest(_bytes(secret), raw, "sha256").hex().encode()
    return hmac.compare_digest(_bytes(header), expected)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")
