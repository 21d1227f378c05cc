"""`/api/auth/tokens`: the API tokens of programs, for administrators."""

from __future__ import annotations

from flask import Response
from flask_openapi import APIBlueprint

from shared.auth.wiring import Auth
from shared.contracts.base import Json
from shared.errors import InvalidArguments
from shared.http.auth_bodies import MadeToken, NewToken, TokenList, TokenPath, TokenView
from shared.http.guard import Guard


def tokens_api(guard: Guard, auth: Auth) -> APIBlueprint:
    api = guard.blueprint("tokens", __name__, url_prefix="/api/auth/tokens", role="administrator")

    @api.get("", summary="All API tokens, without their secrets", responses={"200": TokenList})
    def list_tokens() -> Json:
        return TokenList(tokens=tuple(map(TokenView.of, auth.api_tokens.list()))).model_dump(mode="json")

    @api.post("", summary="Make an API token; its secret is shown once", responses={"201": MadeToken})
    def make_token(body: NewToken) -> tuple[Json, int]:
        actor, owner = guard.user().id, body.user_id or _owner(guard)
        token, secret = auth.api_tokens.make(actor, owner, body.name, body.role, expires_at=body.expires_at)
        return MadeToken(token=TokenView.of(token), secret=secret).model_dump(mode="json"), 201

    @api.delete("/<string:token_id>", summary="Revoke an API token", responses={"204": None})
    def revoke_token(path: TokenPath) -> Response:
        auth.api_tokens.revoke(guard.user().id, path.token_id)
        return Response(status=204)

    return api


def _owner(guard: Guard) -> str:
    owner_id = guard.user().owner_id
    if owner_id is None:
        what = "is needed: the operator is no user"
        raise InvalidArguments(f"user_id {what}", errors=({"where": "user_id", "what": what},))
    return owner_id
