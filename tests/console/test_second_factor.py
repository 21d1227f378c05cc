"""A second factor is turned on with an app's code, asked for at the door, and taken away again."""

from __future__ import annotations

import re
import time

import pyotp
import pytest
from playwright.sync_api import Page, expect

from tests.acceptance.server import Server
from tests.console.conftest import NAME, PASSWORD, OpenPage, first_link, sign_up

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def enter(page: Page) -> None:
    page.get_by_label("Nombre de usuario").fill(NAME)
    page.get_by_label("Contraseña").fill(PASSWORD)
    page.get_by_role("button", name="Entrar").click()


def next_code(secret: str, used: str) -> str:
    """The first code after one that was used: no code works twice."""
    until = time.monotonic() + 60
    while (code := pyotp.TOTP(secret).now()) == used:
        assert time.monotonic() < until
        time.sleep(0.5)
    return code


def test_second_factor_is_turned_on_asked_for_and_taken_away(open_page: OpenPage, server: Server) -> None:
    page = open_page(first_link(server))
    sign_up(page)
    page.get_by_role("button", name=NAME).click()
    page.get_by_text("Mi cuenta").click()
    page.get_by_label("Confirma con tu contraseña").fill(PASSWORD)
    page.get_by_role("button", name="Activar").click()
    expect(page.get_by_role("img", name="Código QR")).to_be_visible()
    secret = page.locator("code").inner_text().strip()
    first = pyotp.TOTP(secret).now()
    page.get_by_label("Código de tu aplicación").fill(first)
    page.get_by_role("button", name="Comprobar y activar").click()
    codes = page.locator("pre").inner_text().split()
    assert len(codes) == 10
    page.get_by_role("button", name="Ya los guardé").click()
    expect(page.get_by_text("Te quedan 10 códigos de recuperación.")).to_be_visible()

    other = open_page("sign-in")
    enter(other)
    other.get_by_label("Código de tu aplicación").fill("000000")
    other.get_by_role("button", name="Entrar").click()
    expect(other.get_by_text("El código no es correcto o ya se usó.")).to_be_visible()
    other.get_by_label("Código de tu aplicación").fill(next_code(secret, first))
    other.get_by_role("button", name="Entrar").click()
    other.wait_for_url("**/home")

    lost = open_page("sign-in")
    enter(lost)
    lost.get_by_label("Código de tu aplicación").fill(codes[0])
    lost.get_by_role("button", name="Entrar").click()
    lost.wait_for_url("**/home")
    lost.goto(f"{server.url}/console/users")
    lost.get_by_role("button", name="Quitar").click()
    lost.get_by_role("tooltip").get_by_role("button", name="Aceptar").click()
    expect(lost.get_by_role("button", name="Quitar")).to_have_count(0)

    without = open_page("sign-in")
    enter(without)
    without.wait_for_url("**/home")


def test_session_of_another_browser_is_ended(open_page: OpenPage) -> None:
    page, other = open_page("sign-in"), open_page("sign-in")
    for one in (page, other):
        enter(one)
        one.wait_for_url("**/home")
    page.goto(page.url.replace("/home", "/account"))
    rows = page.get_by_role("row").filter(has=page.get_by_role("button", name="Terminar"))
    expect(page.get_by_role("row", name=re.compile("esta$"))).to_be_visible()
    while count := rows.count():
        rows.first.get_by_role("button", name="Terminar").click()
        page.get_by_role("tooltip").get_by_role("button", name="Aceptar").click()
        expect(rows).to_have_count(count - 1)
    other.reload()
    other.wait_for_url("**/sign-in")
