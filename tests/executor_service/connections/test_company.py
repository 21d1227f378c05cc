"""What is read of the company behind a connection."""

from __future__ import annotations

import pytest

from executor_service.connections.company import CompanyFacts, read_company
from executor_service.erp.memory import MemoryErp
from shared.errors import ContractBroken, ErpUnreachable

DEFAULTS = {"doctype": "Global Defaults", "name": "Global Defaults", "default_company": "Beta"}
ALFA = {"doctype": "Company", "name": "Alfa", "default_currency": "BRL", "creation": "2020-01-01"}
BETA = {"doctype": "Company", "name": "Beta", "default_currency": "PEN", "creation": "2021-01-01"}
YEARS = [
    {"doctype": "Fiscal Year", "name": "2025", "year_start_date": "2025-01-01"},
    {"doctype": "Fiscal Year", "name": "2026", "year_start_date": "2026-07-01"},
]


def test_default_company_and_the_newest_fiscal_year_count() -> None:
    facts = read_company(MemoryErp([DEFAULTS, ALFA, BETA, *YEARS]))
    assert facts == CompanyFacts(company="Beta", currency="PEN", fiscal_year_start_month=7)


@pytest.mark.parametrize("hidden", [("Global Defaults",), ("Global Defaults", "Fiscal Year")])
def test_user_who_may_read_less_gets_the_first_company(hidden: tuple[str, ...]) -> None:
    facts = read_company(MemoryErp([DEFAULTS, ALFA, BETA, *YEARS], hidden=hidden))
    assert (facts.company, facts.currency) == ("Alfa", "BRL")
    assert facts.fiscal_year_start_month == (1 if "Fiscal Year" in hidden else 7)


def test_erp_without_a_company_breaks_the_contract() -> None:
    with pytest.raises(ContractBroken):
        read_company(MemoryErp(doctypes=["Global Defaults", "Company", "Fiscal Year"]))


def test_erp_that_does_not_answer_is_no_reason_to_guess() -> None:
    erp = MemoryErp([DEFAULTS, ALFA, BETA, *YEARS])
    erp.fail(ErpUnreachable())
    with pytest.raises(ErpUnreachable):
        read_company(erp)
