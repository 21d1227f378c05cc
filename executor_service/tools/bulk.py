"""Approving all that waits at once: one card with every document, one result with what became of each."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from executor_service.erp.protocol import Document
from executor_service.registry.context import ToolContext
from executor_service.registry.toolbox import Toolbox
from executor_service.registry.writing import Plan, Writing, Written
from executor_service.tools.cards import amount_of, currency_of, said_money, say, seen, state_of
from executor_service.tools.fresh import reread
from executor_service.tools.kinds import document_kinds
from executor_service.tools.saying import PlannedWrite, said_box
from executor_service.tools.waiting import NoneWaiting, Waiting, waiting
from executor_service.tools.workflows import Step, take
from shared.contracts.base import Json
from shared.contracts.results import Approval, Text
from shared.errors import ErpRefused, ToolFailed, UnknownOutcome


def bulk_box() -> Toolbox:
    """The tool `approval.approve_all`."""
    return said_box("approval", (PlannedWrite(plan=approve_all, writing=Writing(do=_do, find_done=_find_done)),))


def approve_all(context: ToolContext) -> Plan:
    """Approves all documents that wait for the person's approval, after one card that names each of them."""
    found = waiting(context)
    open_ones = [] if isinstance(found, NoneWaiting) else [(one, step) for one in found if (step := _approving(one))]
    if not open_ones:
        raise ToolFailed(say(context, "approvals_none"))
    return Plan(
        card=_card(context, [one for one, _ in open_ones]),
        steps={"each": [_steps(one, step) for one, step in open_ones]},
    )


def _approving(one: Waiting) -> Step | None:
    """The one step that approves; a document with several such steps is decided alone."""
    steps = [step for step in one.steps if step.means("approve")]
    return steps[0] if len(steps) == 1 else None


def _steps(one: Waiting, step: Step) -> Json:
    return {**seen(one.kind, one.document), "step": step.action, "next": step.next_state}


def _card(context: ToolContext, ones: list[Waiting]) -> Approval:
    currencies = {currency_of(one.document, context) for one in ones}
    amounts = [Decimal(amount_of(one.document) or 0) for one in ones]
    is_summed = len(currencies) == 1
    return Approval(
        at_stake=_at_stake(context, ones),
        action=say(context, "action_approve_all", count=len(ones)),
        document=", ".join(str(one.document["name"]) for one in ones),
        amount=format(sum(amounts, Decimal(0)), "f") if is_summed else None,
        currency=currencies.pop() if is_summed else None,
        company=context.company or None,
        details=tuple(f"• {_line(context, one)}" for one in ones),
    )


def _at_stake(context: ToolContext, ones: list[Waiting]) -> dict[str, str]:
    """By currency; nothing makes up for another: a credit note adds to it."""
    sums: dict[str, Decimal] = {}
    for one in ones:
        amount, currency = amount_of(one.document), currency_of(one.document, context)
        if amount is not None:
            sums[currency] = sums.get(currency, Decimal(0)) + abs(Decimal(amount))
    return {currency: format(total, "f") for currency, total in sums.items()}


def _line(context: ToolContext, one: Waiting) -> str:
    amount = said_money(context, amount_of(one.document) or "0", currency_of(one.document, context))
    return f"{one.document['name']} · {one.document.get(one.kind.title) or ''} · {amount}"


def _do(context: ToolContext, steps: Json) -> Written:
    return Text(text="\n".join(_taken(context, one) for one in steps["each"]))


def _taken(context: ToolContext, one: Json) -> str:
    """What became of one; a refusal of one leaves the others as they are."""
    try:
        kind, document = reread(context, one)
        now, _ = take(context.erp, kind.doctype, document["name"], one["step"])
    except ErpRefused as error:
        return f"✗ {one['name']}: {error.params.get('message', '')}"
    except UnknownOutcome:
        now = context.erp.get(one["doctype"], one["name"])
    return _told(context, one, now)


def _told(context: ToolContext, one: Mapping[str, Any], now: Document) -> str:
    sign = "✅" if now.get("workflow_state") == one["next"] else "✗"
    return f"{sign} {document_kinds()[one['doctype']].one[context.language]} {one['name']}: {state_of(context, now)}"


def _find_done(context: ToolContext, steps: Json) -> Written | None:
    states = [(one, context.erp.get(one["doctype"], one["name"])) for one in steps["each"]]
    if not any(now.get("workflow_state") == one["next"] for one, now in states):
        return None
    return Text(text="\n".join(_told(context, one, now) for one, now in states))
