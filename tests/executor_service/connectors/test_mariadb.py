"""The connector on a real MariaDB: values, limits, walls, and every way a server can fail."""

from __future__ import annotations

import resource
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pytest

from executor_service.connectors.limits import SessionLimits
from executor_service.connectors.mariadb import MariaDb
from executor_service.connectors.protocol import Reading
from shared.errors import (
    DatabaseRefused,
    DatabaseUnreachable,
    QueryRefused,
    RecadoError,
    TimeLimitExceeded,
)
from tests.services.mariadb import MariaServer, find_program, free_port, running_mariadb
from tests.services.required import missing

pytestmark = pytest.mark.service("mariadb")
MakeDatabase = Callable[..., MariaDb]
FIRST = "SELECT posting_date, debit, party, remarks FROM `tabGL Entry` ORDER BY name"


def failure(database: MariaDb, sql: str = "SELECT 1") -> RecadoError:
    with pytest.raises(RecadoError) as caught:
        database.rows(sql)
    return caught.value


def test_rows_have_the_types_of_their_columns(site: MariaServer, database_of: MakeDatabase) -> None:
    (row,) = database_of().rows(FIRST, limit=1)
    assert row == {
        "posting_date": date(2026, 1, 2),
        "debit": Decimal("0.010000000"),
        "party": None,
        "remarks": "=Venta de mostrador 1 según pedido",
    }


def test_parameters_are_values_whatever_they_hold(site: MariaServer, database_of: MakeDatabase) -> None:
    database = database_of()
    for name in ('"; DROP TABLE `tabCustomer`; -- ', "O'Higgins \\ Hnos"):
        rows = database.rows("SELECT customer_name FROM `tabCustomer` WHERE customer_name = :name", name=name)
        assert rows == [{"customer_name": name}]


def test_custom_fields_are_fields(site: MariaServer, database_of: MakeDatabase) -> None:
    rows = database_of().rows("SELECT custom_zona FROM `tabCustomer` WHERE name = :name", name="C-1")
    assert rows == [{"custom_zona": "Norte"}]


def test_rows_are_no_more_than_the_limit(site: MariaServer, database_of: MakeDatabase) -> None:
    assert len(database_of().rows(FIRST, limit=7)) == 7


def test_reading_gives_every_row_of_one_state(site: MariaServer, database_of: MakeDatabase) -> None:
    with database_of().reading() as reading:
        (count,) = reading.rows("SELECT COUNT(*) AS rows_ FROM `tabGL Entry`")
        with reading.stream("SELECT name, debit FROM `tabGL Entry`") as stream:
            assert stream.columns == ("name", "debit")
            assert sum(1 for _ in stream) == count["rows_"] == 3000


def test_reading_does_not_see_what_others_add_meanwhile(site: MariaServer, database_of: MakeDatabase) -> None:
    count = "SELECT COUNT(*) AS rows_ FROM `tabSales Invoice`"
    with database_of().reading() as reading:
        before = reading.rows(count)
        site.run("INSERT INTO `tabSales Invoice` (name) VALUES ('INV-new')")
        try:
            assert reading.rows(count) == before
        finally:
            site.run("DELETE FROM `tabSales Invoice` WHERE name = 'INV-new'")


def test_stream_that_nobody_finishes_ends_at_once(site: MariaServer, database_of: MakeDatabase) -> None:
    database = database_of()
    endless = "SELECT a.seq FROM seq_1_to_100000000 a"
    with database.reading() as reading, reading.stream(endless) as stream:
        assert next(iter(stream)) == (1,)
    assert database.rows("SELECT 1 AS one") == [{"one": 1}]


def test_million_rows_stream_in_constant_memory(site: MariaServer, database_of: MakeDatabase) -> None:
    with database_of().reading() as reading, reading.stream("SELECT seq, REPEAT('x', 300) FROM seq_1_to_50000") as rows:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        assert sum(1 for _ in rows) == 50_000
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 10_000, f"{grown} KiB for 15 MB of rows"


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO `tabCustomer` (name) VALUES ('x')",
        "UPDATE `tabCustomer` SET territory = 'x'",
        "DELETE FROM `tabCustomer`",
        "DROP TABLE `tabCustomer`",
        "CREATE TABLE t (a INT)",
    ],
)
def test_session_refuses_writes_even_of_a_user_who_may(
    site: MariaServer, database_of: MakeDatabase, statement: str
) -> None:
    site.run("CREATE OR REPLACE USER 'mighty'@'%' IDENTIFIED BY 'm'", "GRANT ALL ON _erp_site.* TO 'mighty'@'%'")
    assert isinstance(failure(database_of(user="mighty", password="m"), statement), QueryRefused)
    assert len(database_of().rows("SELECT name FROM `tabCustomer`")) == 3


