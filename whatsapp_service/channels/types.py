"""What comes in from any channel: messages, delivery statuses, and everything else."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any, Literal

from whatsapp_service.channels.address import Address, Channel
from whatsapp_service.channels.content import Content

Json = dict[str, Any]

MAX_KEY_CHARS = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbound:
    """One message from a person.

    `external_id` is the provider's id for deduplication, `message_id` the one that replies quote (the same on
    WhatsApp, not on Telegram). `account` is our number or bot. `chat` is where an answer goes: the group, else the
    sender's most stable address. `sender` lists all known addresses, most stable first. `sent_at` is aware, UTC, by
    the provider's clock. `album` ties the messages of one album, `topic` is the thread inside a group. `raw` is the
    provider's item, untouched but for characters that no database can hold.
    """

    channel: Channel
    account: str
    external_id: str
    message_id: str
    chat: str
    sender: tuple[Address, ...]
    sent_at: datetime
    content: Content
    raw: Json = field(repr=False)
    name: str = ""
    username: str = ""
    language: str = ""
    reply_to: str | None = None
    forwarded: bool = False
    group: str | None = None
    album: str | None = None
    topic: str | None = None
    product_id: str | None = None
    referral: Json | None = None
    type: Literal["inbound"] = "inbound"

    @property
    def unique_key(self) -> str:
        """The same for every delivery of this message."""
        return _key(self.channel, self.account, "message", self.external_id)


@dataclass(frozen=True, slots=True)
class ApiErrorInfo:
    """One error as a webhook tells it."""

    code: int | None
    title: str = ""
    details: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What became of a message of ours.

    `status` is the provider's word, which may be one we do not know. `recipient` may be empty. `callback` is what we
    attached when sending. Of several errors the first decides.
    """

    channel: Channel
    account: str
    external_id: str
    status: str
    at: datetime
    raw: Json = field(repr=False)
    recipient: tuple[Address, ...] = ()
    recipient_key: str = ""
    group: str | None = None
    callback: str = ""
    errors: tuple[ApiErrorInfo, ...] = ()
    type: Literal["status"] = "status"

    @property
    def unique_key(self) -> str:
        """The same for every delivery of this status; each participant of a group has their own."""
        at = str(int(self.at.timestamp()))
        return _key(self.channel, self.account, "status", self.external_id, self.status, at, self.recipient_key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """Anything else: stored and visible, never a turn.

    `kind` `unparsed` means that a person must look (`reason` says why). `account` may be empty: many notices concern
    the whole business account, named by `business`. `digest` is a hash over the part of the body that it was made
    from.
    """

    channel: Channel
    kind: str
    digest: str
    raw: Json = field(repr=False)
    account: str = ""
    business: str = ""
    reason: str = ""
    errors: tuple[ApiErrorInfo, ...] = ()
    type: Literal["other"] = "other"

    @property
    def unique_key(self) -> str:
        """The same for every delivery with the same content."""
        return _key(self.channel, self.account or self.business, self.kind, self.digest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Echo:
    """A message that a colleague sent by hand from the phone app: stored as outbound, never a turn."""

    channel: Channel
    account: str
    external_id: str
    chat: str
    recipient: tuple[Address, ...]
    sent_at: datetime
    content: Content
    raw: Json = field(repr=False)
    type: Literal["echo"] = "echo"

    @property
    def unique_key(self) -> str:
        """The same for every delivery of this message."""
        return _key(self.channel, self.account, "echo", self.external_id)


Event = Inbound | Status | Echo | Other


def _key(*parts: str) -> str:
    key = ":".join(parts)
    if len(key) <= MAX_KEY_CHARS:
        return key
    return f"{parts[0]}:{parts[2]}:{sha256(key.encode()).hexdigest()}"
