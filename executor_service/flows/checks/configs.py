"""Whether each node's config fits its kind, in words that an administrator can act on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from executor_service.flows.checks.finding import Finding, Looked, name_of

SENTENCES: Mapping[str, str] = {
    "missing": "config_missing",
    "string_too_short": "config_missing",
    "too_short": "config_missing",
    "string_too_long": "config_too_long",
    "too_long": "config_too_long",
    "greater_than_equal": "config_too_small",
    "less_than_equal": "config_too_large",
    "needs_goal": "config_needs_goal",
    "needs_value": "config_needs_value",
    "needs_comparison": "config_needs_comparison",
    "needs_time": "config_needs_time",
    "needs_longer": "config_needs_longer",
    "header_name": "config_header_name",
    "secret_server": "config_secret_server",
}
"""Pydantic's kinds of errors, and our nodes' own, by the sentence that explains them; `config` is for all others."""
LIMITS = ("max_length", "ge", "le")


def configs_fit(looked: Looked) -> Iterator[Finding]:
    for node in looked.flow.nodes:
        kind = looked.kind(node)
        if kind is None:
            continue
        try:
            kind.config.model_validate(node.data.config)
        except ValidationError as error:
            for one in error.errors(include_url=False, include_input=False):
                params = {"node": name_of(node), "where": ".".join(map(str, one["loc"])), "limit": _limit(one)}
                yield Finding(key=SENTENCES.get(one["type"], "config"), node_id=node.id, params=params)


def _limit(error: ErrorDetails) -> str:
    context = error.get("ctx", {})
    return next((f"{context[name]:g}" for name in LIMITS if name in context), "")
