"""A server with the built console, and pages of it in a real browser; no test passes while a page complains."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from recado.console import BUILT
from tests.acceptance.conftest import graph, make_phone, make_server, phone, server
from tests.acceptance.server import Server
from tests.services.browser import browser

__all__ = ["browser", "graph", "make_phone", "make_server", "phone", "server"]

NAME, PASSWORD = "ana", "correct horse battery"
PATIENCE_MS = 60_000
expect.set_options(timeout=PATIENCE_MS)

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session", autouse=True)
def built() -> None:
    assert (BUILT / "index.html").is_file(), "the console is not built: run `make page`"


@pytest.fixture
def open_page(browser: Browser, server: Server) -> Iterator[OpenPage]:
    """Opens addresses below /console, each in a browser of its own that nobody signed in to, or with kept cookies."""
    complaints: list[str] = []
    opened: list[Page] = []

    def open_(path: str = "", *, of: Server = server, width: int = 1280, **options: object) -> Page:
        context = browser.new_context(**{"locale": "es-PE", "viewport": {"width": width, "height": 800}, **options})
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.goto(f"{of.url}/console/{path}")
        opened.append(page)
        return page

    yield open_
    for page in opened:
        page.context.close()
    assert [one for one in complaints if "401" not in one] == []


def first_link(server: Server) -> str:
    """What `recado up` printed: the way to the page where the first administrator signs up."""
    found = re.search(r"/console/(first#\S+)", server.log)
    assert found, server.log
    return found.group(1)


def sign_up(page: Page) -> None:
    page.get_by_label("Nombre de usuario").fill(NAME)
    page.get_by_label("Contraseña").fill(PASSWORD)
    page.get_by_role("button", name="Crear y entrar").click()
    page.wait_for_url("**/home")


@pytest.fixture(scope="module")
def kept(browser: Browser, server: Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cookies of the first administrator of the module's server."""
    context = browser.new_context(locale="es-PE")
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto(f"{server.url}/console/{first_link(server)}")
    sign_up(page)
    path = tmp_path_factory.mktemp("browser") / "cookies.json"
    context.storage_state(path=path)
    context.close()
    return path


@pytest.fixture
def console(open_page: OpenPage, kept: Path) -> OpenPage:
    """Opens pages as the administrator."""

    def open_(path: str = "", **options: object) -> Page:
        return open_page(path, storage_state=kept, **options)

    return open_
