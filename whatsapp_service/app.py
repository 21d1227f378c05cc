"""The gateway's app: webhooks, admin API, web chat and live feed around one gateway."""

from __future__ import annotations

from pathlib import Path

from flask_openapi import OpenAPI
from flask_socketio import SocketIO
from prometheus_client import CollectorRegistry

from shared.auth.wiring import Auth
from shared.counts import Counts
from shared.http.auth_api import console_apis
from shared.http.counts_api import counts_api
from shared.http.fan_out import make_socketio
from shared.http.frame import make_app
from shared.http.guard import Guard
from shared.http.preferences_api import preferences_api, preferences_change_api
from shared.http.retention_api import old_records_api
from shared.preferences import Preferences
from shared.retention import ConsoleSweep
from shared.settings import Settings
from whatsapp_service.counting import count_messages
from whatsapp_service.gateway import Gateway
from whatsapp_service.http.chat_api import artifacts_api, chat_api
from whatsapp_service.http.console_page import console_page
from whatsapp_service.http.contacts_api import contacts_api
from whatsapp_service.http.conversations_api import conversations_api, messages_api
from whatsapp_service.http.deliveries_api import accounts_api, deliveries_api, notices_api
from whatsapp_service.http.door import Door
from whatsapp_service.http.inbox_feed import InboxFeed
from whatsapp_service.http.setup_api import setup_api
from whatsapp_service.http.webhooks import text_of, webhooks
from whatsapp_service.retention import GatewaySweep


def create_app(
    settings: Settings,
    *,
    gateway: Gateway,
    guard: Guard,
    auth: Auth,
    metrics: CollectorRegistry,
    prefix: str = "",
    origins: list[str] | None = None,
    console: Path | None = None,
) -> tuple[OpenAPI, SocketIO]:
    """The app with its Socket.IO server around it; starting and stopping the gateway is the caller's.

    `console` is the folder with the built page, if there is one.
    """
    checks = {"database": gateway.check, "threads": gateway.check_threads}
    app = make_app(__name__, title="Recado gateway", prefix=prefix, checks=checks, metrics=metrics)
    app.register_blueprint(webhooks(gateway, settings))
    if console is not None:
        app.register_blueprint(console_page(console))
    preferences = Preferences(gateway.database, auth.audit)
    for api in (
        *console_apis(guard, auth),
        counts_api(Counts(gateway.database, "gateway", count_messages, now=gateway.now), guard),
        preferences_api(preferences, guard),
        preferences_change_api(preferences, guard),
        old_records_api(
            [GatewaySweep(gateway.database), ConsoleSweep(gateway.database, auth.sessions)],
            preferences,
            guard,
            gateway.now,
        ),
        contacts_api(gateway, guard, auth.audit),
        conversations_api(gateway, guard, auth.audit),
        messages_api(gateway, guard),
        deliveries_api(gateway, guard, auth.audit),
        notices_api(gateway, guard),
        accounts_api(gateway, guard, auth.audit),
        setup_api(settings, guard),
        chat_api(gateway, guard),
        artifacts_api(gateway.executor, guard),
    ):
        app.register_api(api)
    socketio = make_socketio(app, redis_url=settings.redis_url, channel="recado-inbox", origins=origins)
    socketio.on_namespace(InboxFeed(socketio, gateway, guard))
    app.wsgi_app = Door(app.wsgi_app, gateway, text_of(settings.whatsapp_app_secret))  # type: ignore[method-assign]
    return app, socketio
