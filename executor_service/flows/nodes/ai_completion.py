"""A model's text from a prompt."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from executor_service.flows.inputs import Input
from executor_service.flows.node import Node, Visit
from executor_service.flows.nodes.asking_ai import AiConfig, answered, ask_model, history_of, message, remember
from executor_service.flows.outcomes import Leave, Outcome
from shared.contracts.messages import TextPart

HISTORY = "completion_history"
TURNS = 10


class AiCompletionConfig(AiConfig):
    """`history`: `none`, `keep` (this exchange is kept, not shown to the model) or `append` (kept and shown).

    `variable` gets the raw text; `response_template` is what is said of it (`{{ session.completion }}`).
    `extra_body` goes to the endpoint as it is.
    """

    prompt: str = Field(min_length=1, max_length=10_000, json_schema_extra={"format": "template"})
    history: Literal["none", "keep", "append"] = "none"
    variable: str = "session.completion"
    says: bool = False
    response_template: str = Field(default="", max_length=10_000, json_schema_extra={"format": "template"})
    extra_body: dict[str, Any] = Field(default_factory=dict, max_length=20)


class AiCompletionNode(Node[AiCompletionConfig]):
    """Lets a model complete a prompt and keeps its text.

    {"label": "Summary", "type": "ai_completion", "config": {"prompt": "Summarize in one line: {{ message.text }}",
     "variable": "session.summary"}}
    """

    name = "ai_completion"
    titles = {"es": "Completar con IA", "pt": "Completar com IA", "en": "AI completion"}  # noqa: RUF012
    exits = ("success", "error", "timeout")
    config = AiCompletionConfig

    def enter(self, config: AiCompletionConfig, visit: Visit) -> Outcome:
        past = history_of(visit, HISTORY) if config.history == "append" else []
        return ask_model(config, [*past, message("user", visit.render(config.prompt))], config.extra_body)

    def resume(self, config: AiCompletionConfig, visit: Visit, given: Input) -> Outcome:
        text = answered(visit, given, config)
        if not isinstance(text, str):
            return text
        if config.history != "none":
            remember(visit, HISTORY, visit.render(config.prompt), text, TURNS)
        visit.set(config.variable, text)
        said = visit.render(config.response_template) if config.response_template else text
        if config.says and said:
            visit.say(TextPart(text=said))
        return Leave("success")
