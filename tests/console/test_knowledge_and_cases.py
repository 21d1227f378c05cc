"""A document is dropped, found and removed; a good answer is saved as a case, replayed and taken back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.console.conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.slow]

POLICY = "Los clientes pueden devolver la mercadería durante los 15 días siguientes a la compra, con la factura."


def test_document_is_uploaded_found_and_removed(console: OpenPage) -> None:
    page = console("knowledge")
    expect(page.get_by_text("Todavía no hay documentos")).to_be_visible()
    file = {"name": "devoluciones.txt", "mimeType": "text/plain", "buffer": POLICY.encode()}
    page.locator("input[type=file]").set_input_files([file])
    row = page.get_by_role("row", name=re.compile("devoluciones.txt"))
    expect(row).to_contain_text("listo")
    search = page.get_by_role("searchbox")
    search.fill("¿cuántos días tengo para devolver la mercadería?")
    search.press("Enter")
    expect(page.locator("blockquote")).to_contain_text("15 días")
    row.get_by_role("button", name="Eliminar").click()
    page.get_by_role("tooltip").get_by_role("button", name="Aceptar").click()
    expect(page.get_by_text("Todavía no hay documentos")).to_be_visible()


def test_answer_is_saved_as_a_case_and_replayed(console: OpenPage) -> None:
    page = console("chat")
    page.get_by_role("button", name="ventas por cliente del mes pasado").click()
    page.get_by_role("button", name="Guardar como caso").click()
    expect(page.get_by_role("button", name="Deshacer")).to_be_visible()
    page.goto(page.url.replace("/chat", "/cases"))
    page.get_by_role("button", name="Ejecutar todos").click()
    expect(page.get_by_text("1 de 1 bien, sin modelo.")).to_be_visible()
