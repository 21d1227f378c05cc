"""A flow of two days, with a sub-flow, an approval and a write to the ERP, killed five times where it hurts most."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from shared.clock import utc_now
from tests.acceptance.erp import ErpServer
from tests.acceptance.server import Server, eventually
from tests.acceptance.web_person import WebPerson
from tests.executor_service.flows.drawing import draw

LIFE = str(Path(__file__).with_name("life.py"))
TWO_DAYS = 2 * 86_400
INSERT = "/api/method/frappe.client.insert"
PHONE = "+51987000777"


class SavingErp(ErpServer):
    """Calls `on_saved` when it has saved a new document, before it answers."""

    def __init__(self, folder: Path) -> None:
        self.saved = 0
        self.on_saved: Callable[[], None] = lambda: None
        super().__init__(folder)

    def watch(self, method: str, path: str) -> None:
        if method == "POST" and path == INSERT:
            self.saved += 1
            self.on_saved()


@pytest.fixture
def erp(tmp_path: Path) -> Iterator[SavingErp]:
    served = SavingErp(tmp_path / "erp")
    yield served
    served.close()


@pytest.fixture
def server(tmp_path: Path, erp: SavingErp) -> Iterator[Server]:
    settings = {"unknown_contacts": "allow", **erp.settings}
    made = Server(tmp_path / "recado", settings, program=sys.executable, words=(LIFE, "0"))
    made.start()
    yield made
    made.kill()


def again(server: Server, *, ahead: float = 0) -> None:
    """Starts it after a kill, so many seconds later."""
    server.words = (LIFE, str(ahead))
    server.now = lambda: utc_now() + timedelta(seconds=ahead)
    server.start()


def publish(server: Server) -> str:
    """The parent flow's id; both flows go through the checks, as those of an administrator do."""
    which = draw(
        ("start", "trigger", {"kind": "manual"}),
        ("ask", "wait_input", {"text": "¿Qué producto y cuánto?", "variable": "session.items"}),
        ("end", "end", {"results": {"items": "session.items"}}),
        edges=("start>ask", "ask>end", "ask.failed>end"),
        settings={"results": [{"name": "items"}]},
    )
    child = _published(server, "Goods", which.model_dump(mode="json"))
    arguments = {"customer": "Constructora Misti", "items": "{{ session.goods.items }}"}
    order = draw(
        ("start", "trigger", {"kind": "keyword", "words": ["pedido lento"]}),
        ("call", "call", {"flow_id": child, "variable": "session.goods"}),
        ("soon", "message", {"text": "Anotado. En dos días lo preparo."}),
        ("wait", "delay", {"seconds": TWO_DAYS}),
        ("make", "tool", {"tool": "draft.quotation", "arguments": arguments, "timeout_seconds": 900}),
        ("made", "message", {"text": "Listo, gracias por esperar."}),
        ("not", "message", {"text": "No se pudo."}),
        edges=(
            "start>call",
            "call>soon",
            "call.error>not",
            "call.expired>not",
            "soon>wait",
            "wait>make",
            "make.success>made",
            "make.error>not",
            "make.timeout>not",
        ),
    )
    return _published(server, "Order", order.model_dump(mode="json"))


def _published(server: Server, name: str, draft: object) -> str:
    flow = server.api("POST", "/executor/api/flows", json={"name": name, "draft": draft})["flow"]
    server.api("POST", f"/executor/api/flows/{flow['id']}/publish", json={"revision": flow["revision"]})
    return str(flow["id"])


def test_flow_survives_five_kills_at_the_worst_moments_and_ends_right(server: Server, erp: SavingErp) -> None:
    flow_id = publish(server)
    person = WebPerson(server, PHONE)

    person.say("pedido lento")
    person.wait_for("¿Qué producto y cuánto?")
    server.kill()  # 1: while the sub-flow waits for its answer
    again(server)

    person.say("10 sacos de cemento")
    server.kill()  # 2: the answer is stored, and perhaps half worked on
    again(server)
    person.wait_for("En dos días lo preparo")

    server.kill()  # 3: nobody is there when the delay is over
    again(server, ahead=TWO_DAYS + 60)
    person.wait_for("Constructora Misti")

    server.kill()  # 4: while the approval is asked for
    again(server, ahead=TWO_DAYS + 120)
    assert erp.saved == 0

    erp.on_saved = server.kill  # 5: the ERP has saved it, and its answer reaches nobody
    person.tap("Aprobar")
    eventually(lambda: erp.saved and server.process and server.process.poll() is not None, "killed in the write")
    erp.on_saved = lambda: None
    again(server, ahead=TWO_DAYS + 180)
    person.wait_for("Listo, gracias por esperar.")

    assert erp.saved == 1
    said = person.texts()
    assert [said.count(text) for text in ("¿Qué producto y cuánto?", "Listo, gracias por esperar.")] == [1, 1]
    assert "No se pudo." not in said
    days = {"from": "2020-01-01", "to": "2999-12-31"}
    found = server.api("GET", f"/executor/api/flows/{flow_id}/statistics", params=days)
    assert found["runs"] == {"started": 1, "completed": 1, "expired": 0, "interrupted": 0, "failed": 0}
