"""Every recorded exchange answered to the client, one by one: the answer is read, or the right error raised."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import requests
from requests.auth import AuthBase
from requests.structures import CaseInsensitiveDict

from executor_service.erp.encoding import answer_in
from executor_service.erp.faults import warnings_in
from executor_service.erp.transport import Call, Limits, deliver
from executor_service.tasks.failures import explain
from shared.contracts.base import LANGUAGES
from shared.errors import RecadoError, UnknownOutcome
from shared.texts import Texts
from tests.executor_service.erp.recordings import exchanges, expected_errors

DEMO = Path(__file__).parents[2] / "demo_erp"
SERVED = {path.stem: path for path in (DEMO / "exchanges").glob("*.json")}
NAMES = (DEMO / "exchange_names.txt").read_text(encoding="utf-8").split()


class Recorded:
    """A line at whose other end the recorded server answers."""

    limits = Limits(attempts=2)

    def __init__(self, name: str) -> None:
        self.paused: list[float] = []
        self._status, self._headers, self._body = answer_of(name)

    def open(self, call: Call, auth: AuthBase) -> requests.Response:
        response = requests.Response()
        response.status_code = self._status
        response.headers = CaseInsensitiveDict(self._headers)
        response._content = self._body
        response._content_consumed = True  # type: ignore[attr-defined]
        return response

    def pause(self, seconds: float) -> None:
        self.paused.append(seconds)


def answer_of(name: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of a recorded answer."""
    if name in exchanges():
        one = exchanges()[name]
        return one.status, dict(one.headers), one.body
    answer: dict[str, Any] = json.loads(SERVED[name].read_text(encoding="utf-8"))["response"]
    body = json.dumps(answer["json"]) if "json" in answer else answer.get("text", "")
    return answer["status"], answer["headers"], body.encode()


@pytest.mark.parametrize("name", NAMES)
def test_recorded_answer_is_read_or_becomes_its_error(name: str) -> None:
    status, headers, _ = answer_of(name)
    line = Recorded(name)
    call = Call(verb="POST", path="/", body=b"{}", writes=True)
    if status < 400:
        reply = deliver(call, AuthBase(), line)
        if "json" in headers.get("content-type", ""):
            assert all("<" not in warning for warning in warnings_in(answer_in(reply)))
        return
    expected = expected_errors()[name]
    with pytest.raises(RecadoError) as raised:
        deliver(call, AuthBase(), line)
    assert type(raised.value).__name__ == expected["error"]
    assert raised.value.params.get("message") == expected.get("message")


@pytest.mark.parametrize("name", expected_errors())
def test_recorded_refusal_is_told_in_a_sentence_of_each_language(name: str) -> None:
    with pytest.raises(RecadoError) as raised:
        deliver(Call(verb="POST", path="/", body=b"{}", writes=True), AuthBase(), Recorded(name))
    texts = Texts("executor_service.tasks")
    for language in LANGUAGES:
        told = explain(raised.value, texts, language, "X")
        assert told.text != texts.say(language, "error.error", title="X")
        assert not any(sign in told.text for sign in ("<strong", "<a ", "<br", "Traceback", "[frames"))


def test_all_recorded_exchanges_are_replayed() -> None:
    assert len(NAMES) == 209
    assert set(NAMES) <= set(exchanges()) | set(SERVED)


def test_refusals_of_every_kind_were_recorded() -> None:
    """So that each class which an answer can become stands against a real one."""
    recorded = {one["error"] for one in expected_errors().values()}
    assert recorded >= {
        "CredentialsRefused",
        "ErpBusy",
        "ErpConflict",
        "ErpFailed",
        "ErpNotFound",
        "ErpNotPermitted",
        "ErpRefused",
        "RateLimited",
    }


def test_duplicate_of_a_customer_gives_the_warning_in_clean_words() -> None:
    body = answer_in(
        deliver(
            Call(verb="POST", path="/", writes=True), AuthBase(), Recorded("write_12_duplicate_customer_gets_a_suffix")
        )
    )
    assert warnings_in(body) == (
        "Se cambió el nombre del Cliente a 'Pedro Condori - 1' porque 'Pedro Condori' ya existe.",
    )


def test_unknown_outcome_is_no_recorded_refusal() -> None:
    """A recorded answer always says what became of the write."""
    assert UnknownOutcome.__name__ not in {one["error"] for one in expected_errors().values()}
