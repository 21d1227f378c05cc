"""`/api/knowledge`: the sources of the knowledge base, for the console; `/v1/knowledge`: its search, for the tool."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import quote

from flask import Response
from flask_openapi import APIBlueprint

from interpreter_service.http.knowledge_bodies import (
    FoundPassage,
    FoundPassages,
    GroupsBody,
    SearchQuery,
    SourceForm,
    SourceList,
    SourcePath,
    SourceView,
    group_names,
    view_of,
)
from interpreter_service.knowledge.knowledge import KnowledgeBase
from interpreter_service.knowledge.model import MAX_SOURCE_BYTES, KnowledgeSettings, Source
from shared.apis import KnowledgeApi
from shared.audit import Audit, Detail
from shared.contracts.knowledge import KnowledgeAnswer, KnowledgeQuery
from shared.database import Database
from shared.http.guard import Guard
from shared.http.responses import json_response
from shared.http.service_guard import service_blueprint
from shared.tokens import Tokens

CONTENT = {"description": "The file", "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}


def knowledge_api(knowledge: KnowledgeBase, database: Database, guard: Guard, audit: Audit) -> APIBlueprint:
    """Operators read and search; what people are answered from takes an administrator to change."""
    api = guard.blueprint("admin_knowledge", __name__, url_prefix="/api/knowledge", role="operator")

    def note(action: str, target: str, detail: Detail | None = None) -> None:
        actor = guard.user().id
        database.write(lambda connection: audit.record(connection, actor, action, target, detail))

    def view(source: Source) -> SourceView:
        return view_of(source, knowledge.settings().chunk_chars)

    @api.get("", summary="Sources of the knowledge base", responses={"200": SourceList})
    def list_sources() -> Response:
        chars = knowledge.settings().chunk_chars
        views = tuple(view_of(one, chars) for one in knowledge.sources())
        return json_response(SourceList(sources=views, embedding_model=knowledge.embedding_model))

    @api.post("", summary="Add a file", responses={"201": SourceView})
    @guard.require("administrator")
    def add(form: SourceForm) -> Response:
        groups = group_names(form.groups)
        data = form.file.stream.read(MAX_SOURCE_BYTES + 1)
        name, by = form.file.filename or "", guard.user().id
        source = knowledge.add(data, name, groups=groups, by=by, replaces=form.replace)
        note("knowledge.add", source.id, {"filename": source.filename, "groups": ", ".join(groups)})
        return json_response(view(source), HTTPStatus.CREATED)

    @api.get("/search", summary="Search it", responses={"200": FoundPassages})
    def search(query: SearchQuery) -> Response:
        groups = group_names(query.groups)
        answer = knowledge.search(KnowledgeQuery(question=query.question, groups=groups, limit=query.limit))
        found = tuple(FoundPassage(passage=one, place=one.place) for one in answer.passages)
        return json_response(FoundPassages(found=found))

    @api.get("/settings", summary="How it is searched", responses={"200": KnowledgeSettings})
    def settings() -> dict[str, object]:
        return knowledge.settings().model_dump()

    @api.put("/settings", summary="Change how it is searched", responses={"200": KnowledgeSettings})
    @guard.require("administrator")
    def set_settings(body: KnowledgeSettings) -> dict[str, object]:
        knowledge.set_settings(body)
        note("knowledge.settings", "settings", {name: str(value) for name, value in body.model_dump().items()})
        return body.model_dump()

    @api.get("/<source_id>", summary="One source", responses={"200": SourceView})
    def show(path: SourcePath) -> Response:
        return json_response(view(knowledge.get(path.source_id)))

    @api.get("/<source_id>/file", summary="The file as it was uploaded", responses={"200": CONTENT})
    def content(path: SourcePath) -> Response:
        name = quote(knowledge.get(path.source_id).filename, safe="")
        headers = {
            "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox",
        }
        return Response(knowledge.content(path.source_id), content_type="application/octet-stream", headers=headers)

    @api.post("/<source_id>/reindex", summary="Index one source anew", responses={"200": SourceView})
    @guard.require("administrator")
    def reindex(path: SourcePath) -> Response:
        source = knowledge.reindex(path.source_id)
        note("knowledge.reindex", source.id)
        return json_response(view(source))

    @api.put("/<source_id>/groups", summary="Say who may read it", responses={"200": SourceView})
    @guard.require("administrator")
    def set_groups(path: SourcePath, body: GroupsBody) -> Response:
        source = knowledge.set_groups(path.source_id, body.groups)
        note("knowledge.groups", source.id, {"groups": ", ".join(source.groups)})
        return json_response(view(source))

    @api.delete("/<source_id>", summary="Remove a source", responses={"204": None})
    @guard.require("administrator")
    def remove(path: SourcePath) -> Response:
        knowledge.remove(path.source_id)
        note("knowledge.remove", path.source_id)
        return Response(status=HTTPStatus.NO_CONTENT)

    return api


def knowledge_search_api(knowledge: KnowledgeApi, tokens: Tokens) -> APIBlueprint:
    """Only the executor asks, which knows the groups of the person."""
    api = service_blueprint(tokens, "executor", name="knowledge", import_name=__name__, url_prefix="/v1/knowledge")

    @api.post("/search", summary="Passages that answer a question", responses={"200": KnowledgeAnswer})
    def find(body: KnowledgeQuery) -> Response:
        return json_response(knowledge.search(body))

    return api
