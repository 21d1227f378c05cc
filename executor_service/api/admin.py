"""The console's side of the executor: tasks, and the tools with what they take."""

from __future__ import annotations

from datetime import datetime

from flask import Response
from flask_openapi import APIBlueprint
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from executor_service.api.v1 import TaskPath, ToolList
from executor_service.executor import Executor
from shared.contracts.base import Contract
from shared.contracts.tasks import TaskState, TaskStatus
from shared.http.guard import Guard
from shared.http.responses import json_response


class TaskQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    before: AwareDatetime | None = None
    limit: int = Field(50, ge=1, le=200)
    status: TaskStatus | None = None


class TaskList(Contract):
    """Newest first; `next_before` is the `before` of the following page."""

    tasks: tuple[TaskState, ...]
    next_before: datetime | None = None


def admin_api(executor: Executor, guard: Guard) -> APIBlueprint:
    """What users of the console see and do with tasks and tools."""
    api = guard.blueprint("admin", __name__, url_prefix="/api")

    @api.get("/tasks", summary="Tasks, newest first", responses={"200": TaskList})
    def tasks(query: TaskQuery) -> Response:
        found, following = executor.calls.page(limit=query.limit, before=query.before, status=query.status)
        return json_response(TaskList(tasks=tuple(found), next_before=following))

    @api.get("/tasks/<task_id>", summary="A task as it stands", responses={"200": TaskState})
    def task(path: TaskPath) -> Response:
        return json_response(executor.calls.state(path.task_id, guard.user().as_caller()))

    @api.post("/tasks/<task_id>/cancel", summary="Cancel a task", responses={"200": TaskState})
    @guard.require("operator")
    def cancel(path: TaskPath) -> Response:
        return json_response(executor.calls.cancel(path.task_id, guard.user().as_caller()))

    @api.get("/tools", summary="The registry's tools", responses={"200": ToolList})
    def tools() -> Response:
        registry = executor.tools()
        return json_response(ToolList(etag=registry.etag, tools=registry.tools))

    return api
