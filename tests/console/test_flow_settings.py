"""What belongs to the whole flow: its settings, arguments and translations, kept with the drawing."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.console.conftest import OpenPage
from tests.console.drawing import drawn

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PHONE = 390

LINK_ACCOUNT = """async () => {
    const token = document.cookie.match(/recado_csrf=([^;]+)/)[1];
    const headers = { "Content-Type": "application/json", "X-CSRF-Token": decodeURIComponent(token) };
    const body = JSON.stringify({ erp_user: "Administrator", groups: ["sales"] });
    return (await fetch("/executor/api/links/service:bot", { method: "PUT", headers, body })).status;
}"""


def test_settings_arguments_and_translations_are_kept(console: OpenPage) -> None:
    page = drawn(console)
    drawer = opened(page)
    drawer.get_by_label("Descripción").fill("Pide el turno de una persona")
    choose(page, drawer, "Si la persona está en otro flujo", "No empieza")
    tab(drawer, "Argumentos y resultados")
    drawer.get_by_role("button", name="Agregar").first.click()
    drawer.get_by_label("Nombre", exact=True).fill("order_id")
    tab(drawer, "Traducciones")
    expect(drawer.get_by_role("status")).to_have_text("Falta 1 traducción.")
    drawer.get_by_label("Saludo · Texto").fill("Olá!")
    expect(drawer.get_by_role("status")).to_have_text("Todo está traducido.")
    drawer.get_by_role("button", name="Guardar").click()
    expect(page.get_by_text("Guardado.")).to_be_visible()
    page.reload()
    drawer = opened(page)
    expect(drawer.get_by_label("Descripción")).to_have_value("Pide el turno de una persona")
    expect(drawer.get_by_text("No empieza")).to_be_visible()
    tab(drawer, "Argumentos y resultados")
    expect(drawer.get_by_label("Nombre", exact=True)).to_have_value("order_id")
    tab(drawer, "Traducciones")
    expect(drawer.get_by_label("Saludo · Texto")).to_have_value("Olá!")


def test_translation_is_undone(console: OpenPage) -> None:
    page = drawn(console)
    drawer = opened(page)
    tab(drawer, "Traducciones")
    drawer.get_by_label("Saludo · Texto").fill("Olá!")
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)
    page.get_by_role("button", name="Deshacer").click()
    tab(opened(page), "Traducciones")
    expect(opened_drawer(page).get_by_label("Saludo · Texto")).to_have_value("")


def test_settings_fit_a_phone_and_are_kept_there(console: OpenPage) -> None:
    address = drawn(console).url.split("/console/", 1)[1]
    page = console(address, width=PHONE)
    drawer = opened(page)
    for inside in (drawer.get_by_role("tab", name="General"), drawer.get_by_role("button", name="Guardar")):
        expect(inside).to_be_in_viewport(ratio=1)
    drawer.get_by_label("Descripción").fill("Desde el teléfono")
    drawer.get_by_role("button", name="Guardar").click()
    expect(page.get_by_text("Guardado.")).to_be_visible()


def test_service_account_is_allowed_to_the_flow(console: OpenPage) -> None:
    page = drawn(console)
    assert page.evaluate(LINK_ACCOUNT) == HTTPStatus.OK
    drawer = opened(page)
    tab(drawer, "Cuentas de servicio")
    choose(page, drawer, "Cuentas permitidas", "bot")
    page.keyboard.press("Escape")
    drawer.get_by_role("button", name="Permitir estas").click()
    expect(page.get_by_text("Cuentas guardadas.")).to_be_visible()
    page.reload()
    tab(opened(page), "Cuentas de servicio")
    expect(opened_drawer(page).locator(".ant-select-selection-item", has_text="bot")).to_be_visible()


def opened(page: Page) -> Locator:
    page.get_by_role("button", name="Ajustes del flujo").click()
    return opened_drawer(page)


def opened_drawer(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Ajustes del flujo")


def tab(drawer: Locator, name: str) -> None:
    drawer.get_by_role("tab", name=name).click()


def choose(page: Page, drawer: Locator, field: str, option: str) -> None:
    drawer.get_by_label(field).click()
    page.locator(".ant-select-dropdown:visible .ant-select-item-option", has_text=option).click()
