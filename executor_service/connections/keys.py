"""Seals API keys for the record they belong to."""

from __future__ import annotations

import json

from executor_service.connections.model import Connection, Credentials, Link
from shared.secrets import SecretBox


def seal_key(box: SecretBox, record: str, credentials: Credentials | None) -> str | None:
    """The credentials sealed for a record; nothing for none."""
    if credentials is None:
        return None
    return box.seal(record, json.dumps([credentials.key, credentials.secret]))


def open_key(box: SecretBox, record: str, sealed: str | None) -> Credentials | None:
    """The credentials that were sealed for this record; raises SecretUnreadable for another record's."""
    if sealed is None:
        return None
    key, secret = json.loads(box.open(record, sealed))
    return Credentials(key=key, secret=secret)


def connection_record(connection_id: str, url: str) -> str:
    """With the address inside, a changed address never gets the old key."""
    return f"connection:{connection_id}:{url}"


def link_record(contact_id: str, connection_id: str) -> str:
    return f"link:{contact_id}:{connection_id}"


def code_record(selector: str) -> str:
    return f"link-code:{selector}"


def key_of_connection(box: SecretBox, connection: Connection) -> Credentials | None:
    """The connection's own credentials."""
    return open_key(box, connection_record(connection.id, connection.url), connection.sealed_key)


def key_of_link(box: SecretBox, link: Link) -> Credentials | None:
    """The credentials of a linked person."""
    return open_key(box, link_record(link.contact_id, link.connection_id), link.sealed_key)
