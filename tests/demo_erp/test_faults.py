"""Failures that tests of other parts switch on."""

from __future__ import annotations

import json
import time

import pytest

from demo_erp import Faults
from tests.demo_erp.conftest import Ask


def test_status_is_answered_in_the_shape_of_frappe(ask: Ask, faults: Faults) -> None:
    faults.status = 500
    answer = ask("GET", "/api/method/ping")
    assert answer.status_code == 500
    assert answer.get_json()["exc_type"] == "ValidationError"


def test_html_error_is_a_web_page(ask: Ask, faults: Faults) -> None:
    faults.html_error = True
    answer = ask("GET", "/api/resource/Customer")
    assert answer.status_code == 502
    assert answer.content_type == "text/html; charset=utf-8"


def test_rate_limit_says_when_to_come_back(ask: Ask, faults: Faults) -> None:
    faults.rate_limited = True
    faults.retry_after_seconds = 7
    answer = ask("GET", "/api/resource/Customer")
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "7"


def test_delay_holds_the_answer_back(ask: Ask, faults: Faults) -> None:
    faults.delay_seconds = 0.05
    started = time.monotonic()
    ask("GET", "/api/method/ping")
    assert time.monotonic() - started >= 0.05


def test_malformed_body_is_no_json(ask: Ask, faults: Faults) -> None:
    faults.malformed_json = True
    answer = ask("GET", "/api/resource/Customer")
    with pytest.raises(json.JSONDecodeError):
        json.loads(answer.get_data(as_text=True))


def test_lock_refuses_writes_and_lets_reads_pass(ask: Ask, faults: Faults) -> None:
    faults.lock_timeout = True
    assert ask("GET", "/api/resource/ToDo").status_code == 200
    assert ask("POST", "/api/resource/ToDo", json={"description": "x"}).get_json()["exc_type"] == "QueryTimeoutError"


def test_fault_that_is_switched_off_is_gone(ask: Ask, faults: Faults) -> None:
    faults.maintenance = True
    assert ask("GET", "/api/method/ping").status_code == 503
    faults.maintenance = False
    assert ask("GET", "/api/method/ping").get_json() == {"message": "pong"}
