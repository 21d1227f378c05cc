"""Connections and people's PINs: what a large approval asks for, and how the ERP tells what happens."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from http import HTTPStatus

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.acceptance.phone import Phone
from tests.console.conftest import OpenPage
from tests.console.test_pages import picture, serious

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PHONE_WIDTH = 390


def test_limit_secret_and_pin_are_set(console: OpenPage, phone: Phone) -> None:
    phone.ask("ventas por cliente del mes pasado")
    page = console("connections", width=PHONE_WIDTH)
    page.set_viewport_size({"width": PHONE_WIDTH, "height": 2400})
    set_limit(page)
    make_secrets(page)
    give_pin(page, phone.number)


def set_limit(page: Page) -> None:
    unfold(page, "Límites para pedir PIN")
    expect(page.get_by_text("Sin límites: ninguna aprobación pide PIN.")).to_be_visible()
    page.get_by_role("button", name="Añadir un límite").click()
    expect(page.get_by_label("Moneda")).to_have_value("PEN")
    save = page.get_by_role("button", name="Guardar límites")
    save.click()
    expect(page.get_by_text("Falta este dato.")).to_be_visible()
    page.get_by_label("Importe").fill("10000.50")
    save.click()
    expect(page.get_by_text("Guardado.")).to_be_visible()
    look(page, "limits")
    page.reload()
    unfold(page, "Límites para pedir PIN")
    expect(page.get_by_label("Importe")).to_have_value("10000.50")
    page.get_by_role("button", name="Quitar el límite de PEN").click()
    save.click()
    agree(page, "¿Quitar todos los límites?", "Guardar límites")
    expect(page.get_by_text("Guardado.")).to_be_visible()


def make_secrets(page: Page) -> None:
    """Each is shown once, and only the last one's signature is believed."""
    unfold(page, "Avisos del ERP (webhook)")
    url = page.get_by_text(re.compile("/webhooks/erpnext/default$")).inner_text()
    first = new_secret(page)
    assert tell(page, url, first) == HTTPStatus.OK
    look(page, "webhook")
    second = new_secret(page, other_than=first)
    assert tell(page, url, first) != HTTPStatus.OK
    assert tell(page, url, second) == HTTPStatus.OK
    page.reload()
    unfold(page, "Avisos del ERP (webhook)")
    expect(page.get_by_role("button", name="Crear un secreto nuevo")).to_be_visible()
    expect(page.get_by_text(second)).to_have_count(0)


def new_secret(page: Page, other_than: str = "") -> str:
    page.get_by_role("button", name="Crear un secreto nuevo").click()
    agree(page, "¿Crear un secreto nuevo?", "Crear un secreto nuevo")
    shown = page.get_by_role("status").locator("code")
    if other_than:
        expect(shown).not_to_have_text(other_than)
    return shown.inner_text().strip()


def tell(page: Page, url: str, secret: str) -> int:
    """The answer to what ERPNext would send with this secret."""
    body = json.dumps({"doctype": "Sales Order", "name": "SO-1", "event": "on_submit", "modified": secret[:8]})
    signature = base64.b64encode(hmac.digest(secret.encode(), body.encode(), hashlib.sha256)).decode()
    headers = {"Content-Type": "application/json", "X-Frappe-Webhook-Signature": signature}
    return page.request.post(url, data=body, headers=headers).status


def give_pin(page: Page, number: str) -> None:
    page.goto(page.url.replace("connections", "contacts"))
    page.get_by_label("Buscar por teléfono").fill(number)
    page.get_by_label("Buscar por teléfono").press("Enter")
    page.get_by_role("row", name=re.compile(number)).click()
    pin = page.get_by_role("region", name="PIN de aprobaciones")
    expect(pin.get_by_text("Todavía no tiene PIN.")).to_be_visible()
    pin.get_by_label("PIN nuevo").fill("1234")
    pin.get_by_label("PIN nuevo").press("Enter")
    expect(pin.get_by_text("ni todas iguales ni seguidas")).to_be_visible()
    pin.get_by_label("PIN nuevo").fill("4821")
    pin.get_by_role("button", name="Guardar PIN").click()
    expect(pin.get_by_text("Tiene PIN.", exact=True)).to_be_visible()
    look(page, "pin")
    pin.get_by_role("button", name="Olvidar el PIN").click()
    agree(page, "¿Olvidar el PIN?", "Olvidar el PIN")
    expect(pin.get_by_text("Todavía no tiene PIN.")).to_be_visible()


def unfold(page: Page, title: str) -> None:
    page.get_by_role("button", name=title).first.click()


def agree(page: Page, question: str, yes: str) -> None:
    dialog: Locator = page.get_by_role("dialog", name=question)
    dialog.get_by_role("button", name=yes).click()
    expect(dialog).to_have_count(0)


def look(page: Page, name: str) -> None:
    expect(page.locator(".ant-skeleton, .ant-message-notice, .ant-motion-collapse-active")).to_have_count(0)
    picture(page, f"connections-{name}")
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE_WIDTH
