"""The PDF of a document is made of its own data."""

from __future__ import annotations

import io

from pypdf import PdfReader

from tests.demo_erp.conftest import Ask


def test_pdf_shows_number_customer_items_and_total(ask: Ask) -> None:
    query = {"doctype": "Sales Invoice", "name": "ACC-SINV-2026-00084"}
    answer = ask("GET", "/api/method/frappe.utils.print_format.download_pdf", "contador", query_string=query)
    text = PdfReader(io.BytesIO(answer.get_data())).pages[0].extract_text()
    for expected in ("ACC-SINV-2026-00084", "Comercial Ñahui", "GAS-006", "398.05", "PEN 497.00"):
        assert expected in text


def test_pdf_of_a_payment_has_no_items(ask: Ask) -> None:
    query = {"doctype": "Payment Entry", "name": "ACC-PAY-2026-00001"}
    answer = ask("GET", "/api/method/frappe.utils.print_format.download_pdf", "contador", query_string=query)
    assert "PEN 353.00" in PdfReader(io.BytesIO(answer.get_data())).pages[0].extract_text()
