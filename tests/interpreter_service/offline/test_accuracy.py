"""How often the offline interpreter is right, over sentences of business people in three languages."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from interpreter_service.offline import CallTool, Clarify, Decision, LastCall, OutOfScope, ToolIndex, decide
from shared.contracts.base import LANGUAGES

LINES = (Path(__file__).parent / "utterances.jsonl").read_text(encoding="utf-8").splitlines()
CASES: list[dict[str, Any]] = [json.loads(line) for line in LINES]
RIGHT_FLOOR = 0.95
WRONG_TOOL_CEILING = 0.01


def verdict(decision: Decision, case: dict[str, Any]) -> str:
    wanted = case["tool"]
    match decision:
        case OutOfScope():
            return "right" if wanted is None else "refused"
        case Clarify(options=options):
            offered = {option.tool.name for option in options}
            return "right" if wanted == "?" and offered & {*case.get("among", offered)} else "asked"
        case CallTool(tool=tool) if tool.name != wanted:
            return "wrong tool"
        case CallTool(arguments=arguments):
            return "right" if dict(arguments) == case.get("arguments", dict(arguments)) else "wrong arguments"


def judge(index: ToolIndex, cases: list[dict[str, Any]]) -> Counter[str]:
    verdicts: Counter[str] = Counter()
    for case in cases:
        last = LastCall(**case["last"]) if "last" in case else None
        verdicts[verdict(decide(index, case["text"], case["language"], last), case)] += 1
    return verdicts


@pytest.mark.parametrize("language", LANGUAGES)
def test_tool_and_arguments_are_right_above_the_floor(index: ToolIndex, language: str) -> None:
    cases = [case for case in CASES if case["language"] == language]
    verdicts = judge(index, cases)
    assert verdicts["right"] / len(cases) >= RIGHT_FLOOR, verdicts
    assert verdicts["wrong tool"] / len(cases) <= WRONG_TOOL_CEILING, verdicts


def test_language_unknown_costs_little(index: ToolIndex) -> None:
    verdicts = judge(index, [{**case, "language": None} for case in CASES])
    assert verdicts["right"] / len(CASES) >= 0.9, verdicts
    assert verdicts["wrong tool"] / len(CASES) <= 0.03, verdicts


def test_there_are_enough_sentences_of_every_kind() -> None:
    assert len(CASES) >= 150
    assert sum("last" in case for case in CASES) >= 30
    assert sum(case["tool"] is None for case in CASES) >= 20
