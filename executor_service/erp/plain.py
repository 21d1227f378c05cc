"""Plain text out of the HTML in which Frappe writes to its users."""

from __future__ import annotations

import html
import re

MAX_WORDS_CHARS = 500
CONSIDERED_CHARS = 20_000
"""Characters of a text that are looked at; what follows is ignored."""

_DROPPED = re.compile(r"<(script|style)\b.*?(</\1\s*>|$)", re.IGNORECASE | re.DOTALL)
_BREAK = re.compile(r"<(br|/?p|/?div|/?li|/?tr|/?ul|/?ol|/?h\d|/summary)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]*>|<!--.*?(-->|$)", re.IGNORECASE | re.DOTALL)
_TRACEBACK = re.compile(r"Traceback \(most recent call last\).*", re.DOTALL)
_PHONE = re.compile(r"\+\d[\d ()-]{6,}\d")


def plain_text(text: str, *, limit: int = MAX_WORDS_CHARS) -> str:
    """The text on one line: no tags, no traceback, at most `limit` characters."""
    without_tags = _TAG.sub("", _BREAK.sub(" ", _DROPPED.sub(" ", text[:CONSIDERED_CHARS])))
    one_line = " ".join(_TRACEBACK.sub("", html.unescape(without_tags)).split())
    return shorten(one_line, limit)


def without_phones(text: str) -> str:
    """The text with an ellipsis for each number that is written as a phone with its country."""
    return _PHONE.sub("…", text)


def shorten(text: str, limit: int) -> str:
    """The text, or its beginning and an ellipsis, in at most `limit` characters."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
