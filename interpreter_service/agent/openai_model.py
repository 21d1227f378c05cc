"""A chat model behind any endpoint that speaks OpenAI's chat completions: its words for questions and replies."""

from __future__ import annotations

import json
from collections.abc import Sequence

from interpreter_service.agent.endpoint import Endpoint
from interpreter_service.agent.model import ModelLimits, ModelReply, ToolCall
from shared.contracts.base import Json
from shared.errors import ModelUnavailable

OPENAI_URL = "https://api.openai.com/v1"
CHARS_PER_TOKEN = 4
"""For servers that do not count."""


class OpenAIModel:
    """One model of one endpoint. Its connections are kept; threads may share it."""

    def __init__(self, *, model: str, api_key: str, base_url: str = "") -> None:
        self._model = model
        self._answer_tokens = "max_tokens" if base_url else "max_completion_tokens"
        self._endpoint = Endpoint(base_url or OPENAI_URL, api_key or "none")

    def complete(self, messages: Sequence[Json], tools: Sequence[Json], limits: ModelLimits) -> ModelReply:
        question: Json = {"model": self._model, "messages": messages, self._answer_tokens: limits.answer_tokens}
        if tools:
            question["tools"] = tools
        body = json.dumps(question, separators=(",", ":")).encode()
        return reply_of(self._endpoint.post("/chat/completions", body, limits.seconds), sent_chars=len(body))

    def close(self) -> None:
        self._endpoint.close()


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
