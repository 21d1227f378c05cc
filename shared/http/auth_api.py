"""`/api/auth`: signing in and out, and the sessions of whoever is signed in."""

from __future__ import annotations

from flask import Response, jsonify, request
from flask_openapi import APIBlueprint

from shared.auth.login import Visit
from shared.auth.model import SignedInUser, StartedSession
from shared.auth.sessions import csrf_of
from shared.auth.wiring import Auth
from shared.contracts.base import Json
from shared.errors import NotPermitted
from shared.http.audit_api import audit_api
from shared.http.auth_bodies import (
    FirstRequest,
    LoginRequest,
    Me,
    PasswordRequest,
    SessionList,
    SessionPath,
    SessionView,
)
from shared.http.guard import SESSION_COOKIE, Guard
from shared.http.problems import PROBLEM_RESPONSES
from shared.http.tokens_api import tokens_api
from shared.http.users_api import users_api

PREFIX = "/api/auth"


def console_apis(guard: Guard, auth: Auth) -> tuple[APIBlueprint, ...]:
    """All blueprints about users: /api/auth, /api/auth/tokens, /api/users and /api/audit."""
    return (
        login_api(guard, auth),
        auth_api(guard, auth),
        tokens_api(guard, auth),
        users_api(guard, auth),
        audit_api(guard, auth),
    )


def login_api(guard: Guard, auth: Auth) -> APIBlueprint:
    """The doors that are open to strangers; tries are counted per account and per address."""
    api = APIBlueprint("login", __name__, url_prefix=PREFIX, abp_responses=PROBLEM_RESPONSES)

    @api.post("/first", summary="Become the first administrator", responses={"201": Me})
    def first(body: FirstRequest) -> Response:
        link, password = body.link.get_secret_value(), body.password.get_secret_value()
        return _signed_in(guard, auth.login.with_first_link(link, body.name, password, _visit()), 201)

    @api.post("/login", summary="Sign in", responses={"200": Me})
    def login(body: LoginRequest) -> Response:
        return _signed_in(guard, auth.login.with_password(body.name, body.password.get_secret_value(), _visit()), 200)

    return api


def auth_api(guard: Guard, auth: Auth) -> APIBlueprint:
    """What everybody who is signed in may do for themselves."""
    api = guard.blueprint("auth", __name__, url_prefix=PREFIX)

    @api.get("/me", summary="Who is signed in", responses={"200": Me})
    def me() -> Json:
        user = guard.user()
        return Me.of(user, csrf_of(_cookie()) if user.via == "session" else None).model_dump(mode="json")

    @api.post("/logout", summary="End this session", responses={"204": None})
    def logout() -> Response:
        auth.sessions.end_with(_browser_user(guard).id, _cookie())
        return guard.clear_cookies(Response(status=204))

    @api.post("/password", summary="Change the own password; ends all other sessions", responses={"200": Me})
    def change_password(body: PasswordRequest) -> Response:
        user = _browser_user(guard)
        current, password = body.current.get_secret_value(), body.password.get_secret_value()
        return _signed_in(guard, auth.login.change_password(user, current, password, _visit()), 200)

    @api.get("/sessions", summary="The own live sessions", responses={"200": SessionList})
    def list_sessions() -> Json:
        user, current_id = _browser_user(guard), auth.sessions.id_of(_cookie())
        views = tuple(SessionView.of(session, current_id) for session in auth.sessions.list(user.id))
        return SessionList(sessions=views).model_dump(mode="json")

    @api.delete("/sessions", summary="Sign out everywhere", responses={"204": None})
    def end_sessions() -> Response:
        user = _browser_user(guard)
        auth.sessions.end_all(user.id, user.id)
        return guard.clear_cookies(Response(status=204))

    @api.delete("/sessions/<string:session_id>", summary="End one of the own sessions", responses={"204": None})
    def end_session(path: SessionPath) -> Response:
        user = _browser_user(guard)
        auth.sessions.end(user.id, user.id, path.session_id)
        return Response(status=204)

    return api


def _visit() -> Visit:
    agent = request.headers.get("User-Agent", "")
    return Visit(address=request.remote_addr or "", browser=agent, cookie=request.cookies.get(SESSION_COOKIE))


def _cookie() -> str:
    return request.cookies.get(SESSION_COOKIE, "")


def _browser_user(guard: Guard) -> SignedInUser:
    user = guard.user()
    if user.via != "session":
        raise NotPermitted("only a signed-in browser has sessions")
    return user


def _signed_in(guard: Guard, started: StartedSession, status: int) -> Response:
    user = started.user
    response = jsonify(
        Me(id=user.id, name=user.name, role=user.role, via="session", csrf=started.csrf).model_dump(mode="json")
    )
    response.status_code = status
    return guard.set_cookies(response, started)
