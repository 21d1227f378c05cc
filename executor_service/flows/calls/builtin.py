"""The handlers of the calls that nodes make to the outside, put together."""

from __future__ import annotations

from executor_service.connectors.web.client import WebClient
from executor_service.flows.calls.ai import AiEffect, FlowModel
from executor_service.flows.calls.http import FindSecret, HttpEffect
from executor_service.flows.effects import Effect
from executor_service.flows.javascript.effect import JavascriptEffect
from executor_service.flows.javascript.runner import script_runner


def outside_effects(secret: FindSecret, model: FlowModel | None) -> dict[str, Effect]:
    """`http`, `javascript` and `ai`; `secret` finds a secret variable by its name."""
    return {
        "http": HttpEffect(WebClient().fetch, secret),
        "javascript": JavascriptEffect(script_runner()),
        "ai": AiEffect(model),
    }
