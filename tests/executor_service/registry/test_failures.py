"""Errors across the border."""

from __future__ import annotations

import pytest

from executor_service.registry.context import Cancelled
from executor_service.registry.external.failures import MAX_TRACEBACK, CallRefused, ToolBroke, pack, unpack
from executor_service.registry.external.messages import Raised
from shared.errors import InvalidArguments, RecadoError, error_classes


@pytest.mark.parametrize("code", sorted(error_classes()))
def test_error_of_the_tree_keeps_class_detail_and_params(code: str) -> None:
    error = error_classes()[code]("what happened", detail_of="x", text="y")
    there = unpack(pack(error))
    assert isinstance(there, RecadoError)
    assert (type(there), there.detail, there.params) == (type(error), error.detail, error.params)


def test_wrong_arguments_keep_their_list() -> None:
    errors = ({"where": "period", "what": "required"},)
    there = unpack(pack(InvalidArguments("x", errors=errors)))
    assert isinstance(there, InvalidArguments)
    assert there.errors == errors


def test_other_errors_become_a_bug_with_their_traceback() -> None:
    try:
        int("\ud800")
    except ValueError as error:
        there = unpack(Raised.model_validate_json(pack(error).model_dump_json()))
    assert isinstance(there, ToolBroke)
    assert "ValueError: [redacted]" in str(there)
    assert "test_failures.py" in str(there)


def test_traceback_and_detail_have_a_limit() -> None:
    assert len(str(unpack(Raised(traceback="x" * 10**6)))) == MAX_TRACEBACK
    assert len(str(unpack(Raised(codes=("tool_failed",), detail="x" * 10**6)))) < MAX_TRACEBACK


def test_cancelled_and_refused_are_told_apart() -> None:
    assert isinstance(unpack(pack(Cancelled())), Cancelled)
    assert str(unpack(pack(CallRefused("not this")))) == "not this"
    assert isinstance(unpack(Raised(codes=("no_such_code",), detail="x")), ToolBroke)
