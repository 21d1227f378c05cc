"""The gateway's tables: deliveries, messages in and out, statuses, people, conversations, and what changed."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    literal_column,
)

from shared.database import UtcDateTime, json_type, new_metadata

metadata = new_metadata()


def _growing_id() -> Column[int]:
    # SQLite numbers only INTEGER keys by itself
    return Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True)


def _reference(name: str, target: str, *, nullable: bool = False) -> Column[str]:
    return Column(name, String(27), ForeignKey(target), nullable=nullable)


deliveries = Table(
    "gateway_deliveries",
    metadata,
    _growing_id(),
    Column("channel", String(16), nullable=False),
    # of the raw body: the same body again is counted here and not read again
    Column("digest", String(64), nullable=False),
    Column("copies", Integer, nullable=False),
    Column("received_at", UtcDateTime(), nullable=False),
    Column("outcome", String(10), nullable=False),
    Column("items", Integer, nullable=False),
    Column("raw", LargeBinary, nullable=False),
    UniqueConstraint("channel", "digest"),
    sqlite_autoincrement=True,
)

contacts = Table(
    "gateway_contacts",
    metadata,
    Column("id", String(27), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("username", String(200), nullable=False),
    Column("language", String(2), nullable=False),
    Column("time_zone", String(64), nullable=False),
    # an address that arrived with this contact's but belongs to another one: a person has to look
    Column("conflict", Boolean, nullable=False),
    Column("created_at", UtcDateTime(), nullable=False),
    Index("ix_gateway_contacts_name", "name", postgresql_ops={"name": "text_pattern_ops"}),
)

addresses = Table(
    "gateway_addresses",
    metadata,
    Column("channel", String(16), primary_key=True),
    Column("account", String(64), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("value", String(255), primary_key=True),
    _reference("contact_id", "gateway_contacts.id"),
    Column("created_at", UtcDateTime(), nullable=False),
    Index("ix_gateway_addresses_contact_id", "contact_id"),
)

IS_HUMAN = literal_column("mode") == literal_column("'human'")
IS_OPEN = literal_column("is_open") == literal_column("1")
"""The conditions of the partial indexes, written so that both databases recognise them in a query."""

conversations = Table(
    "gateway_conversations",
    metadata,
    Column("id", String(27), primary_key=True),
    Column("channel", String(16), nullable=False),
    Column("account", String(64), nullable=False),
    Column("chat", String(255), nullable=False),
    _reference("contact_id", "gateway_contacts.id"),
    Column("address_kind", String(16), nullable=False),
    Column("address_value", String(255), nullable=False),
    Column("mode", String(5), nullable=False),
    # when it was last set; none while it is as it began
    Column("mode_at", UtcDateTime()),
    Column("language", String(2), nullable=False),
    Column("time_zone", String(64), nullable=False),
    Column("label", String(80), nullable=False),
    Column("history", Text, nullable=False),
    Column("created_at", UtcDateTime(), nullable=False),
    Column("last_inbound_at", UtcDateTime()),
    Column("last_message_at", UtcDateTime(), nullable=False),
    # since when messages wait until the person writes, and how many answers and reports were given up meanwhile
    Column("parked_at", UtcDateTime()),
    Column("parked_lost", Integer, nullable=False, server_default="0"),
    Column("turn_owner", String(48)),
    Column("turn_until", UtcDateTime()),
    Column("send_owner", String(48)),
    Column("send_until", UtcDateTime()),
    UniqueConstraint("channel", "account", "chat"),
    Index("ix_gateway_conversations_last_message_at", "last_message_at", "id"),
    Index("ix_gateway_conversations_contact_id", "contact_id"),
    Index("ix_gateway_conversations_human", "mode_at", sqlite_where=IS_HUMAN, postgresql_where=IS_HUMAN),
)

messages = Table(
    "gateway_messages",
    metadata,
    _growing_id(),
    Column("key", String(255), nullable=False),
    _reference("conversation_id", "gateway_conversations.id"),
    _reference("contact_id", "gateway_contacts.id"),
    Column("channel", String(16), nullable=False),
    Column("account", String(64), nullable=False),
    Column("direction", String(3), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("state", String(10), nullable=False),
    # 1 while something is still to be done with it; the indexes for work hold only such rows
    Column("is_open", Integer, nullable=False),
    Column("due_at", UtcDateTime(), nullable=False),
    Column("content", json_type(), nullable=False),
    Column("external_id", String(255)),
    Column("reply_to", String(255)),
    Column("slot", String(80)),
    Column("turn_id", String(32)),
    Column("event_id", BigInteger),
    Column("status", String(20), nullable=False),
    Column("error", String(80), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("bodies_sent", Integer, nullable=False),
    Column("was_unknown", Boolean, nullable=False),
    Column("created_at", UtcDateTime(), nullable=False),
    Column("sent_at", UtcDateTime()),
    Column("delivery_id", BigInteger),
    UniqueConstraint("key"),
    Index("ix_gateway_messages_conversation_id", "conversation_id", "id"),
    Index("ix_gateway_messages_external_id", "external_id"),
    Index(
        "ix_gateway_messages_open",
        "conversation_id",
        "direction",
        "id",
        sqlite_where=IS_OPEN,
        postgresql_where=IS_OPEN,
    ),
    Index("ix_gateway_messages_due", "direction", "due_at", sqlite_where=IS_OPEN, postgresql_where=IS_OPEN),
    sqlite_autoincrement=True,
)

statuses = Table(
    "gateway_statuses",
    metadata,
    _growing_id(),
    Column("key", String(255), nullable=False),
    Column("channel", String(16), nullable=False),
    Column("account", String(64), nullable=False),
    Column("external_id", String(255), nullable=False),
    Column("status", String(40), nullable=False),
    Column("code", Integer),
    Column("details", String(300), nullable=False),
    Column("at", UtcDateTime(), nullable=False),
    # none: an orphan, waiting for the message that it speaks of
    Column("message_id", BigInteger),
    UniqueConstraint("key"),
    Index("ix_gateway_statuses_external_id", "external_id"),
    Index("ix_gateway_statuses_message_id", "message_id"),
    sqlite_autoincrement=True,
)

notices = Table(
    "gateway_notices",
    metadata,
    _growing_id(),
    Column("key", String(255), nullable=False),
    Column("channel", String(16), nullable=False),
    Column("account", String(64), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("reason", String(200), nullable=False),
    Column("raw", json_type(), nullable=False),
    Column("at", UtcDateTime(), nullable=False),
    Column("delivery_id", BigInteger),
    UniqueConstraint("key"),
    sqlite_autoincrement=True,
)

pending_tasks = Table(
    "gateway_pending_tasks",
    metadata,
    Column("task_id", String(64), primary_key=True),
    _reference("conversation_id", "gateway_conversations.id"),
    _reference("contact_id", "gateway_contacts.id"),
    Column("turn_id", String(32), nullable=False),
    Column("status", String(10), nullable=False),
    # how often the task has waited for the person: numbers the turns that this started
    Column("waits", Integer, nullable=False),
    Column("looked_at", UtcDateTime(), nullable=False),
    Index("ix_gateway_pending_tasks_looked_at", "looked_at"),
)

accounts = Table(
    "gateway_accounts",
    metadata,
    Column("channel", String(16), primary_key=True),
    Column("account", String(64), primary_key=True),
    Column("name", String(80), nullable=False),
    Column("held_reason", String(80), nullable=False),
    Column("held_at", UtcDateTime()),
    Column("created_at", UtcDateTime(), nullable=False),
)

cursors = Table(
    "gateway_cursors",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("position", BigInteger, nullable=False),
)

changes = Table(
    "gateway_changes",
    metadata,
    _growing_id(),
    Column("conversation_id", String(27), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("message_id", BigInteger),
    Column("at", UtcDateTime(), nullable=False),
    Index("ix_gateway_changes_conversation_id", "conversation_id", "id"),
    sqlite_autoincrement=True,
)
