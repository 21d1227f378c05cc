"""Finding, counting and printing documents."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from executor_service.outputs.texts import executor_texts
from executor_service.registry.context import ToolContext
from executor_service.registry.parameters import Spoken
from executor_service.registry.semantic import Link, LinkTo, Period
from executor_service.registry.toolbox import Toolbox
from executor_service.tools.filters import Wanted
from executor_service.tools.kinds import Kind, Status, document_kinds
from executor_service.tools.listing import fields_of, listing
from executor_service.tools.reference import find_documents, read_reference, which
from executor_service.tools.saying import said_box, state_words
from shared.contracts.results import Choice, File, Table, Text
from shared.errors import NoMatch

DEFAULT_ROWS = 10
MAX_ROWS = 100

CustomerLink = Annotated[
    Link,
    LinkTo("Customer"),
    Field(description="Only those of this customer."),
    Spoken(es=("cliente",), pt=("cliente",), en=("customer", "client")),
]
SupplierLink = Annotated[
    Link,
    LinkTo("Supplier"),
    Field(description="Only those of this supplier."),
    Spoken(es=("proveedor",), pt=("fornecedor",), en=("supplier", "vendor")),
]
KindOf = Annotated[Kind, Field(description="Which kind of document.")]
StateOf = Annotated[Status, Field(description="Only those in this state. Left out: all but cancelled ones.")]
During = Annotated[Period, Field(description="Only those dated in this period.")]


def document_box() -> Toolbox:
    """The tools `document.find`, `document.count` and `document.pdf`."""
    words = {"kind": {name: kind.words for name, kind in document_kinds().items()}, "status": state_words()}
    return said_box("document", (find, count, pdf), words)


def find(
    context: ToolContext,
    kind: KindOf,
    customer: CustomerLink | None = None,
    supplier: SupplierLink | None = None,
    period: During | None = None,
    status: StateOf | None = None,
    text: Annotated[str, Field(description="Only those whose number or name contains these words.")] = "",
    limit: Annotated[int, Field(description="How many to show, at most 100.")] = DEFAULT_ROWS,
) -> Table | Text:
    """Documents of one kind (invoices, orders, quotations, payments, customers...), newest first, and how many exist.

    For what customers owe use receivables.ageing; for sums of sales the sales reports.
    """
    wanted = _wanted(context, kind, customer, supplier, period, status)
    filters = wanted.filters()
    if text.strip():
        found = context.erp.search(kind, text.strip(), limit=MAX_ROWS)
        filters.append(("name", "in", [match.name for match in found] or [""]))
    total = context.erp.count(kind, filters)
    scope = wanted.scope(context.language)
    if not total:
        title = wanted.kind.many[context.language]
        where = " · ".join(part for part in (scope, text.strip()) if part)
        return Text(text=executor_texts().say(context.language, "documents_none", title=title, scope=where))
    order = f"{wanted.kind.date} desc, name desc" if wanted.kind.date else f"{wanted.kind.title} asc"
    rows = context.erp.find(
        kind, filters, fields=fields_of(wanted.kind), order_by=order, limit=min(max(limit, 1), MAX_ROWS)
    )
    return listing(wanted.kind, rows, total=total, scope=scope, language=context.language, currency=context.currency)


def count(
    context: ToolContext,
    kind: KindOf,
    customer: CustomerLink | None = None,
    supplier: SupplierLink | None = None,
    period: During | None = None,
    status: StateOf | None = None,
) -> Text:
    """How many documents of one kind there are that the person may see."""
    wanted = _wanted(context, kind, customer, supplier, period, status)
    found = context.erp.count(kind, wanted.filters())
    line = executor_texts().say(
        context.language, "documents_count", title=wanted.kind.many[context.language], count=found
    )
    return Text(text="\n".join(part for part in (line, wanted.scope(context.language)) if part))


def pdf(
    context: ToolContext,
    name: Annotated[str, Field(description="The document's number, or a part of it, e.g. ACC-SINV-2026-00377.")],
    kind: Annotated[Kind, Field(description="Which kind of document; known from most numbers.")] | None = None,
) -> File | Choice:
    """The PDF of one document, as the ERP prints it. With a part of a number, asks which one is meant."""
    found = find_documents(context.erp, read_reference(name, kind))
    if not found:
        raise NoMatch(f"no document is called {name!r}", text=name, doctype=kind or "document")
    if len(found) > 1:
        return which(found, context)
    ((of, document),) = found
    data = context.erp.pdf(of.doctype, document["name"], language=context.language)
    filename = f"{str(document['name']).replace('/', '-')}.pdf"
    caption = f"{of.one[context.language]} {document['name']}"
    return context.files.save(data, filename=filename, media_type="application/pdf", caption=caption)


def _wanted(
    context: ToolContext,
    kind: str,
    customer: Link | None,
    supplier: Link | None,
    period: Period | None,
    status: str | None,
) -> Wanted:
    return Wanted(
        kind=document_kinds()[kind],
        parties={"customer": customer, "supplier": supplier},
        period=period,
        status=status,
        company=context.company,
        today=context.today,
    )
