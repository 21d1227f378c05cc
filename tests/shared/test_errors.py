"""One tree of errors: every code names one class, and each survives the way over HTTP."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import shared
from shared.errors import (
    CallerError,
    InvalidArguments,
    ModelUnavailable,
    PermanentError,
    RateLimited,
    RecadoError,
    TemporaryError,
    TryAgain,
    error_classes,
)
from shared.http.problems import TYPE_PREFIX, error_of, problem_of

BRANCHES = (CallerError, TryAgain, TemporaryError, PermanentError)

for module in pkgutil.walk_packages(shared.__path__, "shared."):
    importlib.import_module(module.name)


def _tree(cls: type[RecadoError]) -> list[type[RecadoError]]:
    return [cls, *(below for child in cls.__subclasses__() for below in _tree(child))]


EVERY = [cls for cls in _tree(RecadoError) if cls.__module__.startswith("shared.")]


def test_codes_are_unique() -> None:
    codes = [cls.code for cls in EVERY]
    assert sorted(codes) == sorted(set(codes))
    assert {error_classes()[cls.code] for cls in EVERY} == set(EVERY)


def test_class_without_a_code_of_its_own_takes_no_others_place() -> None:
    class Passing(ModelUnavailable):
        """As a service has it inside."""

    assert issubclass(Passing, error_classes()["model_unavailable"])
    assert error_classes()["model_unavailable"] is ModelUnavailable


@pytest.mark.parametrize("cls", EVERY, ids=lambda cls: cls.__name__)
def test_each_error_says_its_own_code_and_a_status_of_its_branch(cls: type[RecadoError]) -> None:
    assert cls is RecadoError or "code" in vars(cls)
    if issubclass(cls, CallerError):
        assert 400 <= cls.status < 500
    if issubclass(cls, TemporaryError):
        assert cls.status in (429, 503)


@pytest.mark.parametrize("cls", [cls for cls in EVERY if cls is not RecadoError], ids=lambda cls: cls.__name__)
def test_each_error_is_on_one_branch(cls: type[RecadoError]) -> None:
    assert len([branch for branch in BRANCHES if issubclass(cls, branch)]) == 1


@pytest.mark.parametrize("cls", EVERY, ids=lambda cls: cls.__name__)
def test_each_error_comes_back_from_its_problem(cls: type[RecadoError]) -> None:
    error = cls("what happened, in detail")
    problem = problem_of(error)
    back = error_of(problem.model_dump(mode="json"), problem.status)
    assert type(back) is cls
    assert (back.detail, back.status, str(back)) == (error.detail, error.status, str(error))


@pytest.mark.parametrize(
    "cls", [cls for cls in EVERY if issubclass(cls, InvalidArguments)], ids=lambda cls: cls.__name__
)
def test_the_wrong_fields_come_back_from_their_problem(cls: type[InvalidArguments]) -> None:
    errors = ({"where": "period", "what": "is in the future"}, {"where": "limit", "what": "is too high"})
    back = error_of(problem_of(cls("wrong", errors=errors)).model_dump(), 422)
    assert isinstance(back, InvalidArguments)
    assert back.errors == errors


def test_the_words_for_a_person_come_back_from_their_problem() -> None:
    error = RateLimited("wait", text="Café", doctype="Item")
    assert error_of(problem_of(error).model_dump(), 429).params == {"text": "Café", "doctype": "Item"}


def test_when_to_come_back_survives_the_way() -> None:
    error = RateLimited("wait")
    error.retry_after_seconds = 2.5
    back = error_of(problem_of(error).model_dump(), 429)
    assert isinstance(back, RateLimited)
    assert back.retry_after_seconds == 2.5


@pytest.mark.parametrize(
    "body", [None, "<html>", [], {}, {"type": 7}, {"type": "urn:other:thing", "title": "x", "status": 418}]
)
@pytest.mark.parametrize(
    ("status", "branch"),
    [(401, CallerError), (418, CallerError), (429, TemporaryError), (503, TemporaryError), (500, PermanentError)],
)
def test_what_is_no_problem_of_ours_is_an_error_of_its_status(
    body: object, status: int, branch: type[RecadoError]
) -> None:
    error = error_of(body, status)
    assert isinstance(error, branch)
    assert error.status == status


def test_an_unknown_error_of_ours_keeps_its_status() -> None:
    body = {"type": TYPE_PREFIX + "not_yet_known", "title": "New", "status": 409, "detail": "from a newer version"}
    error = error_of(body, 409)
    assert isinstance(error, CallerError)
    assert (error.status, error.detail) == (409, "from a newer version")
