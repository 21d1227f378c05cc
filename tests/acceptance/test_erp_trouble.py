"""The ERP fails in its ways: each ends in one sentence in the person's language, and the next question works."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.acceptance.conftest import MakePhone, MakeServer
from tests.acceptance.erp import ErpServer
from tests.acceptance.figures import sales_of, written
from tests.acceptance.graph import Graph
from tests.acceptance.phone import Phone
from tests.acceptance.server import Server

SALES = {
    "es": "ventas por cliente de octubre de 2026",
    "pt": "vendas por cliente em outubro de 2026",
    "en": "sales by customer in October 2026",
}
PATIENCE = "Sigo trabajando en ello: Contar documentos…"
COUNT = "cuántas facturas hay en octubre de 2026"
FAILURES: dict[str, tuple[dict[str, Any], str]] = {
    "refused key": ({"status": 401}, "no acepta tus credenciales"),
    "forbidden": ({"status": 403}, "no tiene permiso"),
    "refused": ({"status": 417}, "no lo aceptó"),
    "broken": ({"status": 500}, "tuvo un error interno"),
    "broken page": ({"status": 500, "html_error": True}, "tuvo un error interno"),
    "proxy page": ({"html_error": True}, "no responde"),
    "maintenance": ({"maintenance": True}, "mantenimiento"),
    "broken JSON": ({"malformed_json": True}, "algo inesperado"),
}


@pytest.fixture(scope="module")
def erp(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ErpServer]:
    served = ErpServer(tmp_path_factory.mktemp("erp"))
    yield served
    served.close()


@pytest.fixture(scope="module")
def server(make_server: MakeServer, erp: ErpServer, graph: Graph) -> Server:
    """A server that has met its ERP in good health."""
    made = make_server(unknown_contacts="allow", **erp.settings)
    assert "*33*" in Phone(made, graph, "51987000001").ask(COUNT)
    return made


@pytest.mark.parametrize("name", FAILURES)
def test_failure_of_the_erp_is_one_sentence_and_the_next_question_works(
    erp: ErpServer, phone: Phone, name: str
) -> None:
    faults, sentence = FAILURES[name]
    with erp.failing(**faults):
        phone.say(COUNT)
        answer = phone.wait_for(lambda text: sentence in text)
    assert is_clear(answer)
    assert phone.texts == [answer]
    assert "*33*" in phone.ask(COUNT)


@pytest.mark.parametrize(
    ("language", "sentence"), [("es", "no responde"), ("pt", "não está respondendo"), ("en", "not answer")]
)
def test_erp_that_is_down_is_told_in_the_persons_language(
    erp: ErpServer, make_phone: MakePhone, language: str, sentence: str
) -> None:
    phone = make_phone(language)
    with erp.down():
        phone.say(SALES[language])
        answer = phone.wait_for(lambda text: sentence in text)
    assert is_clear(answer)
    assert written(sales_of("oct_2026"), language) in phone.ask(SALES[language])


@pytest.mark.slow
def test_slow_erp_is_waited_for_with_a_word_in_between(erp: ErpServer, phone: Phone) -> None:
    with erp.failing(delay_seconds=10):
        phone.say(COUNT)
        answer = phone.wait_for(lambda text: "*33*" in text)
    assert phone.texts == [answer]
    assert phone.progress


@pytest.mark.slow
def test_server_that_meets_a_dead_erp_first_answers_when_it_is_back(
    make_server: MakeServer, make_phone: MakePhone, erp: ErpServer
) -> None:
    with erp.down():
        phone = make_phone(of=make_server(unknown_contacts="allow", **erp.settings))
        phone.say(SALES["es"])
        phone.wait_for(lambda text: "no responde" in text)
    assert written(sales_of("oct_2026"), "es") in phone.ask(SALES["es"])


def is_clear(answer: str) -> bool:
    """One or two short sentences without anything of the machine in them."""
    machine = ("Traceback", "Exception", "<", "{", "http", "None")
    return len(answer) < 200 and not any(word in answer for word in machine)
