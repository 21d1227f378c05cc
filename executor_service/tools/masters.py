"""New customers, leads and items by message."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from executor_service.registry.context import ToolContext
from executor_service.registry.parameters import Spoken
from executor_service.registry.semantic import Money
from executor_service.registry.toolbox import Toolbox
from executor_service.registry.writing import Planned
from executor_service.tools.cards import say
from executor_service.tools.inserting import inserting, plan_insert
from executor_service.tools.kinds import document_kinds
from executor_service.tools.saying import PlannedWrite, said_box
from shared.contracts.results import Approval
from shared.errors import InvalidArguments

NewName = Annotated[str, Field(description="The name as it shall be written in the ERP.")]
Phone = Annotated[str, Field(description="A mobile number; empty when none was said.")]
SHOWN = ("mobile_no", "email_id", "tax_id", "company_name", "item_group", "stock_uom", "standard_rate")
Email = Annotated[str, Field(description="An e-mail address; empty when none was said.")]


def master_box() -> Toolbox:
    """The tools `new.customer`, `new.lead` and `new.item`."""
    writing = inserting("done_new")
    return said_box("new", tuple(PlannedWrite(plan=one, writing=writing) for one in (customer, lead, item)))


def customer(
    context: ToolContext,
    name: NewName,
    phone: Phone = "",
    email: Email = "",
    tax_id: Annotated[str, Field(description="Tax number (RUC, CNPJ, RFC, NIT); empty when none was said.")] = "",
    is_person: Annotated[bool, Field(description="Whether the customer is a person, not a company.")] = False,
) -> Planned:
    """Registers a new customer; group and territory are the ERP's own defaults."""
    values = {
        "customer_name": _named(name),
        "customer_type": "Individual" if is_person else "Company",
        "mobile_no": phone.strip(),
        "email_id": email.strip(),
        "tax_id": tax_id.strip(),
    }
    return _planned(context, "Customer", values, "customer_name")


def lead(
    context: ToolContext,
    name: NewName,
    phone: Phone = "",
    email: Email = "",
    company_name: Annotated[str, Field(description="The lead's company; empty when none was said.")] = "",
) -> Planned:
    """Registers a new lead (somebody who may become a customer)."""
    values = {
        "first_name": _named(name),
        "lead_name": _named(name),
        "mobile_no": phone.strip(),
        "email_id": email.strip(),
        "company_name": company_name.strip(),
    }
    return _planned(context, "Lead", values, "lead_name")


def item(
    context: ToolContext,
    name: NewName,
    code: Annotated[str, Field(description="The item's code; empty takes the name.")] = "",
    group: Annotated[str, Field(description="The item group, exactly as in the ERP; empty takes the default.")] = "",
    unit: Annotated[str, Field(description="The stock unit, exactly as in the ERP; empty takes the default.")] = "",
    price: Annotated[
        Money | None,
        Field(description="The selling price per unit."),
        Spoken(es=("precio", "cuesta"), pt=("preço", "custa"), en=("price", "costs")),
    ] = None,
) -> Planned:
    """Registers a new item (product or service)."""
    values: dict[str, Any] = {
        "item_code": code.strip() or _named(name),
        "item_name": _named(name),
        "item_group": group.strip(),
        "stock_uom": unit.strip(),
    }
    if price is not None:
        values["standard_rate"] = float(price)
    return _planned(context, "Item", values, "item_code")


def _planned(context: ToolContext, doctype: str, values: Mapping[str, Any], named_by: str) -> Planned:
    kept = {field: value for field, value in values.items() if value not in ("", None)}
    alike = context.erp.find(doctype, [(named_by, "=", kept[named_by])], limit=1)
    details = [str(value) for field, value in kept.items() if field in SHOWN]
    if alike:
        details.append(say(context, "new_exists", name=alike[0]["name"]))
    card = Approval(
        action=say(context, "action_new"),
        document=document_kinds()[doctype].one[context.language],
        party=str(kept.get("item_name") or kept[named_by]),
        company=context.company or None,
        details=tuple(details),
    )
    return plan_insert(context, doctype, kept, card=card, mark=[(named_by, "=", kept[named_by])])


def _named(name: str) -> str:
    said = " ".join(name.split())
    if not said:
        raise InvalidArguments("a name is missing", errors=({"where": "name", "what": "required"},))
    return said
