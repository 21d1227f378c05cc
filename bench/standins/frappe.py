"""A Frappe site with one company in it, as far as a count and the connection's first look need it."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from bench.standins.http import Answer
from bench.words import COUNTED

COMPANY = {"name": "Comparada S.A.", "default_currency": "PEN", "country": "Peru"}
FISCAL_YEAR = {"name": "2026", "year_start_date": "2026-01-01", "year_end_date": "2026-12-31"}
METHODS: dict[str, Any] = {
    "frappe.auth.get_logged_user": "bench@comparada.example",
    "frappe.desk.reportview.get_count": COUNTED,
    "frappe.utils.change_log.get_versions": {"erpnext": {"version": "15.0.0"}, "frappe": {"version": "15.0.0"}},
}
DOCUMENTS: dict[str, dict[str, Any]] = {
    "Company": COMPANY,
    "Fiscal Year": FISCAL_YEAR,
    "Global Defaults": {"name": "Global Defaults", "default_company": COMPANY["name"]},
}


class Frappe:
    """Answers `/api/method/...` and `/api/resource/...`."""

    def __init__(self) -> None:
        self.asked = 0

    def reset(self) -> None:
        self.asked = 0

    def take(self, target: str) -> Answer:
        self.asked += 1
        _api, kind, name, *rest = unquote(urlsplit(target).path).strip("/").split("/")
        if kind == "method" and name in METHODS:
            return Answer({"message": METHODS[name]})
        if kind == "resource" and name in DOCUMENTS:
            return Answer({"data": DOCUMENTS[name] if rest else [DOCUMENTS[name]]})
        return Answer({"exc_type": "DoesNotExistError"}, 404)
