"""The same documents behind the real client (over the demo ERP) and behind the in-memory twin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest

from demo_erp.app import create_app
from demo_erp.people import people
from executor_service.erp.frappe import FrappeErp
from executor_service.erp.memory import MemoryErp
from executor_service.erp.protocol import Document, Erp, ReportAnswer
from executor_service.erp.site import FrappeSite
from executor_service.erp.wsgi import WsgiAdapter

COPIED = ("Customer", "Item", "Sales Order", "Territory", "Brand")
STOCK = {"company": "Ferretería Andina", "from_date": "2026-11-01", "to_date": "2026-11-20", "item_code": ["CON-001"]}


@dataclass(frozen=True)
class World:
    """An ERP as a person who may do everything sees it, and as one who may not see payments does."""

    erp: Erp
    limited: Erp


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, World]]:
    """Both worlds; what a test writes stays for the others of its module."""
    app = create_app(tmp_path_factory.mktemp("demo") / "demo.sqlite")
    site = FrappeSite("http://demo-erp.invalid", adapter=WsgiAdapter(app))
    demo = World(_client(site, "Administrator"), _client(site, "vendedor@ferreteria-andina.example"))
    yield {"demo": demo, "memory": _copy(demo.erp)}
    app.extensions["demo_erp"].close()


@pytest.fixture(params=["demo", "memory"])
def world(request: pytest.FixtureRequest, worlds: Mapping[str, World]) -> World:
    found: World = worlds[request.param]
    return found


@pytest.fixture
def erp(world: World) -> Erp:
    return world.erp


def _client(site: FrappeSite, user: str) -> FrappeErp:
    person = next(one for one in people() if one.user == user)
    return FrappeErp(site, person.api_key, person.api_secret)


def _copy(erp: Erp) -> World:
    documents = [one for doctype in COPIED for one in _all(erp, doctype)]
    reports: dict[str, ReportAnswer] = {"Stock Balance": erp.run_report("Stock Balance", STOCK)}
    doctypes = (*COPIED, "Payment Entry", "ToDo")
    twin = MemoryErp(documents, reports=reports, doctypes=doctypes, user=erp.user(), version=erp.version())
    limited = MemoryErp(documents, doctypes=doctypes, hidden=["Payment Entry"])
    return World(twin, limited)


def _all(erp: Erp, doctype: str) -> list[Document]:
    return [{**one, "doctype": doctype} for one in erp.find(doctype, fields=["*"], limit=5_000)]
