"""Taking in what an ERP tells: signed by the connection's secret, kept once, in one commit."""

from __future__ import annotations

from executor_service.connections.webhooks import Webhooks
from executor_service.hooks import store
from executor_service.hooks.notice import read_notice
from executor_service.hooks.signature import is_signed
from shared.clock import Clock
from shared.database import Database
from shared.errors import NotAuthenticated, RecadoError
from shared.logs import get_logger

MAX_BODY_BYTES = 64 * 1024


class Intake:
    def __init__(self, database: Database, webhooks: Webhooks, now: Clock) -> None:
        self._database = database
        self._webhooks = webhooks
        self._now = now

    def accept(self, connection_id: str, raw: bytes, signature: str) -> bool:
        """Keeps what a body tells; False when it was told before.

        Raises NotAuthenticated for a body that the connection's secret has not signed, also where there is no such
        connection or secret, and InvalidArguments for one that tells nothing.
        """
        # anybody may call this: PostgreSQL takes no name with a NUL
        secret = self._webhooks.secret(connection_id) if connection_id.isprintable() else None
        if secret is None or not is_signed(secret, raw, signature):
            get_logger("hooks").warning("notice_refused", connection_id=connection_id[:40], size=len(raw))
            raise NotAuthenticated("the signature is missing or wrong")
        notice, now = read_notice(raw), self._now()
        return self._database.write(lambda connection: store.add(connection, connection_id, notice, now))

    def take(self, connection_id: str, raw: bytes, signature: str) -> None:
        """Like `accept`, for who cannot be told what is wrong: it is logged."""
        try:
            self.accept(connection_id, raw, signature)
        except RecadoError as error:
            get_logger("hooks").warning("notice_lost", connection_id=connection_id, reason=error.code)
