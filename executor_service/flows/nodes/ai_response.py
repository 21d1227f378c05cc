"""A model's answer to the person."""

from __future__ import annotations

from pydantic import Field

from executor_service.flows.inputs import Input
from executor_service.flows.node import Node, Visit
from executor_service.flows.nodes.asking_ai import AiConfig, answered, ask_model, history_of, message, remember
from executor_service.flows.outcomes import Leave, Outcome
from shared.contracts.messages import TextPart

HISTORY = "ai_history"


class AiResponseConfig(AiConfig):
    """`history`: how many earlier exchanges of this session the model sees (0: none)."""

    system_prompt: str = Field(min_length=1, max_length=10_000, json_schema_extra={"format": "template"})
    text: str = Field(default="{{ message.text }}", max_length=10_000, json_schema_extra={"format": "template"})
    history: int = Field(default=6, ge=0, le=20)
    variable: str = ""
    says: bool = True


class AiResponseNode(Node[AiResponseConfig]):
    """Lets a model answer the person, following instructions.

    {"label": "Answer", "type": "ai_response", "config": {"system_prompt": "You help customers of a hardware shop.",
     "temperature": 0.3, "variable": "session.reply"}}
    """

    name = "ai_response"
    titles = {"es": "Respuesta de IA", "pt": "Resposta de IA", "en": "AI answer"}  # noqa: RUF012
    exits = ("success", "error", "timeout")
    config = AiResponseConfig

    def enter(self, config: AiResponseConfig, visit: Visit) -> Outcome:
        past = history_of(visit, HISTORY)[-2 * config.history :] if config.history else []
        said = message("user", visit.render(config.text))
        return ask_model(config, [message("system", visit.render(config.system_prompt)), *past, said])

    def resume(self, config: AiResponseConfig, visit: Visit, given: Input) -> Outcome:
        text = answered(visit, given, config)
        if not isinstance(text, str):
            return text
        if config.history:
            remember(visit, HISTORY, visit.render(config.text), text, config.history)
        if config.variable:
            visit.set(config.variable, text)
        if config.says and text:
            visit.say(TextPart(text=text))
        return Leave("success")
