"""`/api/auth/second-factor`: codes of an app on the phone, asked for besides the password."""

from __future__ import annotations

from flask import Response
from flask_openapi import APIBlueprint

from shared.auth.wiring import Auth
from shared.contracts.base import Json
from shared.http.auth_bodies import BeginRequest, BegunFactor, ConfirmRequest, RecoveryCodes, SecondFactorView
from shared.http.browser import browser_user, visit
from shared.http.guard import Guard


def second_factor_api(guard: Guard, auth: Auth) -> APIBlueprint:
    """What everybody who is signed in may do for themselves; tries are counted like those to sign in."""
    api = guard.blueprint("second_factor", __name__, url_prefix="/api/auth/second-factor")

    @api.get("", summary="Whether it is on", responses={"200": SecondFactorView})
    def show() -> Json:
        left = auth.second_factors.codes_left(browser_user(guard).id)
        return SecondFactorView(is_on=left is not None, recovery_codes_left=left or 0).model_dump(mode="json")

    @api.post("", summary="Begin: the secret for the app", responses={"200": BegunFactor})
    def begin(body: BeginRequest) -> Json:
        user = browser_user(guard)
        auth.login.check_again(user, body.password.get_secret_value(), visit())
        begun = auth.second_factors.begin(user.id, user.name)
        return BegunFactor(secret=begun.secret, address=begun.address).model_dump(mode="json")

    @api.post("/confirm", summary="Turn it on with a first code", responses={"200": RecoveryCodes})
    def confirm(body: ConfirmRequest) -> Json:
        codes = auth.login.turn_on_second_factor(browser_user(guard), body.code, visit())
        return RecoveryCodes(codes=codes).model_dump(mode="json")

    @api.post("/remove", summary="Turn it off", responses={"204": None})
    def remove(body: BeginRequest) -> Response:
        user = browser_user(guard)
        auth.login.check_again(user, body.password.get_secret_value(), visit())
        auth.second_factors.remove(user.id, user.id)
        return Response(status=204)

    return api
