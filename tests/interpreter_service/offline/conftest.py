"""A registry of realistic tools and its index."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from interpreter_service.offline import ToolIndex
from shared.contracts.tools import ToolSpec

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def tools() -> list[ToolSpec]:
    body = json.loads((HERE / "registry.json").read_text(encoding="utf-8"))
    return [ToolSpec.model_validate(tool) for tool in body]


@pytest.fixture(scope="session")
def index(tools: list[ToolSpec]) -> ToolIndex:
    return ToolIndex(tools)
