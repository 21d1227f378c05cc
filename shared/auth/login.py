"""Signing in: with name and password, or with the first administrator's link."""

from __future__ import annotations

from dataclasses import dataclass

from shared.auth.first_link import FirstLink
from shared.auth.model import SignedInUser, StartedSession, User
from shared.auth.second_factor import SecondFactors
from shared.auth.sessions import Sessions
from shared.auth.throttle import Throttle
from shared.auth.users import Users, name_key
from shared.errors import NotAuthenticated, SecondFactorNeeded, WrongPassword
from shared.logs import get_logger


@dataclass(frozen=True, kw_only=True)
class Visit:
    """Where a try to sign in comes from; `cookie` is what the browser had before, if anything."""

    address: str
    browser: str
    cookie: str | None


class Login:
    def __init__(
        self,
        users: Users,
        sessions: Sessions,
        first_link: FirstLink,
        second_factors: SecondFactors,
        throttle: Throttle,
    ) -> None:
        self._users = users
        self._second_factors = second_factors
        self._sessions = sessions
        self._first_link = first_link
        self._throttle = throttle

    def with_password(self, name: str, password: str, visit: Visit, *, code: str = "") -> StartedSession:
        """A new session; raises NotAuthenticated, or RateLimited after too many tries.

        `code` is of the second factor: where one is on and none is given, that raises SecondFactorNeeded.
        """
        account = name_key(name)
        self._throttle.count(account, visit.address)
        try:
            user = self._users.check(name, password)
            self._check_second(user, code)
        except SecondFactorNeeded:
            raise
        except NotAuthenticated:
            get_logger("console").warning("login_refused")
            raise
        self._throttle.clear(account)
        return self._sessions.start(user, browser=visit.browser, instead_of=visit.cookie)

    def turn_on_second_factor(self, user: SignedInUser, code: str, visit: Visit) -> tuple[str, ...]:
        """The recovery codes, once a first code is right; a wrong one counts as a try to sign in."""
        self._throttle.count(name_key(user.name), visit.address)
        codes = self._second_factors.confirm(user.id, code)
        self._throttle.clear(name_key(user.name))
        return codes

    def check_again(self, user: SignedInUser, password: str, visit: Visit) -> User:
        """The user, if it is still the same person, before a change to how they sign in; counts as a try to sign in.

        A wrong password raises WrongPassword, for the session is still good.
        """
        self._throttle.count(name_key(user.name), visit.address)
        try:
            found = self._users.check(user.name, password)
        except NotAuthenticated as error:
            raise WrongPassword from error
        self._throttle.clear(name_key(user.name))
        return found

    def _check_second(self, user: User, code: str) -> None:
        if not self._second_factors.is_on(user.id):
            return
        if not code:
            raise SecondFactorNeeded
        self._second_factors.use(user.id, code)

    def change_password(self, user: SignedInUser, current: str, password: str, visit: Visit) -> StartedSession:
        """A new session after a changed password; all others of this user have ended. Raises as `check_again`."""
        found = self.check_again(user, current, visit)
        self._users.change(user.id, found.id, password=password)
        return self._sessions.start(found, browser=visit.browser, instead_of=visit.cookie)

    def with_first_link(self, secret: str, name: str, password: str, visit: Visit) -> StartedSession:
        """The session of the first administrator; the link is void afterwards."""
        self._throttle.count("first link", visit.address)
        user = self._users.create_when(
            lambda connection: self._first_link.use(connection, secret), "system", name, password, "administrator"
        )
        return self._sessions.start(user, browser=visit.browser, instead_of=visit.cookie)
