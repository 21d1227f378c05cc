"""The command line. Each command is one file; failures that a person can mend are one sentence and exit code 1."""

from __future__ import annotations

import sys

import click

from recado.cli.ask import ask
from recado.cli.connections import connections
from recado.cli.contacts import contacts
from recado.cli.doctor import doctor
from recado.cli.tools import tools
from recado.cli.up import serve, up
from recado.cli.users import users
from recado.start import CannotStart
from shared.errors import RecadoError
from shared.settings import SettingsError


class _Commands(click.Group):
    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except (CannotStart, SettingsError) as error:
            click.echo(str(error), err=True)
        except RecadoError as error:
            click.echo(f"{error.title}: {error.detail}" if error.detail != error.title else error.title, err=True)
        sys.exit(1)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Recado: ask your ERPNext from WhatsApp."""


for command in (up, serve, ask, doctor, tools, contacts, connections, users):
    main.add_command(command)

__all__ = ["main"]
