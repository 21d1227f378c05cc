"""`/api/users`: the console's users, for administrators."""

from __future__ import annotations

from flask import Response
from flask_openapi import APIBlueprint

from shared.auth.wiring import Auth
from shared.contracts.base import Json
from shared.http.auth_bodies import NewUser, UserChange, UserList, UserPath, UserView
from shared.http.guard import Guard


def users_api(guard: Guard, auth: Auth) -> APIBlueprint:
    api = guard.blueprint("users", __name__, url_prefix="/api/users", role="administrator")

    @api.get("", summary="All users", responses={"200": UserList})
    def list_users() -> Json:
        secured = auth.second_factors.users()
        views = tuple(UserView.of(one, has_second_factor=one.id in secured) for one in auth.users.list())
        return UserList(users=views).model_dump(mode="json")

    @api.post("", summary="Create a user", responses={"201": UserView})
    def create_user(body: NewUser) -> tuple[Json, int]:
        user = auth.users.create(guard.user().id, body.name, body.password.get_secret_value(), body.role)
        return UserView.of(user).model_dump(mode="json"), 201

    @api.patch("/<string:user_id>", summary="Change role, password, or disable", responses={"200": UserView})
    def change_user(path: UserPath, body: UserChange) -> Json:
        actor, password = guard.user().id, body.password.get_secret_value() if body.password else None
        user = auth.users.change(actor, path.user_id, role=body.role, is_active=body.is_active, password=password)
        has_factor = auth.second_factors.is_on(user.id)
        return UserView.of(user, has_second_factor=has_factor).model_dump(mode="json")

    @api.delete("/<string:user_id>/second-factor", summary="Take away a lost second factor", responses={"204": None})
    def reset_second_factor(path: UserPath) -> Response:
        auth.second_factors.remove(guard.user().id, auth.users.get(path.user_id).id)
        return Response(status=204)

    @api.delete("/<string:user_id>", summary="Delete a user", responses={"204": None})
    def delete_user(path: UserPath) -> Response:
        auth.users.delete(guard.user().id, path.user_id)
        return Response(status=204)

    return api
