"""Fetching a file that a person sent: from Meta's hosts only, limited in size, and checked against its hash."""

from __future__ import annotations

import base64
import binascii
import hmac
from dataclasses import dataclass
from hashlib import sha256
from typing import BinaryIO, Literal

from urllib3 import BaseHTTPResponse, PoolManager
from urllib3.exceptions import LocationParseError
from urllib3.util import Url, parse_url

from whatsapp_service.channels.failures import SendError
from whatsapp_service.channels.whatsapp.settings import WhatsAppSettings
from whatsapp_service.channels.whatsapp.transport import answer, chunks

DOWNLOAD_SECONDS = 300
MediaFault = Literal["gone", "too_big", "corrupt", "refused", "unreachable"]


class MediaError(Exception):
    """A file could not be had.

    `gone`: the address has died, ask for a new one (within 7 days) or give up. `unreachable`: try again later.
    `too_big`, `corrupt` (not the announced hash or size) and `refused` (our token may not go there) are final.
    """

    def __init__(self, fault: MediaFault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class RemoteMedia:
    """A file at Meta. `sha256` (hexadecimal or base64) and `size_bytes` are checked where they are known."""

    url: str
    mime_type: str = ""
    sha256: str = ""
    size_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class Downloaded:
    """What was written: its size and its SHA-256 in hexadecimal."""

    size_bytes: int
    sha256: str


def download(line: PoolManager, settings: WhatsAppSettings, media: RemoteMedia, into: BinaryIO) -> Downloaded:
    """The file, written to `into`; after an error what was written is worthless. Raises MediaError."""
    if not may_see_token(media.url, settings):
        raise MediaError("refused")
    try:
        with answer(
            line,
            "GET",
            media.url,
            token=settings.token,
            timeout=(settings.connect_timeout_seconds, settings.read_timeout_seconds),
            headers={"Accept-Encoding": "identity"},  # the hash is over the plain bytes, and nothing can unpack huge
        ) as response:
            _check_answer(response, settings.max_download_bytes)
            found = _copy(response, into, settings.max_download_bytes)
    except SendError as error:
        raise MediaError("unreachable") from error
    if not _is_announced(found, media):
        raise MediaError("corrupt")
    return found


def may_see_token(url: str, settings: WhatsAppSettings) -> bool:
    """Whether the token may go there: https to a media host, or the API's own scheme, host and port.

    Read with the parser that the HTTP library connects by: two parsers can disagree about what the host is.
    """
    if not url.isascii() or any(char in url for char in "\\@\r\n\t "):
        return False
    try:
        target, base = parse_url(url), parse_url(settings.base_url)
    except LocationParseError:
        return False
    if _origin(target) == _origin(base):
        return True
    host = (target.host or "").lower()
    is_media_host = any(host == name or host.endswith(f".{name}") for name in settings.media_hosts)
    return target.scheme == "https" and target.port in (None, 443) and is_media_host


def _origin(url: Url) -> tuple[str | None, str | None, int | None]:
    return url.scheme, url.host, url.port


def _check_answer(response: BaseHTTPResponse, max_bytes: int) -> None:
    status = response.status
    if 300 <= status < 400:
        raise MediaError("refused")
    if status >= 500 or status == 429:
        raise MediaError("unreachable")
    if status != 200 or "text/html" in response.headers.get("Content-Type", "").lower():
        raise MediaError("gone")
    length = response.headers.get("Content-Length", "")
    if length.isdigit() and int(length) > max_bytes:
        raise MediaError("too_big")


def _copy(response: BaseHTTPResponse, into: BinaryIO, max_bytes: int) -> Downloaded:
    size, hasher = 0, sha256()
    for chunk in chunks(response, DOWNLOAD_SECONDS):
        size += len(chunk)
        if size > max_bytes:
            raise MediaError("too_big")
        hasher.update(chunk)
        into.write(chunk)
    return Downloaded(size, hasher.hexdigest())


def _is_announced(found: Downloaded, media: RemoteMedia) -> bool:
    if media.size_bytes is not None and media.size_bytes != found.size_bytes:
        return False
    return not media.sha256 or hmac.compare_digest(_hex(media.sha256).encode(), found.sha256.encode())


def _hex(digest: str) -> str:
    """A SHA-256 in hexadecimal: webhooks write it in base64, the media endpoint in hexadecimal."""
    if len(digest) == 64:
        return digest.lower()
    try:
        return base64.b64decode(digest, validate=True).hex()
    except (binascii.Error, ValueError):
        return digest
