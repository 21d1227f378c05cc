"""Connections in the database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from executor_service.connections.company import CompanyFacts
from executor_service.connections.directory import ErpDirectory
from executor_service.connections.keys import key_of_connection
from executor_service.connections.model import ConnectionDraft, Credentials, LinkDraft
from executor_service.connections.tables import connections
from shared.database import Database
from shared.errors import Conflict, InvalidArguments, NotFound
from shared.secrets import SecretBox, SecretUnreadable

MakeDraft = Callable[..., ConnectionDraft]


def test_created_connection_is_found_as_it_was_given(directory: ErpDirectory, make_draft: MakeDraft) -> None:
    draft = make_draft(id="lima-2", today=date(2026, 11, 20), fiscal_year_start_month=4)
    created = directory.connections.create(draft)
    assert created == directory.connections.find("lima-2")
    assert (created.url, created.today, created.fiscal_year_start_month) == (draft.url, date(2026, 11, 20), 4)
    assert directory.connections.list() == (created,)


def test_key_is_stored_sealed_and_never_shown(
    directory: ErpDirectory, make_draft: MakeDraft, box: SecretBox, database: Database
) -> None:
    draft = make_draft(credentials=Credentials(key="AKEY0", secret="ASECRET0"))
    created = directory.connections.create(draft)
    with database.read() as connection:
        row = str(connection.execute(select(connections)).one())
    assert "AKEY0" not in row + repr(created) + repr(draft)
    assert "ASECRET0" not in row + repr(created) + repr(draft)
    assert key_of_connection(box, created) == Credentials(key="AKEY0", secret="ASECRET0")


def test_taken_id_conflicts(directory: ErpDirectory, make_draft: MakeDraft) -> None:
    directory.connections.create(make_draft())
    with pytest.raises(Conflict):
        directory.connections.create(make_draft())


@pytest.mark.parametrize("name", ["", "Lima", "a b", "../x", "x" * 41])
def test_id_that_fits_no_url_is_refused(directory: ErpDirectory, make_draft: MakeDraft, name: str) -> None:
    with pytest.raises(InvalidArguments):
        directory.connections.create(make_draft(id=name))


def test_change_without_credentials_keeps_the_key(
    directory: ErpDirectory, make_draft: MakeDraft, box: SecretBox
) -> None:
    directory.connections.create(make_draft())
    changed = directory.connections.replace(make_draft(name="Other", credentials=None))
    assert changed.name == "Other"
    assert key_of_connection(box, changed) == Credentials(key="own-key", secret="s")


def test_new_address_does_not_get_the_old_key(directory: ErpDirectory, make_draft: MakeDraft) -> None:
    directory.connections.create(make_draft())
    with pytest.raises(InvalidArguments):
        directory.connections.replace(make_draft(url="https://other.example", credentials=None))
    assert directory.connections.get("default").url == "https://erp.example"


def test_address_changed_in_the_database_does_not_get_the_key(
    make_directory: Callable[..., ErpDirectory], make_draft: MakeDraft, database: Database
) -> None:
    make_directory().connections.create(make_draft())
    database.write(lambda one: one.execute(connections.update().values(url="https://evil.example")))
    with pytest.raises(SecretUnreadable):
        make_directory("allow").access("somebody").erp()


def test_company_facts_are_stored(directory: ErpDirectory, make_draft: MakeDraft) -> None:
    directory.connections.create(make_draft(company="", currency=""))
    facts = CompanyFacts(company="Andina", currency="PEN", fiscal_year_start_month=7)
    changed = directory.connections.set_company("default", facts)
    assert (changed.company, changed.currency, changed.fiscal_year_start_month) == ("Andina", "PEN", 7)


def test_connection_in_use_is_not_deleted(directory: ErpDirectory, make_draft: MakeDraft) -> None:
    directory.connections.create(make_draft())
    directory.links.save("c1", LinkDraft(connection_id="default", erp_user="ana@erp.example"))
    with pytest.raises(Conflict):
        directory.connections.delete("default")
    directory.links.delete("c1")
    directory.codes.create(LinkDraft(connection_id="default", erp_user="ana@erp.example"))
    directory.connections.delete("default")
    assert directory.connections.find("default") is None


def test_unknown_connection_is_not_found(directory: ErpDirectory, make_draft: MakeDraft) -> None:
    with pytest.raises(NotFound):
        directory.connections.get("nowhere")
    with pytest.raises(NotFound):
        directory.connections.replace(make_draft(id="nowhere"))
