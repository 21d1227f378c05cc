"""`ledger.export` from a real MariaDB and by REST: whole files with the right totals, or none."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from executor_service.connectors.limits import SessionLimits
from executor_service.connectors.mariadb import MariaDb
from executor_service.connectors.site_database import SiteDatabase
from executor_service.connectors.tunnel import Tunnel
from executor_service.erp.memory import MemoryErp
from executor_service.registry.context import Cancelled
from executor_service.registry.semantic import Link, Period
from executor_service.tools.ledger import export
from executor_service.tools.ledger_rows import MAX_REST_ROWS, MAX_TEXT
from shared.contracts.results import File, Text
from shared.errors import DatabaseUnreachable, TooLarge
from tests.fakes.tool_context import FakeContext
from tests.services.ledger import fill_ledger, make_tables
from tests.services.mariadb import MariaServer, find_program, running_mariadb
from tests.services.required import missing
from tests.services.sshd import SshServer

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
ENTRY = {
    "doctype": "GL Entry",
    "posting_date": "2026-03-04",
    "account": "Caja - A",
    "debit": 10.1,
    "credit": 0.0,
    "account_currency": "PEN",
    "voucher_type": "Journal Entry",
    "voucher_no": "JV-1",
    "cost_center": None,
    "remarks": "=1+1",
    "party": None,
    "company": "Andina",
    "is_cancelled": 0,
}


@dataclass(kw_only=True)
class WatchedContext(FakeContext):
    """A context that does something when an export has come so far."""

    at_row: int = 10**9
    do: Callable[[], None] = lambda: None
    told: list[tuple[int, int]] = field(default_factory=list)

    def progress(self, done: int = 0, total: int = 0, text: str = "") -> None:
        self.told.append((done, total))
        if done >= self.at_row:
            self.at_row = 10**9
            self.do()


@pytest.fixture
def make_context(site: MariaServer, database_of: Callable[..., MariaDb]) -> Callable[..., WatchedContext]:
    def make(route: Any = None, **values: Any) -> WatchedContext:
        return WatchedContext(erp=None, database=SiteDatabase(database_of(route)), company="Andina", **values)

    return make


def sheet_of(context: FakeContext, file: object) -> list[list[Any]]:
    assert isinstance(file, File)
    book = load_workbook(BytesIO(context.files.data[file.artifact_id]), read_only=True)
    return [[cell.value for cell in row] for row in book.worksheets[0].iter_rows(min_row=4)]


@pytest.mark.service("mariadb")
def test_export_has_every_entry_and_the_sums_of_the_server(make_context: Callable[..., WatchedContext]) -> None:
    context = make_context()
    file = export(context, YEAR)
    rows = sheet_of(context, file)
    (sums,) = context.database.rows("SELECT COUNT(*) AS n, SUM(debit) AS d, SUM(credit) AS c FROM `tabGL Entry`")
    assert len(rows) == sums["n"] + 2
    assert rows[0][:5] == ["Fecha", "Cuenta", "Tercero", "Debe", "Haber"]
    assert round(sum(row[3] for row in rows[1:-1]), 2) == round(rows[-1][3], 2) == float(sums["d"])
    assert round(sum(row[4] for row in rows[1:-1]), 2) == round(rows[-1][4], 2) == float(sums["c"])
    assert isinstance(file, File)
    assert file.filename == "libro-mayor-andina-2026.xlsx"
    assert "3,000" in file.caption
    assert context.told[0] == (0, 3000)


@pytest.mark.service("mariadb")
def test_export_keeps_to_period_account_and_party(make_context: Callable[..., WatchedContext]) -> None:
    context = make_context()
    period = Period(date(2026, 2, 1), date(2026, 2, 28))
    file = export(context, period, Link("Account", "Cuenta 5 - A"), Link("Customer", "Cliente número 102"))
    found = context.database.rows(
        "SELECT name FROM `tabGL Entry` WHERE posting_date BETWEEN '2026-02-01' AND '2026-02-28'"
        " AND account = 'Cuenta 5 - A' AND party = 'Cliente número 102'"
    )
    if found:
        assert len(sheet_of(context, file)) == len(found) + 2
    else:
        assert isinstance(file, Text)


@pytest.mark.service("mariadb")
@pytest.mark.parametrize("name", ['"; DROP TABLE `tabGL Entry`; -- ', "' OR 1=1 -- ", ":company_0", "%s"])
def test_names_are_values_whatever_they_hold(make_context: Callable[..., WatchedContext], name: str) -> None:
    assert isinstance(export(make_context(), YEAR, Link("Account", name)), Text)


@pytest.mark.service("mariadb")
def test_export_as_csv(make_context: Callable[..., WatchedContext]) -> None:
    context = make_context()
    file = export(context, YEAR, format="csv")
    assert isinstance(file, File)
    assert context.files.data[file.artifact_id].decode("utf-8-sig").count("\n") == 3001


@pytest.mark.service("mariadb")
def test_cancelled_export_saves_nothing(make_context: Callable[..., WatchedContext]) -> None:
    def cancel() -> None:
        raise Cancelled

    context = make_context(at_row=2000, do=cancel)
    with pytest.raises(Cancelled):
        export(context, YEAR)
    assert not context.files.data
    assert context.database.rows("SELECT 1 AS one") == [{"one": 1}]


@pytest.mark.service("mariadb")
@pytest.mark.service("sshd")
@pytest.mark.parametrize("carrier", ["sshtunnel", "ssh"])
def test_tunnel_killed_in_the_middle_fails_clearly_and_saves_nothing(
    big_site: MariaServer,
    make_context: Callable[..., WatchedContext],
    tunnel: Callable[..., Tunnel],
    sshd: SshServer,
    carrier: str,
) -> None:
    context = make_context(route=tunnel(port=big_site.port, carrier=carrier), at_row=2000, do=sshd.kill)
    context.company = "Grande"
    with pytest.raises(DatabaseUnreachable):
        export(context, YEAR)
    assert not context.files.data
    sshd.start()
    context.at_row = 10**9
    assert isinstance(export(context, YEAR), File)


@pytest.mark.service("mariadb")
@pytest.mark.service("sshd")
@pytest.mark.slow
def test_network_that_fell_silent_in_the_middle_fails_and_saves_nothing(
    big_site: MariaServer, make_context: Callable[..., WatchedContext], tunnel: Callable[..., Tunnel], sshd: SshServer
) -> None:
    context = make_context(route=tunnel(port=big_site.port), at_row=2000, do=sshd.freeze)
    context.company = "Grande"
    with pytest.raises(DatabaseUnreachable):
        export(context, YEAR)
    assert not context.files.data


@pytest.mark.service("mariadb")
def test_text_longer_than_a_cell_is_cut(site: MariaServer, make_context: Callable[..., WatchedContext]) -> None:
    site.run(
        "INSERT INTO `tabGL Entry` (name, posting_date, company, remarks)"
        " VALUES ('L-1', '2026-05-05', 'Larga', REPEAT('é', 32700))"
    )
    context = make_context()
    context.company = "Larga"
    rows = sheet_of(context, export(context, YEAR))
    site.run("DELETE FROM `tabGL Entry` WHERE company = 'Larga'")
    assert len(rows[1][9]) == MAX_TEXT


@pytest.fixture(scope="module")
def big_site(site: MariaServer) -> Iterator[MariaServer]:
    """Rows that no socket's buffer holds: the server still sends when the way breaks."""
    site.run(
        "INSERT INTO `tabGL Entry` (name, posting_date, account, debit, company, remarks) SELECT CONCAT('B-', seq),"
        "'2026-05-05', 'Caja - A', 1, 'Grande', REPEAT('x', 2000) FROM seq_1_to_40000"
    )
    yield site
    site.run("DELETE FROM `tabGL Entry` WHERE company = 'Grande'")


