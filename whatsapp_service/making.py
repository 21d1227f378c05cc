"""A gateway from the settings: with credentials messages leave, without them they are only shown."""

from __future__ import annotations

from dataclasses import replace

from prometheus_client import CollectorRegistry

from shared.apis import EventStream, ExecutorApi, InterpreterApi
from shared.clock import Clock, utc_now
from shared.database import Database
from shared.http.outgoing import open_line
from shared.settings import Settings
from shared.tokens import Tokens
from whatsapp_service.channels.whatsapp.client import WhatsAppClient
from whatsapp_service.channels.whatsapp.settings import WhatsAppSettings
from whatsapp_service.engine import Engine
from whatsapp_service.gateway import Gateway
from whatsapp_service.limits import Limits
from whatsapp_service.outbox.accounts import Name
from whatsapp_service.outbox.invitations import Invitation
from whatsapp_service.outbox.senders import Sender
from whatsapp_service.outbox.simulated import WEB, SimulatedSender
from whatsapp_service.outbox.whatsapp import MANNER, WhatsAppSender


def make_gateway(
    settings: Settings,
    *,
    database: Database,
    interpreter: InterpreterApi,
    executor: ExecutorApi,
    events: EventStream,
    tokens: Tokens,
    metrics: CollectorRegistry,
    now: Clock = utc_now,
    limits: Limits | None = None,
) -> Gateway:
    """A gateway that is not started yet. Call it after a fork: it opens connections."""
    limits = limits or Limits()
    senders = whatsapp_senders(settings, pool_size=limits.turn_threads + limits.send_threads + 1)
    fallbacks: dict[str, Sender] = {"web": SimulatedSender(WEB, executor.open_artifact)}
    if not senders:
        fallbacks["whatsapp"] = SimulatedSender()
    engine = Engine(
        database,
        interpreter=interpreter,
        executor=executor,
        events=events,
        tokens=tokens,
        senders=senders,
        fallbacks=fallbacks,
        metrics=metrics,
        now=now,
        limits=limits,
    )
    return Gateway(engine)


def whatsapp_senders(settings: Settings, *, pool_size: int) -> dict[Name, Sender]:
    """The configured number; none without a token."""
    client = whatsapp_client(settings, pool_size=pool_size)
    if client is None:
        return {}
    name, languages = settings.whatsapp_invite_template, settings.whatsapp_invite_languages
    invitations = tuple(Invitation(name=name, language=one) for one in languages if name)
    manner = replace(MANNER, invitations=invitations)
    return {("whatsapp", client.settings.phone_number_id): WhatsAppSender(client, manner=manner)}


def whatsapp_client(settings: Settings, *, pool_size: int = 1) -> WhatsAppClient | None:
    """The configured number at Meta; none without a token."""
    if settings.whatsapp_token is None or not settings.whatsapp_phone_number_id:
        return None
    number = WhatsAppSettings(
        phone_number_id=settings.whatsapp_phone_number_id,
        token=settings.whatsapp_token.get_secret_value(),
        base_url=settings.whatsapp_graph_url,
        version=settings.whatsapp_api_version,
    )
    return WhatsAppClient(number, open_line(number.base_url, pool_size))
