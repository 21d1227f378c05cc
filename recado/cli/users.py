"""`recado users`: who may use the console and its API."""

from __future__ import annotations

from typing import get_args

import click

from recado.cli.ground import settings_here
from recado.console import first_link
from recado.start import prepare
from shared.auth.model import OPERATOR
from shared.auth.users import name_key
from shared.auth.wiring import Auth, make_auth
from shared.contracts.callers import Role
from shared.database import Database
from shared.errors import NotFound
from shared.secrets import SecretBox


def _auth() -> Auth:
    ground = prepare(settings_here())
    return make_auth(Database(ground.settings.database), box=SecretBox(ground.secret_key))


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


@users.command("reset-second-factor")
@click.argument("name")
def reset_second_factor(name: str) -> None:
    """Take away the second factor of somebody who lost the phone and the recovery codes."""
    auth = _auth()
    user = next((one for one in auth.users.list() if name_key(one.name) == name_key(name)), None)
    if user is None:
        raise click.ClickException(f"No user is called {name}: see `recado users list`.")
    try:
        auth.second_factors.remove(OPERATOR.id, user.id)
    except NotFound:
        raise click.ClickException(f"{user.name} has no second factor.") from None
    click.echo(f"{user.name} signs in with the password alone now.")


@users.command("link")
def link() -> None:
    """Make the one-time link with which the first administrator sets a name and password."""
    click.echo(first_link(settings_here(), _auth()))
