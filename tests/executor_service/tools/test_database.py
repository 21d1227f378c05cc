"""`database.query` on a real MariaDB, and who is offered it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from executor_service.connectors.mariadb import MariaDb
from executor_service.connectors.site_database import SiteDatabase
from executor_service.registry.groups import DATABASE_GROUP
from executor_service.tools.database import columns, database_box, query
from shared.contracts.results import Table, Text
from shared.errors import QueryRefused
from tests.fakes.tool_context import FakeContext
from tests.services.mariadb import MariaServer


@pytest.fixture
def context(site: MariaServer, database_of: Callable[..., MariaDb]) -> FakeContext:
    return FakeContext(erp=None, database=SiteDatabase(database_of(), ("tabUser",)))


def test_tools_are_for_those_who_were_let_in() -> None:
    assert {tool.groups for tool in database_box()} == {(DATABASE_GROUP,)}


@pytest.mark.service("mariadb")
def test_answer_is_a_table_with_types(context: FakeContext) -> None:
    table = query(
        context,
        "SELECT posting_date, customer, grand_total, docstatus, name AS customer, NULL AS nothing "
        "FROM `tabSales Invoice` WHERE docstatus = 1 ORDER BY name",
    )
    assert isinstance(table, Table)
    assert [column.name for column in table.columns][4] == "customer_5"
    assert [column.type for column in table.columns] == ["date", "text", "number", "integer", "text", "text"]
    assert table.rows[0] == ("2026-10-03", "C-1", "100.5", 1, "INV-1", None)
    assert (table.row_count, table.truncated) == (3, False)


@pytest.mark.service("mariadb")
def test_answer_is_cut_at_the_limit_and_says_so(context: FakeContext) -> None:
    table = query(context, "SELECT name FROM `tabGL Entry`", 7)
    assert isinstance(table, Table)
    assert (len(table.rows), table.truncated) == (7, True)


@pytest.mark.service("mariadb")
def test_answer_without_rows_is_said(context: FakeContext) -> None:
    assert isinstance(query(context, "SELECT name FROM `tabCustomer` WHERE name = 'nobody'"), Text)


@pytest.mark.service("mariadb")
def test_endless_text_is_cut(context: FakeContext) -> None:
    table = query(context, "SELECT CONCAT(GROUP_CONCAT(remarks), 'x') AS t FROM `tabGL Entry`")
    assert isinstance(table, Table)
    assert len(str(table.rows[0][0])) == 500


@pytest.mark.service("mariadb")
def test_columns_have_custom_fields_and_no_secrets(context: FakeContext) -> None:
    table = columns(context, "tabCustomer")
    assert isinstance(table, Table)
    assert ("custom_zona", "varchar") in table.rows
    assert ("api_key", "varchar") not in columns(context, "tabUser").rows  # type: ignore[union-attr]


@pytest.mark.service("mariadb")
def test_columns_of_other_tables_are_refused(context: FakeContext) -> None:
    with pytest.raises(QueryRefused):
        columns(context, "__Auth")
    assert isinstance(columns(context, "tabItem"), Text)
