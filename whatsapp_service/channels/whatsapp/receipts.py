"""One entry of `statuses[]` as a neutral status."""

from __future__ import annotations

from whatsapp_service.channels.types import Json, Status
from whatsapp_service.channels.whatsapp.people import addresses, contact_ids, contact_of
from whatsapp_service.channels.whatsapp.reading import errors, moment, need, text


def status(item: Json, account: str, people: dict[str, Json]) -> Status:
    """What became of a message of ours. Raises ItemError when id, status word or time are missing."""
    is_group = item.get("recipient_type") == "group"
    prefix = "recipient_participant" if is_group else "recipient"
    ids = tuple(text(item, f"{prefix}_{name}") for name in ("id", "user_id", "parent_user_id"))
    return Status(
        channel="whatsapp",
        account=account,
        external_id=need(item, "id"),
        status=need(item, "status"),
        at=moment(item, "timestamp"),
        raw=item,
        recipient=addresses((*ids, *contact_ids(contact_of(people, ids)))),
        recipient_key=next(filter(None, ids), ""),
        group=text(item, "recipient_id") or None if is_group else None,
        callback=text(item, "biz_opaque_callback_data"),
        errors=errors(item),
    )
