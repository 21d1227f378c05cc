"""The services apart: three processes on PostgreSQL and Redis answer a phone, and lose nothing when one is killed."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
import requests

from tests.acceptance.figures import sales_of, sheet_rows, written
from tests.acceptance.phone import Phone
from tests.acceptance.server import TIMEOUT_SECONDS, eventually
from tests.fakes.documents import PRICES, price_list
from tests.integration.apart import Apart

pytestmark = [pytest.mark.service("postgres"), pytest.mark.service("redis"), pytest.mark.slow]


def test_report_comes_with_picture_and_sheet(phone: Phone) -> None:
    phone.say("ventas por cliente del mes pasado")
    text, image, document = phone.wait(3)
    assert (text["type"], image["type"], document["type"]) == ("text", "image", "document")
    assert written(sales_of("oct_2026"), "es") in phone.texts[0]
    picture, sheet = phone.files()
    assert picture.content.startswith(b"\x89PNG")
    last = [cell for cell in sheet_rows(sheet.content)[-1] if cell is not None]
    assert Decimal(str(last[-1])).quantize(Decimal("0.01")) == sales_of("oct_2026")


def test_task_of_a_killed_executor_is_delivered_once(apart: Apart, phone: Phone) -> None:
    phone.say("tornea la pieza")
    eventually(lambda: running(apart), "the task runs")
    apart.executor.kill()
    time.sleep(1)
    apart.executor.start()
    phone.wait_for(lambda text: "torneada" in text)
    time.sleep(3)
    assert [text for text in phone.texts if "torneada" in text] == ["La pieza está torneada"]


def test_executor_asks_the_knowledge_base_of_the_interpreter(apart: Apart, phone: Phone) -> None:
    added = requests.post(
        f"{apart.interpreter.address}/api/knowledge",
        files={"file": (PRICES, price_list(), "application/pdf")},
        headers={"Authorization": f"Bearer {apart.token('operator')}"},
        timeout=TIMEOUT_SECONDS,
    )
    assert added.status_code == 201
    answer = phone.ask("¿cuál es la garantía del taladro?")
    assert "24 meses" in answer
    assert f"{PRICES}, p. 3" in answer


@pytest.mark.parametrize("token", ["", "Bearer nonsense"])
def test_services_refuse_each_others_callers_without_token(apart: Apart, token: str) -> None:
    for url in (f"{apart.executor.address}/v1/tools", f"{apart.interpreter.address}/v1/turns"):
        answer = requests.request(
            "GET" if url.endswith("tools") else "POST", url, headers={"Authorization": token}, timeout=TIMEOUT_SECONDS
        )
        assert answer.status_code == 401
        assert answer.headers["Content-Type"] == "application/problem+json"


def running(apart: Apart) -> bool:
    headers = {"Authorization": f"Bearer {apart.token('operator')}"}
    answer = requests.get(f"{apart.executor.address}/api/tasks", headers=headers, timeout=TIMEOUT_SECONDS)
    return any(task["status"] == "running" for task in answer.json()["tasks"])
