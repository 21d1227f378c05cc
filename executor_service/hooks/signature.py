"""Frappe's signature of a webhook.

Source: frappe/integrations/doctype/webhook/webhook.py, `get_webhook_headers`: with "Enable Security" the header
X-Frappe-Webhook-Signature holds the base64 of the HMAC-SHA256 of the body with the webhook's secret.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

HEADER = "X-Frappe-Webhook-Signature"


def sign(secret: str, raw: bytes) -> str:
    return base64.b64encode(hmac.new(secret.encode(), raw, hashlib.sha256).digest()).decode()


def is_signed(secret: str, raw: bytes, signature: str) -> bool:
    """Whether the body, byte for byte, is what the holder of the secret sent."""
    return hmac.compare_digest(sign(secret, raw).encode(), signature.strip().encode())
