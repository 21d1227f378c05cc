"""Identifiers: new ones that sort by time, and turn ids made from what caused the turn."""

from __future__ import annotations

import hashlib
import secrets
import time


def new_id() -> str:
    """A fresh identifier of 27 hexadecimal digits; later ones sort after earlier ones (to the millisecond)."""
    return f"{time.time_ns() // 1_000_000:011x}{secrets.token_hex(8)}"


def turn_id(channel: str, account: str, chat: str, cause: str) -> str:
    """The identifier of a turn: the same cause in the same chat always gives the same one.

    `cause` is the provider's id of the turn's first message, or the id of what else started it.
    """
    text = "\x1f".join((channel, account, chat, cause))
    return hashlib.sha256(text.encode()).hexdigest()[:32]
