"""The tables that all services share: console users and what lets them in, and the audit."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from shared.database import UtcDateTime, json_type, new_metadata

metadata = new_metadata()

users = Table(
    "shared_users",
    metadata,
    Column("id", String(27), primary_key=True),
    Column("name", String(80), nullable=False),
    # the name as compared: no two users whose names differ only in case or form
    Column("name_key", String(160), nullable=False),
    Column("password_hash", String(200), nullable=False),
    Column("role", String(20), nullable=False),
    Column("is_active", Boolean, nullable=False),
    Column("created_at", UtcDateTime(), nullable=False),
    Column("last_login_at", UtcDateTime()),
    UniqueConstraint("name_key"),
    Index("ix_shared_users_role", "role"),
)

sessions = Table(
    "shared_sessions",
    metadata,
    Column("id", String(27), primary_key=True),
    Column("token_hash", String(64), nullable=False),
    Column("user_id", String(27), ForeignKey("shared_users.id", ondelete="CASCADE"), nullable=False),
    Column("browser", String(200), nullable=False),
    Column("created_at", UtcDateTime(), nullable=False),
    Column("last_seen_at", UtcDateTime(), nullable=False),
    UniqueConstraint("token_hash"),
    Index("ix_shared_sessions_user_id_last_seen_at", "user_id", "last_seen_at"),
    Index("ix_shared_sessions_last_seen_at", "last_seen_at"),
)

api_tokens = Table(
    "shared_api_tokens",
    metadata,
    Column("id", String(27), primary_key=True),
    Column("token_hash", String(64), nullable=False),
    Column("user_id", String(27), ForeignKey("shared_users.id", ondelete="CASCADE"), nullable=False),
    Column("name", String(80), nullable=False),
    Column("role", String(20), nullable=False),
    Column("created_at", UtcDateTime(), nullable=False),
    Column("expires_at", UtcDateTime()),
    Column("last_used_at", UtcDateTime()),
    UniqueConstraint("token_hash"),
    Index("ix_shared_api_tokens_user_id", "user_id"),
)

login_links = Table(
    "shared_login_links",
    metadata,
    Column("purpose", String(40), primary_key=True),
    Column("token_hash", String(64), nullable=False),
    Column("created_at", UtcDateTime(), nullable=False),
    Column("expires_at", UtcDateTime(), nullable=False),
)

audit = Table(
    "shared_audit",
    metadata,
    # SQLite numbers only INTEGER keys by itself
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("at", UtcDateTime(), nullable=False),
    Column("actor", String(80), nullable=False),
    Column("action", String(80), nullable=False),
    Column("target", String(160), nullable=False),
    Column("detail", json_type(), nullable=False),
    sqlite_autoincrement=True,
)

hour_counts = Table(
    "shared_hour_counts",
    metadata,
    Column("service", String(16), primary_key=True),
    Column("hour", UtcDateTime(), primary_key=True),
    Column("name", String(80), primary_key=True),
    Column("count", BigInteger, nullable=False),
)

counted_until = Table(
    "shared_counted_until",
    metadata,
    Column("service", String(16), primary_key=True),
    # hours before this one are in shared_hour_counts and never counted again
    Column("hour", UtcDateTime(), nullable=False),
)

second_factors = Table(
    "shared_second_factors",
    metadata,
    Column("user_id", String(27), ForeignKey("shared_users.id", ondelete="CASCADE"), primary_key=True),
    Column("secret_sealed", String(400), nullable=False),
    # none: begun, and not yet shown to work
    Column("confirmed_at", UtcDateTime()),
    # the half minute of the last code that was used: no code works twice
    Column("last_step", BigInteger, nullable=False),
)

recovery_codes = Table(
    "shared_recovery_codes",
    metadata,
    Column("code_hash", String(64), primary_key=True),
    Column("user_id", String(27), ForeignKey("shared_users.id", ondelete="CASCADE"), nullable=False),
    Index("ix_shared_recovery_codes_user_id", "user_id"),
)

preferences = Table(
    "shared_preferences",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", json_type(), nullable=False),
)
