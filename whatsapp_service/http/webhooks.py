"""Where WhatsApp delivers: the signature is checked on the raw bytes, then everything is stored, then it is 200."""

from __future__ import annotations

from flask import Blueprint, Response, request
from pydantic import SecretStr

from shared.errors import NotAuthenticated, NotPermitted, TemporaryError
from shared.settings import Settings
from whatsapp_service.channels.whatsapp.signature import wa_challenge, wa_signature_ok
from whatsapp_service.gateway import Gateway
from whatsapp_service.http.door import PATHS


def webhooks(gateway: Gateway, settings: Settings) -> Blueprint:
    """The routes that Meta calls. 5xx only when nothing was stored, since Meta then delivers again.

    Good deliveries mostly come in by the `Door` before; here come the rest, to be told why they are refused.
    """
    blueprint = Blueprint("webhooks", __name__)
    app_secret, verify_token = text_of(settings.whatsapp_app_secret), text_of(settings.whatsapp_verify_token)
    has_credentials = settings.whatsapp_token is not None or bool(settings.whatsapp_phone_number_id)

    def verify() -> Response:
        challenge = wa_challenge(request.args, verify_token)
        if challenge is None:
            raise NotPermitted("the verify token is not the configured one")
        return Response(challenge, content_type="text/plain; charset=utf-8")

    def deliver() -> Response:
        request.max_content_length = gateway.limits.max_delivery_bytes
        if not app_secret and not has_credentials:
            raise TemporaryError("WhatsApp is not set up: RECADO_WHATSAPP_APP_SECRET is empty")
        raw = request.get_data(cache=True)
        if not wa_signature_ok(app_secret, raw, request.headers.get("X-Hub-Signature-256")):
            gateway.metrics.delivered("whatsapp", "refused")
            raise NotAuthenticated("the signature is missing or wrong")
        gateway.inbox.accept(raw, "whatsapp")
        gateway.metrics.delivered("whatsapp", "stored")
        return Response(status=200)

    for path in PATHS:
        blueprint.add_url_rule(path, f"verify_{path}", verify, methods=["GET"])
        blueprint.add_url_rule(path, f"deliver_{path}", deliver, methods=["POST"])
    return blueprint


def text_of(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""
