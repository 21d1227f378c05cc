"""What an inbound message says: one small class per kind, told apart by `kind`.

Every text in here was typed by a stranger: it is for display and interpretation, never a path, an identity or a
permission.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from whatsapp_service.channels.address import Address

MediaKind = Literal["image", "audio", "video", "document", "sticker"]
UnsupportedReason = Literal["unsupported", "unknown", "too_big", "unused"]
SystemEvent = Literal[
    "opened", "number_changed", "user_id_changed", "identity_changed", "blocked", "unblocked", "other"
]


@dataclass(frozen=True, slots=True)
class Text:
    """Plain text; `forwarded` where somebody else wrote it."""

    text: str
    kind: Literal["text"] = "text"
    forwarded: bool = False


@dataclass(frozen=True, slots=True)
class Tap:
    """A button or list row was pressed.

    `payload` is the id we gave the option; old clients can forge it, so it must be looked up in our store. `answers`
    is the external id of our message that held it, where the provider says so. `query_id` is what some providers
    (Telegram) want acknowledged.
    """

    payload: str
    title: str
    answers: str | None = None
    query_id: str | None = None
    kind: Literal["tap"] = "tap"


@dataclass(frozen=True, slots=True)
class Media:
    """A file the person sent, still at the provider; `forwarded` where somebody else made it.

    `mime_type` has no parameters. `sha256` is as the provider wrote it (hexadecimal or base64), `url` dies within
    minutes.
    """

    media_id: str
    mime_type: str
    kind: MediaKind
    filename: str = ""
    caption: str = ""
    voice: bool = False
    size_bytes: int | None = None
    sha256: str = ""
    url: str = ""
    forwarded: bool = False


@dataclass(frozen=True, slots=True)
class Location:
    """A place, in degrees (WGS 84). Zero is a valid coordinate."""

    latitude: float
    longitude: float
    name: str = ""
    address: str = ""
    url: str = ""
    kind: Literal["location"] = "location"


@dataclass(frozen=True, slots=True)
class Card:
    """One contact card; any part may be missing."""

    name: str
    phones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contacts:
    """Contact cards. `own` is true only when the provider vouches that the sender shared their own number."""

    cards: tuple[Card, ...]
    own: bool = False
    kind: Literal["contacts"] = "contacts"


@dataclass(frozen=True, slots=True)
class Reaction:
    """An emoji put on a message; `None` takes it back. Not a turn."""

    target: str
    emoji: str | None
    kind: Literal["reaction"] = "reaction"


@dataclass(frozen=True, slots=True)
class Form:
    """The answer to a form. `values` is `None` when the answer's inner JSON was broken or not an object."""

    name: str
    answer: str
    values: dict[str, Any] | None
    kind: Literal["form"] = "form"


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One product of an order; amounts are the text of the provider's number, in `currency`."""

    product_id: str
    quantity: str
    price: str
    currency: str


@dataclass(frozen=True, slots=True)
class Order:
    """A basket sent from a catalogue."""

    catalog_id: str
    text: str
    lines: tuple[OrderLine, ...]
    kind: Literal["order"] = "order"


@dataclass(frozen=True, slots=True)
class Edited:
    """An earlier message (`original`) now reads `text`; `None` where the new text was not given. Not a new request."""

    original: str
    text: str | None
    kind: Literal["edited"] = "edited"


@dataclass(frozen=True, slots=True)
class Deleted:
    """An earlier message was taken back by its sender."""

    original: str
    kind: Literal["deleted"] = "deleted"


@dataclass(frozen=True, slots=True)
class System:
    """Something happened to the person's account or chat. `old` and `new` are addresses of the same person."""

    event: SystemEvent
    old: tuple[Address, ...] = ()
    new: tuple[Address, ...] = ()
    kind: Literal["system"] = "system"


@dataclass(frozen=True, slots=True)
class Unsupported:
    """A message that we cannot read; `type` is the provider's word for it.

    `unsupported`: the provider could not pass it on. `unknown`: a type newer than this code. Both deserve one polite
    answer. `too_big`: ask for a smaller file. `unused`: known and of no use here, no answer.
    """

    type: str
    reason: UnsupportedReason
    kind: Literal["unsupported"] = "unsupported"


Content = Text | Tap | Media | Location | Contacts | Reaction | Form | Order | Edited | Deleted | System | Unsupported
