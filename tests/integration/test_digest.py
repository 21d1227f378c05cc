"""A weekly digest made by chat, in a whole installation: it comes once, in its hour, also after a restart."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from recado.services import Services
from recado.start import prepare
from shared.settings import Settings
from tests.fakes.house import SECRET
from tests.patience import until
from whatsapp_service.channels.address import Address
from whatsapp_service.channels.content import Text
from whatsapp_service.channels.types import Inbound
from whatsapp_service.tables import messages

pytestmark = pytest.mark.slow


class Clock:
    at = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


def running(home: Path, clock: Clock) -> Services:
    settings = Settings.from_env(
        {"RECADO_HOME": str(home), "RECADO_SECRET_KEY": SECRET, "RECADO_UNKNOWN_CONTACTS": "allow"}
    )
    services = Services(prepare(settings), now=clock)
    services.start()
    return services


def ask(services: Services, text: str, message_id: str) -> None:
    sender = Address("phone", "51987654300")
    services.gateway.chat(
        Inbound(
            channel="web",
            account="web",
            external_id=message_id,
            message_id=message_id,
            chat=sender.value,
            sender=(sender,),
            sent_at=services.gateway.now(),
            content=Text(text),
            raw={},
            name="Ana",
            language="es",
        )
    )


def heard(services: Services, count: int) -> list[str]:
    """So many texts that were sent, and a moment in which no other comes."""
    until(lambda: len(texts(services)) >= count)
    time.sleep(2)
    found = texts(services)
    assert len(found) == count, found
    return found


def texts(services: Services) -> list[str]:
    query = select(messages.c.content).where(messages.c.direction == "out", messages.c.state == "sent")
    with services.database.read() as connection:
        found = [row.content for row in connection.execute(query.order_by(messages.c.id))]
    return [content["text"] for content in found if content["kind"] == "text"]


def test_weekly_digest_made_by_chat_comes_once_after_a_restart(tmp_path: Path) -> None:
    clock = Clock()
    services = running(tmp_path, clock)
    ask(services, "cada lunes a las 8 mándame las cuentas por cobrar", "m1")
    (made,) = heard(services, 1)
    assert "cada lunes a las 8:00" in made
    assert "lunes 23 de noviembre, 8:00" in made
    services.stop()
    clock.at = datetime(2026, 11, 23, 13, 0, 30, tzinfo=UTC)
    services = running(tmp_path, clock)
    _, digest = heard(services, 2)
    assert "Cuentas por cobrar" in digest
    services.stop()
    services = running(tmp_path, clock)
    assert heard(services, 2) == [made, digest]
    services.stop()
