"""What a Typebot asks for: each kind of input with the node of ours that reads the same kind of answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from executor_service.flows.importing.sketch import lead_all
from executor_service.flows.importing.typebot.book import Stand
from executor_service.flows.importing.typebot.rich_text import rich_text

MAX_ATTEMPTS = 10
"""Typebot asks for ever; ours ask as often as a node may."""
URL = r"https?://\S+"
TIME = r"([01]?\d|2[0-3])[:.h][0-5]\d"


def free(stand: Stand) -> None:
    _put(stand, "wait_input", accepts="any" if _takes_files(stand) else "text")


def file(stand: Stand) -> None:
    _put(stand, "wait_input", accepts="media")


def email(stand: Stand) -> None:
    _put(stand, "validate_email")


def number(stand: Stand) -> None:
    limits = {ours: _number(stand, theirs) for ours, theirs in (("at_least", "min"), ("at_most", "max"))}
    _put(stand, "validate_number", **{name: limit for name, limit in limits.items() if limit is not None})


def phone(stand: Stand) -> None:
    country = stand.block.options.get("defaultCountryCode")
    is_code = isinstance(country, str) and len(country) == 2 and country.isalpha()
    _put(stand, "validate_phone", **({"country": country} if is_code else {}))


def date(stand: Stand) -> None:
    node_id = _put(stand, "validate_date")
    for detail in ("isRange", "hasTime", "min", "max", "format"):
        if stand.block.options.get(detail):
            stand.pen.note("detail_lost", node_id, what=f"{stand.block.type}: {detail}")


def url(stand: Stand) -> None:
    _put(stand, "validate_regex", pattern=URL)


def time(stand: Stand) -> None:
    _put(stand, "validate_regex", pattern=TIME)


def rating(stand: Stand) -> None:
    """A whole number between the ends of the scale, which are said with the question."""
    low, high = _number(stand, "startsAt"), _number(stand, "length")
    least, most = 1 if low is None else int(low), 10 if high is None else int(high)
    labels = stand.block.options.get("labels")
    ends = [str(labels.get(name) or "") for name in ("left", "right")] if isinstance(labels, dict) else ["", ""]
    scale = " – ".join(f"{number} {words}".strip() for number, words in zip((least, most), ends, strict=True))
    question = f"{stand.question}\n{scale}" if stand.question else scale
    text = stand.book.words.text(question)
    _put(stand, "validate_number", text=text, whole=True, at_least=least, at_most=most)


def _put(stand: Stand, kind: str, /, **more: Any) -> str:
    words, options = stand.book.words, stand.block.options
    retry = options.get("retryMessageContent")
    config: dict[str, Any] = {
        "text": words.text(stand.question),
        "variable": stand.variable() or "session.answer",
        "retry_text": words.text(retry if isinstance(retry, str) else rich_text(_as_content(retry))),
        "max_attempts": MAX_ATTEMPTS,
        **more,
    }
    node_id = stand.put(kind, {name: value for name, value in config.items() if value != ""})
    lead_all(stand.book.sketch, node_id, stand.following)
    return node_id


def _as_content(value: object) -> dict[str, object]:
    return {"richText": value} if isinstance(value, list) else {}


def _takes_files(stand: Stand) -> bool:
    found = (stand.block.options.get(name) for name in ("attachments", "audioClip"))
    return any(isinstance(one, Mapping) and one.get("isEnabled") for one in found)


def _number(stand: Stand, name: str) -> float | None:
    """A limit that is a number; one that a variable gives cannot be kept."""
    value = stand.block.options.get(name)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, str) and value:
        try:
            return float(value)
        except ValueError:
            stand.pen.note("detail_lost", what=f"{stand.block.type}: {name}")
    return None
