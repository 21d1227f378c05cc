"""Settings: the way to WhatsApp with a test of the token, how long things are kept, and forgetting a person."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.acceptance.graph import ABOUT
from tests.acceptance.phone import Phone
from tests.console.conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_token_is_tested_and_values_for_meta_are_there(console: OpenPage) -> None:
    page = console("settings")
    expect(page.get_by_text("a word", exact=True)).to_be_visible()
    expect(page.get_by_text(re.compile("/webhooks/whatsapp$"))).to_be_visible()
    page.get_by_role("button", name="Probar el token").click()
    expect(
        page.get_by_text(f"El token sirve: {ABOUT['verified_name']}, {ABOUT['display_phone_number']}.")
    ).to_be_visible()


def test_days_are_kept_as_decided(console: OpenPage) -> None:
    page = console("settings")
    files = page.get_by_label("Archivos")
    files.fill("45")
    page.get_by_role("button", name="Guardar").first.click()
    expect(page.get_by_text("Guardado.")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Archivos")).to_have_value("45")


def test_person_is_forgotten_after_the_name_was_typed(console: OpenPage, phone: Phone) -> None:
    phone.ask("ventas por cliente del mes pasado")
    page = console("contacts")
    page.get_by_label("Buscar por teléfono").fill(phone.number)
    page.get_by_label("Buscar por teléfono").press("Enter")
    page.get_by_role("row", name=re.compile(phone.number)).click()
    page.get_by_role("button", name="Olvidar a esta persona").click()
    dialog = page.get_by_role("dialog", name="¿Olvidar a")
    sure = dialog.get_by_role("button", name="Olvidar a esta persona")
    expect(sure).to_be_disabled()
    title = dialog.locator(".ant-modal-title").inner_text()
    dialog.get_by_role("textbox").fill(title.removeprefix("¿Olvidar a ").removesuffix("?"))
    sure.click()
    expect(page.get_by_text("Nadie tiene ese teléfono.")).to_be_visible()
