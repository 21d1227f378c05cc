"""What an HTTP answer of the Graph API says. Total: any bytes give an answer."""

from __future__ import annotations

from whatsapp_service.channels.cleaning import load_clean
from whatsapp_service.channels.failures import ApiError
from whatsapp_service.channels.types import Json
from whatsapp_service.channels.whatsapp.reading import block, items, number, text

MAX_RETRY_AFTER_SECONDS = 3600


def read_object(body: bytes) -> Json:
    """The JSON object of a body; an empty one for HTML, nothing or anything else."""
    try:
        value = load_clean(body.decode())
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def message_id(answer: Json) -> str:
    """The id of the accepted message, or "": nothing else of a good answer can be relied on."""
    first = next(iter(items(answer, "messages")), None)
    return text(first, "id") if isinstance(first, dict) else ""


def api_error(http: int, body: bytes, retry_after: str | None) -> ApiError:
    """The error of an answer that is not a 2xx, whatever its body is."""
    error = block(read_object(body), "error")
    return ApiError(
        http,
        number(error, "code"),
        number(error, "error_subcode"),
        _seconds(retry_after),
        text(block(error, "error_data"), "details") or text(error, "message"),
        text(error, "fbtrace_id"),
    )


def _seconds(retry_after: str | None) -> float | None:
    """The seconds of a `Retry-After` header; one with a date is ignored, our own delays do as well."""
    value = (retry_after or "").strip()
    if not (value.isascii() and value.isdigit() and len(value) < 10):
        return None
    return float(min(int(value), MAX_RETRY_AFTER_SECONDS))
