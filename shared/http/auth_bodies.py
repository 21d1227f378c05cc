"""The bodies of signing in, users, API tokens and the audit."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, SecretStr, StrictBool

from shared.auth.model import (
    MAX_NAME_LENGTH,
    MAX_PASSWORD_LENGTH,
    ApiToken,
    Session,
    SignedInUser,
    User,
    Via,
)
from shared.contracts.base import Contract, Json, Timestamp
from shared.contracts.callers import Role

MAX_LINK_LENGTH = 200
MAX_CODE_LENGTH = 40
MAX_CURSOR = 2**63 - 1

RecordId = Annotated[str, Field(pattern=r"^[0-9a-f]{27}$")]
Name = Annotated[str, Field(min_length=1, max_length=MAX_NAME_LENGTH)]
Code = Annotated[str, Field(max_length=MAX_CODE_LENGTH)]
Password = Annotated[SecretStr, Field(min_length=1, max_length=MAX_PASSWORD_LENGTH)]


class FirstRequest(Contract):
    """The secret of the one-time link, and who the first administrator will be."""

    link: Annotated[SecretStr, Field(min_length=1, max_length=MAX_LINK_LENGTH)]
    name: Name
    password: Password


class LoginRequest(Contract):
    """`code` is of the second factor, where that is on: from the app, or a recovery code."""

    name: Name
    password: Password
    code: Code = ""


class SecondFactorView(Contract):
    is_on: bool
    recovery_codes_left: int


class BeginRequest(Contract):
    password: Password


class BegunFactor(Contract):
    """For the app on the phone: `address` as a picture to scan, or `secret` to be typed. Shown once."""

    secret: str
    address: str


class ConfirmRequest(Contract):
    code: Annotated[str, Field(min_length=6, max_length=MAX_CODE_LENGTH)]


class RecoveryCodes(Contract):
    """Each lets in once, without the phone. Shown once."""

    codes: tuple[str, ...]


class PasswordRequest(Contract):
    current: Password
    password: Password


class Me(Contract):
    """Who is signed in; `csrf` goes back in the header X-CSRF-Token with every change (browsers only)."""

    id: str
    name: str
    role: Role
    via: Via
    csrf: str | None = None

    @classmethod
    def of(cls, user: SignedInUser, csrf: str | None) -> Me:
        return cls(id=user.id, name=user.name, role=user.role, via=user.via, csrf=csrf)


class SessionView(Contract):
    id: str
    browser: str
    created_at: Timestamp
    last_seen_at: Timestamp
    is_current: bool

    @classmethod
    def of(cls, session: Session, current_id: str | None) -> SessionView:
        return cls(
            id=session.id,
            browser=session.browser,
            created_at=session.created_at,
            last_seen_at=session.last_seen_at,
            is_current=session.id == current_id,
        )


class SessionList(Contract):
    sessions: tuple[SessionView, ...]


class SessionPath(Contract):
    session_id: RecordId


class UserView(Contract):
    id: str
    name: str
    role: Role
    is_active: bool
    created_at: Timestamp
    last_login_at: Timestamp | None
    has_second_factor: bool = False

    @classmethod
    def of(cls, user: User, *, has_second_factor: bool = False) -> UserView:
        found = cls.model_validate(user, from_attributes=True)
        return found.model_copy(update={"has_second_factor": has_second_factor})


class UserList(Contract):
    users: tuple[UserView, ...]


class UserPath(Contract):
    user_id: RecordId


class NewUser(Contract):
    name: Name
    password: Password
    role: Role


class UserChange(Contract):
    """What is given changes; a new password signs the user out everywhere."""

    role: Role | None = None
    is_active: StrictBool | None = None
    password: Password | None = None


class NewToken(Contract):
    """`user_id` is whose token it is: who asks, unless given."""

    name: Name
    role: Role
    expires_at: Timestamp | None = None
    user_id: RecordId | None = None


class TokenView(Contract):
    id: str
    user_id: str
    name: str
    role: Role
    created_at: Timestamp
    expires_at: Timestamp | None
    last_used_at: Timestamp | None

    @classmethod
    def of(cls, token: ApiToken) -> TokenView:
        return cls.model_validate(token, from_attributes=True)


class MadeToken(Contract):
    """The only time that the secret is shown."""

    token: TokenView
    secret: str


class TokenList(Contract):
    tokens: tuple[TokenView, ...]


class TokenPath(Contract):
    token_id: RecordId


class AuditQuery(Contract):
    before: Annotated[int, Field(ge=1, le=MAX_CURSOR)] | None = None
    limit: int = Field(50, ge=1, le=200)


class AuditEntryView(Contract):
    id: int
    at: Timestamp
    actor: str
    action: str
    target: str
    detail: Json


class AuditList(Contract):
    """Newest first; `next_before` asks for the page of older ones, null on the last page."""

    entries: tuple[AuditEntryView, ...]
    next_before: int | None
