"""The gateway's app: webhooks, admin API, web chat and live feed over one started or unstarted gateway."""

from __future__ import annotations

from flask_openapi import OpenAPI
from prometheus_client import CollectorRegistry

from shared.http.frame import make_app
from shared.settings import Settings
from whatsapp_service.gateway import Gateway
from whatsapp_service.http.webhooks import webhooks


def create_app(settings: Settings, *, gateway: Gateway, metrics: CollectorRegistry, prefix: str = "") -> OpenAPI:
    """The app; starting and stopping the gateway is the caller's."""
    app = make_app(
        "whatsapp_service", title="Recado gateway", prefix=prefix, checks={"database": gateway.check}, metrics=metrics
    )
    app.register_blueprint(webhooks(gateway, settings))
    return app
