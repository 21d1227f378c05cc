"""Options to tap, and what a typed text means among them."""

from __future__ import annotations

import pytest

from interpreter_service.options import TaskOption, parse_task_option, typed_option
from shared.contracts.messages import Option

OPTIONS = (Option(id="a", title="Ventas totales"), Option(id="b", title="Depósito Ñuñoa"), Option(id="c", title="2"))


@pytest.mark.parametrize(
    ("option_id", "expected"),
    [
        ("task:t1:approve", TaskOption("t1", "approve")),
        ("task:t1:a:b", TaskOption("t1", "a:b")),
        ("task:t1", None),
        ("task:t1:", None),
        ("task::x", None),
        ("offer:t1:1", None),
        ("", None),
    ],
)
def test_task_option_is_read_from_its_id(option_id: str, expected: TaskOption | None) -> None:
    assert parse_task_option(option_id) == expected
    assert expected is None or expected.id == option_id


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("ventas TOTALES", "a"),
        ("  deposito nunoa ", "b"),
        ("1", "a"),
        ("2", "c"),
        ("3", "c"),
        ("4", ""),
        ("0", ""),
        ("ventas", ""),
    ],
)
def test_title_goes_before_number(typed: str, expected: str) -> None:
    found = typed_option(typed, OPTIONS)

    assert (found.id if found else "") == expected


def test_title_that_two_options_share_means_neither() -> None:
    assert typed_option("igual", (Option(id="a", title="Igual"), Option(id="b", title="IGUAL"))) is None
