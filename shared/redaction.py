"""What may be written down: no phone, secret or person's words; ids, lengths, counts and times stay."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from pathlib import PurePath
from typing import Any

REDACTED = "[redacted]"
MAX_DEPTH = 5
PHONE_SIZED = 10**9

HIDDEN_WORDS = frozenset({"authorization", "cookie", "csrf", "password", "pin", "secret", "token"}) | frozenset(
    {"body", "caption", "content", "email", "message", "phone", "prompt", "text"}
)
HIDDEN_NAMES = frozenset({"api_key", "arguments", "public_key", "secret_key"})
MEASURES = frozenset({"bytes", "count", "length", "ms", "seconds", "size", "type"})
PLAIN = (bool, int, float, str, Decimal, date, timedelta, Enum, PurePath)

SECRETS = re.compile(
    r"""Bearer\s+\S+
    | \brcd_[\w-]+                                   # our API tokens
    | \{"kind":"[^{}]*\}\.[\w-]+\.[\w-]+             # our signed tokens
    | \btoken\s+\w+:\w+                              # Frappe's key and secret
    | \bbot\d+:[\w-]+                                # Telegram's token, in its addresses
    | \bEAA\w{16,} | \bsk-[\w-]{16,}                 # Meta's tokens, keys of language models
    | (?<=[?&])\w*(?:token|key|secret|signature)=[^&\s]+
    | (?<=://)[^/\s:@]*:[^/\s@]+(?=@)                # a password in an address""",
    re.VERBOSE | re.IGNORECASE,
)
# our ids are hexadecimal and may hold ten digits in a row; a date is no phone
NUMBERS = re.compile(
    r"""(?P<id>\b(?:[0-9a-f]{27}|[0-9a-f]{32})\b)
    | (?<!\d)(?!\d{4}-\d\d-\d\d(?!\d))\+?\d[\d\ \-()]{8,}\d""",
    re.VERBOSE,
)


def redact_fields(fields: Mapping[str, object]) -> dict[str, Any]:
    """The fields with everything hidden that could be a secret, a phone or a person's words, at any depth."""
    return {name: _redact(name, value, 0) for name, value in fields.items()}


def scrub(text: str) -> str:
    """A text of ours, e.g. a traceback, without the secrets and phones that got into it."""
    return NUMBERS.sub(lambda found: found["id"] or REDACTED, SECRETS.sub(REDACTED, text))


def _redact(name: str, value: object, depth: int) -> object:
    if value is None or isinstance(value, bool):
        return value
    if _is_hidden(name, value) or depth > MAX_DEPTH:
        return REDACTED
    if isinstance(value, PLAIN):
        return _redact_plain(value)
    if isinstance(value, Mapping):
        return {scrub(str(key)): _redact(str(key), one, depth + 1) for key, one in value.items()}
    if isinstance(value, Sequence | set | frozenset) and not isinstance(value, bytes | bytearray | memoryview):
        return [_redact(name, one, depth + 1) for one in value]
    # what else an object would show of itself is not known
    return f"<{type(value).__name__}>"


def _is_hidden(name: str, value: object) -> bool:
    words = name.lower().split("_")
    if words[-1] == "id" or words[-1] in MEASURES or (words[-1] == "tokens" and isinstance(value, int)):
        return False
    singular = {word.removesuffix("s") for word in words}
    return bool(HIDDEN_WORDS & {*words, *singular}) or name.lower() in HIDDEN_NAMES


def _redact_plain(value: object) -> object:
    if isinstance(value, int | float) and not isinstance(value, Enum):
        return REDACTED if abs(value) >= PHONE_SIZED else value
    return scrub(str(value.value if isinstance(value, Enum) else value))
