"""The web chat of the console, and the files that conversations hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Literal, cast
from urllib.parse import quote

from flask import Response, request
from flask_openapi import APIBlueprint
from werkzeug.datastructures import FileStorage

from shared.apis import ExecutorApi
from shared.auth.model import SignedInUser
from shared.contracts.tasks import TaskState
from shared.errors import Conflict, InvalidArguments
from shared.http.guard import Guard
from shared.http.responses import json_response
from shared.ids import new_id
from whatsapp_service import reading
from whatsapp_service.channels.address import Address
from whatsapp_service.channels.cleaning import clean_text
from whatsapp_service.channels.content import Media, Tap, Text
from whatsapp_service.channels.types import Inbound
from whatsapp_service.gateway import Gateway
from whatsapp_service.http.contacts_api import digits_of
from whatsapp_service.http.views import ArtifactPath, ChatAccepted, ChatMessage, ChatView, ToolPath, Trial
from whatsapp_service.http.voice_notes import VoiceForm, kept_voice

WEB: Literal["web"] = "web"
"""The channel of the console's chat, its one account, and the kind of its addresses."""
CHUNK_BYTES = 64 * 1024
SHOWN_INLINE = frozenset({"image/png", "image/jpeg", "image/webp", "application/pdf"})


def chat_api(gateway: Gateway, guard: Guard) -> APIBlueprint:
    """Operators chat as themselves; to speak as a contact, with that contact's rights, takes an administrator."""
    api = guard.blueprint("chat", __name__, url_prefix="/api/chat", role="operator")

    @api.get("", summary="The own conversation", responses={"200": ChatView})
    def own() -> Response:
        with gateway.database.read() as connection:
            found = reading.conversation_of_chat(connection, _own_address(guard.user()))
        return json_response(ChatView(conversation_id=found))

    @api.post("/messages", summary="Say something in the web chat", responses={"202": ChatAccepted})
    def say(body: ChatMessage) -> Response:
        user = guard.user() if body.as_phone is None else guard.check("administrator")
        conversation_id, message_id = gateway.chat(_inbound(gateway, user, body.as_phone, _said(body)))
        return json_response(ChatAccepted(conversation_id=conversation_id, message_id=message_id), 202)

    @api.post("/voice", summary="Say something in the web chat by voice", responses={"202": ChatAccepted})
    def speak(form: VoiceForm) -> Response:
        user = guard.user() if form.as_phone is None else guard.check("administrator")
        media = kept_voice(gateway.executor, cast(FileStorage, form.file), gateway.limits.max_voice_bytes)
        conversation_id, message_id = gateway.chat(_inbound(gateway, user, form.as_phone, media))
        return json_response(ChatAccepted(conversation_id=conversation_id, message_id=message_id), 202)

    @api.post("/tools/<tool>", summary="Try a tool that only reads", responses={"200": TaskState})
    def try_tool(path: ToolPath, body: Trial) -> Response:
        with gateway.database.read() as connection:
            found = reading.conversation_of_chat(connection, _own_address(guard.user()))
        if found is None:
            raise Conflict("say something in the test chat first: tools are tried with the rights of its contact")
        return json_response(gateway.try_tool(found, path.tool, body.arguments))

    return api


def artifacts_api(executor: ExecutorApi, guard: Guard) -> APIBlueprint:
    """Files of conversations, as the executor keeps them."""
    api = guard.blueprint("artifacts", __name__, url_prefix="/api/artifacts")

    @api.get("/<artifact_id>", summary="A file", responses={"200": None})
    def get_artifact(path: ArtifactPath) -> Response:
        artifact, stream = executor.open_artifact(path.artifact_id)
        shown = "inline" if artifact.media_type in SHOWN_INLINE else "attachment"
        headers = {
            "Content-Disposition": f"{shown}; filename*=UTF-8''{quote(artifact.filename, safe='')}",
            "Content-Length": str(artifact.size_bytes),
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox",
        }
        return Response(_chunks(stream), content_type=artifact.media_type, headers=headers)

    return api


def _own_address(user: SignedInUser) -> Address:
    """Of the person: an API token speaks in its owner's chat."""
    return Address(WEB, user.owner_id or user.id)


def _said(body: ChatMessage) -> Text | Tap:
    if (body.text is None) == (body.tap is None):
        raise InvalidArguments("either text or tap", errors=({"where": "text", "what": "either text or tap"},))
    return Tap(body.tap.option, body.tap.title) if body.tap is not None else Text(clean_text(body.text or ""))


def _inbound(gateway: Gateway, user: SignedInUser, as_phone: str | None, content: Text | Tap | Media) -> Inbound:
    message_id = new_id()
    if as_phone is None:
        sender, name = _own_address(user), user.name
    else:
        sender, name = Address("phone", digits_of(as_phone)), ""
    return Inbound(
        channel=WEB,
        account=WEB,
        external_id=message_id,
        message_id=message_id,
        chat=sender.value,
        sender=(sender,),
        sent_at=gateway.now(),
        content=content,
        raw={},
        name=name,
        language=request.accept_languages.best_match(["es", "pt", "en"]) or "",
    )


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    with stream:
        while chunk := stream.read(CHUNK_BYTES):
            yield chunk
