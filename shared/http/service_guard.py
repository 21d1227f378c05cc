"""Who may use the API between services: holders of a signed service token."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Literal, ParamSpec, TypeVar

from flask import request
from flask_openapi import APIBlueprint

from shared.contracts.callers import ServiceCaller
from shared.errors import NotAuthenticated, NotPermitted
from shared.http.bearer import bearer_of
from shared.http.problems import PROBLEM_RESPONSES
from shared.tokens import Tokens

P = ParamSpec("P")
R = TypeVar("R")

ServiceName = Literal["gateway", "interpreter", "executor", "operator"]
SERVICE_SECURITY: list[dict[str, list[str]]] = [{"service": []}]
"""For `abp_security` of blueprints that `service_blueprint` did not make."""


def service_blueprint(
    tokens: Tokens, *names: ServiceName, name: str, import_name: str, url_prefix: str = ""
) -> APIBlueprint:
    """A blueprint whose views only these services may use; others are refused before its arguments are read."""
    api = APIBlueprint(
        name, import_name, url_prefix=url_prefix or None, abp_responses=PROBLEM_RESPONSES, abp_security=SERVICE_SECURITY
    )

    @api.before_request
    def let_in() -> None:
        check_service(tokens, request.headers.get("Authorization", ""), *names)

    return api


def require_service(tokens: Tokens, *names: ServiceName) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Decorates a view, below its route: lets these services in, else NotAuthenticated (401) or NotPermitted (403)."""

    def decorate(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            check_service(tokens, request.headers.get("Authorization", ""), *names)
            return view(*args, **kwargs)

        return guarded

    return decorate


def check_service(tokens: Tokens, authorization: str, *names: ServiceName) -> ServiceCaller:
    """The service that an Authorization header names, when it is one of these; for sockets and bare views."""
    token = bearer_of(authorization)
    if token is None:
        raise NotAuthenticated("send a service token")
    caller = tokens.read(token)
    if not isinstance(caller, ServiceCaller) or caller.service not in names:
        raise NotPermitted("this service may not use this")
    return caller
