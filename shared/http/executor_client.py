"""The executor over HTTP: the same typed handler as in one process."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any, BinaryIO

import requests

from shared.contracts.base import Contract
from shared.contracts.events import EventPage
from shared.contracts.tasks import (
    AnswerRequest,
    Artifact,
    CallRequest,
    CallResponse,
    CancelRequest,
    ConversationState,
    Receipt,
    TaskState,
)
from shared.contracts.tools import ToolSpec
from shared.contracts.turns import InputRequest, InputResponse
from shared.errors import ServiceUnreachable
from shared.http.problems import error_of
from shared.tokens import Tokens

CALLER_HEADER = "X-Recado-Caller"
ARTIFACT_HEADER = "X-Recado-Artifact"
CONNECT_SECONDS = 5
READ_SECONDS = 75
"""More than the longest wait a call may ask for."""


@dataclass(frozen=True)
class RemoteTools:
    etag: str
    tools: tuple[ToolSpec, ...]


class ExecutorClient:
    """Implements `shared.apis.ExecutorApi`; errors come back as those of the one tree."""

    def __init__(self, url: str, tokens: Tokens, service: str, *, session: requests.Session | None = None) -> None:
        self._url = url.rstrip("/")
        self._tokens = tokens
        self._service = service
        self._session = session or requests.Session()
        self._tools = RemoteTools("", ())

    def tools(self) -> RemoteTools:
        """The registry; asked with the last tag, so that an unchanged one costs no transfer."""
        response = self._send("GET", "/v1/tools", headers={"If-None-Match": f'"{self._tools.etag}"'})
        if response.status_code != requests.codes.not_modified:
            body = response.json()
            tools = tuple(ToolSpec.model_validate(one) for one in body["tools"])
            self._tools = RemoteTools(body["etag"], tools)
        return self._tools

    def call(self, request: CallRequest) -> CallResponse:
        return CallResponse.model_validate_json(self._post("/v1/calls", request).content)

    def input(self, request: InputRequest) -> InputResponse:
        return InputResponse.model_validate_json(self._post("/v1/inputs", request).content)

    def answer(self, task_id: str, request: AnswerRequest) -> CallResponse:
        return CallResponse.model_validate_json(self._post(f"/v1/tasks/{task_id}/answer", request).content)

    def task(self, task_id: str, caller: str) -> TaskState:
        response = self._send("GET", f"/v1/tasks/{task_id}", headers={CALLER_HEADER: caller})
        return TaskState.model_validate_json(response.content)

    def cancel(self, task_id: str, request: CancelRequest) -> TaskState:
        return TaskState.model_validate_json(self._post(f"/v1/tasks/{task_id}/cancel", request).content)

    def events(self, after: int, *, limit: int = 500) -> EventPage:
        response = self._send("GET", "/v1/events", params={"after": after, "limit": limit})
        return EventPage.model_validate_json(response.content)

    def save_artifact(self, data: BinaryIO, *, filename: str, media_type: str, contact_id: str | None) -> Artifact:
        form = {"contact_id": contact_id} if contact_id else {}
        response = self._send("POST", "/v1/artifacts", files={"file": (filename, data, media_type)}, data=form)
        return Artifact.model_validate_json(response.content)

    def open_artifact(self, artifact_id: str) -> tuple[Artifact, BinaryIO]:
        response = self._send("GET", f"/v1/artifacts/{artifact_id}")
        about = Artifact.model_validate_json(response.headers[ARTIFACT_HEADER])
        return about, io.BytesIO(response.content)

    def receipt(self, receipt: Receipt) -> None:
        self._post("/v1/receipts", receipt)

    def set_conversation(self, conversation_id: str, state: ConversationState) -> None:
        self._send(
            "PUT",
            f"/v1/conversations/{conversation_id}",
            data=state.model_dump_json(),
            headers={"Content-Type": "application/json"},
        )

    def _post(self, path: str, body: Contract) -> requests.Response:
        return self._send("POST", path, data=body.model_dump_json(), headers={"Content-Type": "application/json"})

    def _send(self, method: str, path: str, **options: Any) -> requests.Response:
        headers = {"Authorization": f"Bearer {self._tokens.service(self._service)}", **options.pop("headers", {})}
        try:
            response = self._session.request(
                method,
                self._url + path,
                headers=headers,
                timeout=(CONNECT_SECONDS, READ_SECONDS),
                allow_redirects=False,
                **options,
            )
        except requests.RequestException as error:
            raise ServiceUnreachable("the executor does not answer") from error
        if response.status_code >= requests.codes.bad_request:
            raise error_of(_body(response), response.status_code)
        return response


def _body(response: requests.Response) -> object:
    try:
        return response.json()
    except requests.JSONDecodeError:
        return None
