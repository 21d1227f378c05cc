"""A form with one file, sent as it is read: the file is never in memory as a whole."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from typing import BinaryIO

CHUNK_BYTES = 256 * 1024
UNWRITABLE = dict.fromkeys(map(ord, '"\\\r\n\0'), "_")
"""What a quoted file name cannot hold; the artifact store drops these too."""


class Upload:
    """The body and the content type of a `multipart/form-data` request; the body can be read once."""

    def __init__(self, data: BinaryIO, *, filename: str, media_type: str, fields: Mapping[str, str]) -> None:
        boundary = secrets.token_hex(16)
        self.content_type = f"multipart/form-data; boundary={boundary}"
        self._data = data
        self._head = _fields(fields, boundary) + _file_head(filename, media_type, boundary)
        self._tail = f"\r\n--{boundary}--\r\n".encode()

    def __iter__(self) -> Iterator[bytes]:
        yield self._head
        while chunk := self._data.read(CHUNK_BYTES):
            yield chunk
        yield self._tail


def _fields(fields: Mapping[str, str], boundary: str) -> bytes:
    return "".join(
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ).encode()


def _file_head(filename: str, media_type: str, boundary: str) -> bytes:
    return (
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; '
        f'filename="{filename.translate(UNWRITABLE) or "file"}"\r\n'
        f"Content-Type: {media_type.translate(UNWRITABLE)}\r\n\r\n"
    ).encode()
