"""The model of flows: the endpoint that the RECADO_LLM_* settings name, asked by the interpreter's own client."""

from __future__ import annotations

import json

from executor_service.flows.calls.ai import AiAnswer, AiQuestion, FlowModel
from interpreter_service.agent.endpoint import Endpoint
from interpreter_service.agent.openai_model import reply_of
from interpreter_service.agent.providers import provider_of
from shared.contracts.base import Json

PROTECTED = frozenset({"messages", "model", "stream", "n", "tools"})
"""What a drawing's `extra_body` does not change."""


class EndpointModel:
    """Implements `FlowModel` with any endpoint that speaks OpenAI's chat completions; threads may share it."""

    def __init__(self, *, base_url: str, api_key: str, model: str) -> None:
        self._model = model
        self._provider = provider_of(base_url, api_key)
        self._endpoint = Endpoint(self._provider, api_key)

    def complete(self, question: AiQuestion) -> AiAnswer:
        body = json.dumps(self._body(question)).encode()
        content = self._endpoint.post("/chat/completions", body, question.timeout_seconds)
        reply = reply_of(content, sent_chars=len(body))
        return AiAnswer(text=reply.text, tokens=reply.tokens_in + reply.tokens_out)

    def _body(self, question: AiQuestion) -> Json:
        extra = {name: value for name, value in question.extra_body.items() if name not in PROTECTED}
        body: Json = {
            "model": question.model or self._model,
            "messages": list(question.messages),
            self._provider.answer_limit: question.max_tokens,
            **extra,
        }
        return body if question.temperature is None else {"temperature": question.temperature, **body}


def connect_flow_model(*, base_url: str, api_key: str, model: str) -> FlowModel | None:
    """None where neither an endpoint nor a key is given: then `ai` nodes leave by their error exit."""
    return EndpointModel(base_url=base_url, api_key=api_key, model=model) if base_url or api_key else None
