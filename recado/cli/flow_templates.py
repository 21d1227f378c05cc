"""`recado flows templates`: flows to begin with, those that come with Recado and the company's own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import get_args

import click

from executor_service.flows.templates.catalogue import TemplateCatalogue
from executor_service.flows.templates.own import OwnTemplates
from executor_service.flows.templates.shelf import Category, TemplateShelf
from recado.cli.flow_ground import LANGUAGE, flow_services
from recado.flow_files import as_document
from recado.services import Services
from shared.contracts.base import Language

NAME = click.argument("name")


@click.group()
def templates() -> None:
    """Flows to begin with: listed, used, kept, exported, deleted."""


@templates.command("list")
@LANGUAGE
def list_templates(language: Language) -> None:
    """Every template: its name, category and title; `own` before those that the company keeps."""
    with _catalogue() as (_, catalogue):
        for name, one in catalogue.all().items():
            mark = "own" if catalogue.is_own(name) else ""
            click.echo(f"{name:<28} {mark:<4} {one.category:<12} {one.titles[language]}")


@templates.command("save")
@click.argument("flow_id")
@click.option("--title", required=True)
@click.option("--category", type=click.Choice(get_args(Category)), required=True)
@click.option("--description", default="")
def save_template(flow_id: str, title: str, category: Category, description: str) -> None:
    """Keep the draft of the flow FLOW_ID as a template, without keys that stand in its requests."""
    with _catalogue() as (services, catalogue):
        draft = services.executor_rooms.flow_desk.store.get(flow_id).draft
        name = catalogue.own.save(draft, title=title, description=description, category=category, by="operator")
    click.echo(f"Kept {title} as {name}.")


@templates.command("use")
@NAME
@LANGUAGE
@click.option("--name", "flow_name", help="Otherwise the template's title.")
def use_template(name: str, language: Language, flow_name: str | None) -> None:
    """Make a new draft of the template NAME."""
    with _catalogue() as (services, catalogue):
        template = catalogue.get(name)
        called = flow_name or template.titles[language]
        made = services.executor_rooms.flow_desk.store.create(called, template.flow, by="operator")
    click.echo(f"Made {made.name} as {made.id}.")


@templates.command("export")
@NAME
@LANGUAGE
def export_template(name: str, language: Language) -> None:
    """Write the template NAME as JSON, as `recado flows import` reads it."""
    with _catalogue() as (_, catalogue):
        one = catalogue.get(name)
    click.echo(as_document(one.titles[language], one.descriptions[language], one.flow), nl=False)


@templates.command("delete")
@NAME
def delete_template(name: str) -> None:
    """Take the company's own template NAME away; flows that were made of it stay."""
    with _catalogue() as (_, catalogue):
        catalogue.delete(name)
    click.echo("Deleted.")


@contextmanager
def _catalogue() -> Iterator[tuple[Services, TemplateCatalogue]]:
    with flow_services() as services:
        yield services, TemplateCatalogue(TemplateShelf(), OwnTemplates(services.database))
