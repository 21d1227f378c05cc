"""`/api/templates`: flows to begin with. Viewers look, administrators make a flow of one, and keep their own."""

from __future__ import annotations

from http import HTTPStatus

from flask import Response
from flask_openapi import APIBlueprint
from pydantic import BaseModel, ConfigDict, Field

from executor_service.api.flow_bodies import Description, FlowView, LanguageQuery, Name
from executor_service.api.noting import Noting
from executor_service.flows.desk import FlowDesk
from executor_service.flows.model import Flow
from executor_service.flows.templates.catalogue import TemplateCatalogue
from executor_service.flows.templates.shelf import Category, Template
from shared.contracts.base import LANGUAGES, Contract, Language
from shared.http.guard import Guard
from shared.http.responses import json_response


class TemplateView(Contract):
    """`title` and `description` in the language that was asked for; `languages` are those its texts are in."""

    name: str
    category: Category
    title: str
    description: str
    languages: tuple[Language, ...]
    nodes: int
    tests: int
    is_own: bool
    """Whether the company keeps it, and may delete it."""


class TemplateList(Contract):
    templates: tuple[TemplateView, ...]


class TemplateWhole(Contract):
    """A template with its drawing, to be looked at before it is taken."""

    template: TemplateView
    flow: Flow


class TemplatePath(BaseModel):
    name: str = Field(max_length=60)


class UseTemplate(BaseModel):
    """Without `flow_name` the flow is called as the template."""

    model_config = ConfigDict(extra="forbid")

    flow_name: Name | None = None


class KeepTemplate(BaseModel):
    """The draft of a flow as it is now; keys that were written into its requests are left out."""

    model_config = ConfigDict(extra="forbid")

    flow_id: str = Field(max_length=40)
    title: Name
    description: Description = ""
    category: Category


def templates_api(desk: FlowDesk, catalogue: TemplateCatalogue, guard: Guard, noting: Noting) -> APIBlueprint:
    api = guard.blueprint("flow_templates", __name__, url_prefix="/api/templates")

    @api.get("", summary="Templates of flows", responses={"200": TemplateList})
    def templates(query: LanguageQuery) -> Response:
        found = catalogue.all().items()
        views = (_view(name, one, query.language, is_own=catalogue.is_own(name)) for name, one in found)
        return json_response(TemplateList(templates=tuple(views)))

    @api.post("", summary="Keep a flow as a template", responses={"201": TemplateView})
    @guard.require("administrator")
    def keep(query: LanguageQuery, body: KeepTemplate) -> Response:
        draft = desk.store.get(body.flow_id).draft
        by = guard.user().id
        name = catalogue.own.save(draft, title=body.title, description=body.description, category=body.category, by=by)
        noting.note("template.create", name)
        view = _view(name, catalogue.get(name), query.language, is_own=True)
        return json_response(view, HTTPStatus.CREATED)

    @api.delete("/<name>", summary="Take an own template away", responses={"204": None})
    @guard.require("administrator")
    def delete(path: TemplatePath) -> Response:
        catalogue.delete(path.name)
        noting.note("template.delete", path.name)
        return Response(status=HTTPStatus.NO_CONTENT)

    @api.get("/<name>", summary="A template with its drawing", responses={"200": TemplateWhole})
    def template(path: TemplatePath, query: LanguageQuery) -> Response:
        found = catalogue.get(path.name)
        view = _view(path.name, found, query.language, is_own=catalogue.is_own(path.name))
        return json_response(TemplateWhole(template=view, flow=found.flow))

    @api.post("/<name>/use", summary="A new flow from a template", responses={"201": FlowView})
    @guard.require("administrator")
    def use(path: TemplatePath, query: LanguageQuery, body: UseTemplate) -> Response:
        template = catalogue.get(path.name)
        name = body.flow_name or template.titles[query.language]
        made = desk.store.create(name, template.flow, by=guard.user().id)
        noting.note("flow.create", made.id)
        return json_response(FlowView.of(made), HTTPStatus.CREATED)

    return api


def _view(name: str, template: Template, language: Language, *, is_own: bool) -> TemplateView:
    spoken = {template.flow.language, *template.flow.translations}
    return TemplateView(
        name=name,
        category=template.category,
        title=template.titles[language],
        description=template.descriptions[language],
        languages=tuple(one for one in LANGUAGES if one in spoken),
        nodes=len(template.flow.nodes),
        tests=len(template.flow.tests),
        is_own=is_own,
    )
