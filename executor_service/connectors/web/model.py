"""A request to the outside and its answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]


@dataclass(frozen=True, kw_only=True)
class WebRequest:
    """`secret_headers` go to the first origin only, never along a redirect to another."""

    url: str
    method: Method = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    secret_headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)
    timeout_seconds: float = 15


@dataclass(frozen=True, kw_only=True)
class WebResponse:
    status: int
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class WebLimits:
    body_bytes: int = 256 * 1024
    """Of a request and of an answer."""
    redirects: int = 3
    connect_seconds: float = 5


class WebFailed(Exception):
    """`code`: `bad_address`, `forbidden_address`, `unreachable`, `timeout`, `too_large`, `redirects`, `bad_answer`.

    `was_sent` says whether the request may have reached the server. The message holds no address and no secret.
    """

    def __init__(self, code: str, detail: str, *, was_sent: bool = False) -> None:
        super().__init__(detail)
        self.code = code
        self.was_sent = was_sent
