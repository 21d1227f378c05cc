"""The door: channels, durable inbox, contacts, conversations, outbox, and the follower of the executor's rows."""

from whatsapp_service.app import create_app
from whatsapp_service.gateway import Gateway
from whatsapp_service.making import make_gateway

__all__ = ["Gateway", "create_app", "make_gateway"]
