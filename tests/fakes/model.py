"""A chat model that answers with what a test wrote down."""

from __future__ import annotations

import copy
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from interpreter_service.agent.model import ModelLimits, ModelReply, ToolCall
from shared.contracts.base import Json
from shared.errors import ModelUnavailable


def says(text: str, *, tokens: int = 10) -> ModelReply:
    return ModelReply(text=text, tokens_in=tokens, tokens_out=tokens)


def calls(*wanted: tuple[str, Any], text: str = "", tokens: int = 10) -> ModelReply:
    """A reply with tool calls; arguments that are a str are sent as they are, others as JSON."""
    made = tuple(
        ToolCall(id=f"c{place}", name=name, arguments=given if isinstance(given, str) else json.dumps(given))
        for place, (name, given) in enumerate(wanted)
    )
    return ModelReply(text=text, tool_calls=made, tokens_in=tokens, tokens_out=tokens)


@dataclass
class ScriptedModel:
    """Gives its replies in order, raises those that are errors, and keeps the messages of each question."""

    replies: list[ModelReply | Exception] = field(default_factory=list)
    questions: list[list[Json]] = field(default_factory=list)
    tools: list[list[Json]] = field(default_factory=list)

    def complete(self, messages: Sequence[Json], tools: Sequence[Json], limits: ModelLimits) -> ModelReply:
        self.questions.append(copy.deepcopy(list(messages)))
        self.tools.append(list(tools))
        if not self.replies:
            raise ModelUnavailable("the script is over")
        reply = self.replies.pop(0)
        if isinstance(reply, Exception):
            raise reply
        return reply

    def read(self, question: int = -1) -> str:
        """The contents of a question's messages, one under the other."""
        return "\n".join(str(message.get("content")) for message in self.questions[question])
