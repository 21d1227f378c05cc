"""Whose message is it: an address leads to a contact, a contact on an account to a conversation.

Two addresses that belong to different contacts are flagged and never merged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, delete, insert, or_, select, update

from shared.contracts.base import LANGUAGES, Language
from shared.ids import new_id
from shared.upserts import insert_new
from whatsapp_service.channels.address import Address
from whatsapp_service.channels.content import Media, System, Text
from whatsapp_service.channels.types import Echo, Inbound
from whatsapp_service.inbox.phones import only_digits, phone_language, phone_spellings, phone_time_zone
from whatsapp_service.model import Place
from whatsapp_service.tables import addresses, contacts, conversations

GuessLanguage = Callable[[str], Language | None]
Scope = tuple[str, str, str, str]
"""Channel, account, kind and value of an address; a phone means the same person everywhere: `("", "", ...)`."""

_STABLE_FIRST = {"bsuid": 0, "telegram": 0, "web": 0, "phone": 1, "parent_bsuid": 2, "other": 3}
_WRITE_TO_FIRST = {"phone": 0, "bsuid": 1, "telegram": 1, "web": 1, "parent_bsuid": 2, "other": 3}
_CONVERSATION = select(conversations.c.id).where(
    conversations.c.channel == bindparam("channel"),
    conversations.c.account == bindparam("account"),
    conversations.c.chat == bindparam("chat"),
)
_CONTACT = select(contacts.c.language, contacts.c.time_zone).where(contacts.c.id == bindparam("contact"))
_GIVE = (
    update(addresses)
    .where(addresses.c.contact_id == bindparam("old"))
    .values({addresses.c.contact_id: bindparam("new")})
)
_DROP = delete(contacts).where(contacts.c.id == bindparam("contact"))
_FLAG = update(contacts).where(contacts.c.id == bindparam("contact")).values(conflict=True)
_NAME = (
    update(contacts).where(contacts.c.id == bindparam("contact"), contacts.c.name == "").values(name=bindparam("said"))
)


class People:
    """Finds or makes contacts and conversations, inside the write that stores a message."""

    def __init__(self, guess: GuessLanguage) -> None:
        self._guess = guess

    def place(self, connection: Connection, message: Inbound | Echo, now: datetime) -> Place:
        """Where a message belongs; what is missing is made."""
        known = addresses_of(message)
        contact_id = self._contact(connection, message, known, now)
        return Place(contact_id, self._conversation(connection, message, contact_id, known, now))

    def add_contact(
        self, connection: Connection, phone: str, name: str, language: Language | None, now: datetime
    ) -> tuple[str, bool]:
        """The contact with this phone (digits), made if there is none, and whether it was."""
        scopes = (("", "", "phone", phone),)
        if found := _owners(connection, scopes):
            return found[0][1], False
        contact_id = self._make(connection, name, "", language or phone_language(phone), phone, now)
        owner = self._settled(connection, scopes, contact_id, now)
        return owner, owner == contact_id

    def _contact(
        self, connection: Connection, message: Inbound | Echo, known: tuple[Address, ...], now: datetime
    ) -> str:
        scopes = [scope_of(message.channel, message.account, one) for one in known]
        found = _owners(connection, scopes)
        if not found:
            contact_id = self._make_for(connection, message, known, now)
            return self._settled(connection, scopes, contact_id, now)
        contact_id = found[0][1]
        if any(owner != contact_id for _, owner in found):
            for owner in {owner for _, owner in found}:
                connection.execute(_FLAG, {"contact": owner})
        missing = [scope for scope in scopes if scope not in {held for held, _ in found}]
        _bind(connection, missing, contact_id, now)
        if isinstance(message, Inbound) and message.name:
            connection.execute(_NAME, {"contact": contact_id, "said": message.name[:200]})
        return contact_id

    def _settled(self, connection: Connection, scopes: Sequence[Scope], contact_id: str, now: datetime) -> str:
        """The owner of addresses that were nobody's: the new contact, or one that another process made meanwhile."""
        if _bind(connection, scopes, contact_id, now) == len(set(scopes)):
            return contact_id
        owner = next(owner for _, owner in _owners(connection, scopes))
        if owner != contact_id:
            connection.execute(_GIVE, {"old": contact_id, "new": owner})
            connection.execute(_DROP, {"contact": contact_id})
        return owner

    def _make_for(
        self, connection: Connection, message: Inbound | Echo, known: tuple[Address, ...], now: datetime
    ) -> str:
        phone = phone_of(known)
        name, username = (message.name, message.username) if isinstance(message, Inbound) else ("", "")
        language = self._guess(said(message)) or _told(message) or phone_language(phone)
        return self._make(connection, name, username, language, phone, now)

    def _make(
        self, connection: Connection, name: str, username: str, language: Language, phone: str, now: datetime
    ) -> str:
        contact_id = new_id()
        values = {
            "id": contact_id,
            "name": name[:200],
            "username": username[:200],
            "language": language,
            "time_zone": phone_time_zone(phone),
            "conflict": False,
            "created_at": now,
        }
        connection.execute(insert(contacts), values)
        return contact_id

    def _conversation(
        self,
        connection: Connection,
        message: Inbound | Echo,
        contact_id: str,
        known: tuple[Address, ...],
        now: datetime,
    ) -> str:
        group = message.group if isinstance(message, Inbound) else None
        place = {"channel": message.channel, "account": message.account[:64]}
        chat = f"group:{group}" if group else f"contact:{contact_id}"
        found = connection.execute(_CONVERSATION, {**place, "chat": chat[:255]}).scalar()
        if found is not None:
            return str(found)
        contact = connection.execute(_CONTACT, {"contact": contact_id}).one()
        address = Address("other", group) if group else write_to(known)
        values = {
            "id": new_id(),
            **place,
            "chat": chat[:255],
            "contact_id": contact_id,
            "address_kind": address.kind,
            "address_value": address.value[:255],
            "mode": "bot",
            "language": contact.language,
            "time_zone": contact.time_zone,
            "label": "",
            "history": "[]",
            "created_at": now,
            "last_message_at": now,
        }
        made = insert_new(connection, conversations, [values], conversations.c.id)
        # another process made it between our look and our insert
        return str(made[0].id if made else connection.execute(_CONVERSATION, {**place, "chat": chat[:255]}).scalar())


