"""Secrets at rest: the key of the installation, and encryption bound to the record it belongs to."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
from contextlib import suppress
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from shared.errors import PermanentError

KEY_FILE = "secret.key"
MIN_KEY_LENGTH = 32


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
    """The secret key kept in the data folder (mode 0600), made at first start.

    Processes that start at the same moment get the same one. Raises SecretUnreadable for a file without a key.
    """
    path = home / KEY_FILE
    if not path.exists():
        _make_key(path)
    key = path.read_text().strip()
    if len(key) < MIN_KEY_LENGTH:
        raise SecretUnreadable(f"{path} holds no key of {MIN_KEY_LENGTH} characters: restore it from a backup")
    return key


def _make_key(path: Path) -> None:
    # written beside and then linked, so that nobody ever reads half a key and the first one stays
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()


def _derive(key: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(b"recado.secrets\x00" + key.encode()).digest())
