"""How far an agent's plan is, as something that can be stored and taken up again in a later turn."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field

from pydantic import TypeAdapter

from interpreter_service.agent.model import ModelReply, ToolCall
from interpreter_service.outcomes import files_of
from shared.contracts.base import Json
from shared.contracts.messages import Part
from shared.contracts.results import Passage, Passages, Result

PARTS: TypeAdapter[tuple[Part, ...]] = TypeAdapter(tuple[Part, ...])


@dataclass(kw_only=True)
class PlanState:
    """A plan under way.

    `prompt` is the version of the system's message.
    `messages` are what the model has read and called, never its own words beside calls, so that whatever number
    stands in them came from a person or a tool. `open` are calls not yet carried out, in order; the first may be
    waiting for its task. `made` are the calls of earlier replies, `keys` by id those of open calls that are under way.
    `has_outside_text` says that something was read which neither the person nor the model wrote.
    """

    text: str
    tools: list[str]
    messages: list[Json]
    prompt: str = ""
    has_outside_text: bool = False
    open: list[ToolCall] = field(default_factory=list)
    made: list[str] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()
    files: tuple[Part, ...] = ()
    passages: tuple[Passage, ...] = ()
    failures: dict[str, str] = field(default_factory=dict)
    steps: int = 0
    corrections: int = 0
    tokens: int = 0

    @property
    def has_results(self) -> bool:
        return bool(self.parts or self.failures)

    def take(self, reply: ModelReply, *, at_most: int, too_many: str) -> None:
        """Opens the calls of a reply; those above `at_most` are answered with `too_many`."""
        calls = reply.tool_calls
        self.messages.append(
            {"role": "assistant", "content": None, "tool_calls": [_as_message(call) for call in calls]}
        )
        self.open = list(calls[:at_most])
        self.files = ()
        for call in calls[at_most:]:
            self._tell(call, too_many)

    def close(self, content: str) -> None:
        """Answers the first open call."""
        self._tell(self.open.pop(0), content)

    def succeeded(self, tool: str, parts: tuple[Part, ...], results: tuple[Result, ...]) -> None:
        """Keeps what was rendered of a result, and the passages in it; a failure of the same tool is made good."""
        self.parts += parts
        self.passages += tuple(one for result in results if isinstance(result, Passages) for one in result.passages)
        self.files += files_of(parts)
        self.failures.pop(tool, None)

    def to_json(self) -> str:
        fields = {
            name: value for name, value in vars(self).items() if name not in {"parts", "files", "open", "passages"}
        }
        fields["open"] = [asdict(call) for call in self.open]
        fields["parts"] = PARTS.dump_python(self.parts, mode="json")
        fields["files"] = PARTS.dump_python(self.files, mode="json")
        fields["passages"] = [one.model_dump(mode="json") for one in self.passages]
        return json.dumps(fields, ensure_ascii=False)

    @classmethod
    def from_json(cls, body: str) -> PlanState:
        fields = json.loads(body)
        fields["open"] = [ToolCall(**call) for call in fields["open"]]
        fields["parts"] = PARTS.validate_python(fields["parts"])
        fields["files"] = PARTS.validate_python(fields["files"])
        fields["passages"] = tuple(Passage.model_validate(one) for one in fields.get("passages", ()))
        return cls(**fields)

    def _tell(self, call: ToolCall, content: str) -> None:
        self.messages.append({"role": "tool", "tool_call_id": call.id, "content": content})


def _as_message(call: ToolCall) -> Json:
    return {"id": call.id, "type": "function", "function": {"name": call.name, "arguments": call.arguments}}
