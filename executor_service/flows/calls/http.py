"""The `http` call of flows: secrets are put into headers here, and nowhere else."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from executor_service.connectors.web.client import Fetch
from executor_service.connectors.web.model import WebFailed, WebRequest, WebResponse
from executor_service.flows.calls.retrying import Retries
from executor_service.flows.effects import EffectContext
from executor_service.flows.inputs import Returned
from executor_service.flows.session_model import Call

RETRIES = Retries()
_LATER = frozenset({408, 425, 429})

FindSecret = Callable[[str], str | None]


class HttpEffect:
    """Implements `effects.Effect`: retries come before the node's error branch, within the call's time."""

    def __init__(self, fetch: Fetch, secret: FindSecret, *, retries: Retries = RETRIES) -> None:
        self._fetch = fetch
        self._secret = secret
        self._retries = retries

    def perform(self, call: Call, context: EffectContext) -> Returned:
        try:
            headers = {name: self._whole(pieces) for name, pieces in call.payload["secret_headers"].items()}
        except KeyError as error:
            return Returned(status="error", error=f"no_secret:{error.args[0]}")
        result = self._retries.run(
            lambda left: self._once(call, headers, left),
            lambda result: _may_repeat(call, result),
            retries=call.payload["retries"],
            seconds=call.timeout_seconds,
        )
        return _returned(result)

    def _once(self, call: Call, secret_headers: Mapping[str, str], left: float) -> WebResponse | WebFailed:
        payload = call.payload
        request = WebRequest(
            url=payload["url"],
            method=payload["method"],
            headers={**payload["headers"], "Idempotency-Key": call.key},
            secret_headers=secret_headers,
            body=payload["body"].encode(),
            timeout_seconds=left,
        )
        try:
            return self._fetch(request)
        except WebFailed as error:
            return error

    def _whole(self, pieces: Sequence[Mapping[str, str]]) -> str:
        return "".join(self._value(piece) for piece in pieces)

    def _value(self, piece: Mapping[str, str]) -> str:
        if "text" in piece:
            return piece["text"]
        found = self._secret(piece["secret"])
        if found is None:
            raise KeyError(piece["secret"])
        return found


def _may_repeat(call: Call, result: WebResponse | WebFailed) -> bool:
    """After network errors, 429 and 5xx; a call that must not happen twice only when it surely did not happen."""
    if isinstance(result, WebFailed):
        is_passing = result.code in ("unreachable", "timeout", "bad_answer")
        return is_passing and (call.is_idempotent or not result.was_sent)
    return result.status in _LATER or (result.status >= 500 and call.is_idempotent)


def _returned(result: WebResponse | WebFailed) -> Returned:
    if isinstance(result, WebFailed):
        status, code = ("timeout", "timeout") if result.code == "timeout" else ("error", f"http_{result.code}")
        return Returned(status="timeout" if status == "timeout" else "error", error=code)
    value = {"status": result.status, "body": _body(result), "type": result.headers.get("content-type", "")}
    if result.status >= 400:
        return Returned(status="error", error=f"http_{result.status}", value=value)
    return Returned(status="success", value=value)


def _body(result: WebResponse) -> Any:
    """The answer as JSON where it is some, else as text."""
    text = result.body.decode("utf-8", errors="replace").replace("\x00", "\ufffd")
    if "json" in result.headers.get("content-type", ""):
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            return text
    return text
