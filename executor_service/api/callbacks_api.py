"""`POST /callbacks/{token}`: another system answers a flow that waits for it. The address itself is the permission."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from flask import Response, request
from flask_openapi import APIBlueprint
from pydantic import BaseModel, Field

from executor_service.executor import Executor
from shared.contracts.base import Contract, Json
from shared.errors import InvalidArguments
from shared.http.problems import PROBLEM_RESPONSES
from shared.http.responses import json_response

MAX_BODY_BYTES = 256 * 1024


class CallbackPath(BaseModel):
    token: str = Field(max_length=120)


class CallbackTaken(Contract):
    """The answer is stored; the flow goes on with it as soon as it waits for it."""

    is_taken: bool = True


def callbacks_api(executor: Executor) -> APIBlueprint:
    api = APIBlueprint("callbacks", __name__, url_prefix="/callbacks", abp_responses=PROBLEM_RESPONSES)

    @api.before_request
    def refuse_large_answers() -> None:
        request.max_content_length = MAX_BODY_BYTES

    @api.post("/<token>", summary="Answer a waiting flow, once", responses={"202": CallbackTaken})
    def callback(path: CallbackPath) -> Response:
        executor.flows.callbacks.receive(path.token, _data())
        return json_response(CallbackTaken(), HTTPStatus.ACCEPTED)

    return api


def _data() -> Json:
    """The JSON object, or the fields of a form; other JSON is under `value`, any other text under `text`."""
    if request.form:
        return request.form.to_dict()
    text = request.get_data(as_text=True, parse_form_data=False)
    if not request.is_json:
        return {"text": text.replace("\x00", "\ufffd")}
    try:
        found: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidArguments("the body is no JSON") from error
    return found if isinstance(found, dict) else {"value": found}
