"""Calls of tools, made as the contact: with its rights (or an allowed service account's) and its approval card."""

from __future__ import annotations

from dataclasses import replace

from executor_service.calls import Calls
from executor_service.flows.effects import EffectContext
from executor_service.flows.inputs import Returned
from executor_service.flows.service_accounts import ServiceAccounts
from executor_service.flows.session_model import Call
from shared.contracts.base import Json
from shared.contracts.callers import ServiceCaller
from shared.contracts.messages import ChoicesPart, Part
from shared.contracts.results import Passages, Table, Text
from shared.contracts.tasks import CallRequest, TaskState
from shared.errors import TimeLimitExceeded
from shared.tokens import Tokens

WAIT_SECONDS = 8
KEPT_ROWS = 200
EXECUTOR = ServiceCaller(service="executor")


class ToolEffect:
    """Implements `effects.Effect` for `tool`. A call's key makes its task: asked again, it is the same task."""

    def __init__(self, calls: Calls, tokens: Tokens, accounts: ServiceAccounts) -> None:
        self._calls = calls
        self._tokens = tokens
        self.accounts = accounts

    def perform(self, call: Call, context: EffectContext) -> Returned:
        account = call.payload.get("account", "")
        if account:
            self.accounts.check(call.flow_id, account)
        request = CallRequest(
            tool=call.payload["tool"],
            arguments=call.payload["arguments"],
            caller=self._tokens.sign(context.caller.model_copy(update={"service_account": account})),
            key=f"flow:{call.key}",
            wait_seconds=WAIT_SECONDS,
        )
        return returned_of(self._calls.call(request).task)

    def result_of(self, task_id: str) -> Returned | None:
        """What a task that a session waited for came to, without what is said of it: None while it has not ended.

        The person who approved it is answered at once, by whoever took the tap.
        """
        task = self._calls.state(task_id, EXECUTOR)
        returned = returned_of(task)
        if returned.status == "waiting":
            return None
        return replace(returned, parts=())


def returned_of(task: TaskState) -> Returned:
    """A task as the result of a call."""
    match task.status:
        case "succeeded":
            return Returned(status="success", value=value_of(task), parts=task.parts, task_id=task.id)
        case "failed":
            reason = task.error.reason if task.error else "failed"
            is_late = reason == TimeLimitExceeded.code
            return Returned(status="timeout" if is_late else "error", error=reason, task_id=task.id)
        case "cancelled":
            return Returned(status="error", error="cancelled", task_id=task.id)
        case "waiting":
            parts = tuple(_with_task(part, task.id) for part in task.parts)
            return Returned(status="waiting", waits_for="approval", parts=parts, task_id=task.id)
    return Returned(status="waiting", waits_for="callback", task_id=task.id)


def value_of(task: TaskState) -> Json:
    """What expressions see of a result: its text, of a table its rows by column name (the first 200), passages."""
    value: Json = {"task_id": task.id, "text": "\n".join(_texts(task))}
    for result in task.results:
        if isinstance(result, Table):
            names = [column.name for column in result.columns]
            value["columns"] = names
            value["rows"] = [dict(zip(names, row, strict=True)) for row in result.rows[:KEPT_ROWS]]
            value["row_count"] = result.row_count or len(result.rows)
        if isinstance(result, Passages):
            value["passages"] = [{"source": one.place, "text": one.text} for one in result.passages]
    return value


def _texts(task: TaskState) -> list[str]:
    said = [result.text for result in task.results if isinstance(result, Text)]
    return said or [part.text for part in task.parts if part.kind == "text"]


def _with_task(part: Part, task_id: str) -> Part:
    """The part with options that say which task they answer, as all taps on tasks do."""
    if not isinstance(part, ChoicesPart):
        return part
    options = tuple(
        option if option.id.startswith("task:") else option.model_copy(update={"id": f"task:{task_id}:{option.id}"})
        for option in part.options
    )
    return part.model_copy(update={"options": options})
