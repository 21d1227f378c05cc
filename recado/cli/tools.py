"""`recado tools`: the registry as this installation has it."""

from __future__ import annotations

import click

from recado.cli.ground import settings_here
from recado.services import Services
from recado.start import prepare


@click.command()
def tools() -> None:
    """List the tools, published flows among them, and the tool files that are broken."""
    services = Services(prepare(settings_here()), ("executor",))
    services.executor_rooms.tool_files.look()
    for spec in services.local_executor.tools().tools:
        click.echo(f"{spec.name:<32} {spec.title('en')}")
    for problem in services.executor_rooms.tool_files.problems():
        click.echo(f"broken: {problem.file}: {problem.sentence}", err=True)
    services.executor_rooms.tool_files.stop()
