"""The lines of sales invoices with what the goods cost, returns taken off the lines they belong to."""

from __future__ import annotations

from demo_erp.reports.base import ReportCall
from demo_erp.store import Row

_LINES = (
    "SELECT s.name AS invoice, s.posting_date, s.customer, s.customer_name, s.customer_group, s.territory,"
    " s.update_stock, s.return_against, i.name AS detail, i.item_code, i.item_name, i.item_group, i.brand,"
    " i.description, i.warehouse, i.project, i.stock_qty AS qty, i.base_net_amount AS selling, i.dn_detail,"
    " i.sales_invoice_item AS returned_detail, i.incoming_rate, t.sales_person,"
    " coalesce(t.allocated_percentage, 0) / 100 * i.base_net_amount AS allocated_amount"
    " FROM `tabSales Invoice Item` AS i JOIN `tabSales Invoice` AS s ON s.name = i.parent"
    " LEFT JOIN `tabSales Team` AS t ON t.parent = s.name AND t.parenttype = 'Sales Invoice'"
    " WHERE s.docstatus = 1 AND s.company = ? AND s.posting_date BETWEEN ? AND ?"
    " ORDER BY s.posting_date DESC, s.name DESC, i.idx"
)
_COSTS = (
    "SELECT voucher_detail_no AS detail, -sum(stock_value_difference) AS cost FROM `tabStock Ledger Entry`"
    " WHERE is_cancelled = 0 AND voucher_type IN ('Sales Invoice', 'Delivery Note') GROUP BY voucher_detail_no"
)


def sold_lines(run: ReportCall, first: str, last: str) -> list[Row]:
    """One row per invoice line. Cost is what the stock ledger took out for it, or for its delivery."""
    costs = {row["detail"]: row["cost"] for row in run.rows(_COSTS, [])}
    lines = run.rows(_LINES, [run.company, first, last])
    for line in lines:
        line["month"] = line["posting_date"][:7]
        line["buying"] = round(_cost(line, costs), 2)
    sold = [line for line in lines if not line["return_against"]]
    return _without_returns(sold, [line for line in lines if line["return_against"]])


def _cost(line: Row, costs: dict[str, float]) -> float:
    detail = line["detail"] if line["update_stock"] else line["dn_detail"]
    return costs.get(detail, float(line["incoming_rate"] * line["qty"]))


def _without_returns(sold: list[Row], returned: list[Row]) -> list[Row]:
    """Takes what came back off the line that sold it; a return of something else stays a line of its own."""
    by_detail = {line["detail"]: line for line in sold}
    left = []
    for line in returned:
        original = by_detail.get(line["returned_detail"]) or _same_item(sold, line)
        if original is None:
            left.append(line)
            continue
        for name in ("qty", "selling", "buying"):
            original[name] = original[name] + line[name]
    return sold + left


def _same_item(sold: list[Row], line: Row) -> Row | None:
    key = (line["return_against"], line["item_code"])
    return next((one for one in sold if (one["invoice"], one["item_code"]) == key), None)
