"""One question posted to an OpenAI-compatible endpoint, within its time: one passing fault is tried again.

Not by the `openai` package, whose call costs more than all the rest of a turn.
"""

from __future__ import annotations

import random
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from urllib3 import Timeout
from urllib3.exceptions import ConnectTimeoutError, HTTPError, ReadTimeoutError

from interpreter_service.agent.providers import NEW_LIMIT, Provider
from shared.errors import ContractBroken, ModelUnavailable
from shared.http.outgoing import USER_AGENT, open_line

CONNECT_SECONDS = 5.0
CONNECTIONS = 32
RETRY_SECONDS = 0.5
JITTER = (1.0, 1.5)
"""A wait is drawn between these times what is wanted, so that not all who failed together come back together."""
LONGEST_RETRY_WAIT_SECONDS = 2.0
"""A server that wants a longer wait is not asked again: the person would wait too."""
LONGEST_ANSWER_BYTES = 8 * 1024 * 1024
CHUNK_BYTES = 64 * 1024
JSON = "application/json"
TEMPORARY = frozenset({408, 409, 429})


class Endpoint:
    """Threads may share it; its connections are kept."""

    def __init__(self, provider: Provider, api_key: str) -> None:
        self._base_url = provider.base_url.rstrip("/")
        self._query = f"?{urlencode(provider.query)}" if provider.query else ""
        self._headers = {
            "Authorization": f"Bearer {api_key or 'none'}",
            "User-Agent": USER_AGENT,
            **provider.headers,
        }
        self._line = open_line(provider.base_url, CONNECTIONS)

    def post(self, path: str, body: bytes, seconds: float, *, content_type: str = JSON) -> bytes:
        """The body of the good answer.

        Raises ContractBroken for what asking again would not help (a wrong key, model or request), else
        ModelUnavailable.
        """
        until = time.monotonic() + seconds
        try:
            return self._once(path, body, until, content_type)
        except _Passing as fault:
            if fault.wait_seconds > LONGEST_RETRY_WAIT_SECONDS:
                raise
            time.sleep(min(fault.wait_seconds * random.uniform(*JITTER), _left(until)))  # noqa: S311  no secret
        return self._once(path, body, until, content_type)

    def close(self) -> None:
        self._line.clear()

    def _once(self, path: str, body: bytes, until: float, content_type: str) -> bytes:
        left = _left(until)
        try:
            response: Any = self._line.urlopen(
                "POST",
                self._base_url + path + self._query,
                body=body,
                headers={**self._headers, "Content-Type": content_type},
                timeout=Timeout(connect=min(CONNECT_SECONDS, left), read=left),
                preload_content=False,
                redirect=False,
                retries=False,
            )
            try:
                return _answer(response, until)
            finally:
                response.close()  # a connection that was read to its end is kept
        except HTTPError as error:
            raise _fault(error) from error


class RefusedParameter(ContractBroken):
    """The endpoint refuses the request and names what it wants instead."""


class _Passing(ModelUnavailable):
    """A fault that may be gone after a moment."""

    wait_seconds = RETRY_SECONDS


def _left(until: float) -> float:
    seconds = until - time.monotonic()
    if seconds <= 0:
        raise ModelUnavailable("the model did not answer in time")
    return seconds


def _answer(response: Any, until: float) -> bytes:
    content = _read(response, until)
    if 200 <= response.status < 300:
        return content
    if response.status < 500 and response.status not in TEMPORARY:
        kind = RefusedParameter if NEW_LIMIT.encode() in content else ContractBroken
        raise kind(f"the model's endpoint refuses the request with status {response.status}")
    fault = _Passing(f"the model's endpoint answers with status {response.status}")
    fault.wait_seconds = _wanted_wait(response.headers)
    raise fault


def _read(response: Any, until: float) -> bytes:
    parts: list[bytes] = []
    size = 0
    while chunk := response.read1(CHUNK_BYTES, decode_content=True):
        _left(until)
        parts.append(chunk)
        size += len(chunk)
        if size > LONGEST_ANSWER_BYTES:
            raise ModelUnavailable("the model's answer is too long")
    return b"".join(parts)


def _wanted_wait(headers: Mapping[str, str]) -> float:
    """Seconds that a server asks to wait; a date counts as long."""
    try:
        return float(headers.get("Retry-After", RETRY_SECONDS))
    except ValueError:
        return float("inf")


def _fault(error: HTTPError) -> ModelUnavailable:
    if isinstance(error, ReadTimeoutError):
        return ModelUnavailable("the model did not answer in time")
    if isinstance(error, ConnectTimeoutError):
        return _Passing("the model cannot be reached in time")
    return _Passing(f"the model cannot be reached: {type(error).__name__}")
