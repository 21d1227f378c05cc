"""Connections and links as the executor works with them. Secrets in them are sealed or hidden from `repr`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from shared.contracts.base import Language

DEFAULT_CONNECTION = "default"
Kind = Literal["frappe", "demo"]


@dataclass(frozen=True, kw_only=True)
class Credentials:
    """An API key of an ERP user, in the clear."""

    key: str = field(repr=False)
    secret: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class ConnectionDraft:
    """A connection as an administrator gives it.

    `credentials` are the connection's own; `erp_user` is their user, who for a demo replaces them. An empty company
    is read from the ERP. `today` stands still, for data that does.
    """

    id: str
    name: str
    kind: Kind
    url: str
    erp_user: str = ""
    credentials: Credentials | None = None
    company: str = ""
    currency: str = ""
    today: date | None = None
    fiscal_year_start_month: int = 1


@dataclass(frozen=True, kw_only=True)
class Connection:
    """A stored connection; `sealed_key` opens for this connection at this address only."""

    id: str
    name: str
    kind: Kind
    url: str
    erp_user: str
    sealed_key: str | None = field(repr=False)
    company: str
    currency: str
    today: date | None
    fiscal_year_start_month: int
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, kw_only=True)
class LinkDraft:
    """Which ERP user a contact will be. A demo needs no credentials; `company` empty means the connection's."""

    connection_id: str
    erp_user: str
    credentials: Credentials | None = None
    groups: tuple[str, ...] = ()
    company: str = ""
    language: Language | None = None


@dataclass(frozen=True, kw_only=True)
class Link:
    """Which ERP user a contact is; `sealed_key` opens for this contact on this connection only."""

    contact_id: str
    connection_id: str
    erp_user: str
    sealed_key: str | None = field(repr=False)
    groups: tuple[str, ...]
    company: str
    language: Language | None
    linked_at: datetime
