"""What both comparators do with a delivery before anything else: check its signature and read it."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

from flask import Request, abort

from bench.words import APP_SECRET


def message_in(request: Request) -> tuple[dict[str, Any], bytes]:
    """The one message of a delivery and its raw bytes; 403 for a wrong signature."""
    raw = request.get_data()
    expected = "sha256=" + hmac.new(APP_SECRET.encode(), raw, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected, request.headers.get("X-Hub-Signature-256", "")):
        abort(403)
    return json.loads(raw)["entry"][0]["changes"][0]["value"]["messages"][0], raw
