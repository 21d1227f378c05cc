"""Tables of connections, their database routes, links between contacts and ERP users, and codes that make links."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Text

from executor_service.metadata import metadata
from shared.database import UtcDateTime, json_type

connections = Table(
    "executor_connections",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("name", String(120), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("url", String(500), nullable=False),
    Column("erp_user", String(140), nullable=False),
    Column("sealed_key", Text),
    Column("company", String(140), nullable=False),
    Column("currency", String(10), nullable=False),
    Column("today", Date),
    Column("fiscal_year_start_month", Integer, nullable=False),
    Column("created_at", UtcDateTime(), nullable=False),
    Column("updated_at", UtcDateTime(), nullable=False),
)

links = Table(
    "executor_links",
    metadata,
    Column("contact_id", String(40), primary_key=True),
    Column("connection_id", ForeignKey("executor_connections.id"), nullable=False),
    Column("erp_user", String(140), nullable=False),
    Column("sealed_key", Text),
    Column("groups", json_type(), nullable=False),
    Column("company", String(140), nullable=False),
    Column("language", String(5)),
    Column("linked_at", UtcDateTime(), nullable=False),
)
Index("ix_executor_links_connection", links.c.connection_id, links.c.contact_id)

link_codes = Table(
    "executor_link_codes",
    metadata,
    Column("selector", String(8), primary_key=True),
    Column("sealed_code", Text, nullable=False),
    Column("connection_id", ForeignKey("executor_connections.id", ondelete="CASCADE"), nullable=False),
    Column("erp_user", String(140), nullable=False),
    Column("sealed_key", Text),
    Column("groups", json_type(), nullable=False),
    Column("company", String(140), nullable=False),
    Column("language", String(5)),
    Column("expires_at", UtcDateTime(), nullable=False),
    Column("tries", Integer, nullable=False, default=0),
    Column("used_at", UtcDateTime()),
    Column("used_by", String(40)),
)
Index("ix_executor_link_codes_expires", link_codes.c.expires_at)
Index("ix_executor_link_codes_connection", link_codes.c.connection_id)

databases = Table(
    "executor_databases",
    metadata,
    Column("connection_id", ForeignKey("executor_connections.id", ondelete="CASCADE"), primary_key=True),
    Column("host", String(255), nullable=False),
    Column("port", Integer, nullable=False),
    Column("name", String(64), nullable=False),
    Column("user", String(128), nullable=False),
    Column("sealed_password", Text, nullable=False),
    Column("ssh_host", String(255)),
    Column("ssh_port", Integer),
    Column("ssh_user", String(64)),
    Column("ssh_known_hosts", String(1000)),
    Column("ssh_key_file", String(1000)),
    Column("ssh_carrier", String(12)),
    Column("groups", json_type(), nullable=False),
    Column("tables", json_type(), nullable=False),
    Column("updated_at", UtcDateTime(), nullable=False),
)

webhooks = Table(
    "executor_webhooks",
    metadata,
    Column("connection_id", ForeignKey("executor_connections.id", ondelete="CASCADE"), primary_key=True),
    Column("sealed_secret", Text, nullable=False),
    Column("made_at", UtcDateTime(), nullable=False),
)
