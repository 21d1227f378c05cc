"""Long lists load on while scrolled and draw what is in sight; search finds; deliveries and tools are looked into."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from shared.audit import Audit
from shared.database import Database
from tests.acceptance.phone import Phone
from tests.acceptance.server import Server
from tests.console.conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MANY = 400
DRAWN = 120


def test_long_list_loads_on_while_scrolled_and_draws_only_what_is_in_sight(console: OpenPage, server: Server) -> None:
    database = Database(f"sqlite:///{server.folder / 'home' / 'recado.sqlite3'}")
    moment = datetime(2026, 11, 20, tzinfo=UTC)
    for number in range(MANY):
        audit = Audit(now=lambda number=number: moment + timedelta(minutes=number))
        database.write(
            lambda connection, audit=audit, number=number: audit.record(
                connection, "system", "test.note", f"note-{number}"
            )
        )
    database.close()
    page = console("audit")
    more = page.get_by_role("button", name="Ver más")
    for shown in (50, 100):
        expect(page.locator("tr.ant-table-row")).to_have_count(shown)
        more.click()
    rows = page.locator("tr.ant-table-row")
    first = page.get_by_text("note-0", exact=True)
    while not first.count():
        page.locator("#page").evaluate("page => page.scrollBy(0, 1500)")
        page.wait_for_timeout(100)
        assert rows.count() <= DRAWN
    page.locator("#page").evaluate("page => page.scrollTo(0, 0)")
    expect(page.get_by_text(f"note-{MANY - 1}", exact=True)).to_be_visible()


def test_conversation_is_found_by_phone_and_by_name(console: OpenPage, phone: Phone) -> None:
    phone.ask("ventas por cliente del mes pasado")
    page = console("conversations")
    search = page.get_by_label("Teléfono o comienzo del nombre")
    found = page.get_by_role("button", name=re.compile("Ana Pérez"))
    for sought in (phone.number, "ana"):
        search.fill(sought)
        search.press("Enter")
        expect(found.first).to_be_visible()
    search.fill("zz")
    search.press("Enter")
    expect(page.get_by_text("Nadie se llama así")).to_be_visible()


def test_delivery_shows_what_came_and_is_read_again(console: OpenPage, phone: Phone) -> None:
    phone.ask("ventas por cliente del mes pasado")
    page = console("deliveries")
    page.get_by_role("row", name=re.compile("leída")).first.click()
    drawer = page.get_by_role("dialog")
    expect(drawer).to_contain_text("whatsapp_business_account")
    drawer.get_by_role("button", name="Leer de nuevo").click()
    page.get_by_role("tooltip").get_by_role("button", name="Aceptar").click()
    expect(page.get_by_text("0 mensajes nuevos.")).to_be_visible()


def test_tool_that_reads_is_tried_and_one_that_writes_goes_to_the_chat(console: OpenPage) -> None:
    chat = console("chat")
    chat.get_by_role("button", name="ventas por cliente del mes pasado").click()
    expect(chat.get_by_role("button", name="Guardar como caso")).to_be_visible()
    page = console("tools?tool=sales.by_customer")
    head = page.get_by_role("button", name=re.compile("sales.by_customer"))
    expect(head).to_contain_text(re.compile(r"\d+ llamadas? en 30 días"))
    head.click()
    page.get_by_role("button", name="Probar").click()
    expect(page.get_by_role("status")).to_contain_text("Terminada")
    page.goto(page.url.replace("sales.by_customer", "drafts.submit"))
    assert page.get_by_role("button", name="Probar").count() == 0
