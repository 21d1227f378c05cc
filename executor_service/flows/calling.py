"""Calling out: the lease, the journal, the handler of the call; what a handler raises is a result too."""

from __future__ import annotations

import os
import secrets
import socket
import threading
from datetime import timedelta

from sqlalchemy import Connection

from executor_service.flows import journal, session_store
from executor_service.flows.effects import EffectContext, Effects
from executor_service.flows.inputs import Returned
from executor_service.flows.session_model import Call
from executor_service.flows.session_store import Stored
from shared.clock import Clock
from shared.database import Database
from shared.errors import RecadoError, UnknownOutcome
from shared.logs import get_logger


class Caller:
    """Performs the calls that sessions ask for, each under the session's lease."""

    def __init__(self, database: Database, effects: Effects, *, lease: timedelta, now: Clock) -> None:
        self._database = database
        self._effects = effects
        self._lease = lease
        self._now = now
        self._worker = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        self._mutex = threading.Lock()
        self._held: set[str] = set()
        self._beaten_at = now()

    def perform(self, stored: Stored) -> Returned | None:
        """What the session's call came to; None when somebody else makes it."""
        call = stored.session.call
        assert call is not None, "only a session with a call calls out"
        attempts = self._database.write(lambda connection: self._begin(connection, stored, call))
        if not attempts:
            return None
        if attempts > 1 and not call.is_idempotent:
            return Returned(status="error", error=UnknownOutcome.code)
        with self._mutex:
            self._held.add(stored.session.id)
        try:
            return self._called(stored, call, attempts)
        finally:
            with self._mutex:
                self._held.discard(stored.session.id)

    def beat(self) -> None:
        """Prolongs the leases of the calls under way; to be called often."""
        now = self._now()
        with self._mutex:
            held = list(self._held)
        if not held or now - self._beaten_at < self._lease / 3:
            return
        self._beaten_at = now
        self._database.write(
            lambda connection: session_store.beat(connection, held, worker=self._worker, now=now, lease=self._lease)
        )

    def _begin(self, connection: Connection, stored: Stored, call: Call) -> int:
        now = self._now()
        until = now + self._lease
        if not session_store.take(connection, stored.session, worker=self._worker, until=until, now=now):
            return 0
        return journal.started(connection, call, now)

    def _called(self, stored: Stored, call: Call, attempts: int) -> Returned:
        effect = self._effects.get(call.kind)
        if effect is None:
            return Returned(status="error", error="unknown_call")
        context = EffectContext(
            caller=stored.caller, session_id=stored.session.id, flow_id=stored.session.flow_id, attempt=attempts
        )
        try:
            return effect.perform(call, context)
        except RecadoError as error:
            get_logger("flows").info("call_failed", kind=call.kind, reason=error.code)
            return Returned(status="error", error=error.code)
        except Exception:  # noqa: BLE001  a handler's bug is the flow's error, told to the operator by the log
            get_logger("flows").exception("call_broken", kind=call.kind)
            return Returned(status="error", error="error")
