"""Who sent it: phone numbers, business-scoped user ids (BSUID) and the contact block that names them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from whatsapp_service.channels.address import Address, AddressKind
from whatsapp_service.channels.types import Json
from whatsapp_service.channels.whatsapp.reading import items, text

# Meta, "Business-scoped user IDs": country code, dot, up to 128 letters or digits; a parent id has ENT in between.
_BSUID = re.compile(r"[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}")
_PHONE = re.compile(r"\+?[0-9]{5,20}")
_ORDER: dict[AddressKind, int] = {"bsuid": 0, "phone": 1, "parent_bsuid": 2, "other": 3}


def address_of(value: str) -> Address:
    """The address with its kind told by shape, because a BSUID can turn up where a phone number belongs."""
    if bsuid := _BSUID.fullmatch(value):
        return Address("parent_bsuid" if bsuid[1] else "bsuid", value)
    return Address("phone" if _PHONE.fullmatch(value) else "other", value)


def addresses(values: Iterable[str]) -> tuple[Address, ...]:
    """The distinct addresses among the values that are not empty, most stable first."""
    found = {value: address_of(value) for value in values if value}
    return tuple(sorted(found.values(), key=lambda address: _ORDER[address.kind]))


def directory(value: Json) -> dict[str, Json]:
    """The contact blocks of a change by each id they carry; their position says nothing about whose they are."""
    found: dict[str, Json] = {}
    for contact in items(value, "contacts"):
        if isinstance(contact, dict):
            for key in ("wa_id", "user_id"):
                if name := text(contact, key):
                    found[name] = contact
    return found


def contact_of(people: dict[str, Json], ids: Iterable[str]) -> Json:
    """The contact block of the person with one of these ids, or an empty one."""
    return next((people[name] for name in ids if name in people), {})


def contact_ids(contact: Json) -> tuple[str, ...]:
    """All ids in a contact block, some of them empty."""
    return text(contact, "wa_id"), text(contact, "user_id"), text(contact, "parent_user_id")
