"""What the recorded ERPNext report says, and how it is written in each language."""

from __future__ import annotations

import gzip
import io
import json
import struct
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

RECORDED = Path(__file__).parents[1] / "executor_service" / "reports" / "recorded"
CENT = Decimal("0.01")


@cache
def sales_of(month: str) -> Decimal:
    """The sales of all customers in a month, e.g. `oct_2026`, as Sales Analytics of ERPNext 15 gave them."""
    report = _customer_report()["message"]
    names = [column["fieldname"] for column in report["columns"]]
    total = report["result"][-1]
    return Decimal(str(total[names.index(month)])).quantize(CENT)


def written(amount: Decimal, language: str) -> str:
    """Soles as people of a country write them."""
    plain = f"{amount:,.2f}"
    return f"S/ {plain}" if language != "pt" else "S/ " + plain.translate(str.maketrans(",.", ".,"))


def picture_size(content: bytes) -> tuple[int, int]:
    """Width and height of a PNG."""
    assert content[:16] == b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def sheet_rows(content: bytes) -> list[tuple[Any, ...]]:
    """The rows of the first sheet of a workbook."""
    book = load_workbook(io.BytesIO(content), data_only=False)
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    book.close()
    return rows


@cache
def _customer_report() -> dict[str, Any]:
    with gzip.open(RECORDED / "sales_analytics_customer_monthly.json.gz", "rt") as file:
        found: dict[str, Any] = json.load(file)
    return found
