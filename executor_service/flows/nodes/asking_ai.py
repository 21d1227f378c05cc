"""What all nodes that ask a model share."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from executor_service.flows.inputs import Input, Returned
from executor_service.flows.node import Visit
from executor_service.flows.nodes.returning import WithDefault, give_up
from executor_service.flows.outcomes import Ask, Fail, Leave
from executor_service.flows.session_model import Call
from shared.contracts.base import Json


class AiConfig(WithDefault):
    """Which model (empty: the installation's own) and how it answers."""

    model: str = Field(default="", max_length=120)
    temperature: float | None = Field(default=None, ge=0, le=2)
    max_tokens: int = Field(default=500, ge=1, le=4_000)
    timeout_seconds: float = Field(default=30, ge=1, le=60)


def message(role: str, text: str) -> Json:
    return {"role": role, "content": text}


def ask_model(config: AiConfig, messages: list[Json], extra_body: Json | None = None) -> Ask:
    payload: Json = {
        "messages": messages,
        "model": config.model,
        "temperature": config.temperature,
        "max_tokens": config.max_tokens,
        "extra_body": extra_body or {},
    }
    return Ask(Call(kind="ai", payload=payload, timeout_seconds=config.timeout_seconds))


def answered(visit: Visit, given: Input, config: AiConfig) -> str | Leave | Fail:
    """The model's text, or what stands in for it, or the way out; `session.error` keeps the code."""
    if isinstance(given, Returned) and given.status == "success":
        return str(given.value or "").strip()
    return give_up(visit, given, config) or str(config.default_value)


def history_of(visit: Visit, name: str) -> list[Json]:
    """The messages kept in a variable of the session; anything else there counts as none."""
    kept: Any = visit.session.variables.get(name)
    if not isinstance(kept, list):
        return []
    return [one for one in kept if isinstance(one, dict) and set(one) == {"role", "content"}]


def remember(visit: Visit, name: str, said: str, answer: str, turns: int) -> None:
    kept = [*history_of(visit, name), message("user", said), message("assistant", answer)]
    visit.set(f"session.{name}", kept[-2 * turns :])
