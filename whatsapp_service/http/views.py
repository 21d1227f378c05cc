"""The bodies of the gateway's API; those of messages and conversations are also what `/inbox` pushes."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field, StrictStr

from shared.contracts.base import Contract, Json, Language, Timestamp

MAX_PAGE = 200
MAX_ID = 2**62
Limit = Annotated[int, Field(ge=1, le=MAX_PAGE)]
RowId = Annotated[int, Field(ge=0, le=MAX_ID)]
RecordId = Annotated[str, Field(pattern=r"^[0-9a-f]{27}$")]
Mode = Literal["bot", "human", "muted"]


def _zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("not a time zone, e.g. America/Bogota")
    return name


def _plain(text: str) -> str:
    if "\x00" in text:
        raise ValueError("U+0000 cannot be stored")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError("half a character cannot be stored") from None
    return text


Text = Annotated[StrictStr, AfterValidator(_plain)]
Zone = Annotated[StrictStr, AfterValidator(_zone)]


class AddressView(Contract):
    channel: str
    account: str
    kind: str
    value: str


class ContactView(Contract):
    """`conflict`: an address arrived with this contact's that belongs to another one."""

    id: str
    name: str
    username: str
    language: Language
    time_zone: str
    conflict: bool
    created_at: Timestamp
    addresses: tuple[AddressView, ...] = ()


class ContactPage(Contract):
    """Newest first; `next` is the cursor of the following page."""

    contacts: tuple[ContactView, ...]
    next: str | None = None


class ConversationView(Contract):
    """`last_inbound_at` opens the channel's reply window.

    `parked_at`: since when messages (state `parked`) wait until the person writes; `parked_lost` older answers and
    reports were given up.
    """

    id: str
    channel: str
    account: str
    contact_id: str
    contact_name: str = ""
    mode: Mode
    language: Language
    time_zone: str
    label: str
    created_at: Timestamp
    last_inbound_at: Timestamp | None = None
    last_message_at: Timestamp
    parked_at: Timestamp | None = None
    parked_lost: int = 0


class ConversationPage(Contract):
    """The one with the latest message first; `next` is the cursor of the following page.

    `feed` is the place in the live feed after which all is news to who has read this page.
    """

    conversations: tuple[ConversationView, ...]
    next: str | None = None
    feed: int


class MessageView(Contract):
    """`state` is our side of it (received, done, queued, sent, ...), `status` the channel's (sent, delivered, read)."""

    id: int
    conversation_id: str
    direction: Literal["in", "out"]
    kind: str
    state: str
    status: str
    error: str
    content: Json
    turn_id: str | None = None
    slot: str | None = None
    reply_to: str | None = None
    external_id: str | None = None
    attempts: int
    created_at: Timestamp
    sent_at: Timestamp | None = None


class StatusView(Contract):
    status: str
    at: Timestamp
    code: int | None = None
    details: str = ""


class MessageDetail(MessageView):
    statuses: tuple[StatusView, ...] = ()


class MessagePage(Contract):
    """Oldest first; `feed` as in ConversationPage."""

    messages: tuple[MessageView, ...]
    feed: int


class ChangeView(Contract):
    """One row of the live feed: `message` as it now is, or the conversation."""

    id: int
    conversation_id: str
    kind: Literal["message", "status", "conversation"]
    at: Timestamp
    message: MessageView | None = None
    conversation: ConversationView | None = None


class ChangePage(Contract):
    """Oldest first; `next` is the cursor for what comes after."""

    changes: tuple[ChangeView, ...]
    next: int


class DeliveryView(Contract):
    id: int
    channel: str
    received_at: Timestamp
    outcome: str
    items: int
    copies: int
    size_bytes: int


class DeliveryPage(Contract):
    """Newest first; `next` is the `before` of the following page."""

    deliveries: tuple[DeliveryView, ...]
    next: int | None = None


class Replayed(Contract):
    """How many messages were new when a delivery was read again, and how many items still are not understood."""

    new_messages: int
    unparsed: int


class NoticeView(Contract):
    """What a provider sent that is no message: `unparsed` means that a person must look."""

    id: int
    channel: str
    account: str
    kind: str
    reason: str
    at: Timestamp
    delivery_id: int | None = None
    raw: Any = None


class NoticePage(Contract):
    notices: tuple[NoticeView, ...]
    next: int | None = None


class AccountView(Contract):
    """`held_reason`: why nothing of it is sent until a person acts."""

    channel: str
    account: str
    name: str
    held_reason: str
    held_at: Timestamp | None = None
    is_simulated: bool


class AccountList(Contract):
    accounts: tuple[AccountView, ...]


class NewContact(Contract):
    """`phone` with country code; spaces and signs are ignored."""

    phone: Annotated[Text, Field(min_length=5, max_length=40)]
    name: Annotated[Text, Field(max_length=200)] = ""
    language: Language | None = None


class ContactChange(Contract):
    name: Annotated[Text, Field(max_length=200)] | None = None
    language: Language | None = None
    time_zone: Zone | None = None


class ConversationChange(Contract):
    """`human` keeps messages without answering them, `muted` likewise."""

    mode: Mode | None = None
    label: Annotated[Text, Field(max_length=80)] | None = None


class WrittenMessage(Contract):
    """What a colleague writes to the person."""

    text: Annotated[Text, Field(min_length=1, max_length=20_000)]


class ChatTap(Contract):
    option: Annotated[Text, Field(min_length=1, max_length=200)]
    title: Annotated[Text, Field(max_length=200)] = ""


class ChatMessage(Contract):
    """A text or a tap, said by the user of the console, or `as` the contact with a phone (administrators only)."""

    text: Annotated[StrictStr, Field(min_length=1, max_length=100_000)] | None = None
    tap: ChatTap | None = None
    as_phone: Annotated[Text, Field(min_length=5, max_length=40)] | None = Field(None, alias="as")


class ChatView(Contract):
    """The conversation of the web chat of whoever asks; None before the first message."""

    conversation_id: str | None


class ChatAccepted(Contract):
    conversation_id: str
    message_id: int


class IdPath(Contract):
    record_id: RecordId


class RowPath(Contract):
    row_id: RowId


class AccountPath(Contract):
    channel: Annotated[str, Field(max_length=16)]
    account: Annotated[str, Field(max_length=64)]


class ArtifactPath(Contract):
    artifact_id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,80}$")]


class CursorQuery(Contract):
    cursor: Annotated[Text, Field(max_length=80)] | None = None
    limit: Limit = 50


class ConversationQuery(CursorQuery):
    """`sought` is a phone, or how the person's name begins."""

    sought: Annotated[Text, Field(max_length=80)] | None = None


class ToolPath(Contract):
    tool: Annotated[str, Field(pattern=r"^[a-z0-9_.]{1,60}$")]


class Trial(Contract):
    """What to try a tool with: values as people write them, e.g. `{"period": "last month"}`."""

    arguments: Json = Field(default_factory=dict)


class ContactQuery(CursorQuery):
    phone: Annotated[Text, Field(min_length=5, max_length=40)] | None = None


class BeforeQuery(Contract):
    before: RowId | None = None
    limit: Limit = 50


class MessageQuery(Contract):
    """`after` and `before` are ids of messages; without either the latest are given."""

    after: RowId | None = None
    before: RowId | None = None
    limit: Limit = 50


class ChangeQuery(Contract):
    after: RowId = 0
    limit: Limit = 100
