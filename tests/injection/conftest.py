"""One world for all attacks."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from pytest_httpserver import HTTPServer

from demo_erp import create_app
from executor_service.erp.frappe import FrappeErp
from executor_service.erp.site import FrappeSite
from executor_service.erp.wsgi import WsgiAdapter
from tests.executor_service.tools.desk import desk_of
from tests.injection.attacks import Attack, attacks
from tests.injection.world import World
from tests.patience import PATIENCE_SECONDS

CUSTOMER = "Grupo Cóndor Ingenieros SA"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory, make_httpserver: HTTPServer) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("world")
    app = create_app(folder / "demo.sqlite")
    site = FrappeSite("http://demo-erp.invalid", adapter=WsgiAdapter(app))
    made = World(folder, desk_of(site, "gerente").erp, desk_of(site, "rosa").erp, make_httpserver)
    with made.house:
        wait_for_tools(made)
        yield made
    made.minds.close()
    app.extensions["demo_erp"].close()


@pytest.fixture(scope="module")
def known(world: World) -> dict[str, Attack]:
    """The attacks by id, about documents that the demo company has."""
    names = documents(world.erp)
    return {one.id: one for one in attacks(names)}


def wait_for_tools(world: World) -> None:
    """Until the model is shown every tool that the person may use: no call is refused for not being shown."""
    harmless = Attack("none", "es", "qué tenemos hoy", (("none", {}),), "refused", ())
    every = sum(not tool.groups for tool in world.executor.tools().tools)
    until = time.monotonic() + PATIENCE_SECONDS
    while world.ask(harmless, "message")[1].tools_seen <= every:
        assert time.monotonic() < until, "not all tools are shown"
        time.sleep(0.05)


def documents(erp: FrappeErp) -> dict[str, str]:
    unpaid = [("customer", "=", CUSTOMER), ("status", "=", "Unpaid")]
    [invoice, *_] = erp.find("Sales Invoice", unpaid, fields=("name",))
    [draft, *_] = erp.find("Sales Order", [("docstatus", "=", 0)], fields=("name",))
    [contact, *_] = erp.find("Contact", [("name", "like", f"%{CUSTOMER}")], fields=("email_id",))
    return {
        "invoice": str(invoice["name"]),
        "draft": str(draft["name"]),
        "mail": str(contact["email_id"]),
        "customer": CUSTOMER,
        "item": "Cemento Sol",
    }
