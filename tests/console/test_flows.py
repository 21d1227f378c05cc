"""Drawing a flow: what it lacks is shown while one draws, a good one is published, an old version comes back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.acceptance.phone import Phone
from tests.console.conftest import OpenPage
from tests.console.drawing import drawn, say_word

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_flow_is_drawn_checked_published_talked_to_and_restored(console: OpenPage, phone: Phone) -> None:
    page = drawn(console)
    expect(page.get_by_text("Di con qué palabras empieza este flujo.")).to_be_visible()
    expect(page.get_by_role("button", name="Publicar")).to_be_disabled()
    say_word(page, "promo")
    expect(page.get_by_text("Listo para publicar.")).to_be_visible()
    page.get_by_role("button", name="Publicar").click()
    expect(page.get_by_text("Versión 1 publicada.")).to_be_visible()
    assert "¡Hola! ¿En qué te ayudo?" in phone.ask("promo")
    page.get_by_role("button", name="Fin", exact=True).click()
    expect(page.locator(".react-flow__node")).to_have_count(3)
    page.locator(".react-flow__pane").click(position={"x": 20, "y": 20})
    expect(page.get_by_text("A «Fin» no llega ningún camino.")).to_be_visible()
    page.get_by_role("button", name="Guardar", exact=True).click()
    expect(page.get_by_text("Guardado.")).to_be_visible()
    page.get_by_role("tab", name="Versiones").click()
    page.get_by_role("button", name="Comparar").click()
    comparison = page.get_by_role("dialog", name="Qué cambió desde la versión 1")
    expect(comparison.locator("li", has_text="Fin (Fin)")).to_contain_text("nuevo")
    comparison.get_by_role("button", name=re.compile("Cerrar|Close")).click()
    page.get_by_role("button", name="Restaurar").click()
    page.get_by_role("tooltip").get_by_role("button", name=re.compile("OK|Aceptar")).click()
    expect(page.locator(".react-flow__node")).to_have_count(2)


def test_drawing_is_tried_kept_as_a_test_and_the_test_runs(console: OpenPage) -> None:
    page = drawn(console)
    say_word(page, "oferta")
    page.get_by_role("tab", name="Probar").click()
    page.get_by_role("button", name="Empezar").click()
    expect(page.get_by_role("log").get_by_text("¡Hola! ¿En qué te ayudo?")).to_be_visible()
    expect(page.locator('[data-lit="visited"]')).to_have_count(2)
    expect(page.locator(".react-flow__edge.lit")).to_have_count(1)
    expect(page.get_by_text("Terminó", exact=True)).to_be_visible()
    page.get_by_role("button", name="Guardar como prueba").click()
    page.get_by_label("Nombre de la prueba").fill("saluda")
    page.get_by_label("Nombre de la prueba").press("Enter")
    page.get_by_role("button", name="Ejecutar").click()
    expect(page.get_by_text("La prueba salió bien.")).to_be_visible()
    page.get_by_role("tab", name="Diseño").click()
    expect(page.locator("[data-lit]")).to_have_count(0)
