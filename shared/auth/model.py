"""The nouns of signing in: roles, users, sessions, API tokens, and the limits on them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from shared.contracts.callers import Role, UserCaller

SESSION_IDLE = timedelta(hours=12)
SESSION_LIFETIME = timedelta(days=14)
SESSION_SEEN_STEP = timedelta(minutes=1)
TOKEN_USED_STEP = timedelta(minutes=5)
FIRST_LINK_LIFETIME = timedelta(hours=24)
MAX_USERS = 500
MAX_SESSIONS_PER_USER = 20
MAX_TOKENS = 200
MIN_PASSWORD_LENGTH = 12
MAX_PASSWORD_LENGTH = 200
MAX_NAME_LENGTH = 80

API_TOKEN_PREFIX = "rcd_"  # noqa: S105  a prefix, so that leaked tokens are found by scanners
RANKS: dict[Role, int] = {"viewer": 1, "operator": 2, "administrator": 3}

Via = Literal["session", "token", "operator"]


@dataclass(frozen=True, kw_only=True)
class SignedInUser:
    """Who makes this request. `id` is a user's id, `token:<id>` for an API token, `operator` on the machine itself.

    `owner_id` is the user behind it: the user, or the one who made the token; the machine's operator has none.
    """

    id: str
    name: str
    role: Role
    via: Via
    owner_id: str | None

    def may(self, role: Role) -> bool:
        return RANKS[self.role] >= RANKS[role]

    def as_caller(self) -> UserCaller:
        """The caller that the other services are told."""
        return UserCaller(user_id=self.id, role=self.role)


@dataclass(frozen=True, kw_only=True)
class User:
    id: str
    name: str
    role: Role
    is_active: bool
    created_at: datetime
    last_login_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Session:
    """One signed-in browser; `browser` is its User-Agent, cut."""

    id: str
    user_id: str
    browser: str
    created_at: datetime
    last_seen_at: datetime

    def is_over(self, now: datetime) -> bool:
        return now - self.last_seen_at >= SESSION_IDLE or now - self.created_at >= SESSION_LIFETIME


@dataclass(frozen=True, kw_only=True)
class StartedSession:
    """A new session with its secret, which only the cookie holds, and the word against forged requests."""

    session: Session
    user: User
    cookie: str
    csrf: str


@dataclass(frozen=True, kw_only=True)
class ApiToken:
    """A token of a program: never more than the rights of the user who made it, and gone with them.

    `last_used_at` is exact to TOKEN_USED_STEP.
    """

    id: str
    user_id: str
    name: str
    role: Role
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None


OPERATOR = SignedInUser(id="operator", name="operator", role="administrator", via="operator", owner_id=None)


def lower_role(one: Role, other: Role) -> Role:
    return min(one, other, key=RANKS.__getitem__)


def hash_of(secret: str) -> str:
    """What is stored of a random secret; it has 256 bits, so that a plain digest cannot be guessed back."""
    return hashlib.sha256(secret.encode()).hexdigest()
