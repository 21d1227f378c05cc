"""An administrator's day: taking over a conversation, watching and cancelling a task, linking a phone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.acceptance.conftest import MakeServer
from tests.acceptance.figures import sales_of, written
from tests.acceptance.phone import Phone
from tests.acceptance.server import Server
from tests.console.conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ENDLESS_TOOL = '''
import time
from recado.sdk import Toolbox, ToolContext

audit = Toolbox("audit")


@audit.tool(title={"es": "Revisión del cierre"}, examples={"es": ["revisa el cierre anual"]})
def closing(ctx: ToolContext) -> str:
    """Checks the books of the year for the closing."""
    for second in range(600):
        ctx.progress(second, 600, "reviso asientos")
        time.sleep(0.2)
    return "El cierre cuadra."
'''


@pytest.fixture(scope="module")
def server(make_server: MakeServer, tmp_path_factory: pytest.TempPathFactory) -> Server:
    tools = tmp_path_factory.mktemp("tools")
    (tools / "audit.py").write_text(ENDLESS_TOOL)
    return make_server(tools_path=str(tools), unknown_contacts="allow")


def test_conversation_is_taken_over_and_given_back(console: OpenPage, phone: Phone) -> None:
    phone.ask("ventas por cliente del mes pasado")
    page = console("conversations")
    page.get_by_role("button", name=re.compile("Ana Pérez")).first.click()
    expect(page.get_by_role("log")).to_contain_text(written(sales_of("oct_2026"), "es"))
    page.get_by_role("button", name="Tomar la conversación").click()
    writing = page.get_by_role("textbox", name="Escribe a esta persona")
    phone.say("¿me atiende una persona?")
    expect(page.get_by_role("log")).to_contain_text("¿me atiende una persona?")
    heard = len(phone.heard)
    writing.fill("Hola, soy Ana. ¿En qué le ayudo?")
    writing.press("Enter")
    expect(page.get_by_role("log")).to_contain_text("soy Ana")
    phone.wait(heard + 1)
    assert phone.heard[-1]["text"]["body"] == "Hola, soy Ana. ¿En qué le ayudo?"
    page.get_by_role("button", name="Devolver a Recado").click()
    expect(page.get_by_role("button", name="Tomar la conversación")).to_be_visible()
    assert written(sales_of("oct_2026"), "es") in phone.ask("ventas por cliente del mes pasado")


def test_task_moves_while_watched_and_ends_when_cancelled(console: OpenPage, phone: Phone) -> None:
    phone.say("revisa el cierre anual")
    page = console("tasks")
    row = page.get_by_role("row", name=re.compile("Revisión del cierre"))
    expect(row).to_contain_text("reviso asientos")
    row.get_by_role("button", name="Cancelar").click()
    page.get_by_role("tooltip").get_by_role("button", name=re.compile("OK|Aceptar")).click()
    expect(row).to_contain_text("Cancelada")


def test_phone_is_linked_by_a_code_and_asks_with_the_rights_of_its_user(console: OpenPage, phone: Phone) -> None:
    page = console("contacts")
    page.get_by_role("button", name="Código para vincular").click()
    page.get_by_label("Usuario del ERP").fill("almacen@ferreteria-andina.example")
    page.get_by_role("button", name="Crear código").click()
    code = page.get_by_role("alert").locator(".ant-typography").inner_text().strip()
    assert "almacen@ferreteria-andina.example" in phone.ask(code)
    assert "no tiene permiso" in phone.ask("cuentas por cobrar")
    page.reload()
    page.get_by_label("Buscar por teléfono").fill(phone.number)
    page.get_by_label("Buscar por teléfono").press("Enter")
    expect(page.get_by_role("row", name=re.compile(phone.number))).to_contain_text("almacen@ferreteria-andina.example")


def test_page_on_a_phone_has_its_menu_in_a_drawer(console: OpenPage, tmp_path: Path) -> None:
    page = console("home", width=390)
    page.get_by_role("button", name="Menú").click()
    page.get_by_role("link", name="Herramientas").click()
    page.get_by_label("Buscar").fill("cuentas cobrar")
    expect(page.get_by_text("receivables.ageing")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
