"""Server-side sessions of the console: an opaque cookie, of which only the hash is stored; any can be ended at once."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from shared.audit import Audit
from shared.auth.model import (
    MAX_SESSIONS_PER_USER,
    SESSION_IDLE,
    SESSION_LIFETIME,
    SESSION_SEEN_STEP,
    Session,
    SignedInUser,
    StartedSession,
    User,
    hash_of,
)
from shared.clock import Clock
from shared.database import Database
from shared.errors import NotFound
from shared.ids import new_id
from shared.tables import sessions, users

MAX_BROWSER_LENGTH = 200

_COLUMNS = (sessions.c.id, sessions.c.user_id, sessions.c.browser, sessions.c.created_at, sessions.c.last_seen_at)
_FIND = (
    select(*_COLUMNS, users.c.name, users.c.role)
    .join(users, users.c.id == sessions.c.user_id)
    .where(sessions.c.token_hash == bindparam("hash"), users.c.is_active)
)
_OF_USER = select(*_COLUMNS).where(sessions.c.user_id == bindparam("user")).order_by(sessions.c.last_seen_at.desc())
_SEEN = update(sessions).where(sessions.c.id == bindparam("session")).values(last_seen_at=bindparam("moment"))


class Sessions:
    def __init__(self, database: Database, audit: Audit, now: Clock) -> None:
        self._database = database
        self._audit = audit
        self._now = now

    def start(self, user: User, *, browser: str, instead_of: str | None = None) -> StartedSession:
        """A session with a new secret; the cookie that the browser came with ends, whoever made it."""
        cookie, now = secrets.token_urlsafe(32), self._now()
        session = Session(
            id=new_id(), user_id=user.id, browser=browser[:MAX_BROWSER_LENGTH], created_at=now, last_seen_at=now
        )

        def work(connection: Connection) -> None:
            if instead_of is not None:
                connection.execute(delete(sessions).where(sessions.c.token_hash == hash_of(instead_of)))
            _make_room(connection, user.id, now)
            _insert(connection, session, cookie)
            connection.execute(update(users).where(users.c.id == user.id).values(last_login_at=now))
            self._audit.record(connection, user.id, "session.start", session.id)

        self._database.write(work)
        return StartedSession(session=session, user=user, cookie=cookie, csrf=csrf_of(cookie))

    def find(self, cookie: str) -> SignedInUser | None:
        """Who is signed in with this cookie: nobody once it ended, its time is over or the user is disabled."""
        with self._database.read() as connection:
            row = connection.execute(_FIND, {"hash": hash_of(cookie)}).one_or_none()
        now = self._now()
        if row is None or (session := _session(row)).is_over(now):
            return None
        if now - session.last_seen_at >= SESSION_SEEN_STEP:
            self._database.write(lambda connection: _mark_seen(connection, session.id, now))
        return SignedInUser(id=row.user_id, name=row.name, role=row.role, via="session", owner_id=row.user_id)

    def list(self, user_id: str) -> tuple[Session, ...]:
        """The live sessions of a user, the last seen first."""
        now = self._now()
        with self._database.read() as connection:
            found = [_session(row) for row in connection.execute(_OF_USER, {"user": user_id})]
        return tuple(session for session in found if not session.is_over(now))

    def id_of(self, cookie: str) -> str | None:
        """The id of a cookie's session, to tell it from the others in a list."""
        with self._database.read() as connection:
            return connection.execute(
                select(sessions.c.id).where(sessions.c.token_hash == hash_of(cookie))
            ).scalar_one_or_none()

    def end(self, actor: str, user_id: str, session_id: str) -> None:
        """Ends one session of a user; raises NotFound when the user has no such session."""

        def work(connection: Connection) -> None:
            mine = (sessions.c.id == session_id) & (sessions.c.user_id == user_id)
            if not connection.execute(delete(sessions).where(mine)).rowcount:
                raise NotFound("no such session")
            self._audit.record(connection, actor, "session.end", session_id)

        self._database.write(work)

    def end_with(self, actor: str, cookie: str) -> None:
        """Ends the session of a cookie, if it has not ended."""

        def work(connection: Connection) -> None:
            connection.execute(delete(sessions).where(sessions.c.token_hash == hash_of(cookie)))
            self._audit.record(connection, actor, "session.end", actor)

        self._database.write(work)

    def end_all(self, actor: str, user_id: str) -> int:
        """Signs a user out everywhere; gives how many sessions ended."""

        def work(connection: Connection) -> int:
            ended = end_sessions(connection, user_id)
            self._audit.record(connection, actor, "session.end_all", user_id, {"sessions": ended})
            return ended

        return self._database.write(work)

    def forget_over(self) -> int:
        """Deletes sessions whose time is over; for retention."""
        now = self._now()
        over = (sessions.c.last_seen_at <= now - SESSION_IDLE) | (sessions.c.created_at <= now - SESSION_LIFETIME)
        return self._database.write(lambda connection: connection.execute(delete(sessions).where(over)).rowcount)


def csrf_of(cookie: str) -> str:
    """The word that a page must send with a change: made from the session's secret, which it cannot reveal."""
    return hmac.new(cookie.encode(), b"recado.csrf", hashlib.sha256).hexdigest()


def end_sessions(connection: Connection, user_id: str) -> int:
    return connection.execute(delete(sessions).where(sessions.c.user_id == user_id)).rowcount


def _make_room(connection: Connection, user_id: str, now: datetime) -> None:
    found = [_session(row) for row in connection.execute(_OF_USER, {"user": user_id})]
    live = [session for session in found if not session.is_over(now)]
    kept = {session.id for session in live[: MAX_SESSIONS_PER_USER - 1]}
    gone = [session.id for session in found if session.id not in kept]
    if gone:
        connection.execute(delete(sessions).where(sessions.c.id.in_(gone)))


def _insert(connection: Connection, session: Session, cookie: str) -> None:
    connection.execute(
        insert(sessions),
        {
            "id": session.id,
            "token_hash": hash_of(cookie),
            "user_id": session.user_id,
            "browser": session.browser,
            "created_at": session.created_at,
            "last_seen_at": session.last_seen_at,
        },
    )


def _mark_seen(connection: Connection, session_id: str, now: datetime) -> None:
    connection.execute(_SEEN, {"session": session_id, "moment": now})


def _session(row: Row[*tuple[Any, ...]]) -> Session:
    return Session(
        id=row.id,
        user_id=row.user_id,
        browser=row.browser,
        created_at=row.created_at,
        last_seen_at=row.last_seen_at,
    )
