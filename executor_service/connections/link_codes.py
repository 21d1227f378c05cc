"""One-time codes: an administrator stores a person's ERP key, the person sends the code from the phone."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection as SqlConnection
from sqlalchemy import Row, bindparam, delete, insert, select, update

from executor_service.connections.codes import Code, find_code, new_code
from executor_service.connections.keys import code_record, open_key, seal_key
from executor_service.connections.link_store import LinkStore
from executor_service.connections.model import Link, LinkDraft
from executor_service.connections.tables import link_codes
from shared.clock import Clock, utc_now
from shared.database import Database
from shared.secrets import SecretBox

CODE_LIFETIME = timedelta(minutes=15)
MAX_TRIES = 5
KEPT_AFTER_EXPIRY = timedelta(days=1)
_FIND = select(link_codes).where(link_codes.c.selector == bindparam("wanted"))
_OLD = delete(link_codes).where(link_codes.c.expires_at < bindparam("before"))

Outcome = Literal["linked", "no_code", "unknown", "expired", "used", "too_many_tries"]


@dataclass(frozen=True, kw_only=True)
class Redemption:
    """What became of a message that may hold a code. `link` is there when the outcome is linked."""

    outcome: Outcome
    link: Link | None = None


class LinkCodes:
    """Makes and redeems codes. A code is good for 15 minutes, one use and five tries.

    The proof is sealed, not hashed: from a stolen database a hash of so short a text would be read back at once.
    """

    def __init__(self, database: Database, box: SecretBox, links: LinkStore, *, now: Clock = utc_now) -> None:
        self._database = database
        self._box = box
        self._links = links
        self._now = now

    def create(self, draft: LinkDraft) -> str:
        """A new code, e.g. `7KQ2-9XM4PT`; it can never be shown again."""
        code, at = new_code(), self._now()
        values = {
            "selector": code.selector,
            "sealed_code": self._box.seal(code_record(code.selector), code.proof),
            "connection_id": draft.connection_id,
            "erp_user": draft.erp_user,
            "sealed_key": seal_key(self._box, code_record(code.selector), draft.credentials),
            "groups": list(draft.groups),
            "company": draft.company,
            "language": draft.language,
            "expires_at": at + CODE_LIFETIME,
            "tries": 0,
        }

        def work(connection: SqlConnection) -> None:
            connection.execute(_OLD, {"before": at - KEPT_AFTER_EXPIRY})
            # A selector in use (one in 800,000) gives way: its code would be found no more.
            connection.execute(delete(link_codes).where(link_codes.c.selector == code.selector))
            connection.execute(insert(link_codes).values(values))

        self._database.write(work)
        return str(code)

    def redeem(self, contact_id: str, message: str) -> Redemption:
        """Links the contact when its message holds a good code."""
        code = find_code(message)
        if code is None:
            return Redemption(outcome="no_code")
        try:
            return self._database.write(lambda connection: self._redeem(connection, contact_id, code))
        finally:
            self._links.forget(contact_id)

    def _redeem(self, connection: SqlConnection, contact_id: str, code: Code) -> Redemption:
        row = connection.execute(_FIND.with_for_update(), {"wanted": code.selector}).first()
        if row is None:
            return Redemption(outcome="unknown")
        wrong = _why_not(row, self._now())
        if wrong is not None:
            return Redemption(outcome=wrong)
        proof = self._box.open(code_record(code.selector), row.sealed_code)
        if not hmac.compare_digest(proof, code.proof):
            _set(connection, code, tries=row.tries + 1)
            return Redemption(outcome="unknown")
        if row.used_at is not None:
            return self._used_before(connection, contact_id, row)
        # The key lives on in the link only.
        _set(connection, code, used_at=self._now(), used_by=contact_id, sealed_key=None)
        return Redemption(outcome="linked", link=self._links.put(connection, contact_id, self._draft(row)))

    def _used_before(self, connection: SqlConnection, contact_id: str, row: Row[Any]) -> Redemption:
        """A message that is handled again gives the link again, as long as nobody removed it."""
        link = self._links.read(connection, contact_id) if row.used_by == contact_id else None
        return Redemption(outcome="linked", link=link) if link else Redemption(outcome="used")

    def _draft(self, row: Row[Any]) -> LinkDraft:
        return LinkDraft(
            connection_id=row.connection_id,
            erp_user=row.erp_user,
            credentials=open_key(self._box, code_record(row.selector), row.sealed_key),
            groups=tuple(row.groups),
            company=row.company,
            language=row.language,
        )


def _why_not(row: Row[Any], at: datetime) -> Outcome | None:
    if row.tries >= MAX_TRIES:
        return "too_many_tries"
    return "expired" if row.expires_at <= at else None


def _set(connection: SqlConnection, code: Code, **values: object) -> None:
    connection.execute(update(link_codes).where(link_codes.c.selector == code.selector).values(**values))