def addresses_of(message: Inbound | Echo) -> tuple[Address, ...]:
    """All addresses of the person, most stable first; a notice of a changed one names old and new."""
    listed = message.sender if isinstance(message, Inbound) else message.recipient
    if isinstance(message.content, System):
        listed = (*message.content.old, *message.content.new, *listed)
    distinct = tuple(dict.fromkeys(listed))
    if isinstance(message.content, System):
        return distinct
    return tuple(sorted(distinct, key=lambda one: _STABLE_FIRST[one.kind]))


def write_to(known: Iterable[Address]) -> Address:
    """The address that an answer goes to: a phone reaches everybody, a user id not on every route."""
    return min(known, key=lambda one: _WRITE_TO_FIRST[one.kind])


def scope_of(channel: str, account: str, address: Address) -> Scope:
    if address.kind == "phone":
        return "", "", "phone", only_digits(address.value) or address.value[:255]
    return channel, account[:64], address.kind, address.value[:255]


def phone_of(known: Iterable[Address]) -> str:
    return next((only_digits(one.value) for one in known if one.kind == "phone"), "")


def said(message: Inbound | Echo) -> str:
    """The words of a message, for guessing its language."""
    match message.content:
        case Text():
            return message.content.text
        case Media():
            return message.content.caption
        case _:
            return ""


def _told(message: Inbound | Echo) -> Language | None:
    """The language that the channel says the person uses."""
    told = message.language[:2] if isinstance(message, Inbound) else ""
    return next((language for language in LANGUAGES if language == told), None)


def _owners(connection: Connection, scopes: Iterable[Scope]) -> list[tuple[Scope, str]]:
    """Which of the addresses are known and whose they are, in the order of the question."""
    asked = list(scopes)
    spelled = [spelling for scope in asked for spelling in _spellings(scope)]
    condition = or_(
        *(
            and_(
                addresses.c.channel == channel,
                addresses.c.account == account,
                addresses.c.kind == kind,
                addresses.c.value == value,
            )
            for channel, account, kind, value in spelled
        )
    )
    rows = {
        (row.channel, row.account, row.kind, row.value): str(row.contact_id)
        for row in connection.execute(select(addresses).where(condition))
    }
    return [(scope, rows[scope]) for scope in dict.fromkeys([*asked, *spelled]) if scope in rows]


def _spellings(scope: Scope) -> list[Scope]:
    channel, account, kind, value = scope
    if kind != "phone":
        return [scope]
    return [(channel, account, kind, spelling) for spelling in phone_spellings(value)]


def _bind(connection: Connection, scopes: Iterable[Scope], contact_id: str, now: datetime) -> int:
    """Gives addresses to a contact, but those that have an owner; how many it got."""
    rows = [
        {
            "channel": channel,
            "account": account,
            "kind": kind,
            "value": value,
            "contact_id": contact_id,
            "created_at": now,
        }
        for channel, account, kind, value in dict.fromkeys(scopes)
    ]
    return len(insert_new(connection, addresses, rows, addresses.c.value))
