"""The guarded client: connects to the address that was checked, follows few redirects, reads so much and so long."""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from threading import Timer
from urllib.parse import urljoin

from executor_service.connectors.web.addresses import Allow, Resolve, Target, is_public, resolve_name, target_of
from executor_service.connectors.web.model import Method, WebFailed, WebLimits, WebRequest, WebResponse

OUR_HEADERS = frozenset({"host", "content-length", "transfer-encoding", "connection", "accept-encoding", "expect"})
"""Written by us alone."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CHUNK = 16 * 1024


class WebClient:
    """Performs requests. Every hop is resolved and checked; raises WebFailed."""

    def __init__(
        self,
        *,
        resolve: Resolve = resolve_name,
        allow: Allow = is_public,
        limits: WebLimits | None = None,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self._resolve = resolve
        self._allow = allow
        self._limits = limits or WebLimits()
        self._trust = trust or ssl.create_default_context()

    def fetch(self, request: WebRequest) -> WebResponse:
        """The answer, whatever its status."""
        if len(request.body) > self._limits.body_bytes:
            raise WebFailed("too_large", f"a request has at most {self._limits.body_bytes} bytes")
        deadline = time.monotonic() + request.timeout_seconds
        url, method, body = request.url, request.method, request.body
        first = target = target_of(url, self._resolve, self._allow)
        for _ in range(self._limits.redirects + 1):
            secret = request.secret_headers if target.origin == first.origin else {}
            response = self._send(target, method, {**_clean(request.headers), **_clean(secret)}, body, deadline)
            place = response.headers.get("location")
            if response.status not in _REDIRECTS or not place:
                return response
            method, body = _redirected(method, body, response.status)
            url = urljoin(url, place)
            target = target_of(url, self._resolve, self._allow)
        raise WebFailed("redirects", "the server redirects again and again", was_sent=True)

    def _send(
        self, target: Target, method: Method, headers: Mapping[str, str], body: bytes, deadline: float
    ) -> WebResponse:
        with self._connected(target, deadline) as connection, _translated(deadline):
            connection.request(method, target.path, body=body or None, headers=_headers(target, headers))
            with closing(connection.getresponse()) as answer:
                response = self._answered(answer)
            if time.monotonic() >= deadline:  # what was cut can look whole
                raise TimeoutError
            return response

    def _answered(self, answer: http.client.HTTPResponse) -> WebResponse:
        if (answer.getheader("content-encoding") or "identity").lower() != "identity":
            raise WebFailed("bad_answer", "the server sent a compressed answer, unasked", was_sent=True)
        headers = {name.lower(): value for name, value in answer.getheaders()}
        return WebResponse(status=answer.status, headers=headers, body=_read(answer, self._limits.body_bytes))

    @contextmanager
    def _connected(self, target: Target, deadline: float) -> Iterator[http.client.HTTPConnection]:
        """A connection to the checked address, cut at the deadline: a dripping server must not hold a thread."""
        connection = http.client.HTTPConnection(target.host, target.port)
        try:
            raw = self._opened(target, deadline)
        except TimeoutError as error:
            raise WebFailed("timeout", "the server does not answer in time") from error
        except OSError as error:
            raise WebFailed("unreachable", "the server cannot be reached") from error
        connection.sock = raw
        watch = Timer(max(0.0, deadline - time.monotonic()), _cut, (raw,))
        watch.daemon = True
        watch.start()
        try:
            yield connection
        finally:
            watch.cancel()
            connection.close()

    def _opened(self, target: Target, deadline: float) -> socket.socket:
        left = max(0.01, min(deadline - time.monotonic(), self._limits.connect_seconds))
        raw = socket.create_connection((target.address, target.port), timeout=left)
        try:
            raw.settimeout(max(0.01, deadline - time.monotonic()))
            return self._trust.wrap_socket(raw, server_hostname=target.host) if target.scheme == "https" else raw
        except BaseException:
            raw.close()
            raise


@contextmanager
def _translated(deadline: float) -> Iterator[None]:
    try:
        yield
    except (OSError, http.client.HTTPException, ValueError) as error:
        if isinstance(error, TimeoutError) or time.monotonic() >= deadline:
            raise WebFailed("timeout", "the server does not answer in time", was_sent=True) from error
        raise WebFailed(
            "bad_answer", "the server broke the connection or does not speak HTTP", was_sent=True
        ) from error


def _read(answer: http.client.HTTPResponse, most: int) -> bytes:
    read = bytearray()
    while chunk := answer.read1(_CHUNK):
        read += chunk
        if len(read) > most:
            raise WebFailed("too_large", f"the answer is over {most} bytes", was_sent=True)
    if answer.length:
        raise http.client.IncompleteRead(bytes(read), answer.length)
    return bytes(read)


def _headers(target: Target, headers: Mapping[str, str]) -> dict[str, str]:
    host = f"[{target.host}]" if ":" in target.host else target.host
    is_default = target.port == (443 if target.scheme == "https" else 80)
    return {
        "User-Agent": "Recado",
        **headers,
        "Host": host if is_default else f"{host}:{target.port}",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }


def _clean(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name.lower() not in OUR_HEADERS}


def _redirected(method: Method, body: bytes, status: int) -> tuple[Method, bytes]:
    """As browsers do: 303 always asks with GET, 301 and 302 turn a POST into one."""
    becomes_get = status == 303 or (status in (301, 302) and method == "POST")
    return ("GET", b"") if becomes_get else (method, body)


def _cut(raw: socket.socket) -> None:
    with suppress(OSError):
        raw.shutdown(socket.SHUT_RDWR)


Fetch = Callable[[WebRequest], WebResponse]
