"""Everything about signing in, put together over one database."""

from __future__ import annotations

from dataclasses import dataclass

from limits.storage import MemoryStorage, Storage

from shared.audit import Audit
from shared.auth.api_tokens import ApiTokens
from shared.auth.first_link import FirstLink
from shared.auth.login import Login
from shared.auth.passwords import Passwords
from shared.auth.second_factor import SecondFactors
from shared.auth.sessions import Sessions
from shared.auth.throttle import Throttle
from shared.auth.users import Users
from shared.clock import Clock, utc_now
from shared.database import Database
from shared.secrets import SecretBox


@dataclass(frozen=True, kw_only=True)
class Auth:
    """One object for all services of a process: the cache of API tokens is in it."""

    database: Database
    users: Users
    sessions: Sessions
    api_tokens: ApiTokens
    first_link: FirstLink
    second_factors: SecondFactors
    login: Login
    audit: Audit


def make_auth(
    database: Database,
    *,
    now: Clock = utc_now,
    storage: Storage | None = None,
    passwords: Passwords | None = None,
    box: SecretBox | None = None,
) -> Auth:
    """`storage` counts tries to sign in; without one they are counted in this process only.

    `box` seals the secrets of second factors; without one they can be neither turned on nor used.
    """
    audit = Audit(now=now)
    sessions = Sessions(database, audit, now)
    api_tokens = ApiTokens(database, audit, now)
    users = Users(database, passwords or Passwords(), audit, now, on_change=api_tokens.forget)
    first_link = FirstLink(database, now)
    second_factors = SecondFactors(database, audit, box, now)
    throttle = Throttle(storage or MemoryStorage())
    return Auth(
        database=database,
        users=users,
        sessions=sessions,
        api_tokens=api_tokens,
        first_link=first_link,
        second_factors=second_factors,
        login=Login(users, sessions, first_link, second_factors, throttle),
        audit=audit,
    )
