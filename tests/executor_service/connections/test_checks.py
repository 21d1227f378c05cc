"""Tests of a way to a database: each failure stands at its step, with words for the way out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from executor_service.connections.checks.database import check_database
from executor_service.connections.checks.steps import DATABASE_STEPS, ERP_STEPS, SSH_STEPS, Step
from executor_service.connections.checks.words import said
from executor_service.connections.database_model import DatabaseRoute
from executor_service.connections.open_databases import open_mariadb
from executor_service.connectors.addresses import DatabaseAddress, SshAddress
from shared.contracts.base import LANGUAGES
from shared.texts import Texts
from tests.services.mariadb import MariaServer, free_port
from tests.services.sshd import SshServer

Check = Callable[..., dict[str, Step]]


@pytest.fixture
def check(
    site: MariaServer, address: Callable[..., DatabaseAddress], ssh: Callable[..., SshAddress]
) -> Iterator[Check]:
    opened: list[Any] = []

    def make(has_ssh: bool = True, through: dict[str, Any] | None = None, **values: Any) -> dict[str, Step]:
        at = address(**values)
        route = DatabaseRoute(
            connection_id="default",
            address=at,
            ssh=ssh(**(through or {})) if has_ssh else None,
            sealed_password="",
            groups=(),
            tables=(),
            updated_at=datetime.now(UTC),
        )
        opened.append(open_mariadb(at, route))
        return {step.name: step for step in check_database(route, opened[-1])}

    yield make
    for one in opened:
        one.close()


def failed_step(steps: dict[str, Step]) -> tuple[str, str]:
    """The one step that failed and its reason; those before it passed, those after it were not tried."""
    states = [step.status for step in steps.values()]
    place = states.index("failed")
    assert set(states[:place]) <= {"ok"}
    assert set(states[place + 1 :]) <= {"not_tried"}
    step = list(steps.values())[place]
    assert step.detail
    return step.name, step.reason


@pytest.mark.service("mariadb")
@pytest.mark.service("sshd")
def test_good_way_passes_every_step(check: Check) -> None:
    steps = check()
    assert list(steps) == [*SSH_STEPS, *DATABASE_STEPS]
    assert {step.status for step in steps.values()} == {"ok"}
    assert list(check(has_ssh=False)) == ["database_dns", *DATABASE_STEPS]


@pytest.mark.service("mariadb")
@pytest.mark.service("sshd")
@pytest.mark.parametrize(
    ("values", "at"),
    [
        ({"through": {"host": "no-such-host.invalid"}}, "ssh_dns"),
        ({"through": {"port": 1}}, "ssh"),
        ({"through": {"known_hosts": "/no/such/file"}}, "host_key"),
        ({"through": {"user": "nobody-of-that-name"}}, "ssh_login"),
        ({"port": 1}, "database_host"),
        ({"password": "wrong"}, "database_login"),
        ({"name": "no_such_database"}, "database_name"),
        ({"has_ssh": False, "host": "no-such-host.invalid"}, "database_dns"),
    ],
)
def test_failure_stands_at_its_step(check: Check, values: dict[str, Any], at: str) -> None:
    assert failed_step(check(**values))[0] == at


@pytest.mark.service("mariadb")
@pytest.mark.service("sshd")
def test_unknown_and_changed_host_keys_are_told_apart(check: Check, sshd: SshServer) -> None:
    sshd.change_host_keys()
    assert failed_step(check()) == ("host_key", "host_key_changed")
    sshd.known_hosts.write_text("")
    assert failed_step(check()) == ("host_key", "host_key_unknown")


@pytest.mark.service("mariadb")
@pytest.mark.service("sshd")
def test_forbidden_forward_stands_at_the_tunnel(check: Check, sshd: SshServer) -> None:
    sshd.restart(permit_open=f"127.0.0.1:{free_port()}")
    assert failed_step(check())[0] == "tunnel"


@pytest.mark.service("mariadb")
def test_missing_tables_and_rights_are_told_apart(check: Check, site: MariaServer) -> None:
    site.run(
        "CREATE DATABASE IF NOT EXISTS empty_site",
        "CREATE OR REPLACE USER 'narrow'@'%' IDENTIFIED BY 'n'",
        "GRANT SELECT ON empty_site.* TO 'narrow'@'%'",
        "GRANT SELECT ON `tabCustomer` TO 'narrow'@'%'",
    )
    narrow = {"has_ssh": False, "user": "narrow", "password": "n"}
    assert failed_step(check(**narrow)) == ("permission", "permission")
    assert failed_step(check(**narrow, name="empty_site")) == ("permission", "missing_table")


@pytest.mark.service("mariadb")
def test_user_who_may_write_is_a_warning(check: Check, site: MariaServer) -> None:
    user = "CREATE OR REPLACE USER 'writer'@'%' IDENTIFIED BY 'w'"
    site.run(user, "GRANT SELECT, DELETE ON _erp_site.* TO 'writer'@'%'")
    step = check(has_ssh=False, user="writer", password="w")["read_only"]
    assert (step.status, step.reason, step.detail) == ("warning", "may_write", "DELETE")


def test_every_step_and_reason_has_words() -> None:
    texts = Texts("executor_service.connections")
    reasons = ["host_key_unknown", "host_key_changed", "host_key_known_hosts", "missing_table"]
    names = [*ERP_STEPS, *SSH_STEPS, "database_dns", *DATABASE_STEPS]
    plain = [Step(name=name, status="failed", reason=name) for name in names if name not in ("host_key", "read_only")]
    special = [Step(name="host_key", status="failed", reason=reason) for reason in reasons]
    for step in (*plain, *special, Step(name="read_only", status="warning", reason="may_write")):
        assert all(said(step, texts, language).mend for language in LANGUAGES)
