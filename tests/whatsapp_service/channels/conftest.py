"""Sample deliveries of WhatsApp, and what each must lead to."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.fixture
def payload() -> Callable[[str], bytes]:
    def read(name: str) -> bytes:
        return (HERE / "payloads" / f"{name}.json").read_bytes()

    return read


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "sample" in metafunc.fixturenames:
        metafunc.parametrize("sample", sorted(json.loads((HERE / "payloads-index.json").read_text())))
