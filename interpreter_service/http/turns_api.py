"""`POST /v1/turns`: one turn, for the gateway and the operator's command line."""

from __future__ import annotations

from flask import Response
from flask_openapi import APIBlueprint

from shared.apis import InterpreterApi
from shared.contracts.turns import TurnRequest, TurnResponse
from shared.http.responses import json_response
from shared.http.service_guard import service_blueprint
from shared.tokens import Tokens


def turns_api(interpreter: InterpreterApi, tokens: Tokens) -> APIBlueprint:
    api = service_blueprint(tokens, "gateway", "operator", name="turns", import_name=__name__, url_prefix="/v1")

    @api.post("/turns", summary="Answer one turn", responses={"200": TurnResponse})
    def turn(body: TurnRequest) -> Response:
        return json_response(interpreter.turn(body))

    return api
