"""Every kind of node, every field of it and every value to choose has its words in the console's three languages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from executor_service.flows.builtin import builtin_nodes
from executor_service.flows.model import FlowSettings
from recado.console import BUILT
from shared.contracts.base import LANGUAGES
from shared.contracts.tools import NodeSpec

LOCALES = BUILT.parent / "src" / "locales" / "nodes"
SPECS = tuple(node.spec() for node in builtin_nodes())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_and_field_has_words(language: str) -> None:
    texts = json.loads((LOCALES / f"{language}.json").read_text(encoding="utf-8"))
    wanted = [key for spec in SPECS for key in keys_of(spec)]
    assert len(wanted) > 150
    assert [" or ".join(key) for key in wanted if not any(_find(texts, one) for one in key)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_setting_of_a_flow_has_words(language: str) -> None:
    texts = json.loads((LOCALES / f"{language}.json").read_text(encoding="utf-8"))
    wanted = list(_keys_of_fields("flow_settings", FlowSettings.model_json_schema()))
    assert len(wanted) > 20
    assert [" or ".join(key) for key in wanted if not any(_find(texts, one) for one in key)] == []


def keys_of(spec: NodeSpec) -> Iterator[tuple[str, ...]]:
    """For each text that the form shows, the keys of which one must be there."""
    yield (f"kinds/{spec.name}/title",)
    yield (f"kinds/{spec.name}/text",)
    yield from _keys_of_fields(spec.name, spec.config)


def _keys_of_fields(kind: str, schema: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    for name, field in _fields(schema, schema):
        yield (f"kinds/{kind}/fields/{name}/label", f"fields/{name}/label")
        for value in field.get("enum", ()):
            last = name if name in schema.get("properties", {}) else name.rsplit("_", 1)[-1]
            yield (f"options/{kind}_{last}/{value or 'none'}", f"options/{last}/{value or 'none'}")


def _fields(schema: dict[str, Any], root: dict[str, Any], before: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    for name, field in schema.get("properties", {}).items():
        yield before + name, field
        inner = field.get("items", {}).get("$ref", "").rsplit("/", 1)[-1]
        if inner:
            yield from _fields(root["$defs"][inner], root, f"{before}{name}_")


def _find(texts: Any, key: str) -> str:
    for step in key.split("/"):
        texts = texts.get(step, {}) if isinstance(texts, dict) else {}
    return texts if isinstance(texts, str) else ""
