"""Who asks decides which ERP answers, and as whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import event

from executor_service.connections.directory import ErpDirectory
from executor_service.connections.model import ConnectionDraft, Credentials, LinkDraft
from shared.database import Database
from shared.errors import CredentialsRefused, ErpBusy, NotLinked
from tests.executor_service.connections.conftest import LittleErp

MakeDirectory = Callable[..., ErpDirectory]
MakeDraft = Callable[..., ConnectionDraft]


def ana(**values: object) -> LinkDraft:
    """Ana's link; a test names what it cares about."""
    known = {
        "connection_id": "default",
        "erp_user": "ana@erp.example",
        "credentials": Credentials(key="ana-key", secret="s"),
    }
    return LinkDraft(**{**known, **values})  # type: ignore[arg-type]


def test_linked_contact_asks_as_itself(directory: ErpDirectory, make_draft: MakeDraft) -> None:
    directory.connections.create(make_draft(today=date(2026, 11, 20), fiscal_year_start_month=4))
    directory.links.save("c1", ana(groups=("sales",)))
    access = directory.access("c1")
    assert access.erp().user() == "ana@erp.example"
    assert (access.connection_id, access.company, access.currency) == ("default", "Andina", "PEN")
    assert (access.today, access.fiscal_year_start_month) == (date(2026, 11, 20), 4)
    assert (access.groups, access.erp_user) == (("sales",), "ana@erp.example")


@pytest.mark.parametrize("policy", ["deny", "flows"])
def test_unlinked_contact_has_no_access(make_directory: MakeDirectory, make_draft: MakeDraft, policy: str) -> None:
    directory = make_directory(policy)
    directory.connections.create(make_draft())
    with pytest.raises(NotLinked):
        directory.access("stranger")


def test_unlinked_contact_asks_with_the_own_key_where_allowed(
    make_directory: MakeDirectory, make_draft: MakeDraft
) -> None:
    directory = make_directory("allow")
    directory.connections.create(make_draft(erp_user="owner@erp.example"))
    access = directory.access("stranger")
    assert access.erp().user() == "owner@erp.example"
    assert (access.groups, access.link, access.erp_user) == ((), None, "owner@erp.example")


@pytest.mark.parametrize("policy", ["deny", "allow"])
def test_without_a_connection_nobody_has_access(make_directory: MakeDirectory, policy: str) -> None:
    with pytest.raises(NotLinked):
        make_directory(policy).access("stranger")


def test_link_without_a_key_never_gets_the_connection_s(make_directory: MakeDirectory, make_draft: MakeDraft) -> None:
    directory = make_directory("allow")
    directory.connections.create(make_draft())
    directory.links.save("c1", ana(credentials=None))
    with pytest.raises(CredentialsRefused):
        directory.access("c1").erp()


def test_link_of_the_demo_needs_no_key(directory: ErpDirectory, make_draft: MakeDraft) -> None:
    directory.connections.create(make_draft(kind="demo", credentials=None))
    directory.links.save("c1", ana(erp_user="demo@erp.example", credentials=None))
    directory.links.save("c2", ana(erp_user="nobody@erp.example", credentials=None))
    assert directory.access("c1").erp().user() == "demo@erp.example"
    with pytest.raises(CredentialsRefused):
        directory.access("c2").erp()


def test_real_connection_never_looks_among_the_people_of_the_demo(
    directory: ErpDirectory, make_draft: MakeDraft
) -> None:
    directory.connections.create(make_draft())
    directory.links.save("c1", ana(erp_user="demo@erp.example", credentials=None))
    with pytest.raises(CredentialsRefused):
        directory.access("c1").erp()


def test_client_is_kept_until_the_key_changes(directory: ErpDirectory, make_draft: MakeDraft) -> None:
    directory.connections.create(make_draft())
    directory.links.save("c1", ana())
    first = directory.access("c1").erp()
    assert directory.access("c1").erp() is first
    directory.links.save("c1", ana(credentials=Credentials(key="own-key", secret="s")))
    changed = directory.access("c1").erp()
    assert changed is not first
    assert changed.user() == "owner@erp.example"


def test_link_made_elsewhere_is_seen_at_once_by_a_new_process(
    make_directory: MakeDirectory, make_draft: MakeDraft
) -> None:
    here, there = make_directory(), make_directory()
    here.connections.create(make_draft())
    here.links.save("c1", ana())
    assert there.access("c1").erp_user == "ana@erp.example"


def test_link_made_elsewhere_ends_a_refusal_at_once(make_directory: MakeDirectory, make_draft: MakeDraft) -> None:
    here, there = make_directory(), make_directory()
    here.connections.create(make_draft())
    with pytest.raises(NotLinked):
        there.access("c1")
    here.links.save("c1", ana())
    assert there.access("c1").erp_user == "ana@erp.example"


def test_company_of_a_new_connection_is_read_once(
    make_directory: MakeDirectory, make_draft: MakeDraft, little_erp: LittleErp
) -> None:
    directory = make_directory("allow")
    directory.connections.create(make_draft(company="", currency=""))
    access = directory.access("stranger")
    assert (access.company, access.currency, access.fiscal_year_start_month) == ("Andina", "PEN", 4)
    before = len(little_erp.asked)
    assert make_directory("allow").access("stranger").company == "Andina"
    assert len(little_erp.asked) == before


def test_company_that_cannot_be_read_is_asked_for_once_a_minute(
    make_directory: MakeDirectory, make_draft: MakeDraft, little_erp: LittleErp
) -> None:
    little_erp.is_down = True
    directory = make_directory("allow")
    directory.connections.create(make_draft(company="", currency=""))
    assert [directory.access("stranger").company for _ in range(3)] == ["", "", ""]
    assert len(little_erp.asked) == 1


def test_erp_is_not_given_until_its_company_is_known(
    make_directory: MakeDirectory, make_draft: MakeDraft, little_erp: LittleErp
) -> None:
    little_erp.is_down = True
    directory = make_directory("allow")
    directory.connections.create(make_draft(company="", currency=""))
    with pytest.raises(ErpBusy, match="503"):
        directory.access("stranger").erp()
    little_erp.is_down = False
    with pytest.raises(ErpBusy, match="not known"):
        directory.access("stranger").erp()
    access = directory.access("stranger")
    assert (access.company, access.currency) == ("Andina", "PEN")
    assert access.erp().user()


def test_person_of_another_company_has_its_currency(directory: ErpDirectory, make_draft: MakeDraft) -> None:
    directory.connections.create(make_draft())
    directory.links.save("c1", ana(company="Boliviana"))
    access = directory.access("c1")
    assert (access.company, access.currency) == ("Boliviana", "BOB")


def test_own_erp_has_the_connection_s_key(directory: ErpDirectory, make_draft: MakeDraft) -> None:
    directory.connections.create(make_draft())
    assert directory.own_erp("default").user() == "owner@erp.example"


def test_access_of_a_known_contact_asks_nobody(
    directory: ErpDirectory, database: Database, make_draft: MakeDraft, little_erp: LittleErp
) -> None:
    directory.connections.create(make_draft())
    directory.links.save("c1", ana())
    directory.access("c1").erp()
    asked: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    before = len(little_erp.asked)
    directory.access("c1").erp()
    assert (asked, len(little_erp.asked)) == ([], before)
