"""`/api/channels/whatsapp`: what is still missing, what to type into Meta's forms, and whether the token is good."""

from __future__ import annotations

from flask import Response, request
from flask_openapi import APIBlueprint

from shared.contracts.base import Contract
from shared.http.guard import Guard
from shared.http.responses import json_response
from shared.settings import PREFIX, Settings
from whatsapp_service.channels.failures import ApiError, SendError
from whatsapp_service.http.door import PATHS
from whatsapp_service.http.webhooks import text_of
from whatsapp_service.making import whatsapp_client

NEEDED = ("whatsapp_phone_number_id", "whatsapp_token", "whatsapp_app_secret", "whatsapp_verify_token")


class WhatsAppSetup(Contract):
    """`missing` are the variables that stand empty, in the order in which one meets them at Meta.

    Meta delivers only to a `webhook_url` that begins with https and that it can reach.
    """

    webhook_url: str
    verify_token: str
    phone_number_id: str
    missing: tuple[str, ...]


class TokenTest(Contract):
    """`number` and `name` are what Meta calls the number; `problem` is what it said instead, `http` its status."""

    is_good: bool
    number: str = ""
    name: str = ""
    http: int = 0
    problem: str = ""


def setup_api(settings: Settings, guard: Guard) -> APIBlueprint:
    api = guard.blueprint("channels", __name__, url_prefix="/api/channels/whatsapp", role="administrator")

    @api.get("", summary="What to type into Meta's forms", responses={"200": WhatsAppSetup})
    def show() -> Response:
        root = settings.public_url.rstrip("/") or request.host_url.rstrip("/")
        return json_response(
            WhatsAppSetup(
                webhook_url=root + PATHS[0],
                verify_token=text_of(settings.whatsapp_verify_token),
                phone_number_id=settings.whatsapp_phone_number_id,
                missing=tuple(PREFIX + name.upper() for name in NEEDED if not getattr(settings, name)),
            )
        )

    @api.post("/test", summary="Ask Meta for the number with the token", responses={"200": TokenTest})
    def test() -> Response:
        return json_response(_tested(settings))

    return api


def _tested(settings: Settings) -> TokenTest:
    client = whatsapp_client(settings)
    if client is None:
        return TokenTest(is_good=False, problem="not_set_up")
    try:
        number, name = client.number()
    except ApiError as error:
        return TokenTest(is_good=False, http=error.http, problem=error.text[:300])
    except SendError as error:
        return TokenTest(is_good=False, problem=str(error)[:300] or "unreachable")
    return TokenTest(is_good=True, number=number, name=name)
