"""Errors over HTTP: every one is `application/problem+json`, made and read here only."""

from __future__ import annotations

import math
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, g
from flask_openapi import Response as OpenApiResponse
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import HTTPException

from shared.errors import (
    CallerError,
    InvalidArguments,
    PermanentError,
    RecadoError,
    TemporaryError,
    error_classes,
)
from shared.logs import get_logger

TYPE_PREFIX = "urn:recado:"
JSON = "application/problem+json"
Responses = dict[str | int | HTTPStatus, type[BaseModel] | OpenApiResponse | dict[str, Any] | None]


class FieldError(BaseModel):
    where: str
    what: str


class Problem(BaseModel):
    """RFC 9457; `errors` names each wrong field, `params` fill the sentence that people read."""

    type: str
    title: str
    status: int
    detail: str = ""
    errors: list[FieldError] = []
    params: dict[str, str] = {}
    retry_after_seconds: float | None = None


def _problem_schema() -> dict[str, Any]:
    """The schema of a problem in one piece: inside an OpenAPI document a reference to its own parts leads nowhere."""
    schema = Problem.model_json_schema()
    schema["properties"]["errors"]["items"] = schema.pop("$defs")[FieldError.__name__]
    return schema


PROBLEM_RESPONSES: Responses = {
    str(status): {"description": title, "content": {JSON: {"schema": _problem_schema()}}}
    for status, title in {
        400: "Bad request",
        401: "Not authenticated",
        403: "Not permitted",
        404: "Not found",
        405: "Method not allowed",
        409: "Conflict",
        410: "No longer available",
        413: "Too large",
        415: "Unsupported media type",
        422: "Invalid",
        429: "Too many requests",
        503: "Temporarily unavailable",
    }.items()
}


def problem_of(error: RecadoError) -> Problem:
    """The problem that says an error of the tree."""
    errors = error.errors if isinstance(error, InvalidArguments) else ()
    return Problem(
        type=TYPE_PREFIX + error.code,
        title=error.title,
        status=error.status,
        detail=error.detail,
        errors=[FieldError(where=one.get("where", ""), what=one.get("what", "")) for one in errors],
        params=dict(error.params),
        retry_after_seconds=error.retry_after_seconds if isinstance(error, TemporaryError) else None,
    )


def error_of(body: object, status: int) -> RecadoError:
    """The error of the tree that a problem says; an unknown one becomes the plain branch for its status."""
    try:
        problem = Problem.model_validate(body)
    except ValidationError:
        problem = Problem(type="about:blank", title="Not a problem document", status=status)
    found = error_classes().get(problem.type.removeprefix(TYPE_PREFIX)) or _branch_of(status)
    error = found(problem.detail)
    error.status = status
    error.params = problem.params
    if isinstance(error, InvalidArguments):
        error.errors = tuple(one.model_dump() for one in problem.errors)
    if isinstance(error, TemporaryError):
        error.retry_after_seconds = problem.retry_after_seconds
    return error


def _branch_of(status: int) -> type[RecadoError]:
    if status in (429, 503, 504):
        return TemporaryError
    return CallerError if status < 500 else PermanentError


def register_problems(app: Flask) -> None:
    """Makes every error of an app a problem document."""
    app.register_error_handler(RecadoError, _of_ours)
    app.register_error_handler(HTTPException, _of_http)
    app.register_error_handler(Exception, _of_bug)


def validation_problem(error: ValidationError) -> Response:
    """422 that names each wrong field; malformed JSON is 400."""
    return _answer(validation_body(error))


def validation_body(error: ValidationError) -> Problem:
    """The problem that says what does not fit, without the values."""
    found = error.errors(include_url=False, include_input=False)
    wrong = [FieldError(where=".".join(map(str, one["loc"])), what=one["msg"]) for one in found]
    if any(one["type"] == "json_invalid" for one in found):
        return Problem(type=TYPE_PREFIX + "bad_request", title="Not JSON", status=400, errors=wrong)
    return Problem(type=TYPE_PREFIX + "invalid_arguments", title="Invalid", status=422, errors=wrong)


def _of_ours(error: RecadoError) -> Response:
    response = _answer(problem_of(error))
    if isinstance(error, TemporaryError) and error.retry_after_seconds is not None:
        response.headers["Retry-After"] = str(math.ceil(error.retry_after_seconds))
    return response


def _of_http(error: HTTPException) -> Response:
    status = error.code or 500
    return _answer(
        Problem(type="about:blank", title=error.name, status=status, detail=error.description or ""),
        allow=", ".join(sorted(getattr(error, "valid_methods", None) or ())),
    )


def _of_bug(error: Exception) -> Response:
    get_logger("http").error("request_failed", exc_info=error, turn_id=g.get("turn_id"))
    return _answer(Problem(type=TYPE_PREFIX + "error", title="Something went wrong", status=500))


def _answer(problem: Problem, *, allow: str = "") -> Response:
    response = Response(problem.model_dump_json(), status=problem.status, content_type=JSON)
    if allow:
        response.headers["Allow"] = allow
    return response
