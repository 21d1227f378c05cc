"""`/api/auth`: signing in and out, and the sessions of whoever is signed in."""

from __future__ import annotations

from flask import Response, jsonify
from flask_openapi import APIBlueprint

from shared.auth.model import StartedSession
from shared.auth.sessions import csrf_of
from shared.auth.wiring import Auth
from shared.contracts.base import Json
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
from shared.http.browser import browser_user, cookie, visit
from shared.http.guard import Guard
from shared.http.problems import PROBLEM_RESPONSES
from shared.http.second_factor_api import second_factor_api
from shared.http.tokens_api import tokens_api
from shared.http.users_api import users_api

PREFIX = "/api/auth"


def console_apis(guard: Guard, auth: Auth) -> tuple[APIBlueprint, ...]:
    """All blueprints about users: /api/auth, its second factor and tokens, /api/users and /api/audit."""
    return (
        login_api(guard, auth),
        auth_api(guard, auth),
        second_factor_api(guard, auth),
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
        return _signed_in(guard, auth.login.with_first_link(link, body.name, password, visit()), 201)

    @api.post("/login", summary="Sign in", responses={"200": Me})
    def login(body: LoginRequest) -> Response:
        password = body.password.get_secret_value()
        return _signed_in(guard, auth.login.with_password(body.name, password, visit(), code=body.code), 200)

    return api


def auth_api(guard: Guard, auth: Auth) -> APIBlueprint:
    """What everybody who is signed in may do for themselves."""
    api = guard.blueprint("auth", __name__, url_prefix=PREFIX)

    @api.get("/me", summary="Who is signed in", responses={"200": Me})
    def me() -> Json:
        user = guard.user()
        return Me.of(user, csrf_of(cookie()) if user.via == "session" else None).model_dump(mode="json")

    @api.post("/logout", summary="End this session", responses={"204": None})
    def logout() -> Response:
        auth.sessions.end_with(browser_user(guard).id, cookie())
        return guard.clear_cookies(Response(status=204))

    @api.post("/password", summary="Change the own password; ends all other sessions", responses={"200": Me})
    def change_password(body: PasswordRequest) -> Response:
        user = browser_user(guard)
        current, password = body.current.get_secret_value(), body.password.get_secret_value()
        return _signed_in(guard, auth.login.change_password(user, current, password, visit()), 200)

    @api.get("/sessions", summary="The own live sessions", responses={"200": SessionList})
    def list_sessions() -> Json:
        user, current_id = browser_user(guard), auth.sessions.id_of(cookie())
        views = tuple(SessionView.of(session, current_id) for session in auth.sessions.list(user.id))
        return SessionList(sessions=views).model_dump(mode="json")

    @api.delete("/sessions", summary="Sign out everywhere", responses={"204": None})
    def end_sessions() -> Response:
        user = browser_user(guard)
        auth.sessions.end_all(user.id, user.id)
        return guard.clear_cookies(Response(status=204))

    @api.delete("/sessions/<string:session_id>", summary="End one of the own sessions", responses={"204": None})
    def end_session(path: SessionPath) -> Response:
        user = browser_user(guard)
        auth.sessions.end(user.id, user.id, path.session_id)
        return Response(status=204)

    return api


def _signed_in(guard: Guard, started: StartedSession, status: int) -> Response:
    user = started.user
    response = jsonify(
        Me(id=user.id, name=user.name, role=user.role, via="session", csrf=started.csrf).model_dump(mode="json")
    )
    response.status_code = status
    return guard.set_cookies(response, started)
