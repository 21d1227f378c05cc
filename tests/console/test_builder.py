"""The tools of the builder: undo, ways, dragging in, copies, comments, variables, tidying up, the keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.console.conftest import OpenPage
from tests.console.drawing import add, drawn, node

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_change_is_undone_and_redone(console: OpenPage) -> None:
    page = drawn(console)
    add(page, "Condición")
    expect(page.locator(".react-flow__node")).to_have_count(3)
    page.get_by_role("button", name="Deshacer").click()
    expect(page.locator(".react-flow__node")).to_have_count(2)
    page.get_by_role("button", name="Rehacer").click()
    expect(page.locator(".react-flow__node")).to_have_count(3)


def test_way_is_drawn_from_exit_to_node(console: OpenPage) -> None:
    page = drawn(console)
    add(page, "Fin")
    source = node(page, "Saludo").locator(".react-flow__handle.source")
    target = node(page, "Fin").locator(".react-flow__handle.target")
    page.get_by_role("button", name="Ordenar").click()
    source.drag_to(target)
    expect(page.locator(".react-flow__edge")).to_have_count(2)


def test_node_is_dragged_in_from_the_palette(console: OpenPage) -> None:
    page = drawn(console)
    page.get_by_label("Buscar nodo").fill("numero")
    item = page.get_by_role("button", name="Pedir número", exact=True)
    expect(page.get_by_role("button", name="Condición", exact=True)).to_have_count(0)
    item.drag_to(page.locator(".react-flow__pane"), target_position={"x": 300, "y": 80})
    expect(node(page, "Pedir número")).to_have_count(1)
    expect(page.get_by_label("Nombre del nodo")).to_have_value("Pedir número")


def test_tool_is_found_in_the_palette_and_its_form_is_the_tool_s_own(console: OpenPage) -> None:
    page = drawn(console)
    page.get_by_label("Buscar nodo").fill("stock.balance")
    page.get_by_role("group", name="Herramientas").get_by_role("button").first.click()
    expect(page.locator(".react-flow__node")).to_have_count(3)
    expect(page.locator("#node-arguments-item")).to_be_visible()


def test_nodes_are_copied_into_another_flow(console: OpenPage) -> None:
    page = drawn(console)
    node(page, "Saludo").click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+c")
    page.goto(page.url.rsplit("/", 1)[0])
    page.get_by_role("button", name="Nuevo flujo").click()
    page.wait_for_url(re.compile("/flows/.+"))
    node(page, "Saludo").click()
    page.keyboard.press("Control+v")
    expect(page.locator(".react-flow__node")).to_have_count(4)
    expect(page.locator(".react-flow__edge")).to_have_count(2)
    page.keyboard.press("Delete")
    expect(page.locator(".react-flow__node")).to_have_count(2)
    page.keyboard.press("Control+z")
    expect(page.locator(".react-flow__node")).to_have_count(4)


def test_comment_stays_with_the_flow(console: OpenPage) -> None:
    page = drawn(console)
    add(page, "Comentario")
    page.get_by_placeholder("Comentario para quien dibuja").fill("Preguntar a ventas")
    saved(page)
    page.reload()
    expect(page.get_by_placeholder("Comentario para quien dibuja")).to_have_value("Preguntar a ventas")


def test_variables_are_offered_while_one_writes(console: OpenPage) -> None:
    page = drawn(console)
    add(page, "Esperar respuesta")
    page.get_by_label("Guardar en").fill("session.city")
    node(page, "Saludo").click()
    text = page.get_by_label("Texto", exact=True)
    text.fill("")
    text.press_sequentially("Hola {{cit")
    page.get_by_role("option", name=re.compile("session.city")).or_(
        page.locator(".ant-mentions-dropdown li")
    ).first.click()
    expect(text).to_have_value("Hola {{ session.city }}")
    page.get_by_role("button", name="Insertar una variable").click()
    page.get_by_role("menuitem", name=re.compile("system.today")).click()
    expect(text).to_have_value("Hola {{ session.city }}{{ system.today }}")


def test_drawing_is_tidied_up_and_undone_in_one_step(console: OpenPage) -> None:
    page = drawn(console)
    place = node(page, "Saludo").get_attribute("style")
    page.get_by_role("button", name="Ordenar").click()
    expect(node(page, "Saludo")).not_to_have_attribute("style", place or "")
    page.get_by_role("button", name="Deshacer").click()
    expect(page.get_by_role("button", name="Deshacer")).to_be_disabled()


def test_node_is_added_chosen_and_moved_by_the_keyboard(console: OpenPage) -> None:
    page = drawn(console)
    page.get_by_role("button", name="Espera", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Nombre del nodo")).to_have_value("Espera")
    node(page, "Saludo").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Nombre del nodo")).to_have_value("Saludo")
    place = node(page, "Saludo").get_attribute("style")
    page.keyboard.press("ArrowDown")
    expect(node(page, "Saludo")).not_to_have_attribute("style", place or "")
    expect(page.get_by_role("button", name="Deshacer")).to_be_enabled()


def saved(page: Page) -> None:
    page.get_by_role("button", name="Guardar", exact=True).click()
    expect(page.get_by_text("Guardado.")).to_be_visible()
