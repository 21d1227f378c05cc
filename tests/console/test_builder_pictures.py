"""The builder in both themes and three languages, and on a phone: nothing that axe finds serious, pictures kept."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.console.conftest import OpenPage
from tests.console.test_pages import SOURCES, picture, serious, settle

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PHONE = 390


@pytest.fixture(scope="module")
def words() -> dict[str, dict[str, str]]:
    """What the tests click on, by language."""
    locales = SOURCES / "src" / "locales"
    return {language: _words(locales, language) for language in ("es", "pt", "en")}


def _words(locales: Path, language: str) -> dict[str, str]:
    shell = json.loads((locales / f"{language}.json").read_text())
    builder = json.loads((locales / "builder" / f"{language}.json").read_text())
    tabs = {name: builder["tabs"][name] for name in ("try", "figures")}
    return {**tabs, "versions": shell["flows"]["versions"], "use": builder["templates"]["use"]}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["es", "pt", "en"])
def test_builder_is_clean(console: OpenPage, words: dict[str, dict[str, str]], language: str, theme: str) -> None:
    page = console("flows/templates", locale=language, color_scheme=theme)
    found = {"templates": looked_at(page, f"templates-{language}-{theme}")}
    opened(page, words[language]["use"])
    found["design"] = looked_at(page, f"builder-{language}-{theme}")
    page.locator(".react-flow__node").nth(1).click()
    found["node"] = looked_at(page, f"builder-node-{language}-{theme}")
    for tab in ("try", "figures", "versions"):
        page.get_by_role("tab", name=words[language][tab], exact=True).click()
        page.get_by_role("tabpanel").locator("> *").first.wait_for()
        if tab == "try":
            page.get_by_role("tabpanel").locator(".ant-btn-primary").first.click()
            expect(page.get_by_role("log")).to_be_visible()
        found[tab] = looked_at(page, f"builder-{tab}-{language}-{theme}")
    assert {name: some for name, some in found.items() if some} == {}


def test_builder_on_a_phone_shows_and_tries_the_flow(console: OpenPage, words: dict[str, dict[str, str]]) -> None:
    page = console("flows/templates", width=PHONE)
    found = {"templates": looked_at(page, "templates-phone")}
    opened(page, words["es"]["use"])
    found["design"] = looked_at(page, "builder-phone")
    page.get_by_role("tab", name=words["es"]["try"]).click()
    page.get_by_role("button", name="Empezar").click()
    expect(page.get_by_role("log")).to_be_visible()
    found["try"] = looked_at(page, "builder-try-phone")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    assert {name: some for name, some in found.items() if some} == {}


def opened(page: Page, use: str) -> None:
    """The builder with the first template's flow in it."""
    page.get_by_role("button", name=use, exact=True).first.click()
    page.wait_for_url(re.compile(r"/flows/(?!templates)\w+"))
    page.locator(".react-flow__node").first.wait_for()


def looked_at(page: Page, name: str) -> list[str]:
    settle(page)
    picture(page, name)
    return serious(page)
