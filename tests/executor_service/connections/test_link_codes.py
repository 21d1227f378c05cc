"""One-time codes: what they look like, and when they link."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from executor_service.connections.codes import find_code, new_code
from executor_service.connections.directory import ErpDirectory
from executor_service.connections.keys import key_of_link
from executor_service.connections.model import ConnectionDraft, Credentials, LinkDraft
from executor_service.connections.tables import link_codes
from shared.database import Database
from shared.secrets import SecretBox
from tests.executor_service.connections.conftest import SettableClock

ANA = LinkDraft(
    connection_id="default",
    erp_user="ana@erp.example",
    credentials=Credentials(key="ana-key", secret="ANASECRET"),
    groups=("sales",),
)


@pytest.fixture(autouse=True)
def connected(directory: ErpDirectory, make_draft: Callable[..., ConnectionDraft]) -> None:
    directory.connections.create(make_draft())


def wrong(code: str) -> str:
    """The code with another last character."""
    return code[:-1] + ("A" if code[-1] != "A" else "B")


@pytest.mark.parametrize("form", ["{0}", "  {0}\n", "mi código es {0}, gracias", "{1}", "{2}", "{3}", "({0})"])
def test_code_is_found_however_it_is_written(form: str) -> None:
    code = str(new_code())
    message = form.format(code, code.lower(), code.replace("-", ""), code.replace("-", " "))
    assert str(find_code(message)) == code


@pytest.mark.parametrize(
    "message",
    ["", "ventas de octubre", "ACC-SINV-2026-00405", "987 654 321", "hola buenos días", "1234 567890", "x" * 5000],
)
def test_ordinary_message_holds_no_code(directory: ErpDirectory, message: str) -> None:
    assert find_code(message) is None
    assert directory.codes.redeem("c1", message).outcome == "no_code"


def test_code_links_the_contact_that_sends_it(directory: ErpDirectory, box: SecretBox) -> None:
    assert directory.links.find("c1") is None
    done = directory.codes.redeem("c1", directory.codes.create(ANA))
    assert done.outcome == "linked"
    assert done.link == directory.links.find("c1")
    assert done.link is not None
    assert (done.link.erp_user, done.link.groups) == ("ana@erp.example", ("sales",))
    assert key_of_link(box, done.link) == ANA.credentials


def test_used_code_does_not_link_another_contact(directory: ErpDirectory) -> None:
    code = directory.codes.create(ANA)
    directory.codes.redeem("c1", code)
    assert directory.codes.redeem("c2", code).outcome == "used"
    assert directory.links.find("c2") is None


def test_message_that_is_handled_again_gives_the_link_again(directory: ErpDirectory) -> None:
    code = directory.codes.create(ANA)
    first = directory.codes.redeem("c1", code)
    assert directory.codes.redeem("c1", code) == first


def test_used_code_does_not_bring_back_a_removed_link(directory: ErpDirectory) -> None:
    code = directory.codes.create(ANA)
    directory.codes.redeem("c1", code)
    directory.links.delete("c1")
    assert directory.codes.redeem("c1", code).outcome == "used"
    assert directory.links.find("c1") is None


def test_code_ends_after_fifteen_minutes(directory: ErpDirectory, clock: SettableClock) -> None:
    code = directory.codes.create(ANA)
    clock.move(minutes=14, seconds=59)
    assert directory.codes.redeem("c1", wrong(code)).outcome == "unknown"
    clock.move(seconds=1)
    assert directory.codes.redeem("c1", code).outcome == "expired"


def test_fifth_wrong_try_ends_the_code(directory: ErpDirectory) -> None:
    code = directory.codes.create(ANA)
    assert {directory.codes.redeem("c1", wrong(code)).outcome for _ in range(5)} == {"unknown"}
    assert directory.codes.redeem("c1", code).outcome == "too_many_tries"
    assert directory.links.find("c1") is None


def test_code_that_was_never_made_is_unknown(directory: ErpDirectory) -> None:
    assert directory.codes.redeem("c1", str(new_code())).outcome == "unknown"


def test_two_phones_with_one_code_at_once_link_only_one(directory: ErpDirectory) -> None:
    code = directory.codes.create(ANA)
    outcomes: list[str] = []
    threads = [
        threading.Thread(target=lambda one=one: outcomes.append(directory.codes.redeem(one, code).outcome))  # type: ignore[misc]
        for one in ("c1", "c2", "c3", "c4")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["linked", "used", "used", "used"]


def test_neither_code_nor_key_stands_in_the_clear_and_a_used_key_is_gone(
    directory: ErpDirectory, database: Database
) -> None:
    code = directory.codes.create(ANA)
    with database.read() as connection:
        row = connection.execute(select(link_codes)).one()
    assert code.split("-")[1] not in str(row)
    assert "ANASECRET" not in str(row)
    directory.codes.redeem("c1", code)
    with database.read() as connection:
        assert connection.execute(select(link_codes.c.sealed_key)).scalar() is None


def test_old_codes_are_removed_when_a_new_one_is_made(
    directory: ErpDirectory, database: Database, clock: SettableClock
) -> None:
    for _ in range(3):
        directory.codes.create(ANA)
    clock.move(days=2)
    directory.codes.create(ANA)
    with database.read() as connection:
        assert connection.execute(select(func.count()).select_from(link_codes)).scalar() == 1
