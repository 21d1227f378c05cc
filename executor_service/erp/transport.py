"""Carries one call to a site and its answer back: limits, retries of what is safe to repeat, and foreign errors."""

from __future__ import annotations

import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import requests
from requests import exceptions as wire
from requests.auth import AuthBase
from tenacity import RetryCallState, Retrying, stop_after_attempt, wait_random_exponential
from urllib3.exceptions import MaxRetryError, NewConnectionError, ReadTimeoutError

from executor_service.erp.errors import PROXY_STATUSES, error_of, retry_after_seconds
from shared.errors import ContractBroken, ErpUnreachable, RecadoError, UnknownOutcome

CHUNK_BYTES = 64 * 1024
REPEATED_STATUSES = frozenset((429, 502, 503, 504))
_NEVER_SENT = (
    wire.ConnectTimeout,
    wire.ProxyError,
    wire.InvalidURL,
    wire.InvalidSchema,
    wire.MissingSchema,
    wire.InvalidHeader,
)


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How long and how much. `read_seconds` is the wait for the next bytes, `body_seconds` for the whole body."""

    connect_seconds: float = 5
    read_seconds: float = 30
    report_seconds: float = 120
    body_seconds: float = 60
    response_bytes: int = 32 * 1024 * 1024
    attempts: int = 3
    retry_wait_seconds: float = 5


@dataclass(frozen=True, kw_only=True)
class Call:
    """One request. What `writes` is sent once; what does not is repeated when the site could not answer."""

    verb: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    writes: bool = False
    slow: bool = False
    content_type: str = "application/json"

    @property
    def headers(self) -> dict[str, str]:
        content = {"Content-Type": self.content_type} if self.body is not None else {}
        return {"Accept": "application/json", **content}


@dataclass(frozen=True, kw_only=True)
class Reply:
    """An answer that was read to its end."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Line(Protocol):
    """What `deliver` needs of a site."""

    limits: Limits

    def open(self, call: Call, auth: AuthBase) -> requests.Response: ...

    def pause(self, seconds: float) -> None: ...


class AnswerTooLarge(wire.RequestException):
    """More bytes than the limit allows."""


class AnswerTooSlow(wire.RequestException):
    """The body did not end in time."""


def deliver(call: Call, auth: AuthBase, line: Line) -> Reply:
    """The successful answer to a call; raises our errors only."""
    try:
        reply = _exchange(call, auth, line) if call.writes else _retrying(line)(_exchange, call, auth, line)
    except wire.RequestException as error:
        # The foreign error is not kept: its text holds the URL, and the filters in it may hold a phone number.
        raise failure_of(error, writes=call.writes) from None
    if 200 <= reply.status < 300:
        return reply
    if call.writes and reply.status in PROXY_STATUSES:
        raise UnknownOutcome(f"a proxy answered {reply.status}")
    raise error_of(reply.status, reply.headers, reply.body)


def failure_of(error: wire.RequestException, *, writes: bool) -> RecadoError:
    """Our error for a call without a whole answer; only its class is told."""
    name = type(error).__name__
    if never_sent(error):
        return ErpUnreachable(name)
    if writes:
        return UnknownOutcome(name)
    if isinstance(error, AnswerTooLarge | wire.ContentDecodingError):
        return ContractBroken(name)
    return ErpUnreachable(name)


def never_sent(error: wire.RequestException) -> bool:
    """Whether it is certain that the ERP got nothing: no connection was made."""
    if isinstance(error, _NEVER_SENT):
        return True
    cause = error.args[0] if error.args else None
    reason = cause.reason if isinstance(cause, MaxRetryError) else None
    if isinstance(reason, NewConnectionError):
        return True
    return bool(reason and reason.args and isinstance(reason.args[0], ssl.SSLCertVerificationError))


def _exchange(call: Call, auth: AuthBase, line: Line) -> Reply:
    with line.open(call, auth) as response:
        body = _read_body(response, line.limits)
        return Reply(status=response.status_code, headers=response.headers, body=body)


def _read_body(response: requests.Response, limits: Limits) -> bytes:
    until = time.monotonic() + limits.body_seconds
    chunks, size = [], 0
    for chunk in response.iter_content(CHUNK_BYTES):
        size += len(chunk)
        if size > limits.response_bytes:
            raise AnswerTooLarge
        if time.monotonic() > until:
            raise AnswerTooSlow
        chunks.append(chunk)
    return b"".join(chunks)


def _retrying(line: Line) -> Retrying:
    limits = line.limits
    backoff = wait_random_exponential(multiplier=0.2, max=limits.retry_wait_seconds)

    def wait(state: RetryCallState) -> float:
        asked = _asked_wait(state)
        return backoff(state) if asked is None else asked

    def again(state: RetryCallState) -> bool:
        # A longer wait than ours is for the task's own delay, not for a thread that sleeps.
        return _is_passing(state) and (_asked_wait(state) or 0) <= limits.retry_wait_seconds

    return Retrying(
        stop=stop_after_attempt(limits.attempts),
        wait=wait,
        retry=again,
        sleep=line.pause,
        retry_error_callback=lambda state: state.outcome.result() if state.outcome else None,
    )


def _is_passing(state: RetryCallState) -> bool:
    if state.outcome is None:
        return False
    error = state.outcome.exception()
    if error is None:
        return state.outcome.result().status in REPEATED_STATUSES
    waited_long = isinstance(error, wire.ReadTimeout) or isinstance(next(iter(error.args), None), ReadTimeoutError)
    return isinstance(error, wire.ConnectionError | wire.ChunkedEncodingError) and not waited_long


def _asked_wait(state: RetryCallState) -> float | None:
    if state.outcome is None or state.outcome.failed:
        return None
    return retry_after_seconds(state.outcome.result().headers)
