"""A chat model at zero latency: it calls the tool that counts, then tells the count. Deterministic."""

from __future__ import annotations

import re
from typing import Any

import orjson

from bench.standins.http import Answer
from bench.words import COUNTED, COUNTED_KIND, token_in

NUMBERS = re.compile(rf"\b{COUNTED}\b")
USAGE = {"prompt_tokens": 900, "completion_tokens": 30, "total_tokens": 930}


class Model:
    """Answers chat completions. A question that comes with tools gets a call of the one whose name tells a count."""

    def __init__(self) -> None:
        self.asked = 0

    def reset(self) -> None:
        self.asked = 0

    def take(self, body: bytes) -> Answer:
        self.asked += 1
        request = orjson.loads(body)
        message = reply(request["messages"], request.get("tools", []), f"call_{self.asked}")
        return Answer(
            {
                "id": f"chatcmpl-{self.asked}",
                "object": "chat.completion",
                "created": 1_790_000_000,
                "model": request.get("model", ""),
                "choices": [
                    {
                        "index": 0,
                        "message": message,
                        "finish_reason": "tool_calls" if "tool_calls" in message else "stop",
                        "logprobs": None,
                    }
                ],
                "usage": USAGE,
            }
        )


def reply(messages: list[dict[str, Any]], tools: list[dict[str, Any]], call_id: str) -> dict[str, Any]:
    """What the model says after these messages: a call, or a text with the figure of the tool's result."""
    question = next(str(one["content"]) for one in reversed(messages) if one["role"] == "user")
    names = [one["function"]["name"] for one in tools]
    counting = next((name for name in names if "count" in name), None)
    if messages[-1]["role"] == "tool":
        found = NUMBERS.search(str(messages[-1]["content"]))
        said = f"Hay {found.group()} pedidos." if found else "No lo sé."
        return {"role": "assistant", "content": f"{said} #{token_in(question)}"}
    if counting is None:
        return {"role": "assistant", "content": f"No tengo con qué contar. #{token_in(question)}"}
    arguments = orjson.dumps({"kind": COUNTED_KIND}).decode()
    call = {"id": call_id, "type": "function", "function": {"name": counting, "arguments": arguments}}
    return {"role": "assistant", "content": None, "tool_calls": [call]}
