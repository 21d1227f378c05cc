"""A webhook body as a list of neutral events: pure, total, and one bad item never costs its neighbours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any

from whatsapp_service.channels.types import Event, Json, Other
from whatsapp_service.channels.whatsapp.messages import echo, inbound
from whatsapp_service.channels.whatsapp.people import directory
from whatsapp_service.channels.whatsapp.reading import ItemError, block, decode, digest, errors, items, need, text
from whatsapp_service.channels.whatsapp.receipts import status

# A fault of ours in one reader must not hold back a delivery for days, so these count as "not understood" too.
_FAULTS = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError)
_OBJECT = "whatsapp_business_account"
_NOTICES = {
    "message_template_status_update": "template_status",
    "template_category_update": "template_category",
    "phone_number_quality_update": "number_quality",
    "business_capability_update": "business_capability",
    "account_update": "account_update",
    "account_alerts": "account_alert",
    "security": "security",
    "user_preferences": "user_preferences",
    "user_id_update": "user_id_update",
    "business_username_update": "business_username",
    "calls": "call",
    "history": "history",
    "smb_app_state_sync": "app_state",
}


def wa_parse(raw: bytes) -> list[Event]:
    """Everything in one delivery, in its order. Never raises, whatever the bytes are.

    Each item stands under the number (`phone_number_id`) of its own change. What cannot be understood comes
    back as `Other` of kind `unparsed`; the same item may appear twice and then has the same `unique_key`.
    """
    try:
        return list(_events(decode(raw)))
    except _FAULTS as error:
        return [_unparsed(_reason(error), sha256(raw).hexdigest(), {})]


def _events(body: Json) -> Iterator[Event]:
    if "object" in body and body["object"] != _OBJECT:
        yield _other("other_object", body)
        return
    for entry in _listed(body, "entry"):
        for change in _listed(entry, "changes"):
            yield from _change(change, text(entry, "id")) if isinstance(change, dict) else [_broken(change)]


def _listed(item: Any, key: str) -> list[Any]:
    """The list under `key`; what is there instead is passed on, so that it ends up as unparsed and not as nothing."""
    if not isinstance(item, dict):
        return [item]
    found = item.get(key, [])
    return found if isinstance(found, list) else [found]


def _change(change: Json, business: str) -> Iterator[Event]:
    value = block(change, "value")
    account = text(block(value, "metadata"), "phone_number_id")
    field = text(change, "field")
    if field in ("messages", ""):
        events = [*_items(value, account), *_value_errors(value, account, business)]
        yield from events or [_other("empty", change, account, business)]
    elif field == "smb_message_echoes":
        yield from _each(value, "message_echoes", account, lambda item: echo(item, _need_account(account)))
    else:
        yield _other(_NOTICES.get(field, "unknown_field"), change, account, business)


def _items(value: Json, account: str) -> Iterator[Event]:
    people = directory(value)
    yield from _each(value, "messages", account, lambda item: inbound(item, _need_account(account), people))
    yield from _each(value, "statuses", account, lambda item: status(item, _need_account(account), people))


def _need_account(account: str) -> str:
    """The account. Raises ItemError when a change does not name it."""
    return need({"phone_number_id": account}, "phone_number_id")


def _each(value: Json, key: str, account: str, read: Callable[[Json], Event]) -> Iterator[Event]:
    for item in _listed(value, key):
        if not isinstance(item, dict):
            yield _broken(item, account)
            continue
        try:
            yield read(item)
        except _FAULTS as error:
            yield _unparsed(_reason(error), digest(item), item, account)


def _value_errors(value: Json, account: str, business: str) -> Iterator[Other]:
    """Errors of the whole account, unless items stand beside them: then they speak of these."""
    if found := errors(value):
        kind = "item_error" if items(value, "messages") or items(value, "statuses") else "account_error"
        yield Other(
            channel="whatsapp",
            kind=kind,
            digest=digest(value),
            raw=value,
            account=account,
            business=business,
            errors=found,
        )


def _other(kind: str, part: Json, account: str = "", business: str = "") -> Other:
    return Other(channel="whatsapp", kind=kind, digest=digest(part), raw=part, account=account, business=business)


def _reason(error: Exception) -> str:
    """What was wrong, without any of the values: only our own errors promise that of their text."""
    return str(error) if isinstance(error, ItemError) else type(error).__name__


def _broken(part: Any, account: str = "") -> Other:
    return _unparsed("not an object", digest(part), {"value": part}, account)


def _unparsed(reason: str, key: str, part: Json, account: str = "") -> Other:
    return Other(channel="whatsapp", kind="unparsed", digest=key, raw=part, account=account, reason=reason)
