"""System messages: what happened to the person's own account. Their body text is never parsed."""

from __future__ import annotations

from whatsapp_service.channels.content import System, SystemEvent
from whatsapp_service.channels.types import Json
from whatsapp_service.channels.whatsapp.people import addresses
from whatsapp_service.channels.whatsapp.reading import need_block, text

_EVENTS: dict[str, SystemEvent] = {
    "user_changed_number": "number_changed",
    "user_changed_user_id": "user_id_changed",
    "customer_identity_changed": "identity_changed",
    "user_identity_changed": "identity_changed",
}


def system(message: Json) -> System:
    """A change of number, user id or device, with the old and new addresses of the same person."""
    part = need_block(message, "system")
    old = addresses((text(message, "from"), text(message, "from_user_id"), *_old_ids(part)))
    new = addresses((text(part, "wa_id"), text(part, "user_id"), text(part, "parent_user_id")))
    return System(_EVENTS.get(text(part, "type"), "other"), old, new)


def _old_ids(part: Json) -> tuple[str, str]:
    return text(part, "previous_user_id"), text(part, "previous_parent_user_id")


def opened(message: Json) -> System:
    """The person opened the chat for the first time."""
    return System("opened", addresses((text(message, "from"), text(message, "from_user_id"))))
