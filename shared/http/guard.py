"""Who may use the console's API: a signed-in browser, an API token, or the operator on the machine itself."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from functools import wraps
from typing import ParamSpec, TypeVar
from urllib.parse import urlsplit

from flask import Response, current_app, g, request
from flask_openapi import APIBlueprint
from werkzeug.http import parse_cookie

from shared.auth.model import API_TOKEN_PREFIX, OPERATOR, RANKS, SESSION_LIFETIME, SignedInUser, StartedSession
from shared.auth.sessions import csrf_of
from shared.auth.wiring import Auth
from shared.contracts.callers import Role, ServiceCaller
from shared.errors import NotAuthenticated, NotPermitted
from shared.http.bearer import bearer_of
from shared.http.problems import PROBLEM_RESPONSES
from shared.tokens import Tokens

P = ParamSpec("P")
R = TypeVar("R")

SESSION_COOKIE = "recado_session"
CSRF_COOKIE = "recado_csrf"
CSRF_HEADER = "X-CSRF-Token"
ROLE = "recado_role"
"""The name under which `require` hangs its role on a view."""
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
USER_SECURITY: list[dict[str, list[str]]] = [{"session": []}, {"token": []}, {"service": []}]


class Guard:
    """Lets requests in by role. One per app; `public_url` with https makes cookies secure behind any proxy."""

    def __init__(self, auth: Auth, tokens: Tokens, *, public_url: str = "") -> None:
        self._auth = auth
        self._tokens = tokens
        self._public_url = public_url

    def blueprint(self, name: str, import_name: str, *, url_prefix: str, role: Role = "viewer") -> APIBlueprint:
        """A blueprint all of whose views need at least `role`, and which says so in the OpenAPI document.

        Whoever may not is refused before a view's arguments are read; `require` asks single views for more.
        """
        api = APIBlueprint(
            name, import_name, url_prefix=url_prefix, abp_responses=PROBLEM_RESPONSES, abp_security=USER_SECURITY
        )

        @api.before_request
        def let_in() -> None:
            self.check(max(role, _asked_of_view(), key=RANKS.__getitem__))

        return api

    def require(self, role: Role) -> Callable[[Callable[P, R]], Callable[P, R]]:
        """Decorates a view, below its route: raises NotAuthenticated (401) or NotPermitted (403) before it runs."""

        def decorate(view: Callable[P, R]) -> Callable[P, R]:
            @wraps(view)
            def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
                self.check(role)
                return view(*args, **kwargs)

            setattr(guarded, ROLE, role)
            return guarded

        return decorate

    def check(self, role: Role) -> SignedInUser:
        """Who makes the present request, who has at least this role; for views that cannot be decorated."""
        user = g.get("recado_user")
        if not isinstance(user, SignedInUser):
            user = g.recado_user = self._user_of_request()
        if not user.may(role):
            raise NotPermitted(f"this needs the role {role}")
        return user

    def user(self) -> SignedInUser:
        """Who makes the present request, inside a guarded view."""
        user = g.get("recado_user")
        if not isinstance(user, SignedInUser):
            raise NotAuthenticated("this view has no guard")
        return user

    def user_of_connect(self, environ: Mapping[str, object], auth: object) -> SignedInUser:
        """Who opens a Socket.IO connection: by `auth["token"]`, the Authorization header or the session cookie.

        Raises NotAuthenticated. A cookie counts only from a page of this origin, since any page could connect.
        """
        sent = auth.get("token") if isinstance(auth, Mapping) else None
        token = sent if isinstance(sent, str) and sent else bearer_of(str(environ.get("HTTP_AUTHORIZATION", "")))
        if token is not None:
            return self._user_of_token(token)
        cookie = _cookie_of(str(environ.get("HTTP_COOKIE", "")))
        if cookie is None or not self._is_own_origin(environ):
            raise NotAuthenticated("sign in or send a token")
        return self._user_of_cookie(cookie)

    def set_cookies(self, response: Response, started: StartedSession) -> Response:
        """Gives the browser its session, and the word it must send back in X-CSRF-Token with every change."""
        seconds = int(SESSION_LIFETIME.total_seconds())
        secure = self._is_secure()
        response.set_cookie(
            SESSION_COOKIE, started.cookie, max_age=seconds, secure=secure, httponly=True, samesite="Lax"
        )
        response.set_cookie(CSRF_COOKIE, started.csrf, max_age=seconds, secure=secure, samesite="Lax")
        return response

    def clear_cookies(self, response: Response) -> Response:
        secure = self._is_secure()
        response.delete_cookie(SESSION_COOKIE, secure=secure, httponly=True, samesite="Lax")
        response.delete_cookie(CSRF_COOKIE, secure=secure, samesite="Lax")
        return response

    def _user_of_request(self) -> SignedInUser:
        token = bearer_of(request.headers.get("Authorization", ""))
        if token is not None:
            return self._user_of_token(token)
        cookie = request.cookies.get(SESSION_COOKIE)
        if not cookie:
            raise NotAuthenticated("sign in or send a token")
        user = self._user_of_cookie(cookie)
        if request.method not in SAFE_METHODS and not _has_csrf(cookie):
            raise NotPermitted(f"the header {CSRF_HEADER} is missing or not the one of this session")
        return user

    def _user_of_token(self, token: str) -> SignedInUser:
        if token.startswith(API_TOKEN_PREFIX):
            user = self._auth.api_tokens.find(token)
            if user is None:
                raise NotAuthenticated("the token is revoked, expired or was never one")
            return user
        caller = self._tokens.read(token)
        if not isinstance(caller, ServiceCaller) or caller.service != "operator":
            raise NotPermitted("only a user, an API token or the operator may use this")
        return OPERATOR

    def _user_of_cookie(self, cookie: str) -> SignedInUser:
        user = self._auth.sessions.find(cookie)
        if user is None:
            raise NotAuthenticated("the session is over")
        return user

    def _is_secure(self) -> bool:
        return request.is_secure or self._public_url.startswith("https:")

    def _is_own_origin(self, environ: Mapping[str, object]) -> bool:
        origin = environ.get("HTTP_ORIGIN")
        if not origin:
            return True
        own = {str(environ.get("HTTP_HOST", "")), urlsplit(self._public_url).netloc}
        return urlsplit(str(origin)).netloc in own - {""}


def _asked_of_view() -> Role:
    """What `require` asks of the view that this request is for; Flask's wrapping keeps what hangs on a view."""
    role: Role = getattr(current_app.view_functions.get(request.endpoint or ""), ROLE, "viewer")
    return role


def _has_csrf(cookie: str) -> bool:
    return hmac.compare_digest(request.headers.get(CSRF_HEADER, "").encode(), csrf_of(cookie).encode())


def _cookie_of(header: str) -> str | None:
    return parse_cookie(header).get(SESSION_COOKIE)
