"""The one-time link with which the first administrator signs up: nothing starts with a user or a password."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.exc import IntegrityError

from shared.auth.model import FIRST_LINK_LIFETIME, hash_of
from shared.clock import Clock
from shared.database import Database
from shared.errors import Conflict, NotAuthenticated
from shared.tables import login_links, users

PURPOSE = "first_administrator"

_ANY_USER = select(users.c.id).limit(1)
_LINK = select(login_links.c.expires_at).where(login_links.c.purpose == PURPOSE)


class FirstLink:
    def __init__(self, database: Database, now: Clock) -> None:
        self._database = database
        self._now = now

    def make_once(self) -> str | None:
        """The secret of the link at the very first start, valid FIRST_LINK_LIFETIME; else None.

        None, too, while an unused link is valid: its secret is not stored, `renew` gives another.
        """
        secret, now = secrets.token_urlsafe(32), self._now()
        try:
            return secret if self._database.write(lambda connection: _make(connection, secret, now)) else None
        except IntegrityError:  # another process that starts at the same moment made it
            return None

    def renew(self) -> str:
        """The secret of a new link, which voids the one before; raises Conflict once there is a user."""
        secret, now = secrets.token_urlsafe(32), self._now()

        def work(connection: Connection) -> None:
            if connection.execute(_ANY_USER).first() is not None:
                raise Conflict("there is a user already")
            connection.execute(delete(login_links).where(login_links.c.purpose == PURPOSE))
            _insert(connection, secret, now)

        self._database.write(work)
        return secret

    def use(self, connection: Connection, secret: str) -> None:
        """Voids the link; raises NotAuthenticated when it is not this one, was used or is too old."""
        valid = (login_links.c.token_hash == hash_of(secret)) & (login_links.c.expires_at > self._now())
        used = connection.execute(delete(login_links).where(login_links.c.purpose == PURPOSE, valid)).rowcount
        if not used or connection.execute(_ANY_USER).first() is not None:
            raise NotAuthenticated("the link was used or is too old")


def _make(connection: Connection, secret: str, now: datetime) -> bool:
    if connection.execute(_ANY_USER).first() is not None:
        return False
    expires_at = connection.execute(_LINK).scalar_one_or_none()
    if expires_at is not None and expires_at > now:
        return False
    # only an old one: what another process has made since then stays, and makes the insert fail
    connection.execute(delete(login_links).where(login_links.c.purpose == PURPOSE, login_links.c.expires_at <= now))
    _insert(connection, secret, now)
    return True


def _insert(connection: Connection, secret: str, now: datetime) -> None:
    row = {
        "purpose": PURPOSE,
        "token_hash": hash_of(secret),
        "created_at": now,
        "expires_at": now + FIRST_LINK_LIFETIME,
    }
    connection.execute(insert(login_links), row)
