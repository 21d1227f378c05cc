"""A file upload as a stream: the file is never in memory as a whole."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from io import BytesIO
from typing import BinaryIO

from whatsapp_service.channels.cleaning import clean_text


class Multipart:
    """A `multipart/form-data` body with plain fields and one file, readable once; its length is known beforehand."""

    def __init__(self, fields: Mapping[str, str], data: BinaryIO | bytes, media_type: str, filename: str) -> None:
        boundary = secrets.token_hex(16)
        file = BytesIO(data) if isinstance(data, bytes) else data
        head = _fields(fields, boundary) + _file_head(boundary, media_type, filename)
        tail = f"\r\n--{boundary}--\r\n".encode()
        self.content_type = f"multipart/form-data; boundary={boundary}"
        self._length = len(head) + _remaining(file) + len(tail)
        self._parts: list[BinaryIO] = [BytesIO(head), file, BytesIO(tail)]

    def __len__(self) -> int:
        return self._length

    def read(self, size: int = -1) -> bytes:
        """The next bytes, empty at the end; what `http.client` calls."""
        while self._parts:
            if chunk := self._parts[0].read(size):
                return chunk
            self._parts.pop(0)
        return b""


def _fields(fields: Mapping[str, str], boundary: str) -> bytes:
    lines = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    )
    return "".join(lines).encode()


def _file_head(boundary: str, media_type: str, filename: str) -> bytes:
    return (
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{_quoted(filename)}"\r\n'
        f"Content-Type: {media_type}\r\n\r\n"
    ).encode()


def _quoted(filename: str) -> str:
    """The name as browsers write it (WHATWG HTML, "multipart form data")."""
    return clean_text(filename).replace("\r", "%0D").replace("\n", "%0A").replace('"', "%22")


def _remaining(file: BinaryIO) -> int:
    here = file.tell()
    end = file.seek(0, os.SEEK_END)
    file.seek(here)
    return end - here
