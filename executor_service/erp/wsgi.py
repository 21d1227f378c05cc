"""Calls a WSGI application in this process as if it were behind a network."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class WsgiAdapter(BaseAdapter):
    """A `requests` adapter over an application. Safe to share between threads when the application is.

    Bodies are streamed. Timeouts have no effect: the application runs in the calling thread. What it raises comes
    through as it is.
    """

    def __init__(self, application: Application) -> None:
        super().__init__()
        self._application = application

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: float | tuple[float, float] | tuple[float, None] | None = None,
        verify: bool | str = True,
        cert: str | bytes | tuple[bytes | str, bytes | str] | None = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        head = _Head()
        chunks = self._application(_environ(request), head.start)
        body = _Body(chunks)
        body.fill()  # an application may be a generator, which says its status with its first bytes
        response = requests.Response()
        response.status_code = head.status
        response.reason = head.reason
        response.headers = CaseInsensitiveDict(head.headers)
        response.encoding = requests.utils.get_encoding_from_headers(response.headers)
        response.raw = io.BufferedReader(body)
        response.url = request.url or ""
        response.request = request
        return response

    def close(self) -> None:
        """Nothing is open between two calls."""


class _Head:
    """What the application says before its body."""

    status = 500
    reason = ""
    headers: tuple[tuple[str, str], ...] = ()

    def start(self, status: str, headers: list[tuple[str, str]], exc_info: object = None) -> Callable[[bytes], None]:
        code, _, self.reason = status.partition(" ")
        self.status = int(code)
        self.headers = tuple(headers)
        return _no_write


def _no_write(_chunk: bytes) -> None:
    raise NotImplementedError("the write callable of old WSGI applications is not supported")


class _Body(io.RawIOBase):
    """The application's chunks as a file; closing it closes them."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._close = getattr(chunks, "close", None)
        self._chunks: Iterator[bytes] = iter(chunks)
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def fill(self) -> None:
        """Reads until there is something to give, or nothing is left."""
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return
            self._rest = memoryview(chunk)

    def readinto(self, buffer: Any) -> int:
        self.fill()
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size

    def close(self) -> None:
        if not self.closed and self._close is not None:
            self._close()
        super().close()


def _environ(request: requests.PreparedRequest) -> dict[str, Any]:
    url = urlsplit(request.url or "")
    body = request.body or b""
    content = body.encode() if isinstance(body, str) else bytes(body)
    headers = {f"HTTP_{name.upper().replace('-', '_')}": _text(value) for name, value in request.headers.items()}
    return {
        **headers,
        "HTTP_HOST": url.netloc,
        "REQUEST_METHOD": request.method or "GET",
        "SCRIPT_NAME": "",
        # PEP 3333: the bytes of the path, each as one character.
        "PATH_INFO": unquote_to_bytes(url.path).decode("latin-1"),
        "QUERY_STRING": url.query,
        "CONTENT_TYPE": headers.get("HTTP_CONTENT_TYPE", ""),
        "CONTENT_LENGTH": str(len(content)),
        "REMOTE_ADDR": "127.0.0.1",
        "SERVER_NAME": url.hostname or "localhost",
        "SERVER_PORT": str(url.port or (443 if url.scheme == "https" else 80)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": url.scheme,
        "wsgi.input": io.BytesIO(content),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value
