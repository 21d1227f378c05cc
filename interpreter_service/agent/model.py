"""What the agent may ask of a language model, and what it answers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from shared.contracts.base import Json


@dataclass(frozen=True, kw_only=True)
class ModelLimits:
    """What one question may cost; `seconds` is the total, retries included."""

    seconds: float
    answer_tokens: int


@dataclass(frozen=True, kw_only=True)
class ToolCall:
    """A call as the model wrote it: `arguments` is text that should be a JSON object."""

    id: str
    name: str
    arguments: str


@dataclass(frozen=True, kw_only=True)
class ModelReply:
    """One reply. `raw` is what is worth keeping of the provider's own answer: model, id, why it stopped."""

    text: str = ""
    tool_calls: tuple[ToolCall, ...] = ()
    tokens_in: int = 0
    tokens_out: int = 0
    raw: Json | None = None

    @property
    def is_empty(self) -> bool:
        return not self.text.strip() and not self.tool_calls

    def to_json(self) -> str:
        fields = {**vars(self), "tool_calls": [vars(call) for call in self.tool_calls]}
        return json.dumps(fields, ensure_ascii=False)

    @classmethod
    def from_json(cls, body: str) -> ModelReply:
        fields = json.loads(body)
        calls = tuple(ToolCall(**call) for call in fields.pop("tool_calls"))
        return cls(tool_calls=calls, **fields)


class ChatModel(Protocol):
    """A chat model with tools. Messages and tools are as in OpenAI's chat completions."""

    def complete(self, messages: Sequence[Json], tools: Sequence[Json], limits: ModelLimits) -> ModelReply:
        """The next reply. Raises ModelUnavailable when there is none in time, ContractBroken when it is refused."""
        ...
