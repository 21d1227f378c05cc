"""The command line: each command is one file, imported when it is used.

A failure that a person can mend is one sentence and exit code 1.
"""

from __future__ import annotations

import sys
from importlib import import_module

import click

from recado.problems import sentence_of

COMMANDS = {
    "up": "up",
    "serve": "up",
    "ask": "ask",
    "doctor": "doctor",
    "tools": "tools",
    "flows": "flows",
    "contacts": "contacts",
    "connections": "connections",
    "users": "users",
    "knowledge": "knowledge",
    "retention": "retention",
    "eval": "eval",
    "cases": "cases",
}
"""Each command and the file that has it."""


class _Commands(click.Group):
    def list_commands(self, _context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"recado.cli.{COMMANDS[name]}"), name)
        return command

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except Exception as error:
            sentence = sentence_of(error)
            if sentence is None:
                raise
            click.echo(sentence, err=True)
            sys.exit(1)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Recado: ask your ERPNext from WhatsApp."""
