"""What can be wrong with a template or an expression."""

from __future__ import annotations


class TemplateFailed(Exception):
    """It could not be understood or computed. The message says why, in English, and holds no values of the scope."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        """`syntax`, `refused`, `too_much` or `failed`."""
