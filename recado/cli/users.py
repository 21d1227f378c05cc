"""`recado users`: who may use the console and its API."""

from __future__ import annotations

from typing import get_args

import click

from recado.cli.ground import settings_here
from recado.console import first_link
from recado.start import prepare
from shared.auth.model import OPERATOR
from shared.auth.wiring import Auth, make_auth
from shared.contracts.callers import Role
from shared.database import Database


def _auth() -> Auth:
    return make_auth(Database(prepare(settings_here()).settings.database))


@click.group()
def users() -> None:
    """Users of the console and its API."""


@users.command("list")
def list_users() -> None:
    """List them."""
    for user in _auth().users.list():
        click.echo(f"{user.name:<32} {user.role}")


@users.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice(get_args(Role)), default="viewer", show_default=True)
@click.password_option(help="Asked for when not given.")
def add_user(name: str, role: Role, password: str) -> None:
    """Add one."""
    user = _auth().users.create(OPERATOR.id, name, password, role)
    click.echo(f"Added {user.name} as {user.role}.")


@users.command("link")
def link() -> None:
    """Make the one-time link with which the first administrator sets a name and password."""
    click.echo(first_link(settings_here(), _auth()))
