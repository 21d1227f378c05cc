"""The one-time addresses that flows give to other systems: signed, so that nobody can guess or change one. Pure."""

from __future__ import annotations

import hashlib
import hmac
import re

TOKEN = re.compile(r"^([0-9A-Za-z]{1,40})\.([0-9]{1,9})\.([0-9a-f]{40})$")
SIGNED_DIGITS = 40


class CallbackLinks:
    """Addresses of the callback waits of sessions, counted from 1 within each."""

    def __init__(self, secret_key: str, base_url: str) -> None:
        """`base_url` is where the world reaches the executor, e.g. `https://recado.example/executor`."""
        self._key = hashlib.sha256(b"recado.callback\x00" + secret_key.encode()).digest()
        self._base_url = base_url.rstrip("/")

    def url(self, session_id: str, number: int) -> str:
        return f"{self._base_url}/callbacks/{self.token(session_id, number)}"

    def token(self, session_id: str, number: int) -> str:
        return f"{session_id}.{number}.{self._signature(session_id, number)}"

    def read(self, token: str) -> tuple[str, int] | None:
        """(session, number) of a token; None for one that was not made here."""
        found = TOKEN.match(token)
        if found is None:
            return None
        session_id, number = found[1], int(found[2])
        is_ours = hmac.compare_digest(found[3], self._signature(session_id, number))
        return (session_id, number) if is_ours else None

    def _signature(self, session_id: str, number: int) -> str:
        return hmac.new(self._key, f"{session_id}.{number}".encode(), "sha256").hexdigest()[:SIGNED_DIGITS]
