"""What the requests of all formats share: which methods there are, and which names stand before a key."""

from __future__ import annotations

import re

METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})
_SECRET = re.compile(
    r"authorization|x-auth|(?:api|auth|access|private|subscription)[-_]?key|^key$|token|secret|password|cookie|credential",
    re.IGNORECASE,
)


def holds_key(name: str, value: str, opener: str) -> bool:
    """Whether a header or parameter has a key written out: it belongs into a secret variable, not into a flow.

    `opener` begins the format's expressions, which hold no key themselves.
    """
    return bool(_SECRET.search(name)) and bool(value) and opener not in value
