"""`/api/conversations` and `/api/messages`: what is said, by whom, and what became of it."""

from __future__ import annotations

from flask import Response
from flask_openapi import APIBlueprint
from sqlalchemy import Connection

from shared.audit import Audit
from shared.http.guard import Guard
from shared.http.responses import json_response
from whatsapp_service import reading
from whatsapp_service.changes import NewChange, append_changes
from whatsapp_service.gateway import Gateway
from whatsapp_service.http.rendering import (
    change_views,
    conversation_view,
    message_detail,
    message_view,
)
from whatsapp_service.http.views import (
    ChangePage,
    ChangeQuery,
    ChatAccepted,
    ConversationChange,
    ConversationPage,
    ConversationQuery,
    ConversationView,
    IdPath,
    MessageDetail,
    MessagePage,
    MessageQuery,
    RowPath,
    WrittenMessage,
)
from whatsapp_service.people_store import change_conversation


def conversations_api(gateway: Gateway, guard: Guard, audit: Audit) -> APIBlueprint:
    """Reading is for viewers; taking a conversation over and writing in it for operators."""
    api = guard.blueprint("conversations", __name__, url_prefix="/api/conversations")

    @api.get("", summary="Conversations, the latest first", responses={"200": ConversationPage})
    def list_conversations(query: ConversationQuery) -> Response:
        feed = gateway.changes.last_id()
        with gateway.database.read() as connection:
            people = reading.people_called(connection, query.sought) if query.sought else None
            rows = reading.conversation_page(connection, cursor=query.cursor, limit=query.limit, people=people)
        more = reading.conversation_cursor(rows[-1]) if len(rows) == query.limit else None
        views = tuple(conversation_view(row) for row in rows)
        return json_response(ConversationPage(conversations=views, next=more, feed=feed))

    @api.get("/<record_id>", summary="A conversation", responses={"200": ConversationView})
    def get_conversation(path: IdPath) -> Response:
        return json_response(_view(gateway, path.record_id))

    @api.patch("/<record_id>", summary="Take over, mute or label", responses={"200": ConversationView})
    @guard.require("operator")
    def patch_conversation(path: IdPath, body: ConversationChange) -> Response:
        actor = guard.user().id

        def work(connection: Connection) -> None:
            change_conversation(connection, path.record_id, mode=body.mode, label=body.label, now=gateway.now())
            audit.record(connection, actor, "conversation.change", path.record_id, body.model_dump())
            append_changes(connection, gateway.now(), [NewChange(path.record_id, "conversation")])

        gateway.database.write(work)
        gateway.show_conversation(path.record_id)
        return json_response(_view(gateway, path.record_id))

    @api.get("/<record_id>/messages", summary="Messages, oldest first", responses={"200": MessagePage})
    def list_messages(path: IdPath, query: MessageQuery) -> Response:
        feed = gateway.changes.last_id()
        with gateway.database.read() as connection:
            reading.conversation(connection, path.record_id)
            rows = reading.message_page(connection, path.record_id, **query.model_dump())
        return json_response(MessagePage(messages=tuple(message_view(row) for row in rows), feed=feed))

    @api.post("/<record_id>/messages", summary="Write to the person", responses={"201": ChatAccepted})
    @guard.require("operator")
    def write_message(path: IdPath, body: WrittenMessage) -> Response:
        message_id = gateway.write(path.record_id, body.text)
        return json_response(ChatAccepted(conversation_id=path.record_id, message_id=message_id), 201)

    @api.get("/<record_id>/changes", summary="What changed after a cursor", responses={"200": ChangePage})
    def list_changes(path: IdPath, query: ChangeQuery) -> Response:
        page = gateway.changes.page(query.after, limit=query.limit, conversation_id=path.record_id)
        with gateway.database.read() as connection:
            views = change_views(connection, page)
        return json_response(ChangePage(changes=views, next=views[-1].id if views else query.after))

    return api


def messages_api(gateway: Gateway, guard: Guard) -> APIBlueprint:
    """Messages of all conversations."""
    api = guard.blueprint("messages", __name__, url_prefix="/api/messages")

    @api.get("", summary="Messages of all conversations, oldest first", responses={"200": MessagePage})
    def list_all(query: MessageQuery) -> Response:
        feed = gateway.changes.last_id()
        with gateway.database.read() as connection:
            rows = reading.message_page(connection, None, **query.model_dump())
        return json_response(MessagePage(messages=tuple(message_view(row) for row in rows), feed=feed))

    @api.get("/<int:row_id>", summary="A message and its statuses", responses={"200": MessageDetail})
    def get_message(path: RowPath) -> Response:
        with gateway.database.read() as connection:
            row, said = reading.message(connection, path.row_id)
        return json_response(message_detail(row, said))

    return api


def _view(gateway: Gateway, conversation_id: str) -> ConversationView:
    with gateway.database.read() as connection:
        return conversation_view(reading.conversation(connection, conversation_id))
