"""How endpoints that speak OpenAI's chat completions differ, told from their address. Pure.

Azure: the key goes in `api-key`, classic deployments want `?api-version=` on every request (the address of a deployment
may carry it). Gemini refuses JSON Schema keywords beyond a few with 400 ("Unknown name"). New models of OpenAI and
Azure know only `max_completion_tokens`, most other servers only `max_tokens`. `tool_choice`, `strict` and
`parallel_tool_calls` are never sent: their defaults are what is wanted, and some servers refuse them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from shared.contracts.base import Json

OPENAI_URL = "https://api.openai.com/v1"
OLD_LIMIT, NEW_LIMIT = "max_tokens", "max_completion_tokens"
"""The two names of the longest answer in tokens."""
AZURE_HOSTS = (".openai.azure.com", ".cognitiveservices.azure.com", ".services.ai.azure.com")
GEMINI_HOSTS = ("generativelanguage.googleapis.com",)
PLAIN_KEYS = frozenset({"type", "description", "properties", "required", "items", "enum"})


@dataclass(frozen=True, kw_only=True)
class Provider:
    """What one endpoint wants."""

    base_url: str
    answer_limit: str = OLD_LIMIT
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    query: Mapping[str, str] = field(default_factory=dict)
    has_plain_schemas: bool = False

    def tool(self, tool: Json) -> Json:
        """A tool as this endpoint takes it."""
        if not self.has_plain_schemas:
            return tool
        function = tool["function"]
        return {**tool, "function": {**function, "parameters": plain_schema(function["parameters"])}}


def provider_of(base_url: str, api_key: str) -> Provider:
    """What the endpoint at this address wants; an empty address is OpenAI's own."""
    parts = urlsplit(base_url or OPENAI_URL)
    host = parts.hostname or ""
    address = urlunsplit(parts._replace(query="", fragment=""))
    query = dict(parse_qsl(parts.query))
    if host.endswith(AZURE_HOSTS):
        return Provider(base_url=address, answer_limit=NEW_LIMIT, headers={"api-key": api_key}, query=query)
    if host in GEMINI_HOSTS:
        return Provider(base_url=address, query=query, has_plain_schemas=True)
    is_openai = host == urlsplit(OPENAI_URL).hostname
    return Provider(base_url=address, query=query, answer_limit=NEW_LIMIT if is_openai else OLD_LIMIT)


def plain_schema(schema: Any) -> Json:
    """A schema of types, descriptions, properties and enums alone; of several forms the first, the person's words."""
    variants = schema.get("anyOf") or schema.get("oneOf") or ()
    whole = {**(variants[0] if variants else {}), **schema}
    kept: Json = {key: value for key, value in whole.items() if key in PLAIN_KEYS}
    if "properties" in kept:
        kept["properties"] = {name: plain_schema(value) for name, value in kept["properties"].items()}
    if "items" in kept:
        kept["items"] = plain_schema(kept["items"])
    if "enum" in kept:
        kept["enum"] = [str(value) for value in kept["enum"] if value is not None]
        kept["type"] = "string"
    return kept
