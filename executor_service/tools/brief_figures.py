"""The figures of the executive summary, each as the ERP has it on its own screens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from executor_service.erp.protocol import Filter, Measure
from executor_service.outputs.texts import executor_texts
from executor_service.registry.context import ToolContext
from executor_service.registry.semantic import Period
from executor_service.reports.asking import asked_table, asking_of
from executor_service.reports.comparison import total_of
from executor_service.reports.model import ReportEntry
from executor_service.tools.cash import cash_held
from shared.contracts.results import Table


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Asks the ERP for one figure after the other, with the person's own rights."""

    context: ToolContext
    reports: Mapping[str, ReportEntry]

    def sales(self, period: Period) -> Decimal:
        """Invoiced, net of taxes."""
        return self._total("sales.by_customer", {"period": period})

    def collected(self, period: Period) -> Decimal:
        """Payments of customers, in the company's currency. Source: `Payment Entry.base_received_amount`."""
        where: list[Filter] = [
            ("company", "=", self.context.company),
            ("docstatus", "=", 1),
            ("payment_type", "=", "Receive"),
            ("party_type", "=", "Customer"),
            ("posting_date", ">=", period.start.isoformat()),
            ("posting_date", "<=", period.end.isoformat()),
        ]
        found = self.context.erp.aggregate(
            "Payment Entry", Measure(function="sum", field="base_received_amount"), where
        )
        return sum((Decimal(str(one["value"] or 0)) for one in found), Decimal())

    def receivable(self, period: Period) -> Decimal:
        """What customers owe on the period's last day."""
        return self._total("receivables.ageing", {"as_of": _last_day(period)})

    def payable(self, period: Period) -> Decimal:
        """What we owe suppliers on the period's last day."""
        return self._total("payables.ageing", {"as_of": _last_day(period)})

    def cash(self, period: Period) -> Decimal:
        """What the bank and cash accounts hold on the period's last day, in the company's currency."""
        return sum(cash_held(self.context, period.end).values(), Decimal())

    def top(self, report: str, period: Period) -> dict[str, Decimal]:
        """The names of a ranking with their figures, the highest first."""
        table = self._table(report, {"period": period})
        names = [column.name for column in table.columns]
        label, measure = names.index(table.label or ""), names.index(table.measure or "")
        return {str(row[label]): Decimal(str(row[measure] or 0)) for row in table.rows}

    def _total(self, report: str, given: Mapping[str, Any]) -> Decimal:
        return total_of(self._table(report, given)) or Decimal()

    def _table(self, report: str, given: Mapping[str, Any]) -> Table:
        texts = executor_texts()
        return asked_table(asking_of(self.reports[report], self.context, given, texts), self.context, texts)


def _last_day(period: Period) -> Period:
    return Period(period.end, period.end)
