"""Text that can leave the process."""

from __future__ import annotations


def encodable(text: str) -> str:
    """The text with lone surrogates, which no UTF-8 has, replaced by U+FFFD; two that belong together are joined."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text