@pytest.mark.service("mariadb")
def test_server_killed_in_the_middle_fails_clearly_and_saves_nothing(database_of: Callable[..., MariaDb]) -> None:
    server, installer = find_program("mariadbd"), find_program("mariadb-install-db")
    if server is None or installer is None:
        missing("MariaDB is not installed")
        raise AssertionError
    with running_mariadb(server, installer) as mine:
        make_tables(mine)
        fill_ledger(mine, 60_000)
        database = SiteDatabase(database_of(port=mine.port, limits={"export": SessionLimits(statement_seconds=60)}))
        context = WatchedContext(erp=None, database=database, company="Andina", at_row=2000)
        context.do = lambda: mine.process.send_signal(signal.SIGKILL)
        with pytest.raises(DatabaseUnreachable):
            export(context, YEAR)
        assert not context.files.data


def test_export_without_a_database_asks_the_erp_as_the_person() -> None:
    entries = [{**ENTRY, "name": f"GL-{number:05}", "debit": 0.1} for number in range(2500)]
    other = [{**ENTRY, "name": "X-1", "company": "Otra"}, {**ENTRY, "name": "X-2", "is_cancelled": 1}]
    context = FakeContext(erp=MemoryErp([*entries, *other]), company="Andina")
    rows = sheet_of(context, export(context, YEAR))
    assert len(rows) == 2502
    assert rows[-1][3] == 250.0


def test_export_without_a_database_has_a_limit() -> None:
    erp = MemoryErp([{**ENTRY, "name": f"GL-{number}"} for number in range(MAX_REST_ROWS + 1)])
    with pytest.raises(TooLarge):
        export(FakeContext(erp=erp, company="Andina"), YEAR)


def test_export_of_nothing_is_said() -> None:
    assert isinstance(export(FakeContext(erp=MemoryErp(doctypes=["GL Entry"]), company="Andina"), YEAR), Text)


def test_files_of_an_export_do_not_stay_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    context = FakeContext(erp=MemoryErp([{**ENTRY, "name": "GL-1"}]), company="Andina")
    export(context, YEAR)
    assert not list(tmp_path.iterdir())
