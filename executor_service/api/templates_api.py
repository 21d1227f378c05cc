"""`/api/templates`: flows to begin with. Viewers look, administrators make a flow of one."""

from __future__ import annotations

from http import HTTPStatus

from flask import Response
from flask_openapi import APIBlueprint
from pydantic import BaseModel, ConfigDict, Field

from executor_service.api.flow_bodies import FlowView, LanguageQuery, Name
from executor_service.api.noting import Noting
from executor_service.flows.desk import FlowDesk
from executor_service.flows.model import Flow
from executor_service.flows.templates.shelf import Category, TemplateShelf
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


def templates_api(desk: FlowDesk, shelf: TemplateShelf, guard: Guard, noting: Noting) -> APIBlueprint:
    api = guard.blueprint("flow_templates", __name__, url_prefix="/api/templates")

    @api.get("", summary="Templates of flows", responses={"200": TemplateList})
    def templates(query: LanguageQuery) -> Response:
        return json_response(
            TemplateList(templates=tuple(_view(shelf, name, query.language) for name in shelf.by_name))
        )

    @api.get("/<name>", summary="A template with its drawing", responses={"200": TemplateWhole})
    def template(path: TemplatePath, query: LanguageQuery) -> Response:
        view = _view(shelf, path.name, query.language)
        return json_response(TemplateWhole(template=view, flow=shelf.get(path.name).flow))

    @api.post("/<name>/use", summary="A new flow from a template", responses={"201": FlowView})
    @guard.require("administrator")
    def use(path: TemplatePath, query: LanguageQuery, body: UseTemplate) -> Response:
        template = shelf.get(path.name)
        name = body.flow_name or template.titles[query.language]
        made = desk.store.create(name, template.flow, by=guard.user().id)
        noting.note("flow.create", made.id)
        return json_response(FlowView.of(made), HTTPStatus.CREATED)

    return api


def _view(shelf: TemplateShelf, name: str, language: Language) -> TemplateView:
    template = shelf.get(name)
    spoken = {template.flow.language, *template.flow.translations}
    return TemplateView(
        name=name,
        category=template.category,
        title=template.titles[language],
        description=template.descriptions[language],
        languages=tuple(one for one in LANGUAGES if one in spoken),
        nodes=len(template.flow.nodes),
        tests=len(template.flow.tests),
    )
