"""`recado eval` as an operator runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from recado.cli import main


@pytest.fixture
def runner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.chdir(tmp_path)
    return CliRunner(env={"RECADO_HOME": str(tmp_path / "home"), "RECADO_LLM_BASE_URL": "", "RECADO_LLM_API_KEY": ""})


def case_file(folder: Path, text: str = "ventas por cliente") -> Path:
    expected = {"tool": "sales.by_customer", "arguments": {}}
    path = folder / "mine.jsonl"
    path.write_text(json.dumps({"id": "1", "lang": "es", "text": text, "expected": expected}), encoding="utf-8")
    return path


def test_the_cases_of_a_file_are_judged(runner: CliRunner, tmp_path: Path) -> None:
    result = runner.invoke(main, ["eval", str(case_file(tmp_path)), "--json"])
    assert result.exit_code == 0, result.output
    assert json.loads(result.output)["mine.jsonl"]["all"]["accuracy"] == 1


def test_failures_are_listed_with_what_was_done(runner: CliRunner, tmp_path: Path) -> None:
    result = runner.invoke(main, ["eval", str(case_file(tmp_path, "cuéntame un chiste")), "--failures"])
    assert "refused  1" in result.output
    assert "(wanted sales.by_customer)" in result.output


def test_a_broken_file_is_refused_in_one_sentence(runner: CliRunner, tmp_path: Path) -> None:
    path = tmp_path / "broken.jsonl"
    path.write_text("{}", encoding="utf-8")
    result = runner.invoke(main, ["eval", str(path)])
    assert result.exit_code == 1
    assert "broken.jsonl line 1: id" in result.output


def test_a_model_that_is_not_set_is_said(runner: CliRunner, tmp_path: Path) -> None:
    result = runner.invoke(main, ["eval", str(case_file(tmp_path)), "--model"])
    assert result.exit_code == 1
    assert "RECADO_LLM_BASE_URL" in result.output


def test_saved_turns_are_exported_for_a_replay(runner: CliRunner, tmp_path: Path) -> None:
    missing = runner.invoke(main, ["cases", "save", "none"])
    wrong = runner.invoke(main, ["cases", "save", "none", "--expected", "[]"])
    exported = runner.invoke(main, ["cases", "export", str(tmp_path / "out.jsonl")])
    assert (missing.exit_code, "there is no such turn" in missing.output) == (1, True)
    assert (wrong.exit_code, "not a JSON object" in wrong.output) == (2, True)
    assert (exported.exit_code, (tmp_path / "out.jsonl").read_text(encoding="utf-8")) == (0, "")
