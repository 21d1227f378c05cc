"""How the ready line names this program."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from recado.cli.up import command_as_typed


@pytest.mark.parametrize(
    ("called", "said"),
    [(".venv/bin/recado", ".venv/bin/recado"), ("/somewhere/bin/recado", "recado")],
)
def test_program_is_named_as_it_can_be_typed_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, called: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", [called])
    assert command_as_typed() == said
