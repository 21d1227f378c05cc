"""A published flow talks over signed WhatsApp deliveries: buttons, a report of the ERP, and what nobody understood."""

from __future__ import annotations

from executor_service.flows.model import Flow
from executor_service.flows.store import FlowStore
from shared.database import Database
from tests.acceptance.phone import Phone
from tests.acceptance.server import Server
from tests.executor_service.flows.drawing import draw


def publish(server: Server, name: str, flow: Flow) -> None:
    database = Database(f"sqlite:///{server.folder / 'home' / 'recado.sqlite3'}")
    try:
        store = FlowStore(database)
        store.publish(store.create(name, flow).id)
    finally:
        database.close()


def test_published_flow_asks_with_buttons_and_goes_the_way_that_is_tapped(server: Server, phone: Phone) -> None:
    options = [{"id": "fast", "title": "Rápido"}, {"id": "slow", "title": "Lento"}]
    publish(
        server,
        "Delivery",
        draw(
            ("start", "trigger", {"kind": "keyword", "words": ["entrega especial"]}),
            ("name", "wait_input", {"text": "¿Cómo te llamas?", "variable": "session.name"}),
            ("ask", "buttons", {"text": "{{ session.name }}, ¿rápido o lento?", "options": options}),
            ("fast", "message", {"text": "Llegará hoy, {{ session.name | upper }}."}),
            edges=("start>name", "name>ask", "ask.fast>fast"),
        ),
    )
    assert phone.ask("entrega especial") == "¿Cómo te llamas?"
    assert phone.ask("Rosa") == "Rosa, ¿rápido o lento?"
    phone.tap("Rápido")
    phone.wait(3)
    assert phone.texts[-1] == "Llegará hoy, ROSA."
    phone.nothing_more(3)


def test_flow_calls_a_tool_as_the_contact(server: Server, phone: Phone) -> None:
    tool = {"tool": "sales.by_customer", "arguments": {"period": "octubre"}, "variable": "session.found"}
    publish(
        server,
        "Sales",
        draw(
            ("start", "trigger", {"kind": "keyword", "words": ["ventas especiales"]}),
            ("tool", "tool", tool),
            ("say", "message", {"text": "Vi {{ session.found.rows | length }} clientes."}),
            edges=("start>tool", "tool.success>say"),
        ),
    )
    said = phone.ask("ventas especiales")
    assert said.startswith("Vi ")
    assert int(said.split()[1]) > 3


def test_fallback_flow_takes_what_nobody_understood(server: Server, phone: Phone) -> None:
    publish(
        server,
        "Fallback",
        draw(("start", "trigger", {"kind": "fallback"}), ("say", "message", {"text": "No te entendí del todo."})),
    )
    assert phone.ask("zxqw pltk vbnm") == "No te entendí del todo."
