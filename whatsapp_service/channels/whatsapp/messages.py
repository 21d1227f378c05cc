"""One entry of `messages[]` or `message_echoes[]` as a neutral event."""

from __future__ import annotations

from dataclasses import replace

from whatsapp_service.channels.address import Address
from whatsapp_service.channels.content import Media, System, Text
from whatsapp_service.channels.types import Echo, Inbound, Json
from whatsapp_service.channels.whatsapp.contents import content_of
from whatsapp_service.channels.whatsapp.people import addresses, contact_ids, contact_of
from whatsapp_service.channels.whatsapp.reading import ItemError, block, moment, need, text


def inbound(message: Json, account: str, people: dict[str, Json]) -> Inbound:
    """The message of a person. Raises ItemError when id, sender, time or content are missing."""
    content = content_of(message)
    context = block(message, "context")
    forwarded = bool(context.get("forwarded") or context.get("frequently_forwarded"))
    if forwarded and isinstance(content, Text | Media):
        content = replace(content, forwarded=True)
    contact = contact_of(people, _sender_ids(message))
    ids = [*_sender_ids(message), *contact_ids(contact)]
    if isinstance(content, System):  # such a notice may come without `from`
        ids += [address.value for address in content.old]
    sender = addresses(ids)
    external_id = need(message, "id")
    group = text(message, "group_id") or None
    profile = block(contact, "profile")
    return Inbound(
        channel="whatsapp",
        account=account,
        external_id=external_id,
        message_id=external_id,
        chat=group or _first(sender),
        sender=sender,
        sent_at=moment(message, "timestamp"),
        content=content,
        raw=message,
        name=text(profile, "name"),
        username=text(profile, "username").removeprefix("@"),
        reply_to=text(context, "id") or None,
        forwarded=forwarded,
        group=group,
        product_id=text(block(context, "referred_product"), "product_retailer_id") or None,
        referral=block(message, "referral") or None,
    )


def _sender_ids(message: Json) -> tuple[str, ...]:
    return text(message, "from"), text(message, "from_user_id"), text(message, "from_parent_user_id")


def _first(people: tuple[Address, ...]) -> str:
    if not people:
        raise ItemError("from is missing")
    return people[0].value


def echo(message: Json, account: str) -> Echo:
    """A message that somebody of ours sent from the phone app. Raises ItemError."""
    recipient = addresses((text(message, "to"), text(message, "to_user_id"), text(message, "to_parent_user_id")))
    return Echo(
        channel="whatsapp",
        account=account,
        external_id=need(message, "id"),
        chat=text(message, "group_id") or _first(recipient),
        recipient=recipient,
        sent_at=moment(message, "timestamp"),
        content=content_of(message),
        raw=message,
    )
