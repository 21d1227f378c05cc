"""What endpoints want, told from their address."""

from __future__ import annotations

from typing import Any

import pytest

from executor_service.tools.builtin import builtin_tools
from interpreter_service.agent.providers import PLAIN_KEYS, plain_schema, provider_of

LIMITS = [
    ("", "max_completion_tokens"),
    ("https://api.openai.com/v1", "max_completion_tokens"),
    ("https://mine.openai.azure.com/openai/v1/", "max_completion_tokens"),
    ("https://generativelanguage.googleapis.com/v1beta/openai/", "max_tokens"),
    ("http://127.0.0.1:11434/v1", "max_tokens"),
]


@pytest.mark.parametrize(("address", "limit"), LIMITS)
def test_the_longest_answer_has_the_name_that_the_endpoint_knows(address: str, limit: str) -> None:
    assert provider_of(address, "k").answer_limit == limit


def test_azure_gets_its_key_and_version_on_every_request() -> None:
    address = "https://mine.openai.azure.com/openai/deployments/gpt?api-version=2024-10-21"
    provider = provider_of(address, "secret")
    assert provider.headers == {"api-key": "secret"}
    assert provider.query == {"api-version": "2024-10-21"}
    assert provider.base_url == "https://mine.openai.azure.com/openai/deployments/gpt"
    assert "secret" not in repr(provider)


def test_no_other_endpoint_gets_the_key_in_azures_header() -> None:
    assert not provider_of("https://openai.azure.com.evil.example/v1", "secret").headers


def keys_of(schema: Any) -> set[str]:
    own = set(schema)
    for value in (*schema.get("properties", {}).values(), *([schema["items"]] if "items" in schema else ())):
        own |= keys_of(value)
    return own


@pytest.mark.parametrize("tool", builtin_tools(), ids=lambda tool: tool.spec.name)
def test_plain_schemas_have_no_keyword_that_gemini_refuses(tool: Any) -> None:
    plain = plain_schema(tool.spec.parameters)
    assert keys_of(plain) <= PLAIN_KEYS
    assert plain["properties"].keys() == tool.spec.parameters["properties"].keys()
    assert all(value["type"] for value in plain["properties"].values())


def test_of_several_forms_the_persons_words_are_kept() -> None:
    period = {"anyOf": [{"type": "string"}, {"type": "object"}], "description": "days", "default": "today"}
    assert plain_schema(period) == {"type": "string", "description": "days"}


def test_tools_of_other_endpoints_stay_as_they_are() -> None:
    tool = {"function": {"name": "a", "parameters": {"type": "object", "additionalProperties": False}}}
    assert provider_of("", "k").tool(tool) is tool
    gemini = provider_of("https://generativelanguage.googleapis.com/v1beta/openai/", "k")
    assert gemini.tool(tool)["function"]["parameters"] == {"type": "object"}
