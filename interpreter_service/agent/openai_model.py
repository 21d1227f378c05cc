"""A chat model behind any endpoint that speaks OpenAI's chat completions; the one file that knows their package.

The request is posted as it is and the answer read as plain JSON: building the package's typed answer costs more
than all the rest of the call.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Sequence
from typing import Any, cast

import httpx2
from openai import APIConnectionError, APIStatusError, APITimeoutError, DefaultHttpx2Client, OpenAI, OpenAIError
from openai._types import RequestOptions

from interpreter_service.agent.model import ModelLimits, ModelReply, ToolCall
from shared.contracts.base import Json
from shared.errors import ContractBroken, ModelUnavailable, RecadoError

OPENAI_URL = "https://api.openai.com/v1"
CONNECT_SECONDS = 5.0
LONGEST_RETRY_WAIT_SECONDS = 2.0
"""A server that wants a longer wait is not asked again: the person would wait too."""
CHARS_PER_TOKEN = 4
"""For servers that do not count."""
TEMPORARY = frozenset({408, 409, 429})


class OpenAIModel:
    """One model of one endpoint. Its connections are kept; threads may share it."""

    def __init__(self, *, model: str, api_key: str, base_url: str = "") -> None:
        self._model = model
        self._answer_tokens = "max_tokens" if base_url else "max_completion_tokens"
        self._deadline = _Deadline()
        self._client = OpenAI(
            api_key=api_key or "none",
            base_url=base_url or OPENAI_URL,
            max_retries=1,
            http_client=DefaultHttpx2Client(
                event_hooks={"request": [self._deadline.bound], "response": [self._deadline.watch]}
            ),
        )

    def complete(self, messages: Sequence[Json], tools: Sequence[Json], limits: ModelLimits) -> ModelReply:
        body: Json = {"model": self._model, "messages": messages, self._answer_tokens: limits.answer_tokens}
        if tools:
            body["tools"] = tools
        self._deadline.set(limits.seconds)
        try:
            answer = self._client.post(
                "/chat/completions",
                cast_to=httpx2.Response,
                body=body,
                options=RequestOptions(timeout=limits.seconds),
            )
        except OpenAIError as error:
            raise _translated(error) from error
        return reply_of(answer.content, sent_chars=len(answer.request.content))

    def close(self) -> None:
        self._client.close()


def reply_of(content: bytes, *, sent_chars: int = 0) -> ModelReply:
    """The reply in the body of an answer. Raises ModelUnavailable when it is something else, e.g. a web page."""
    try:
        answer = json.loads(content)
        message = answer["choices"][0]["message"]
        text = _text(message)
        calls = tuple(_call(place, call) for place, call in enumerate(message.get("tool_calls") or ()))
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise ModelUnavailable("the endpoint answers something that is no chat completion") from error
    usage = answer.get("usage") or {}
    return ModelReply(
        text=text,
        tool_calls=calls,
        tokens_in=usage.get("prompt_tokens") or sent_chars // CHARS_PER_TOKEN,
        tokens_out=usage.get("completion_tokens") or len(text) // CHARS_PER_TOKEN,
        raw={
            "id": answer.get("id"),
            "model": answer.get("model"),
            "finish_reason": answer["choices"][0].get("finish_reason"),
        },
    )


def _text(message: Json) -> str:
    """Most servers give text, some give a list of parts, a refusal has a field of its own."""
    content = message.get("content") or message.get("refusal") or ""
    if isinstance(content, list):
        return "".join(part.get("text", "") for part in content)
    return str(content)


def _call(place: int, call: Json) -> ToolCall:
    function = call["function"]
    arguments = function.get("arguments") or "{}"
    return ToolCall(
        id=call.get("id") or f"call{place}",
        name=str(function["name"]),
        arguments=arguments if isinstance(arguments, str) else json.dumps(arguments),
    )


def _translated(error: OpenAIError) -> RecadoError:
    """ContractBroken for what asking again would not help: a wrong key, model or request."""
    if isinstance(error, APITimeoutError):
        return ModelUnavailable("the model did not answer in time")
    if isinstance(error, APIConnectionError):
        return ModelUnavailable("the model cannot be reached")
    if isinstance(error, APIStatusError) and error.status_code < 500 and error.status_code not in TEMPORARY:
        return ContractBroken(f"the model's endpoint refuses the request with status {error.status_code}")
    return ModelUnavailable(f"the model failed: {type(error).__name__}")


class _Deadline:
    """The time by which the present thread's question must be answered, retry and slow bodies included.

    The package's own timeout counts for each attempt, and for each piece of a body.
    """

    def __init__(self) -> None:
        self._threads = threading.local()

    def set(self, seconds: float) -> None:
        self._threads.at = time.monotonic() + seconds

    def left(self) -> float:
        seconds = float(self._threads.at) - time.monotonic()
        if seconds <= 0:
            raise ModelUnavailable("the model did not answer in time")
        return seconds

    def bound(self, request: httpx2.Request) -> None:
        """Leaves an attempt no more time than is left."""
        left = self.left()
        request.extensions["timeout"] = {
            "connect": min(CONNECT_SECONDS, left),
            "read": left,
            "write": left,
            "pool": left,
        }

    def watch(self, response: httpx2.Response) -> None:
        """Lets the body be read only until the deadline, and refuses retries that would wait long."""
        response.stream = _WatchedStream(cast("httpx2.SyncByteStream", response.stream), self)
        if _retry_wait(response.headers) > LONGEST_RETRY_WAIT_SECONDS:
            response.headers["x-should-retry"] = "false"


class _WatchedStream(httpx2.SyncByteStream):
    def __init__(self, stream: httpx2.SyncByteStream, deadline: _Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._stream:
            self._deadline.left()
            yield chunk

    def close(self) -> None:
        self._stream.close()


def _retry_wait(headers: Any) -> float:
    """Seconds that a server asks to wait; a date counts as long."""
    asked = headers.get("retry-after", "0")
    try:
        return float(asked)
    except ValueError:
        return float("inf")
