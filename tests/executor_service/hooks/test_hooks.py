"""From an ERP's webhook to what people hear: signed, once, and only who may read the document."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import Client, TestResponse

from executor_service.connections.model import LinkDraft
from executor_service.erp.protocol import Erp
from executor_service.hooks.signature import HEADER, sign
from executor_service.hooks.tables import notices, starts
from executor_service.tables import events
from recado.services import Services
from shared.contracts.callers import ContactCaller
from shared.contracts.tasks import CallRequest, TaskState
from tests.executor_service.api.test_links_api import as_role
from tests.executor_service.flows.drawing import draw
from tests.executor_service.hooks.conftest import COMPANY
from tests.patience import until

ORDER = "PUR-ORD-2026-00055"
URL = "/executor/webhooks/erpnext/default"


def ask(services: Services, contact: str, tool: str, **arguments: Any) -> TaskState:
    caller = ContactCaller(
        contact_id=contact,
        conversation_id=f"of-{contact}",
        channel="whatsapp",
        account="1",
        language="es",
        time_zone="America/Lima",
    )
    token = services.tokens.sign(caller)
    key = f"{contact}:{tool}:{json.dumps(arguments)}"[:200]
    request = CallRequest(tool=tool, arguments=arguments, caller=token, key=key, wait_seconds=60)
    return services.local_executor.call(request).task


def watch(services: Services, contact: str, **arguments: Any) -> str:
    """What the person is told when they ask for an alert."""
    task = ask(services, contact, "schedule.watch", **arguments)
    return task.error.text if task.error else task.parts[0].text  # type: ignore[union-attr]


def said(services: Services, contact: str) -> list[str]:
    """What waits for the gateway to be said to a person by itself, oldest first."""
    query = select(events.c.data).where(events.c.type == "message", events.c.conversation_id == f"of-{contact}")
    with services.database.read() as connection:
        return [part["text"] for row in connection.execute(query.order_by(events.c.id)) for part in row.data["parts"]]


def erp_of(services: Services, contact: str) -> Erp:
    return services.executor_rooms.directory.access(contact).erp()


def approve(services: Services) -> None:
    """The manager approves the order, in the ERP itself."""
    manager = erp_of(services, "gerente")
    order = manager.get("Purchase Order", ORDER)
    manager.act("frappe.model.workflow.apply_workflow", {"doc": json.dumps(order), "action": "Aprobar"})


def told(services: Services, count: int) -> None:
    """Waits until so many notices are handled."""

    def handled() -> bool:
        with services.database.read() as connection:
            states = connection.execute(select(notices.c.state)).scalars().all()
        return len(states) >= count and set(states) == {"done"}

    assert until(handled)


def post(services: Services, body: dict[str, Any] | bytes, *, secret: str = "") -> TestResponse:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    signature = sign(secret or services.executor_rooms.directory.webhooks.secret("default") or "", raw)
    return Client(services.wsgi).post(URL, data=raw, headers={HEADER: signature})


def notice(event: str = "on_submit", **fields: str) -> dict[str, str]:
    return {"doctype": "Purchase Order", "name": ORDER, "event": event, "modified": "2026-11-20 10:00:00"} | fields


def test_approval_in_the_erp_is_told_once_to_who_asked_for_it(services: Services) -> None:
    assert "cuando se apruebe" in watch(services, "almacen", name=ORDER, what="approved")
    approve(services)
    assert until(lambda: said(services, "almacen"))
    (text,) = said(services, "almacen")
    assert text.startswith("✅ Se aprobó:\n")
    assert ORDER in text
    assert post(services, notice(modified="later")).json == {"is_new": True}
    told(services, 2)
    time.sleep(1)
    assert said(services, "almacen") == [text]
    assert "No tienes envíos" in ask(services, "almacen", "schedule.list").parts[0].text  # type: ignore[union-attr]


def test_alert_on_a_kind_of_document_speaks_of_each_once(services: Services) -> None:
    watch(services, "gerente", kind="Customer", what="created")
    made = [
        erp_of(services, "gerente").insert("Customer", {"customer_name": name, "customer_type": "Company"})
        for name in ("Minera Uno", "Minera Dos")
    ]
    assert until(lambda: len(said(services, "gerente")) == 2)
    assert post(services, notice("on_submit", doctype="Customer", name=str(made[0]["name"]))).json == {"is_new": True}
    told(services, 3)
    time.sleep(1)
    assert sorted("Minera Uno" in text for text in said(services, "gerente")) == [False, True]


def test_who_may_not_read_the_document_hears_nothing(services: Services) -> None:
    refused = watch(services, "vendedor", name=ORDER, what="approved")
    assert "no tiene permiso" in refused
    watch(services, "almacen", kind="Purchase Order", what="approved")
    seller = LinkDraft(connection_id="default", erp_user=f"vendedor@{COMPANY}")
    services.executor_rooms.directory.links.save("almacen", seller)  # who may not read purchase orders
    approve(services)
    told(services, 1)
    time.sleep(1)
    assert said(services, "almacen") == []


def test_same_delivery_twice_is_kept_once(services: Services) -> None:
    assert [post(services, notice()).json["is_new"] for _ in range(3)] == [True, False, False]
    with services.database.read() as connection:
        assert len(connection.execute(select(notices)).all()) == 1


@pytest.mark.parametrize("connection", ["default", "nowhere"])
def test_what_is_not_signed_is_refused(services: Services, connection: str) -> None:
    raw = json.dumps(notice()).encode()
    url = f"/executor/webhooks/erpnext/{connection}"
    client = Client(services.wsgi)
    for headers in ({}, {HEADER: sign("another secret", raw)}, {HEADER: sign("another secret", b"")}):
        answer = client.post(url, data=raw, headers=headers)
        assert (answer.status_code, answer.content_type) == (401, "application/problem+json")
    with services.database.read() as session:
        assert connection == "nowhere" or session.execute(select(notices)).all() == []


def test_connection_whose_name_no_database_takes_is_refused_like_any_other(services: Services) -> None:
    assert Client(services.wsgi).post(f"{URL}%00", data=b"{}", headers={HEADER: "x"}).status_code == 401


def test_body_too_large_or_telling_nothing_is_refused(services: Services) -> None:
    assert post(services, b"x" * 70_000).status_code == 413
    answer = post(services, {"doctype": "Item"})
    assert answer.status_code == 422
    assert "name" in answer.text


def test_connection_whose_erp_tells_nothing_says_so(services: Services) -> None:
    services.executor_rooms.directory.webhooks.delete("default")
    assert "Pide a tu administrador" in watch(services, "gerente", kind="Customer", what="created")


def test_flow_with_an_event_trigger_starts_once_for_who_may_read(services: Services) -> None:
    trigger = {"kind": "event", "event": "Purchase Order.approved", "exclude_groups": ["vendedors"]}
    settings = {"arguments": [{"name": "name"}]}
    greeting = ("hi", "message", {"text": "Aprobada {{ local.name }}"})
    flow = draw(("start", "trigger", trigger), greeting, settings=settings)
    store = services.executor_rooms.flow_desk.store
    stored = store.create("aviso", flow)
    store.publish(stored.id)
    store.activate(stored.id, True)
    approve(services)
    assert until(lambda: said(services, "gerente") and said(services, "almacen"))
    post(services, notice(modified="later"))
    told(services, 2)
    with services.database.read() as connection:
        started = {(row.notice_id, row.contact_id) for row in connection.execute(select(starts))}
    assert {contact for _, contact in started} == {"gerente", "almacen"}
    assert said(services, "gerente")[0] == f"Aprobada {ORDER}"
    assert said(services, "vendedor") == []


def test_administrator_sees_what_to_enter_and_the_secret_once(services: Services) -> None:
    client, headers = Client(services.wsgi), as_role(services, "administrator")
    api = "/executor/api/connections/default/webhook"
    made = client.post(api, headers=headers).json
    assert made["url"].endswith(URL)
    assert made["secret"] == services.executor_rooms.directory.webhooks.secret("default")
    shown = client.get(api, headers=headers).json
    assert (shown["is_set"], shown["secret"]) == (True, None)
    assert client.get(api, headers=as_role(services, "operator")).status_code == 403
    assert client.delete(api, headers=headers).status_code == 204
    assert services.executor_rooms.directory.webhooks.secret("default") is None
