"""What SQL passes the guard: the text alone, then on a real MariaDB with the walls behind it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest

from executor_service.connectors.guard.guard import guarded
from executor_service.connectors.guard.tables import USUAL_TABLES
from executor_service.connectors.limits import SessionLimits
from executor_service.connectors.mariadb import MariaDb
from executor_service.connectors.site_database import SiteDatabase
from shared.errors import QueryRefused, RecadoError
from tests.executor_service.connectors.queries import ATTACKS, GOOD
from tests.services.mariadb import MariaServer

SECRETS = ("$secret-hash", "secret-api-key", "root:x:0")


@pytest.mark.parametrize("sql", ATTACKS, ids=lambda sql: sql[:60])
def test_attack_is_refused(sql: str) -> None:
    with pytest.raises(QueryRefused):
        guarded(sql, USUAL_TABLES, limit=100)


def test_attacks_are_many_and_all_different() -> None:
    assert len(set(ATTACKS)) == len(ATTACKS) >= 50


@pytest.mark.parametrize("sql", GOOD, ids=lambda sql: sql[:60])
def test_good_question_passes_and_means_the_same_when_read_again(sql: str) -> None:
    printed = guarded(sql, USUAL_TABLES, limit=100)
    assert guarded(printed, USUAL_TABLES, limit=100) == printed


@pytest.mark.parametrize(
    ("sql", "end"),
    [
        ("SELECT name FROM `tabCustomer`", "LIMIT 50"),
        ("SELECT name FROM `tabCustomer` LIMIT 7", "LIMIT 7"),
        ("SELECT name FROM `tabCustomer` LIMIT 1e1", "LIMIT 50"),
        ("SELECT name FROM `tabCustomer` LIMIT 1.5", "LIMIT 50"),
        ("SELECT name FROM `tabCustomer` LIMIT 51", "LIMIT 50"),
        ("SELECT name FROM `tabCustomer` LIMIT 99 OFFSET 3", "LIMIT 50 OFFSET 3"),
        ("SELECT name FROM `tabCustomer` LIMIT 1 + 1", "LIMIT 50"),
        ("SELECT name FROM `tabCustomer` UNION SELECT name FROM `tabItem`", "LIMIT 50"),
    ],
)
def test_limit_is_added_or_lowered(sql: str, end: str) -> None:
    assert guarded(sql, USUAL_TABLES, limit=50).endswith(end)


def test_table_that_an_administrator_added_may_be_asked() -> None:
    sql = "SELECT name FROM `tabPolicy`"
    with pytest.raises(QueryRefused):
        guarded(sql, USUAL_TABLES, limit=5)
    assert "`tabPolicy`" in guarded(sql, USUAL_TABLES | {"tabPolicy"}, limit=5)


def test_no_usual_table_is_of_users_or_keys() -> None:
    wrong = ("User", "Auth", "OAuth", "Token", "File", "Communication", "Email", "Session", "Salary", "Singles")
    assert not [table for table in USUAL_TABLES for word in wrong if word.lower() in table.lower()]


@pytest.mark.service("mariadb")
def test_good_questions_run(site: MariaServer, database_of: Callable[..., MariaDb]) -> None:
    database = SiteDatabase(database_of())
    for sql in GOOD:
        answer = database.ask(sql)
        assert answer.columns, sql


@pytest.mark.service("mariadb")
def test_harmless_names_are_found_by_their_text(site: MariaServer, database_of: Callable[..., MariaDb]) -> None:
    database = SiteDatabase(database_of())
    for name in ("O''Higgins \\\\ Hnos", '"; DROP TABLE `tabCustomer`; -- '):
        assert len(database.ask(f"SELECT name FROM `tabCustomer` WHERE customer_name = '{name}'").rows) == 1
    assert len(database.ask("SELECT name FROM `tabCustomer`").rows) == 3


@pytest.mark.service("mariadb")
@pytest.mark.slow
def test_attacks_that_reach_the_server_meet_the_other_walls(
    site: MariaServer, database_of: Callable[..., MariaDb]
) -> None:
    """Without the guard the user without rights and the limited session stand alone: nothing changes or hangs."""
    site.run(
        "CREATE OR REPLACE USER 'walled'@'%' IDENTIFIED BY 'w'",
        *(f"GRANT SELECT ON `{table}` TO 'walled'@'%'" for table in ("tabCustomer", "tabSales Invoice", "tabGL Entry")),
    )
    database = database_of(user="walled", password="w", limits={"ad_hoc": SessionLimits(statement_seconds=1, rows=10)})
    before = state(site, database_of)
    for sql in ATTACKS:
        with suppress(RecadoError):
            shown = str(database.rows(sql, limit=10))
            assert not [secret for secret in SECRETS if secret in shown], sql
    assert state(site, database_of) == before
    assert not list(site.folder.glob("data/_erp_site/x*"))


def state(site: MariaServer, database_of: Callable[..., MariaDb]) -> list[object]:
    own = "SELECT table_name, create_time FROM information_schema.tables WHERE table_schema = '_erp_site'"
    tables = database_of().rows(own, limit=999)
    return [sorted(map(str, tables)), database_of().rows("SELECT name FROM `tabCustomer` ORDER BY name")]
