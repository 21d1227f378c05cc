"""The executor's service API: tools, calls, inputs, tasks, events, artifacts, receipts and conversations."""

from __future__ import annotations

from http import HTTPStatus
from typing import BinaryIO, cast

from flask import Response, request, send_file
from flask_openapi import APIBlueprint
from pydantic import BaseModel, ConfigDict, Field

from executor_service.artifacts import MAX_ARTIFACT_BYTES
from executor_service.executor import Executor
from shared.contracts.base import Contract
from shared.contracts.events import EventPage
from shared.contracts.tasks import (
    Admission,
    AnswerRequest,
    Artifact,
    CallRequest,
    CallResponse,
    CancelRequest,
    ConversationState,
    Receipt,
    TaskState,
)
from shared.contracts.tools import NodeSpec, ToolSpec
from shared.contracts.turns import InputRequest, InputResponse
from shared.http.executor_client import ARTIFACT_HEADER, CALLER_HEADER
from shared.http.forms import FilePart
from shared.http.responses import json_response
from shared.http.service_guard import service_blueprint
from shared.tokens import Tokens

ARTIFACTS = "/artifacts"
FORM_BYTES = 64 * 1024
"""What a form may have around its file."""
CONTENT = {"description": "The file", "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}


class ToolList(Contract):
    etag: str
    tools: tuple[ToolSpec, ...]


class NodeList(Contract):
    nodes: tuple[NodeSpec, ...] = ()


class TaskPath(BaseModel):
    task_id: str = Field(max_length=40)


class ArtifactPath(BaseModel):
    artifact_id: str = Field(max_length=40)


class ConversationPath(BaseModel):
    conversation_id: str = Field(max_length=40)


class EventQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    after: int = Field(0, ge=0, le=2**62)
    limit: int = Field(500, ge=1, le=1000)


class ArtifactForm(BaseModel):
    model_config = ConfigDict(extra="forbid")

    file: FilePart
    contact_id: str | None = Field(None, min_length=1, max_length=40)


def service_api(executor: Executor, tokens: Tokens) -> APIBlueprint:
    """Everything under `/v1`, for our own services only."""
    api = service_blueprint(
        tokens, "gateway", "interpreter", "operator", name="v1", import_name=__name__, url_prefix="/v1"
    )

    @api.before_request
    def allow_large_files() -> None:
        if request.path.endswith(ARTIFACTS):
            request.max_content_length = MAX_ARTIFACT_BYTES + FORM_BYTES

    _register_tools(api, executor)
    _register_calls(api, executor)
    _register_events(api, executor)
    _register_artifacts(api, executor)
    return api


def _register_tools(api: APIBlueprint, executor: Executor) -> None:
    @api.get("/tools", summary="The registry's tools", responses={"200": ToolList, "304": None})
    def tools() -> Response:
        registry = executor.tools()
        if request.if_none_match.contains(registry.etag):
            response = Response(status=HTTPStatus.NOT_MODIFIED)
        else:
            response = json_response(ToolList(etag=registry.etag, tools=registry.tools))
        response.set_etag(registry.etag)
        return response

    @api.get("/nodes", summary="The registry's flow nodes", responses={"200": NodeList})
    def nodes() -> Response:
        return json_response(NodeList(nodes=executor.flows.nodes.specs()))


def _register_calls(api: APIBlueprint, executor: Executor) -> None:
    @api.post("/calls", summary="Call a tool", responses={"200": CallResponse, "202": CallResponse})
    def call(body: CallRequest) -> Response:
        return _call_response(executor.call(body))

    @api.post("/inputs", summary="A message for the rules", responses={"200": InputResponse})
    def take_input(body: InputRequest) -> Response:
        return json_response(executor.input(body))

    @api.get("/admission", summary="Whether a contact may do anything", responses={"200": Admission})
    def admission() -> Response:
        return json_response(Admission(is_admitted=executor.admits(request.headers.get(CALLER_HEADER, ""))))

    @api.post("/tasks/<task_id>/answer", summary="Answer a task", responses={"200": CallResponse, "202": CallResponse})
    def answer(path: TaskPath, body: AnswerRequest) -> Response:
        return _call_response(executor.answer(path.task_id, body))

    @api.get("/tasks/<task_id>", summary="A task as it stands", responses={"200": TaskState})
    def task(path: TaskPath) -> Response:
        return json_response(executor.task(path.task_id, request.headers.get(CALLER_HEADER, "")))

    @api.post("/tasks/<task_id>/cancel", summary="Cancel a task", responses={"200": TaskState})
    def cancel(path: TaskPath, body: CancelRequest) -> Response:
        return json_response(executor.cancel(path.task_id, body))


def _register_events(api: APIBlueprint, executor: Executor) -> None:
    @api.get("/events", summary="Event rows after a cursor", responses={"200": EventPage})
    def events(query: EventQuery) -> Response:
        return json_response(executor.events(query.after, limit=query.limit))

    @api.post("/receipts", summary="What a channel said of a row's message", responses={"204": None})
    def receipt(body: Receipt) -> Response:
        executor.receipt(body)
        return Response(status=HTTPStatus.NO_CONTENT)

    @api.put("/conversations/<conversation_id>", summary="The state of a conversation", responses={"204": None})
    def conversation(path: ConversationPath, body: ConversationState) -> Response:
        executor.set_conversation(path.conversation_id, body)
        return Response(status=HTTPStatus.NO_CONTENT)


def _register_artifacts(api: APIBlueprint, executor: Executor) -> None:
    @api.post(ARTIFACTS, summary="Keep a file", responses={"201": Artifact})
    def save(form: ArtifactForm) -> Response:
        made = executor.save_artifact(
            cast(BinaryIO, form.file.stream),
            filename=form.file.filename or "file",
            media_type=form.file.mimetype or "application/octet-stream",
            contact_id=form.contact_id,
        )
        return json_response(made, HTTPStatus.CREATED)

    @api.get("/artifacts/<artifact_id>", summary="The content of a file", responses={"200": CONTENT})
    def fetch(path: ArtifactPath) -> Response:
        artifact, content = executor.open_artifact(path.artifact_id)
        response = send_file(
            content, mimetype=artifact.media_type, as_attachment=True, download_name=artifact.filename, max_age=0
        )
        response.headers[ARTIFACT_HEADER] = artifact.model_dump_json(ensure_ascii=True)
        return response


def _call_response(response: CallResponse) -> Response:
    running = response.task.status in ("queued", "running")
    return json_response(response, HTTPStatus.ACCEPTED if running else HTTPStatus.OK)
