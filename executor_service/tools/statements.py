"""A customer's or supplier's statement of account as a file to send: opening balance, movements, closing balance."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from executor_service.outputs import locales
from executor_service.outputs.naming import slug
from executor_service.outputs.table_files import MAX_PDF_ROWS, save_pdf, save_xlsx
from executor_service.outputs.texts import executor_texts
from executor_service.registry.context import ToolContext
from executor_service.registry.parameters import Spoken
from executor_service.registry.semantic import Link, LinkTo, Period
from executor_service.registry.toolbox import Toolbox
from executor_service.reports.asking import asked_table, asking_of
from executor_service.reports.comparison import total_of
from executor_service.reports.model import ReportEntry
from executor_service.tools.cards import say
from executor_service.tools.ledger import FORMAT_WORDS
from executor_service.tools.saying import ChoiceWords, said_box
from shared.contracts.results import File, Table, Text
from shared.errors import NeedsOneOf

Format = Literal["pdf", "xlsx"]
WORDS: ChoiceWords = {"format": {"pdf": {"es": ("pdf",), "pt": ("pdf",), "en": ("pdf",)}, "xlsx": FORMAT_WORDS["xlsx"]}}


def statement_box(reports: Mapping[str, ReportEntry]) -> Toolbox:
    """The tool `ledger.statement`."""
    ledger = reports["ledger.party"]

    def statement(
        context: ToolContext,
        customer: Annotated[
            Link,
            LinkTo("Customer"),
            Field(description="The customer; or give a supplier."),
            Spoken(es=("cliente",), pt=("cliente",), en=("customer", "client")),
        ]
        | None = None,
        supplier: Annotated[
            Link,
            LinkTo("Supplier"),
            Field(description="The supplier; or give a customer."),
            Spoken(es=("proveedor",), pt=("fornecedor",), en=("supplier", "vendor")),
        ]
        | None = None,
        period: Annotated[Period | None, Field(description="Of which days; this year if none is said.")] = None,
        format: Annotated[Format, Field(description="pdf to print or pass on, xlsx for Excel.")] = "pdf",
    ) -> Text | tuple[Text, File]:
        """Statement of account of one customer or supplier as a PDF or Excel file to pass on.

        With the opening balance, every movement and the closing balance.
        """
        party = customer or supplier
        if party is None:
            raise _nobody(context)
        given = {"customer": customer, "supplier": supplier, "period": period}
        asking = asking_of(ledger, context, given, executor_texts())
        table = asked_table(asking, context, executor_texts())
        if not table.rows:
            return Text(text=say(context, "report_empty", title=asking.title, scope=asking.scope))
        table = table.model_copy(update={"title": f"{asking.title}: {party.name}"})
        return Text(text=_told(context, table)), _file(context, table, format)

    return said_box("ledger", (statement,), WORDS)


def _file(context: ToolContext, table: Table, format: Format) -> File:
    """The statement in the ERP's order; one too long for paper as a spreadsheet."""
    name = f"{slug(table.title)}-{context.today.isoformat()}"
    if format == "xlsx" or len(table.rows) > MAX_PDF_ROWS:
        return save_xlsx(table, context.files, name=name)
    locale = locales.locale_for(context.language, context.currency)
    return save_pdf(table, context.files, name=name, language=context.language, locale=locale)


def _told(context: ToolContext, table: Table) -> str:
    """Title and scope, which has the opening balance, and the closing one."""
    locale = locales.locale_for(context.language, context.currency)
    closing = locales.money(total_of(table) or Decimal(), context.currency, locale)
    return "\n".join((f"*{table.title}*", table.scope, f"*{say(context, 'closing_balance')}: {closing}*"))


def _nobody(context: ToolContext) -> NeedsOneOf:
    wanted = say(context, "one_or_other", one=say(context, "party_customer"), other=say(context, "party_supplier"))
    errors = tuple({"where": one, "what": "required, unless another is given"} for one in ("customer", "supplier"))
    return NeedsOneOf("give customer or supplier", errors=errors, wanted=wanted.lower())
