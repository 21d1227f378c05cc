"""API tokens of programs: shown once, stored as a digest, checked at the cost of a dictionary look-up."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update

from shared.audit import Audit
from shared.auth.model import (
    API_TOKEN_PREFIX,
    MAX_TOKENS,
    TOKEN_USED_STEP,
    ApiToken,
    SignedInUser,
    hash_of,
    lower_role,
)
from shared.clock import Clock
from shared.contracts.callers import Role
from shared.database import Database
from shared.errors import Conflict, NotFound
from shared.ids import new_id
from shared.tables import api_tokens, users

CACHE_SECONDS = 5.0
MAX_CACHED = 1000

_COLUMNS = (
    api_tokens.c.id,
    api_tokens.c.user_id,
    api_tokens.c.name,
    api_tokens.c.role,
    api_tokens.c.created_at,
    api_tokens.c.expires_at,
    api_tokens.c.last_used_at,
)
_FIND = (
    select(*_COLUMNS, users.c.role.label("user_role"))
    .join(users, users.c.id == api_tokens.c.user_id)
    .where(api_tokens.c.token_hash == bindparam("hash"), users.c.is_active)
)
_ALL = select(*_COLUMNS).order_by(api_tokens.c.id.desc())
_USED = update(api_tokens).where(api_tokens.c.id == bindparam("token")).values(last_used_at=bindparam("moment"))


class _Cached(NamedTuple):
    user: SignedInUser
    expires_at: datetime | None
    until: float


class ApiTokens:
    """One object serves all threads of a process; other processes notice a revocation within CACHE_SECONDS."""

    def __init__(
        self, database: Database, audit: Audit, now: Clock, *, ticks: Callable[[], float] = time.monotonic
    ) -> None:
        self._database = database
        self._audit = audit
        self._now = now
        self._ticks = ticks
        self._lock = threading.Lock()
        self._cache: dict[str, _Cached] = {}
        self._forgotten = 0

    def make(
        self, actor: str, user_id: str, name: str, role: Role, *, expires_at: datetime | None = None
    ) -> tuple[ApiToken, str]:
        """A token of a user and its secret, which is never shown again."""
        secret = API_TOKEN_PREFIX + secrets.token_urlsafe(32)
        token = ApiToken(
            id=new_id(),
            user_id=user_id,
            name=name,
            role=role,
            created_at=self._now(),
            expires_at=expires_at,
            last_used_at=None,
        )

        def work(connection: Connection) -> None:
            _check_owner(connection, user_id)
            _insert(connection, token, secret)
            self._audit.record(connection, actor, "api_token.make", token.id, {"name": name, "role": role})

        self._database.write(work)
        return token, secret

    def find(self, secret: str) -> SignedInUser | None:
        """Who speaks with this secret: nobody once it is revoked or expired or its user is disabled."""
        digest, now = hash_of(secret), self._now()
        cached = self._cache.get(digest)
        if cached is None or cached.until <= self._ticks():
            cached = self._look_up(digest, now)
        if cached is None or (cached.expires_at is not None and cached.expires_at <= now):
            return None
        return cached.user

    def list(self) -> tuple[ApiToken, ...]:
        """All tokens, the newest first; there are at most MAX_TOKENS."""
        with self._database.read() as connection:
            return tuple(_token(row) for row in connection.execute(_ALL))

    def revoke(self, actor: str, token_id: str) -> None:
        """Ends a token at once in this process; raises NotFound when there is none."""

        def work(connection: Connection) -> None:
            if not connection.execute(delete(api_tokens).where(api_tokens.c.id == token_id)).rowcount:
                raise NotFound("no such token")
            self._audit.record(connection, actor, "api_token.revoke", token_id)

        self._database.write(work)
        self.forget()

    def forget(self) -> None:
        """Empties the cache: called after any change of tokens, or of the users that have them."""
        with self._lock:
            self._forgotten += 1
            self._cache.clear()

    def _look_up(self, digest: str, now: datetime) -> _Cached | None:
        forgotten = self._forgotten
        with self._database.read() as connection:
            row = connection.execute(_FIND, {"hash": digest}).one_or_none()
        if row is None:
            return None
        token = _token(row)
        user = SignedInUser(
            id=f"token:{token.id}",
            name=token.name,
            role=lower_role(token.role, row.user_role),
            via="token",
            owner_id=token.user_id,
        )
        cached = _Cached(user, token.expires_at, self._ticks() + CACHE_SECONDS)
        self._keep(digest, cached, forgotten)
        if token.last_used_at is None or now - token.last_used_at >= TOKEN_USED_STEP:
            self._database.write(lambda connection: _mark_used(connection, token.id, now))
        return cached

    def _keep(self, digest: str, cached: _Cached, forgotten: int) -> None:
        with self._lock:
            # what was read before a revocation must not be kept after it
            if forgotten != self._forgotten:
                return
            if len(self._cache) >= MAX_CACHED:
                self._cache.clear()
            self._cache[digest] = cached


def _check_owner(connection: Connection, user_id: str) -> None:
    if connection.execute(select(users.c.id).where(users.c.id == user_id)).one_or_none() is None:
        raise NotFound("no such user")
    if connection.execute(select(func.count()).select_from(api_tokens)).scalar_one() >= MAX_TOKENS:
        raise Conflict(f"there can be {MAX_TOKENS} tokens; revoke one first")


def _insert(connection: Connection, token: ApiToken, secret: str) -> None:
    connection.execute(
        insert(api_tokens),
        {
            "id": token.id,
            "token_hash": hash_of(secret),
            "user_id": token.user_id,
            "name": token.name,
            "role": token.role,
            "created_at": token.created_at,
            "expires_at": token.expires_at,
        },
    )


def _mark_used(connection: Connection, token_id: str, now: datetime) -> None:
    connection.execute(_USED, {"token": token_id, "moment": now})


def _token(row: Row[*tuple[Any, ...]]) -> ApiToken:
    return ApiToken(
        id=row.id,
        user_id=row.user_id,
        name=row.name,
        role=row.role,
        created_at=row.created_at,
        expires_at=row.expires_at,
        last_used_at=row.last_used_at,
    )
