"""Secrets at rest: the key of the installation, and encryption bound to the record it belongs to."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from shared.errors import PermanentError

KEY_FILE = "secret.key"


class SecretUnreadable(PermanentError):
    """A stored secret was made with another key, or moved to another record."""

    code, title = "secret_unreadable", "A stored secret cannot be read with this key"


class SecretBox:
    """Seals small texts. `record` is bound into the sealed text, so that it opens only for that record.

    `keys` is newest first; older ones still open what they sealed.
    """

    def __init__(self, *keys: str) -> None:
        self._fernet = MultiFernet([Fernet(_derive(key)) for key in keys])

    def seal(self, record: str, text: str) -> str:
        return self._fernet.encrypt(json.dumps([record, text]).encode()).decode()

    def open(self, record: str, sealed: str) -> str:
        try:
            owner, text = json.loads(self._fernet.decrypt(sealed.encode()))
        except InvalidToken as error:
            raise SecretUnreadable from error
        if owner != record:
            raise SecretUnreadable
        return str(text)


def load_or_make_key(home: Path) -> str:
    """The secret key kept in the data folder (mode 0600), made at first start."""
    path = home / KEY_FILE
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(descriptor, "w") as file:
        key = secrets.token_urlsafe(48)
        file.write(key)
    return key


def _derive(key: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(b"recado.secrets\x00" + key.encode()).digest())
