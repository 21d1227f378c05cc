"""Values across the border: the same afterwards, and nothing but data before."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from executor_service.erp.protocol import Match, ReportAnswer, ReportColumn
from executor_service.registry.external.values import decode, encode
from executor_service.registry.semantic import Link, Money, Period, Quantity
from shared.contracts.results import File, Text


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        7,
        2.5,
        float("inf"),
        "ñ\n",
        b"\x00\xff",
        [1, (2, [3])],
        {"a": {"b": ()}},
        {"$": "tuple", "v": [1]},
        {1: "one", ("a", 2): None},
        Decimal("1.10"),
        Money("1.10"),
        Quantity("3"),
        date(2026, 11, 20),
        datetime(2026, 11, 20, 10, 30, tzinfo=UTC),
        time(8, 15),
        timedelta(days=1, seconds=0.5),
        Period(date(2026, 10, 1), date(2026, 10, 31)),
        Link("Customer", "ACME"),
        Match(name="A", title="B"),
        ReportAnswer(columns=(ReportColumn(fieldname="a", label="A"),), rows=({"a": Decimal("1")},), totals={"a": 2.0}),
        Text(text="a"),
        File(artifact_id="1", filename="a.pdf", media_type="application/pdf"),
    ],
)
def test_value_is_the_same_afterwards(value: Any) -> None:
    there = decode(json.loads(json.dumps(encode(value))))
    assert (there, type(there)) == (value, type(value))


@pytest.mark.parametrize("value", [object(), {1, 2}, len, 1j, ValueError("x")])
def test_what_is_no_data_does_not_cross(value: Any) -> None:
    with pytest.raises(TypeError, match="cannot be handed over"):
        encode(value)


@pytest.mark.parametrize(
    "plain",
    [
        {"$": "no_such_tag", "v": 1},
        {"$": "decimal"},
        {"$": "decimal", "v": "many"},
        {"$": ["tuple"], "v": []},
        {"$": "tuple", "v": 5},
        {"$": "map", "v": [[[], 1]]},
        {"$": "map", "v": [1]},
        {"$": "date", "v": "yesterday"},
        {"$": "date", "v": 5},
        {"$": "bytes", "v": "***"},
        {"$": "seconds", "v": 1e300},
        {"$": "Link", "v": {"doctype": "a"}},
        {"$": "Link", "v": [1]},
        {"$": "result", "v": {"kind": "code"}},
        [{"a": {"$": "__class__", "v": "os.system"}}],
    ],
)
def test_what_encode_never_makes_is_refused(plain: Any) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  the class is the promise
        decode(plain)
