"""Cases as they are read from a file."""

from __future__ import annotations

import pytest

from interpreter_service.evaluation import read_cases, shipped_cases
from interpreter_service.evaluation.cases import HALVES
from shared.errors import InvalidArguments

GOOD = '{"id": "1", "lang": "es", "text": "ventas", "expected": {"tool": "sales.total", "arguments": {}}}'

BAD = [
    ("", "there is no case"),
    ("{}", "line 1: id"),
    (f"{GOOD}\n{GOOD}", "line 2: the id 1 is there twice"),
    (f"\n{GOOD.replace('es', 'fr')}", "line 2: lang"),
    (GOOD.replace('"tool": "sales.total", "arguments": {}', ""), "give tool and arguments"),
    (GOOD.replace('"lang"', '"language"'), "line 1"),
    ("ventas", "line 1"),
]


@pytest.mark.parametrize(("body", "sentence"), BAD)
def test_a_wrong_file_is_refused_with_its_line(body: str, sentence: str) -> None:
    with pytest.raises(InvalidArguments, match=sentence):
        read_cases(body.splitlines())


def test_a_case_without_kind_is_a_report() -> None:
    (case,) = read_cases([GOOD, ""])
    assert (case.kind, case.language, case.expected.calls[0].tool) == ("report", "es", "sales.total")


def test_there_are_enough_shipped_cases_of_every_language_and_kind() -> None:
    cases = [case for half in HALVES for case in shipped_cases(half)]
    assert len(cases) >= 250
    assert len({case.id for case in cases}) == len(cases)
    for lang in ("es", "pt", "en", "mixed"):
        assert sum(case.lang == lang for case in cases) >= 60
    kinds = {case.kind for case in cases}
    assert kinds >= {
        "report",
        "typo",
        "colloquial",
        "follow_up",
        "ambiguous",
        "out_of_scope",
        "injection",
        "not_permitted",
        "write",
    }
