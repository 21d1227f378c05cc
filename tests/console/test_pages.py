"""Every page in both themes and three languages: nothing that axe finds serious, no text missing, a picture kept."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from recado.console import BUILT
from tests.acceptance.phone import Phone
from tests.console.conftest import OpenPage

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SOURCES = BUILT.parent
AXE = (SOURCES / "node_modules" / "axe-core" / "axe.min.js").read_text
PICTURES = SOURCES / "screenshots"
PATHS = tuple(re.findall(r'\{ path: "(\w+)"', (SOURCES / "src" / "app" / "pages.tsx").read_text()))
TITLES = {"es": "Inicio", "pt": "Início", "en": "Home"}
SHELL_BYTES = 350_000


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", TITLES)
def test_every_page_is_clean(console: OpenPage, phone: Phone, language: str, theme: str) -> None:
    phone.ask("ventas por cliente del mes pasado")
    page = console("home", locale=language, color_scheme=theme)
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLES[language])
    assert len(PATHS) >= 10
    found: dict[str, list[str]] = {}
    for path in PATHS:
        page.goto(page.url.rsplit("/", 1)[0] + f"/{path}")
        settle(page)
        picture(page, f"{path}-{language}-{theme}")
        found[path] = serious(page)
    assert {path: some for path, some in found.items() if some} == {}


def test_shell_is_light_and_the_rest_comes_on_demand(console: OpenPage) -> None:
    page = console("home")
    settle(page)
    sent = page.evaluate("performance.getEntriesByType('resource').map(one => [one.name, one.encodedBodySize])")
    scripts = {name: size for name, size in sent if name.endswith(".js")}
    assert 50_000 < sum(scripts.values()) < SHELL_BYTES


def settle(page: Page) -> None:
    """Until the page has its heading and nothing is loading any more."""
    page.get_by_role("heading", level=1).wait_for()
    page.wait_for_load_state("networkidle")
    expect(page.locator(".ant-skeleton, .ant-spin-spinning")).to_have_count(0)


def picture(page: Page, name: str) -> Path:
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
    return PICTURES / f"{name}.png"


def serious(page: Page) -> list[str]:
    """What axe finds serious or critical, with the place."""
    page.evaluate(AXE())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{one['id']}: {node['html'][:160]}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]
