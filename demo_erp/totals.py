"""Taxes and totals of a transaction, from its rows."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal

from demo_erp.site import Document
from demo_erp.words import amount_in_words

_CENT = Decimal("0.01")
_SELLING = ("Quotation", "Sales Order", "Sales Invoice")


def fill_totals(document: Document) -> None:
    """Fills in net total, taxes, grand and rounded total, in the document's and the company's currency."""
    rate = Decimal(str(document["conversion_rate"]))
    net = sum((_money(row["amount"]) for row in document["items"]), Decimal(0))
    taxes = _fill_taxes(document, net, rate)
    grand = net + taxes
    rounded = grand.quantize(Decimal(1), ROUND_HALF_EVEN)
    document["total_qty"] = sum(float(row["qty"]) for row in document["items"])
    _set(document, rate, "total", net)
    _set(document, rate, "net_total", net)
    _set(document, rate, "total_taxes_and_charges", taxes)
    _set(document, rate, "grand_total", grand)
    _set(document, rate, "rounded_total", rounded)
    _set(document, rate, "rounding_adjustment", rounded - grand)
    for name in ("in_words", "base_in_words"):
        document[name] = amount_in_words(document["currency"], float(rounded))
    if document["doctype"] in _SELLING:
        document["amount_eligible_for_commission"] = float(net)
    else:
        _set(document, rate, "taxes_and_charges_added", taxes)
        _set(document, rate, "tax_withholding_net_total", net)
    if document["doctype"] in ("Sales Invoice", "Purchase Invoice"):
        document["outstanding_amount"] = float(rounded)


def _fill_taxes(document: Document, net: Decimal, rate: Decimal) -> Decimal:
    added = Decimal(0)
    for row in document.get("taxes") or []:
        if row.get("charge_type") == "Actual":
            tax = _money(row.get("tax_amount") or 0)
        else:
            tax = (net * Decimal(str(row.get("rate") or 0)) / 100).quantize(_CENT)
        added += tax
        for name, value in (("tax_amount", tax), ("tax_amount_after_discount_amount", tax), ("total", net + added)):
            row[name] = float(value)
            row[f"base_{name}"] = float((value * rate).quantize(_CENT))
    return added


def _set(document: Document, rate: Decimal, name: str, value: Decimal) -> None:
    document[name] = float(value)
    document[f"base_{name}"] = float((value * rate).quantize(_CENT))


def _money(value: object) -> Decimal:
    return Decimal(str(value)).quantize(_CENT)
