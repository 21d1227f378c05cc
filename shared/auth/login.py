"""Signing in: with name and password, or with the first administrator's link."""

from __future__ import annotations

from dataclasses import dataclass

from shared.auth.first_link import FirstLink
from shared.auth.model import SignedInUser, StartedSession
from shared.auth.sessions import Sessions
from shared.auth.throttle import Throttle
from shared.auth.users import Users, name_key
from shared.errors import NotAuthenticated, NotPermitted
from shared.logs import get_logger


@dataclass(frozen=True, kw_only=True)
class Visit:
    """Where a try to sign in comes from; `cookie` is what the browser had before, if anything."""

    address: str
    browser: str
    cookie: str | None


class Login:
    def __init__(self, users: Users, sessions: Sessions, first_link: FirstLink, throttle: Throttle) -> None:
        self._users = users
        self._sessions = sessions
        self._first_link = first_link
        self._throttle = throttle

    def with_password(self, name: str, password: str, visit: Visit) -> StartedSession:
        """A new session; raises NotAuthenticated, or RateLimited after too many tries."""
        account = name_key(name)
        self._throttle.count(account, visit.address)
        try:
            user = self._users.check(name, password)
        except NotAuthenticated:
            get_logger("console").warning("login_refused")
            raise
        self._throttle.clear(account)
        return self._sessions.start(user, browser=visit.browser, instead_of=visit.cookie)

    def change_password(self, user: SignedInUser, current: str, password: str, visit: Visit) -> StartedSession:
        """A new session after a changed password; all others of this user have ended.

        A wrong present password raises NotPermitted, for the session is still good, and counts as a try to sign in.
        """
        self._throttle.count(name_key(user.name), visit.address)
        try:
            found = self._users.check(user.name, current)
        except NotAuthenticated as error:
            raise NotPermitted("the present password is wrong") from error
        self._users.change(user.id, found.id, password=password)
        self._throttle.clear(name_key(user.name))
        return self._sessions.start(found, browser=visit.browser, instead_of=visit.cookie)

    def with_first_link(self, secret: str, name: str, password: str, visit: Visit) -> StartedSession:
        """The session of the first administrator; the link is void afterwards."""
        self._throttle.count("first link", visit.address)
        user = self._users.create_when(
            lambda connection: self._first_link.use(connection, secret), "system", name, password, "administrator"
        )
        return self._sessions.start(user, browser=visit.browser, instead_of=visit.cookie)
