"""Careful access to JSON that somebody else wrote."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from whatsapp_service.channels.cleaning import load_clean
from whatsapp_service.channels.types import ApiErrorInfo, Json

_MILLISECONDS_FROM = 100_000_000_000  # the year 5138 in seconds, 1973 in milliseconds
_MAX_TIME_DIGITS = 16
_MAX_CODE_DIGITS = 9


class ItemError(ValueError):
    """One item of a delivery is not as it should be; its text names the key, never the value."""


def decode(raw: bytes) -> Json:
    """The body as a clean JSON object. Raises ValueError or RecursionError for anything else."""
    body = load_clean(raw.decode())
    if not isinstance(body, dict):
        raise ItemError("body is not an object")
    return body


def digest(value: Any) -> str:
    """A hash of a JSON value that does not depend on the order of keys or on spacing."""
    return sha256(json.dumps(value, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def need(item: Json, key: str) -> str:
    """The non-empty text under `key`. Raises ItemError."""
    value = item.get(key)
    if isinstance(value, str) and value:
        return value
    raise ItemError(f"{key} is missing")


def need_block(item: Json, key: str) -> Json:
    """The object under `key`. Raises ItemError."""
    value = item.get(key)
    if isinstance(value, dict):
        return value
    raise ItemError(f"{key} is missing")


def text(item: Json, key: str) -> str:
    """The text under `key`, a number as text, or ""."""
    value = item.get(key)
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def block(item: Json, key: str) -> Json:
    """The object under `key`, or an empty one."""
    value = item.get(key)
    return value if isinstance(value, dict) else {}


def items(item: Json, key: str) -> list[Any]:
    """The list under `key`, or an empty one."""
    value = item.get(key)
    return value if isinstance(value, list) else []


def moment(item: Json, key: str) -> datetime:
    """The aware UTC time under `key`: Unix seconds or milliseconds, as text or number. Raises ItemError."""
    value = text(item, key)
    if not (value.isascii() and value.isdigit() and len(value) <= _MAX_TIME_DIGITS):
        raise ItemError(f"{key} is not a time")
    seconds = int(value)
    try:
        return datetime.fromtimestamp(seconds / 1000 if seconds >= _MILLISECONDS_FROM else seconds, UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise ItemError(f"{key} is out of range") from error


def number(item: Json, key: str) -> int | None:
    """The whole number under `key`, written as number or text; `None` where there is none."""
    value = text(item, key)
    return int(value) if value.isascii() and value.isdigit() and len(value) <= _MAX_CODE_DIGITS else None


def errors(item: Json) -> tuple[ApiErrorInfo, ...]:
    """The errors of a value, message or status; `error_data` may be missing or a plain string."""
    return tuple(_error(entry) for entry in items(item, "errors") if isinstance(entry, dict))


def _error(entry: Json) -> ApiErrorInfo:
    details = text(block(entry, "error_data"), "details") or text(entry, "error_data") or text(entry, "message")
    return ApiErrorInfo(number(entry, "code"), text(entry, "title"), details)
