"""Who asks decides what is seen: linked people see their own rows, strangers are told how to be linked."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from tests.acceptance.conftest import MakePhone, MakeServer
from tests.acceptance.figures import sales_of, written
from tests.acceptance.phone import Phone
from tests.acceptance.server import Server, recado

COMPANY = "ferreteria-andina.example"


@pytest.fixture(scope="module")
def server(make_server: MakeServer) -> Server:
    return make_server(unknown_contacts="deny")


@pytest.mark.parametrize(
    ("language", "question", "sentence"),
    [
        ("es", "ventas por cliente", "Pide un código a tu administrador"),
        ("pt", "vendas por cliente", "código"),
        ("en", "sales by customer", "code"),
    ],
)
def test_stranger_is_told_how_to_be_linked_and_no_figure(
    make_phone: MakePhone, language: str, question: str, sentence: str
) -> None:
    phone = make_phone(language)
    answer = phone.ask(question)
    assert sentence in answer
    assert "S/" not in answer
    phone.nothing_more(1)


def test_person_limited_to_a_territory_counts_and_finds_only_its_customers(server: Server, phone: Phone) -> None:
    link(server, phone, "vendedor.cusco")
    assert phone.ask("cuántos clientes hay") == f"Clientes: *{customers_in('Cusco', server)}*"
    assert "No encuentro nada" in phone.ask("facturas del cliente Pacific Trade")
    offered = "estado de cuenta del cliente constructora"
    assert "Edificaciones Pachacútec" in phone.ask(offered)
    assert "Los Álamos" not in phone.texts[-1]


@pytest.mark.parametrize(("user", "question"), [("almacen", "cuentas por cobrar"), ("contador", "ventas por cliente")])
def test_person_without_the_right_is_told_so(server: Server, phone: Phone, user: str, question: str) -> None:
    link(server, phone, user)
    assert phone.ask(question) == "Tu usuario del ERP no tiene permiso para esto."
    phone.nothing_more(1)


def test_person_linked_while_the_server_runs_gets_the_whole_report(server: Server, phone: Phone) -> None:
    assert "Pide un código" in phone.ask("ventas por cliente del mes pasado")
    link(server, phone, "gerente")
    assert written(sales_of("oct_2026"), "es") in phone.ask("ventas por cliente del mes pasado")


def link(server: Server, phone: Phone, user: str) -> None:
    done = recado(
        server.folder, "contacts", "add", f"+{phone.number}", "--erp-user", f"{user}@{COMPANY}", **server.all_settings
    )
    assert done.returncode == 0, done.stderr
    assert f"{user}@{COMPANY}" in done.stdout


def customers_in(territory: str, server: Server) -> int:
    """How many customers the demo's data has there."""
    with closing(sqlite3.connect(server.folder / "home" / "demo" / "demo.sqlite")) as data:
        (found,) = data.execute('SELECT COUNT(*) FROM "tabCustomer" WHERE territory = ?', (territory,)).fetchone()
        return int(found)
