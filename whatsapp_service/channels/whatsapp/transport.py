"""The border to the network: every error of the HTTP library turned into one of ours.

Nothing above this module handles an error of `urllib3`.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from ssl import SSLCertVerificationError
from typing import Any

from urllib3 import BaseHTTPResponse, PoolManager, Timeout
from urllib3.exceptions import ConnectTimeoutError, HTTPError, LocationValueError, NewConnectionError, ProxyError

from shared.http.outgoing import USER_AGENT
from whatsapp_service.channels.failures import NotSent, OutcomeUnknown

MAX_ANSWER_BYTES = 1024 * 1024
_CHUNK_BYTES = 64 * 1024


@contextmanager
def answer(
    line: PoolManager,
    method: str,
    url: str,
    *,
    token: str,
    timeout: tuple[float, float],
    data: Any = None,
    headers: Mapping[str, str] | None = None,
) -> Iterator[BaseHTTPResponse]:
    """The answer with its body still unread; redirects are answers like any other. Raises NotSent or OutcomeUnknown."""
    with translated():
        response = line.urlopen(
            method,
            url,
            body=data,
            headers={"Authorization": f"Bearer {token}", "User-Agent": USER_AGENT, **(headers or {})},
            timeout=Timeout(connect=timeout[0], read=timeout[1]),
            redirect=False,
            retries=False,
            preload_content=False,
        )
    try:
        yield response
    finally:
        response.close()  # a connection that was read to its end is kept


@contextmanager
def translated() -> Iterator[None]:
    """Turns errors of the HTTP library into NotSent, when the request cannot have left, or OutcomeUnknown."""
    try:
        yield
    except HTTPError as error:
        raise (NotSent if _never_left(error) else OutcomeUnknown)(_name(error)) from error


def _never_left(error: HTTPError) -> bool:
    # refused, too slow to connect, no such host, no way through the proxy
    if isinstance(error, ConnectTimeoutError | NewConnectionError | ProxyError | LocationValueError):
        return True
    return any(isinstance(inner, SSLCertVerificationError) for inner in error.args)


def _name(error: Exception) -> str:
    """The kind of error only: its text may hold addresses with secrets in them."""
    return type(error).__name__


def read_body(response: BaseHTTPResponse, seconds: float) -> bytes:
    """The body of a short answer, or as much of it as came: a cut does not undo what the status line said."""
    parts: list[bytes] = []
    try:
        for chunk in chunks(response, seconds):
            parts.append(chunk)
            if sum(map(len, parts)) >= MAX_ANSWER_BYTES:
                break
    except OutcomeUnknown:
        return b"".join(parts)
    return b"".join(parts)


def chunks(response: BaseHTTPResponse, seconds: float) -> Iterator[bytes]:
    """The body piece by piece as it arrives. Raises OutcomeUnknown when it breaks off or overruns `seconds`."""
    until = time.monotonic() + seconds
    while True:
        with translated():
            chunk = response.read1(_CHUNK_BYTES, decode_content=True)
        if not chunk:
            return
        yield chunk
        if time.monotonic() > until:
            raise OutcomeUnknown("too slow")
