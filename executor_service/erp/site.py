"""One Frappe site: its address, its pool of connections and the limits of every call."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from typing import Any
from urllib.parse import urlencode

import requests
from requests.adapters import BaseAdapter, HTTPAdapter
from requests.auth import AuthBase
from requests.utils import requote_uri

from executor_service.erp.transport import Call, Limits, Reply, deliver
from shared.errors import ContractBroken, CredentialsRefused

POOLED_CONNECTIONS = 32
VERSION_SECONDS = 3600
_URL = re.compile(r"https?://[^/?#@\s]+(/[^?#\s]*)?")
_TOKEN_PART = re.compile(r"[\x21-\x39\x3b-\x7e]{1,200}")


class TokenAuth(AuthBase):
    """The `Authorization` header of an API key. It shows neither part in its `repr`."""

    def __init__(self, key: str, secret: str) -> None:
        if not _TOKEN_PART.fullmatch(key) or not _TOKEN_PART.fullmatch(secret):
            raise CredentialsRefused("the API key or secret is empty or has characters that none can have")
        self._value = f"token {key}:{secret}"

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = self._value
        return request


class FrappeSite:
    """Sends calls to one site. Safe to share between threads; keeps no cookies and follows no redirects.

    `adapter` replaces the network, e.g. by `WsgiAdapter`. Raises ContractBroken for an address that is none.
    """

    def __init__(
        self,
        url: str,
        *,
        adapter: BaseAdapter | None = None,
        limits: Limits | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        if not _URL.fullmatch(url):
            raise ContractBroken("the address of the ERP must be http(s)://host[/path], without user or query")
        self.url = url.rstrip("/")
        self.limits = limits or Limits()
        self._sleep = sleep
        self._session = _make_session(adapter)
        # Proxies and certificates of the surroundings, read once: they cost more than the rest of a local call.
        self._surroundings: Mapping[str, Any] = self._session.merge_environment_settings(self.url, {}, True, None, None)
        self._blank = requests.Request("GET", self.url).prepare()
        self._blank.url = (self._blank.url or self.url).rstrip("/")
        self._version = _Version()

    def send(self, call: Call, auth: AuthBase) -> Reply:
        """The successful answer to a call; raises what `Erp` says, and UnknownOutcome for a write without answer."""
        return deliver(call, auth, self)

    def open(self, call: Call, auth: AuthBase) -> requests.Response:
        """Sends once and gives the answer with its body still unread; raises the errors of `requests`."""
        prepared = self._prepared(call, auth)
        read_seconds = self.limits.report_seconds if call.slow else self.limits.read_seconds
        return self._session.send(
            prepared,
            stream=True,
            verify=self._surroundings["verify"],
            cert=self._surroundings["cert"],
            proxies=self._surroundings["proxies"],
            timeout=(self.limits.connect_seconds, read_seconds),
            allow_redirects=False,
        )

    def _prepared(self, call: Call, auth: AuthBase) -> requests.PreparedRequest:
        """The request without all that `requests` would look at again: the address is checked, the rest is ours."""
        prepared = self._blank.copy()
        prepared.method = call.verb
        query = f"?{urlencode(call.query)}" if call.query else ""
        prepared.url = requote_uri(f"{self._blank.url}{call.path}{query}")
        prepared.headers.update(call.headers)
        prepared.body = call.body
        if call.body is not None or call.verb != "GET":
            prepared.headers["Content-Length"] = str(len(call.body or b""))
        return auth(prepared)

    def pause(self, seconds: float) -> None:
        """Waits between two attempts."""
        self._sleep(seconds)

    def version(self, ask: Callable[[], str]) -> str:
        """The version of ERPNext, asked at most once an hour for the whole site."""
        return self._version.get(ask)

    def close(self) -> None:
        self._session.close()


@dataclass
class _Version:
    value: str = ""
    until: float = 0.0

    def __post_init__(self) -> None:
        self._lock = threading.Lock()

    def get(self, ask: Callable[[], str]) -> str:
        with self._lock:
            if self.value and time.monotonic() < self.until:
                return self.value
        found = ask()
        with self._lock:
            self.value, self.until = found, time.monotonic() + VERSION_SECONDS
        return found


def _make_session(adapter: BaseAdapter | None) -> requests.Session:
    session = requests.Session()
    session.trust_env = adapter is None
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    network = adapter or HTTPAdapter(pool_connections=1, pool_maxsize=POOLED_CONNECTIONS)
    session.mount("http://", network)
    session.mount("https://", network)
    return session
