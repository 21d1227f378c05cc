"""What tests of the builder do again and again."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.console.conftest import OpenPage


def drawn(console: OpenPage) -> Page:
    """A new flow in the builder."""
    page = console("flows")
    page.get_by_role("button", name="Nuevo flujo").click()
    page.wait_for_url(re.compile("/flows/.+"))
    expect(page.locator(".react-flow__node")).to_have_count(2)
    return page


def say_word(page: Page, word: str) -> None:
    """Gives the flow's start a word, in the form that is drawn from its schema."""
    page.locator(".react-flow__node", has_text="Inicio").click()
    page.get_by_label("Palabras", exact=True).fill(word)
    page.get_by_label("Palabras", exact=True).press("Enter")
    page.locator(".react-flow__pane").click(position={"x": 20, "y": 20})


def node(page: Page, name: str) -> Locator:
    return page.locator(".react-flow__node", has_text=name)


def add(page: Page, kind: str) -> None:
    """Adds a node from the palette, by its title."""
    page.get_by_role("button", name=kind, exact=True).click()
