"""A chat model behind any endpoint that speaks OpenAI's chat completions: its words for questions and replies."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence

from interpreter_service.agent.endpoint import Endpoint, RefusedParameter
from interpreter_service.agent.model import ModelLimits, ModelReply, ToolCall
from interpreter_service.agent.providers import NEW_LIMIT, provider_of
from interpreter_service.agent.written_calls import calls_in, without_thoughts
from shared.contracts.base import Json
from shared.errors import ModelUnavailable

CHARS_PER_TOKEN = 4
"""For servers that do not count."""


class OpenAIModel:
    """One model of one endpoint. Its connections are kept; threads may share it."""

    def __init__(self, *, model: str, api_key: str, base_url: str = "") -> None:
        self._model = model
        self._provider = provider_of(base_url, api_key)
        self._answer_limit = self._provider.answer_limit
        self._endpoint = Endpoint(self._provider, api_key)

    def complete(self, messages: Sequence[Json], tools: Sequence[Json], limits: ModelLimits) -> ModelReply:
        until = time.monotonic() + limits.seconds
        try:
            return self._ask(messages, tools, limits.answer_tokens, limits.seconds)
        except RefusedParameter:
            if self._answer_limit == NEW_LIMIT:
                raise
            self._answer_limit = NEW_LIMIT
        return self._ask(messages, tools, limits.answer_tokens, until - time.monotonic())

    def _ask(self, messages: Sequence[Json], tools: Sequence[Json], answer_tokens: int, seconds: float) -> ModelReply:
        question: Json = {"model": self._model, "messages": messages, self._answer_limit: answer_tokens}
        if tools:
            question["tools"] = [self._provider.tool(tool) for tool in tools]
        body = json.dumps(question, separators=(",", ":")).encode()
        answer = self._endpoint.post("/chat/completions", body, seconds)
        return reply_of(answer, sent_chars=len(body), has_tools=bool(tools))

    def close(self) -> None:
        self._endpoint.close()


def reply_of(content: bytes, *, sent_chars: int = 0, has_tools: bool = False) -> ModelReply:
    """The reply in the body of an answer. Raises ModelUnavailable when it is something else, e.g. a web page.

    `has_tools` says that tools were offered: then a text that is a call counts as one.
    """
    try:
        answer = json.loads(content)
        message = answer["choices"][0]["message"]
        text = without_thoughts(_text(message))
        calls = tuple(_call(place, call) for place, call in enumerate(message.get("tool_calls") or ()))
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise ModelUnavailable("the endpoint answers something that is no chat completion") from error
    written = calls_in(text) if has_tools and not calls else ()
    usage = answer.get("usage") or {}
    return ModelReply(
        text="" if written else text,
        tool_calls=calls or written,
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