def test_statement_that_takes_too_long_is_stopped(site: MariaServer, database_of: MakeDatabase) -> None:
    database = database_of(limits={"ad_hoc": SessionLimits(statement_seconds=1)})
    slow = "SELECT COUNT(*) FROM seq_1_to_100000 a JOIN seq_1_to_100000 b ON a.seq <> b.seq"
    assert isinstance(failure(database, slow), TimeLimitExceeded)
    assert database.rows("SELECT 1 AS one") == [{"one": 1}]


def test_select_without_a_limit_gets_one(site: MariaServer, database_of: MakeDatabase) -> None:
    database = database_of(limits={"ad_hoc": SessionLimits(statement_seconds=10, rows=5)})
    assert len(database.rows("SELECT seq FROM seq_1_to_100")) == 5


@pytest.mark.parametrize(
    ("values", "step"),
    [
        ({"password": "wrong"}, "database_login"),
        ({"user": "nobody-knows"}, "database_login"),
        ({"name": "no_such_database"}, "database_name"),
    ],
)
def test_what_the_server_refuses_is_named(
    site: MariaServer, database_of: MakeDatabase, values: dict[str, str], step: str
) -> None:
    error = failure(database_of(**values))
    assert isinstance(error, DatabaseRefused)
    assert error.params["step"] == step
    assert "wrong" not in error.detail


def test_host_without_an_address_is_named(site: MariaServer, database_of: MakeDatabase) -> None:
    error = failure(database_of(host="no-such-host.invalid"))
    assert isinstance(error, DatabaseUnreachable)
    assert error.params["step"] == "dns"


def test_port_where_nothing_listens_is_named(site: MariaServer, database_of: MakeDatabase) -> None:
    error = failure(database_of(port=free_port()))
    assert isinstance(error, DatabaseUnreachable)
    assert error.params["step"] == "database_host"


def test_missing_table_is_named(site: MariaServer, database_of: MakeDatabase) -> None:
    error = failure(database_of(), "SELECT name FROM `tabNo Such Thing`")
    assert isinstance(error, DatabaseRefused)
    assert "tabNo Such Thing" in error.detail


def test_table_without_a_right_is_named(site: MariaServer, database_of: MakeDatabase) -> None:
    site.run("CREATE OR REPLACE USER 'narrow'@'%' IDENTIFIED BY 'n'", "GRANT SELECT ON `tabCustomer` TO 'narrow'@'%'")
    database = database_of(user="narrow", password="n")
    assert len(database.rows("SELECT name FROM `tabCustomer`")) == 3
    assert isinstance(failure(database, "SELECT name FROM `tabUser`"), DatabaseRefused)


@pytest.mark.parametrize("sql", ["SELECT nonsense FROM `tabCustomer`", "SELEC 1", "SELECT 1; SELECT 2"])
def test_query_that_is_wrong_can_be_corrected(site: MariaServer, database_of: MakeDatabase, sql: str) -> None:
    assert isinstance(failure(database_of(), sql), QueryRefused)


def test_many_ask_through_a_small_pool(site: MariaServer, database_of: MakeDatabase) -> None:
    database = database_of()
    with ThreadPoolExecutor(12) as pool:
        assert all(pool.map(lambda _: database.rows("SELECT 1 AS one") == [{"one": 1}], range(48)))


@pytest.mark.slow
def test_server_that_froze_is_named(site: MariaServer, database_of: MakeDatabase) -> None:
    database = database_of(limits={"ad_hoc": SessionLimits(statement_seconds=1)})
    assert database.rows("SELECT 1 AS one") == [{"one": 1}]
    site.freeze()
    try:
        assert isinstance(failure(database), DatabaseUnreachable)
    finally:
        site.thaw()
    assert database.rows("SELECT 1 AS one") == [{"one": 1}]


def test_server_that_dies_in_mid_stream_is_named(database_of: MakeDatabase) -> None:
    server, installer = find_program("mariadbd"), find_program("mariadb-install-db")
    if server is None or installer is None:
        missing("MariaDB is not installed")
    with running_mariadb(server, installer) as mine:
        database = database_of(port=mine.port)
        with pytest.raises(DatabaseUnreachable), database.reading() as reading:
            read_while_it_dies(reading, mine)


def read_while_it_dies(reading: Reading, server: MariaServer) -> None:
    with reading.stream("SELECT seq FROM seq_1_to_100000000") as stream:
        for number, _ in enumerate(stream):
            if number == 10:
                server.process.send_signal(signal.SIGKILL)
