"""Flows to begin with, flows from elsewhere, and how people went through one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.acceptance.phone import Phone
from tests.console.conftest import OpenPage
from tests.console.drawing import add, drawn, node, say_word

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TYPEBOT = Path(__file__).parents[1] / "executor_service" / "flows" / "importing" / "files" / "typebot.json"


def test_template_is_looked_at_and_becomes_a_flow(console: OpenPage) -> None:
    page = console("flows")
    page.get_by_role("button", name="Plantillas").click()
    page.get_by_label("Buscar", exact=True).fill("interesados")
    page.get_by_role("button", name="Ver", exact=True).click()
    preview = page.get_by_role("dialog", name="Captar interesados")
    expect(preview.locator(".react-flow__node")).to_have_count(8)
    preview.get_by_role("button", name=re.compile("Cerrar|Close")).click()
    page.get_by_role("button", name="Usar", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Captar interesados")
    expect(page.get_by_text("Listo para publicar.")).to_be_visible()


def test_flow_is_kept_as_a_template_and_taken_away_again(console: OpenPage) -> None:
    page = drawn(console)
    page.get_by_role("button", name="Guardar como plantilla").click()
    asked = page.get_by_role("dialog", name="Guardar como plantilla")
    asked.get_by_label("Nombre").fill("Mi saludo")
    asked.get_by_role("button", name="Guardar", exact=True).click()
    expect(page.get_by_text("Plantilla guardada.")).to_be_visible()
    page.goto(page.url.rsplit("/", 1)[0] + "/templates")
    page.get_by_label("Buscar", exact=True).fill("mi saludo")
    expect(page.get_by_text("propia", exact=True)).to_be_visible()
    page.get_by_role("button", name="Eliminar").click()
    page.get_by_role("tooltip").get_by_role("button", name=re.compile("OK|Aceptar")).click()
    expect(page.get_by_text("Ninguna plantilla es así.")).to_be_visible()


def test_file_from_elsewhere_becomes_a_draft_and_what_was_lost_is_told(console: OpenPage) -> None:
    page = console("flows")
    page.locator("input[type=file]").set_input_files(TYPEBOT)
    report = page.get_by_role("dialog", name="Un flujo importado")
    expect(report.get_by_text("perdido").first).to_be_visible()
    expect(report.get_by_text("por hacer").first).to_be_visible()
    report.get_by_role("link").first.click()
    expect(page.locator(".react-flow__node").first).to_be_visible()


def test_figures_of_a_flow_stand_on_its_drawing(console: OpenPage, phone: Phone) -> None:
    page = drawn(console)
    say_word(page, "cifras")
    published(page)
    phone.ask("cifras")
    page.get_by_role("tab", name="Métricas").click()
    expect(node(page, "Saludo")).to_contain_text("1 visita")
    expect(page.locator(".react-flow__edge.lit")).to_contain_text("1")
    expect(page.get_by_role("tabpanel").get_by_text("Empezaron")).to_be_visible()


def test_page_with_changes_is_left_only_after_asking(console: OpenPage) -> None:
    page = drawn(console)
    add(page, "Fin")
    page.get_by_role("link", name="Tareas").click()
    page.get_by_role("button", name="Quedarme").click()
    expect(page.locator(".react-flow__node")).to_have_count(3)
    page.get_by_role("link", name="Tareas").click()
    page.get_by_role("button", name="Salir sin guardar").click()
    page.wait_for_url(re.compile("/tasks"))


def published(page: Page) -> None:
    page.get_by_role("button", name="Publicar").click()
    expect(page.get_by_text("Versión 1 publicada.")).to_be_visible()
