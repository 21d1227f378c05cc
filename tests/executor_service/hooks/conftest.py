"""An executor as `recado` starts it, on the demo company, with its people linked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from executor_service.connections.model import LinkDraft
from recado.services import Services
from recado.start import prepare
from shared.contracts.tasks import ConversationState
from shared.settings import Settings

COMPANY = "ferreteria-andina.example"


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    """Started; the manager, the seller and the storekeeper are linked and have written before."""
    made = Services(prepare(Settings(home=tmp_path)), ("executor",))
    made.start()
    for person in ("gerente", "vendedor", "almacen"):
        draft = LinkDraft(connection_id="default", erp_user=f"{person}@{COMPANY}", groups=(f"{person}s",))
        made.executor_rooms.directory.links.save(person, draft)
        state = ConversationState(contact_id=person, channel="whatsapp", account="1", time_zone="America/Lima")
        made.local_executor.set_conversation(f"of-{person}", state)
    yield made
    made.stop()
