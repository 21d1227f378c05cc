"""Who may use the API between services: holders of a signed service token."""

from __future__ import annotations

from flask import request
from flask_openapi import APIBlueprint

from shared.contracts.callers import ServiceCaller, ServiceName
from shared.errors import NotAuthenticated, NotPermitted
from shared.http.bearer import bearer_of
from shared.http.problems import PROBLEM_RESPONSES
from shared.tokens import Tokens

SERVICE_SECURITY: list[dict[str, list[str]]] = [{"service": []}]


def service_blueprint(
    tokens: Tokens, *names: ServiceName, name: str, import_name: str, url_prefix: str = ""
) -> APIBlueprint:
    """A blueprint whose views only these services may use.

    Others are refused before arguments are read, with NotAuthenticated (401) or NotPermitted (403).
    """
    api = APIBlueprint(
        name, import_name, url_prefix=url_prefix or None, abp_responses=PROBLEM_RESPONSES, abp_security=SERVICE_SECURITY
    )

    @api.before_request
    def let_in() -> None:
        _check(tokens, request.headers.get("Authorization", ""), names)

    return api


def _check(tokens: Tokens, authorization: str, names: tuple[ServiceName, ...]) -> None:
    token = bearer_of(authorization)
    if token is None:
        raise NotAuthenticated("send a service token")
    caller = tokens.read(token)
    if not isinstance(caller, ServiceCaller) or caller.service not in names:
        raise NotPermitted("this service may not use this")
