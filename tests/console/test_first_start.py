"""From the first start to the first answer, as somebody does who has just installed it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.acceptance.figures import sales_of, written
from tests.acceptance.server import Server
from tests.console.conftest import NAME, PASSWORD, OpenPage, first_link, sign_up

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_link_of_the_terminal_leads_to_the_first_answer(open_page: OpenPage, server: Server) -> None:
    page = open_page(first_link(server))
    sign_up(page)
    page.get_by_role("link", name="Haz tu primera pregunta").click()
    page.get_by_role("button", name="ventas por cliente del mes pasado").click()
    log = page.get_by_role("log")
    expect(log).to_contain_text(written(sales_of("oct_2026"), "es"))
    expect(log.get_by_role("img").first).to_be_visible()
    how = page.locator(".ant-card", has_text="Cómo se respondió").last
    expect(how).to_contain_text("sales.by_customer")
    expect(how).to_contain_text("2026-10-01")
    page.reload()
    expect(page.get_by_role("log")).to_contain_text(written(sales_of("oct_2026"), "es"))


def test_used_link_is_refused_in_words_and_the_password_lets_in(open_page: OpenPage, server: Server) -> None:
    used = open_page(first_link(server))
    used.get_by_label("Nombre de usuario").fill("eva")
    used.get_by_label("Contraseña").fill(PASSWORD)
    used.get_by_role("button", name="Crear y entrar").click()
    expect(used.get_by_role("alert").first).to_contain_text("No pudimos confirmar quién eres")
    page = open_page("tasks")
    page.get_by_label("Nombre de usuario").fill(NAME)
    page.get_by_label("Contraseña").fill(PASSWORD)
    page.get_by_role("button", name="Entrar").click()
    page.wait_for_url("**/tasks")
    expect(page.get_by_role("cell", name="Ventas por cliente")).to_be_visible()


def test_leaving_ends_the_session(open_page: OpenPage, server: Server) -> None:
    page = open_page("sign-in")
    page.get_by_label("Nombre de usuario").fill(NAME)
    page.get_by_label("Contraseña").fill(PASSWORD)
    page.get_by_role("button", name="Entrar").click()
    page.get_by_role("button", name=NAME).click()
    page.get_by_text("Cerrar sesión").click()
    page.wait_for_url("**/sign-in")
    page.goto(f"{server.url}/console/users")
    page.wait_for_url("**/sign-in")
