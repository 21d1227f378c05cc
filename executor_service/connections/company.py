"""What a connection needs to know of the company behind it, read from the ERP."""

from __future__ import annotations

from dataclasses import dataclass

from executor_service.erp.protocol import Erp
from shared.errors import ContractBroken, ErpRefused


@dataclass(frozen=True, kw_only=True)
class CompanyFacts:
    """`currency` is an ISO 4217 code, the month 1 to 12."""

    company: str
    currency: str
    fiscal_year_start_month: int


def read_company(erp: Erp) -> CompanyFacts:
    """The default company (Global Defaults, else the first), its currency and when its fiscal year starts."""
    name = _default_company(erp) or _first_company(erp)
    return CompanyFacts(company=name, currency=read_currency(erp, name), fiscal_year_start_month=_start_month(erp))


def read_currency(erp: Erp, company: str) -> str:
    """The ISO 4217 code of a company's currency."""
    currency = erp.get("Company", company).get("default_currency")
    if not currency:
        raise ContractBroken("the company has no currency")
    return str(currency)


def _default_company(erp: Erp) -> str:
    try:
        return str(erp.get("Global Defaults", "Global Defaults").get("default_company") or "")
    except ErpRefused:
        return ""  # not everybody may read the defaults


def _first_company(erp: Erp) -> str:
    found = erp.find("Company", fields=("name",), order_by="creation asc", limit=1)
    if not found:
        raise ContractBroken("the ERP has no company that its user may see")
    return str(found[0]["name"])


def _start_month(erp: Erp) -> int:
    try:
        years = erp.find("Fiscal Year", fields=("year_start_date",), order_by="year_start_date desc", limit=1)
    except ErpRefused:
        return 1
    start = str(years[0].get("year_start_date") or "") if years else ""
    return int(start[5:7]) if start[5:7].isdecimal() else 1
