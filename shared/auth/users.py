"""The users of the console. There is always an active administrator, once there was one."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from shared.audit import Audit
from shared.auth.model import MAX_NAME_LENGTH, MAX_USERS, User
from shared.auth.passwords import Passwords
from shared.auth.sessions import end_sessions
from shared.clock import Clock
from shared.contracts.callers import Role
from shared.database import Database
from shared.errors import Conflict, InvalidArguments, NotAuthenticated, NotFound
from shared.ids import new_id
from shared.tables import login_links, users

T = TypeVar("T")

_COLUMNS = (users.c.id, users.c.name, users.c.role, users.c.is_active, users.c.created_at, users.c.last_login_at)
_BY_NAME = select(*_COLUMNS, users.c.password_hash).where(users.c.name_key == bindparam("key"))
_BY_ID = select(*_COLUMNS).where(users.c.id == bindparam("user"))
_ADMINISTRATORS = select(users.c.id).where(users.c.role == "administrator", users.c.is_active)


class Users:
    """`on_change` is called after a user lost or changed rights, so that nothing remembers the old ones."""

    def __init__(
        self, database: Database, passwords: Passwords, audit: Audit, now: Clock, *, on_change: Callable[[], None]
    ) -> None:
        self._on_change = on_change
        self._database = database
        self._passwords = passwords
        self._audit = audit
        self._now = now

    def create(self, actor: str, name: str, password: str, role: Role) -> User:
        """A new user; raises Conflict when the name is taken."""
        return self.create_when(lambda connection: None, actor, name, password, role)

    def create_when(self, may: Callable[[Connection], None], actor: str, name: str, password: str, role: Role) -> User:
        """A new user, unless `may`, called first in the same transaction, raises."""
        user, hashed = self._prepare(name, role), self._passwords.hash(password)

        def work(connection: Connection) -> None:
            may(connection)
            self._insert(connection, actor, user, hashed)

        try:
            self._database.write(work)
        except IntegrityError as error:
            raise Conflict("there is a user with this name") from error
        return user

    def check(self, name: str, password: str) -> User:
        """The active user with this name and password, else NotAuthenticated, which does not say what was wrong."""
        with self._database.read() as connection:
            row = connection.execute(_BY_NAME, {"key": name_key(name)}).one_or_none()
        if not self._passwords.fits(row and row.password_hash, password) or row is None or not row.is_active:
            raise NotAuthenticated("wrong name or password")
        if self._passwords.is_outdated(row.password_hash):
            self._renew_hash(row.id, row.password_hash, password)
        return _user(row)

    def list(self) -> tuple[User, ...]:
        """All users by name; there are at most MAX_USERS."""
        with self._database.read() as connection:
            return tuple(_user(row) for row in connection.execute(select(*_COLUMNS).order_by(users.c.name_key)))

    def get(self, user_id: str) -> User:
        """A user; raises NotFound."""
        with self._database.read() as connection:
            return _get(connection, user_id)

    def change(
        self,
        actor: str,
        user_id: str,
        *,
        role: Role | None = None,
        is_active: bool | None = None,
        password: str | None = None,
    ) -> User:
        """The user as changed; a new password, or being disabled, signs out everywhere.

        Raises NotFound, or Conflict when the last administrator would be gone.
        """
        shown = {"role": role, "is_active": is_active, "credential_changed": None if password is None else True}
        wanted = {"role": role, "is_active": is_active, "password_hash": password and self._passwords.hash(password)}

        def work(connection: Connection) -> User:
            _get(connection, user_id)
            if values := _given(wanted):
                connection.execute(update(users).where(users.c.id == user_id).values(values))
                self._audit.record(connection, actor, "user.change", user_id, _given(shown))
            if is_active is False or password is not None:
                end_sessions(connection, user_id)
            return _get(connection, user_id)

        user = self._database.write(lambda connection: _keeping_an_administrator(connection, work))
        self._on_change()
        return user

    def delete(self, actor: str, user_id: str) -> None:
        """Deletes a user with sessions and tokens. Raises Conflict for the last administrator."""

        def work(connection: Connection) -> None:
            name = _get(connection, user_id).name
            connection.execute(delete(users).where(users.c.id == user_id))
            self._audit.record(connection, actor, "user.delete", user_id, {"name": name})

        self._database.write(lambda connection: _keeping_an_administrator(connection, work))
        self._on_change()

    def _prepare(self, name: str, role: Role) -> User:
        shown = " ".join(name.split())
        if not 1 <= len(shown) <= MAX_NAME_LENGTH or not shown.isprintable():
            what = f"has 1 to {MAX_NAME_LENGTH} printable characters"
            raise InvalidArguments(f"a name {what}", errors=({"where": "name", "what": what},))
        return User(id=new_id(), name=shown, role=role, is_active=True, created_at=self._now(), last_login_at=None)

    def _insert(self, connection: Connection, actor: str, user: User, hashed: str) -> None:
        _refuse_taken(connection, user.name)
        connection.execute(
            insert(users),
            {
                "id": user.id,
                "name": user.name,
                "name_key": name_key(user.name),
                "password_hash": hashed,
                "role": user.role,
                "is_active": user.is_active,
                "created_at": user.created_at,
            },
        )
        # whoever came first, the link that makes the first administrator is void now
        connection.execute(delete(login_links))
        self._audit.record(connection, actor, "user.create", user.id, {"name": user.name, "role": user.role})

    def _renew_hash(self, user_id: str, old: str, password: str) -> None:
        hashed = self._passwords.hash(password)
        unchanged = (users.c.id == user_id) & (users.c.password_hash == old)
        statement = update(users).where(unchanged).values(password_hash=hashed)
        self._database.write(lambda connection: connection.execute(statement).rowcount)


def name_key(name: str) -> str:
    """A name as compared: spaces, case and the form of its letters do not matter."""
    shown = " ".join(name.replace("\x00", " ").split())  # PostgreSQL refuses U+0000
    return unicodedata.normalize("NFKC", shown).casefold()[: 2 * MAX_NAME_LENGTH]


def _keeping_an_administrator(connection: Connection, work: Callable[[Connection], T]) -> T:
    # the lock: of two administrators who demote each other at the same moment, the second must see the first's doing
    before = connection.execute(_ADMINISTRATORS.with_for_update()).all()
    result = work(connection)
    if before and not connection.execute(_ADMINISTRATORS).first():
        raise Conflict("the last administrator stays")
    return result


def _refuse_taken(connection: Connection, name: str) -> None:
    if connection.execute(_BY_NAME, {"key": name_key(name)}).one_or_none() is not None:
        raise Conflict("there is a user with this name")
    if connection.execute(select(func.count()).select_from(users)).scalar_one() >= MAX_USERS:
        raise Conflict(f"there can be {MAX_USERS} users")


def _given(values: Mapping[str, T | None]) -> dict[str, T]:
    return {name: value for name, value in values.items() if value is not None}


def _get(connection: Connection, user_id: str) -> User:
    row = connection.execute(_BY_ID, {"user": user_id}).one_or_none()
    if row is None:
        raise NotFound("no such user")
    return _user(row)


def _user(row: Row[*tuple[Any, ...]]) -> User:
    return User(
        id=row.id,
        name=row.name,
        role=row.role,
        is_active=row.is_active,
        created_at=row.created_at,
        last_login_at=row.last_login_at,
    )
