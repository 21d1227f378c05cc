"""The executor over HTTP: the same typed handler as in one process."""

from __future__ import annotations

from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, TypeVar, cast
from urllib.parse import quote

import requests
from pydantic import BaseModel, ValidationError
from requests.adapters import HTTPAdapter

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
from shared.contracts.tools import ToolSpec
from shared.contracts.turns import InputRequest, InputResponse
from shared.errors import ContractBroken, RecadoError, ServiceUnreachable
from shared.http.problems import error_of
from shared.http.upload import CHUNK_BYTES, Upload
from shared.tokens import Tokens

CALLER_HEADER = "X-Recado-Caller"
ARTIFACT_HEADER = "X-Recado-Artifact"
CONNECT_SECONDS = 5
READ_SECONDS = 75
"""More than the longest wait a call may ask for."""
CONNECTIONS = 64
"""Kept open; one for each turn, send and look under way at the same time."""
SPOOL_BYTES = 1024 * 1024
"""A larger file goes to disk while it is fetched."""
JSON = {"Content-Type": "application/json"}
M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class RemoteTools:
    etag: str
    tools: tuple[ToolSpec, ...]


class _ToolList(BaseModel):
    etag: str
    tools: tuple[ToolSpec, ...]


class ExecutorClient:
    """Implements `shared.apis.ExecutorApi`; errors come back as those of the one tree. Threads may share it."""

    def __init__(self, url: str, tokens: Tokens, service: str) -> None:
        self._url = url.rstrip("/")
        self._tokens = tokens
        self._service = service
        self._tools = RemoteTools("", ())
        self._session = requests.Session()
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(pool_connections=1, pool_maxsize=CONNECTIONS))

    def tools(self) -> RemoteTools:
        """The registry; asked with the last tag, so that an unchanged one costs no transfer."""
        response = self._send("GET", "/v1/tools", headers={"If-None-Match": f'"{self._tools.etag}"'})
        if response.status_code != requests.codes.not_modified:
            found = _read(_ToolList, response.content)
            self._tools = RemoteTools(found.etag, found.tools)
        return self._tools

    def call(self, request: CallRequest) -> CallResponse:
        return _read(CallResponse, self._post("/v1/calls", request))

    def input(self, request: InputRequest) -> InputResponse:
        return _read(InputResponse, self._post("/v1/inputs", request))

    def admits(self, caller: str) -> bool:
        answer = self._send("GET", "/v1/admission", headers={CALLER_HEADER: caller})
        return _read(Admission, answer.content).is_admitted

    def answer(self, task_id: str, request: AnswerRequest) -> CallResponse:
        return _read(CallResponse, self._post(f"/v1/tasks/{_part(task_id)}/answer", request))

    def task(self, task_id: str, caller: str) -> TaskState:
        return _read(
            TaskState, self._send("GET", f"/v1/tasks/{_part(task_id)}", headers={CALLER_HEADER: caller}).content
        )

    def cancel(self, task_id: str, request: CancelRequest) -> TaskState:
        return _read(TaskState, self._post(f"/v1/tasks/{_part(task_id)}/cancel", request))

    def events(self, after: int, *, limit: int = 500) -> EventPage:
        return _read(EventPage, self._send("GET", "/v1/events", params={"after": after, "limit": limit}).content)

    def save_artifact(self, data: BinaryIO, *, filename: str, media_type: str, contact_id: str | None) -> Artifact:
        fields = {"contact_id": contact_id} if contact_id else {}
        form = Upload(data, filename=filename, media_type=media_type, fields=fields)
        response = self._send("POST", "/v1/artifacts", data=iter(form), headers={"Content-Type": form.content_type})
        return _read(Artifact, response.content)

    def open_artifact(self, artifact_id: str) -> tuple[Artifact, BinaryIO]:
        """The artifact and its content, fetched whole; the caller closes it."""
        with self._send("GET", f"/v1/artifacts/{_part(artifact_id)}", stream=True) as response:
            about = _read(Artifact, response.headers.get(ARTIFACT_HEADER, ""))
            content = cast(BinaryIO, SpooledTemporaryFile(SPOOL_BYTES))  # noqa: SIM115  the caller's to close
            try:
                _copy(response, content, about.size_bytes)
            except BaseException:
                content.close()
                raise
        return about, content

    def receipt(self, receipt: Receipt) -> None:
        self._post("/v1/receipts", receipt)

    def set_conversation(self, conversation_id: str, state: ConversationState) -> None:
        body = state.model_dump_json().encode()
        self._send("PUT", f"/v1/conversations/{_part(conversation_id)}", data=body, headers=JSON)

    def close(self) -> None:
        self._session.close()

    def _post(self, path: str, body: Contract) -> bytes:
        return self._send("POST", path, data=body.model_dump_json().encode(), headers=JSON).content

    def _send(self, method: str, path: str, **options: Any) -> requests.Response:
        headers = {"Authorization": f"Bearer {self._tokens.service(self._service)}", **options.pop("headers", {})}
        timeout = (CONNECT_SECONDS, READ_SECONDS)
        try:
            response = self._session.request(
                method, self._url + path, headers=headers, timeout=timeout, allow_redirects=False, **options
            )
        except requests.RequestException as error:
            raise ServiceUnreachable("the executor does not answer") from error
        if not response.ok:
            raise _error(response)
        return response


def _part(name: str) -> str:
    """An id as one part of an address: it may have come from a message."""
    return quote(name, safe="")


def _copy(response: requests.Response, content: BinaryIO, size: int) -> None:
    try:
        for chunk in response.iter_content(CHUNK_BYTES):
            content.write(chunk)
    except requests.RequestException as error:
        raise ServiceUnreachable("the executor broke off a file") from error
    if content.tell() != size:
        raise ServiceUnreachable("the executor sent a file that is not whole")
    content.seek(0)


def _read(model: type[M], body: bytes | str) -> M:
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        raise ContractBroken(f"the executor answers something else than a {model.__name__}") from error


def _error(response: requests.Response) -> RecadoError:
    """What a problem says; an answer of 5xx without one comes from something in between, such as a proxy."""
    try:
        return error_of(response.json(), response.status_code)
    except requests.JSONDecodeError:
        broken = ServiceUnreachable if response.status_code >= requests.codes.server_error else ContractBroken
        return broken(f"the executor answers with status {response.status_code}")
    except requests.RequestException as error:
        raise ServiceUnreachable("the executor broke off its answer") from error
