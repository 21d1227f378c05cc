"""What the client needs to know about one phone number of ours."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from whatsapp_service.channels.whatsapp.limits import MAX_DOWNLOAD_BYTES

MEDIA_HOSTS = ("lookaside.fbsbx.com", "graph.facebook.com", "whatsapp.net", "fbcdn.net")

_NAME = re.compile(r"[A-Za-z0-9._-]+")
_TOKEN = re.compile(r"[!-~]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatsAppSettings:
    """One number and how to reach it.

    `media_hosts` are the hosts, with everything below them, that the token may be sent to when a file is fetched; the
    host of `base_url` is always among them. Raises ValueError, without showing the value, for what cannot be used: a
    token with a line break would otherwise end up in the error text of the HTTP library.
    """

    phone_number_id: str
    token: str = field(repr=False)
    base_url: str = "https://graph.facebook.com"
    version: str = "v26.0"
    connect_timeout_seconds: float = 5
    read_timeout_seconds: float = 30
    media_hosts: tuple[str, ...] = MEDIA_HOSTS
    max_download_bytes: int = MAX_DOWNLOAD_BYTES

    def __post_init__(self) -> None:
        address = urlsplit(self.base_url)
        if address.scheme not in ("http", "https") or not address.hostname:
            raise ValueError("base_url is not an http address")
        if not _TOKEN.fullmatch(self.token):
            raise ValueError("the token is empty or holds characters that a header cannot")
        if not (_NAME.fullmatch(self.phone_number_id) and _NAME.fullmatch(self.version)):
            raise ValueError("phone_number_id or version is not a plain name")

    def url(self, *parts: str) -> str:
        """The address of something under the API's version."""
        return "/".join((self.base_url.rstrip("/"), self.version, *parts))
