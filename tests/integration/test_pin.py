"""An approval above the limit, in a whole installation: tap, PIN, read back; and the PIN is kept nowhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import MetaData, select

from executor_service.connections.model import LinkDraft
from recado.migrations.schema import BRANCHES
from recado.services import Services
from recado.start import prepare
from shared.settings import Settings
from tests.integration.test_digest import texts
from tests.patience import until
from whatsapp_service.channels.address import Address
from whatsapp_service.channels.content import Tap, Text
from whatsapp_service.channels.types import Inbound
from whatsapp_service.tables import contacts, messages

pytestmark = pytest.mark.slow

ORDER = "PUR-ORD-2026-00055"
PIN = "48213"
WRONG = "95174"


class Talk:
    """One person's web chat with an installation whose limit is 10,000 soles."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self._said = 0

    def say(self, content: Text | Tap, count: int = 1) -> str:
        """What is answered, once there are so many more answers."""
        before = self.answers
        self._said += 1
        sender = Address("phone", "51987654303")
        self.services.gateway.chat(
            Inbound(
                channel="web",
                account="web",
                external_id=f"m{self._said}",
                message_id=f"m{self._said}",
                chat=sender.value,
                sender=(sender,),
                sent_at=self.services.gateway.now(),
                content=content,
                raw={},
                name="Rosario",
                language="es",
            )
        )
        assert until(lambda: self.answers >= before + count)
        return self.last_words

    @property
    def answers(self) -> int:
        with self.services.database.read() as connection:
            return len(connection.execute(select(messages.c.id).where(messages.c.direction == "out")).all())

    @property
    def last_words(self) -> str:
        with self.services.database.read() as connection:
            query = select(messages.c.content).where(messages.c.direction == "out").order_by(messages.c.id.desc())
            return str(connection.execute(query.limit(1)).scalar_one().get("text", ""))

    def option(self, title: str) -> Tap:
        """An option of the last question."""
        with self.services.database.read() as connection:
            query = select(messages.c.content).where(messages.c.kind == "choices").order_by(messages.c.id.desc())
            options = connection.execute(query.limit(1)).scalar_one()["options"]
        return Tap(payload=next(one["id"] for one in options if one["title"] == title), title=title)


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Talk]:
    services = Services(prepare(Settings(home=tmp_path)))
    services.start()
    made = Talk(services)
    made.say(Text("hola"))
    with services.database.read() as connection:
        contact_id = connection.execute(select(contacts.c.id)).scalar_one()
    draft = LinkDraft(connection_id="default", erp_user="gerente@ferreteria-andina.example")
    services.executor_rooms.directory.links.save(contact_id, draft)
    services.executor_rooms.second_factor.limits.save("default", {"PEN": Decimal(10000)})
    yield made
    services.stop()


def test_large_order_is_approved_after_the_pin_which_is_kept_nowhere(talk: Talk) -> None:
    assert "S/ 12,573.36" in talk.say(Text(f"aprueba la orden {ORDER}"))
    assert "aún no tienes" in talk.say(talk.option("Aprobar"))
    assert "de 4 a 8 cifras" in talk.say(Text("crear PIN"))
    assert "guardado" in talk.say(Text(PIN))
    assert "Te quedan 4 intentos" in talk.say(Text(WRONG))
    assert order_state(talk) == 0
    told = talk.say(Text(PIN))
    assert "Aprobada" in told
    assert order_state(talk) == 1
    assert talk.say(Text("cuántos clientes hay"))
    assert not kept_in(talk.services, PIN)
    assert not kept_in(talk.services, WRONG)
    assert "••••" in "".join(written(talk))
    assert texts(talk.services)


def order_state(talk: Talk) -> int:
    erp = talk.services.executor_rooms.directory.own_erp("default")
    return int(erp.get("Purchase Order", ORDER)["docstatus"])


def written(talk: Talk) -> list[str]:
    with talk.services.database.read() as connection:
        rows = connection.execute(select(messages.c.content).where(messages.c.direction == "in"))
        return [json.dumps(row.content, ensure_ascii=False) for row in rows]


def kept_in(services: Services, secret: str) -> list[str]:
    """The tables of all services that hold a text, in whatever column."""
    found = []
    for branch in BRANCHES:
        kept: MetaData = branch.metadata()
        with services.database.read() as connection:
            for table in kept.sorted_tables:
                rows = [json.dumps(list(row), default=_plain) for row in connection.execute(select(table))]
                found += [table.name for row in rows if _holds(row, secret)]
    return found


def _holds(row: str, secret: str) -> bool:
    """Whether it stands there as a text of its own, not as a part of an id or an amount."""
    return any(f"{quote}{secret}{quote}" in row for quote in ('"', '\\"', '\\\\\\"'))


def _plain(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
