"""The border to the network: one pooled session, and every error of the HTTP library turned into one of ours.

Nothing above this module handles an error of `requests`. Create the session after a fork: processes cannot share
sockets.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.cookiejar import DefaultCookiePolicy
from ssl import SSLCertVerificationError
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase
from urllib3.exceptions import HTTPError, MaxRetryError, NewConnectionError, ProxyError

from whatsapp_service.channels.failures import NotSent, OutcomeUnknown

MAX_ANSWER_BYTES = 1024 * 1024
_CHUNK_BYTES = 64 * 1024


def make_session(pool_size: int) -> requests.Session:
    """A session for `pool_size` threads at once. It repeats nothing by itself and keeps no cookies."""
    session = requests.Session()
    adapter = HTTPAdapter(pool_connections=4, pool_maxsize=pool_size, max_retries=0, pool_block=True)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    session.headers["User-Agent"] = "Recado/1.0"
    return session


class Bearer(AuthBase):
    """The token as a header. As `auth` and not as a plain header, because a `.netrc` would replace that one."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


@contextmanager
def answer(
    session: requests.Session,
    method: str,
    url: str,
    *,
    token: str,
    timeout: tuple[float, float],
    data: Any = None,
    headers: Mapping[str, str] | None = None,
) -> Iterator[requests.Response]:
    """The answer with its body still unread; redirects are answers like any other. Raises NotSent or OutcomeUnknown."""
    with translated():
        response = session.request(
            method,
            url,
            data=data,
            headers=headers,
            auth=Bearer(token),
            timeout=timeout,
            allow_redirects=False,
            stream=True,
        )
    with response:
        yield response


@contextmanager
def translated() -> Iterator[None]:
    """Turns errors of the HTTP library into NotSent, when the request cannot have left, or OutcomeUnknown."""
    try:
        yield
    except (requests.RequestException, HTTPError) as error:
        raise (NotSent if _never_left(error) else OutcomeUnknown)(_name(error)) from error


def _never_left(error: Exception) -> bool:
    if isinstance(error, requests.exceptions.ConnectTimeout | requests.exceptions.InvalidURL):
        return True
    cause = error.args[0] if error.args else None
    reason = cause.reason if isinstance(cause, MaxRetryError) else cause
    if isinstance(reason, NewConnectionError | ProxyError):  # refused, no such host, no way through the proxy
        return True
    return any(isinstance(inner, SSLCertVerificationError) for inner in getattr(reason, "args", ()))


def _name(error: Exception) -> str:
    """The kind of error only: its text may hold addresses with secrets in them."""
    return type(error).__name__


def read_body(response: requests.Response, seconds: float) -> bytes:
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


def chunks(response: requests.Response, seconds: float) -> Iterator[bytes]:
    """The body piece by piece as it arrives. Raises OutcomeUnknown when it breaks off or overruns `seconds`."""
    until = time.monotonic() + seconds
    while True:
        with translated():
            chunk = response.raw.read1(_CHUNK_BYTES, decode_content=True)
        if not chunk:
            return
        yield chunk
        if time.monotonic() > until:
            raise OutcomeUnknown("too slow")
