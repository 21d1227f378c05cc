"""Links in the database, and what is remembered of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import event, select

from executor_service.connections.directory import ErpDirectory
from executor_service.connections.keys import key_of_link
from executor_service.connections.model import ConnectionDraft, Credentials, LinkDraft
from executor_service.connections.tables import links
from shared.database import Database
from shared.errors import NotFound
from shared.secrets import SecretBox, SecretUnreadable

ANA = LinkDraft(
    connection_id="default",
    erp_user="ana@erp.example",
    credentials=Credentials(key="ana-key", secret="ANASECRET"),
    groups=("sales", "stock"),
    language="pt",
)


@pytest.fixture(autouse=True)
def connected(directory: ErpDirectory, make_draft: Callable[..., ConnectionDraft]) -> None:
    directory.connections.create(make_draft())


def test_saved_link_is_found_by_its_contact(directory: ErpDirectory, box: SecretBox) -> None:
    saved = directory.links.save("c1", ANA)
    found = directory.links.find("c1")
    assert found == saved
    assert (saved.groups, saved.language, saved.erp_user) == (("sales", "stock"), "pt", "ana@erp.example")
    assert key_of_link(box, saved) == ANA.credentials
    assert directory.links.find("c2") is None


def test_saving_again_replaces_the_link(directory: ErpDirectory) -> None:
    directory.links.save("c1", ANA)
    directory.links.save("c1", replace(ANA, erp_user="eva@erp.example", credentials=None))
    found = directory.links.find("c1")
    assert found is not None
    assert (found.erp_user, found.sealed_key) == ("eva@erp.example", None)
    assert len(directory.links.page()) == 1


def test_deleted_link_is_gone_at_once(directory: ErpDirectory) -> None:
    directory.links.save("c1", ANA)
    assert directory.links.find("c1") is not None
    assert directory.links.delete("c1") is True
    assert directory.links.find("c1") is None
    assert directory.links.delete("c1") is False


def test_link_through_no_connection_is_refused(directory: ErpDirectory) -> None:
    with pytest.raises(NotFound):
        directory.links.save("c1", replace(ANA, connection_id="nowhere"))


def test_key_moved_to_another_contact_does_not_open(directory: ErpDirectory, box: SecretBox) -> None:
    saved = directory.links.save("c1", ANA)
    with pytest.raises(SecretUnreadable):
        key_of_link(box, replace(saved, contact_id="c2"))
    with pytest.raises(SecretUnreadable):
        key_of_link(box, replace(saved, connection_id="other"))


def test_secret_stands_nowhere_in_the_clear(directory: ErpDirectory, database: Database) -> None:
    saved = directory.links.save("c1", ANA)
    with database.read() as connection:
        row = str(connection.execute(select(links)).one())
    assert "ANASECRET" not in row + repr(saved) + repr(ANA)


def test_second_look_asks_the_database_nothing(directory: ErpDirectory, database: Database) -> None:
    directory.links.save("c1", ANA)
    directory.links.find("c1")
    directory.links.find("c2")
    asked: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    for _ in range(100):
        directory.links.find("c1")
        directory.links.find("c2")
    assert asked == []


def test_pages_follow_the_contact_and_name_one_connection(
    directory: ErpDirectory, make_draft: Callable[..., ConnectionDraft]
) -> None:
    directory.connections.create(make_draft(id="other"))
    for number in range(5):
        directory.links.save(f"c{number}", replace(ANA, connection_id="other" if number == 2 else "default"))
    first = directory.links.page(limit=3)
    assert [one.contact_id for one in first] == ["c0", "c1", "c2"]
    assert [one.contact_id for one in directory.links.page(after="c2")] == ["c3", "c4"]
    assert [one.contact_id for one in directory.links.page(connection_id="other")] == ["c2"]
