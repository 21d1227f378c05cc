"""`recado retention`: how long records are kept, and removing what is older."""

from __future__ import annotations

import click

from recado.cli.ground import settings_here
from recado.services import Services
from recado.start import prepare


@click.command()
@click.option("--dry-run", is_flag=True, help="Only say what would be removed.")
def retention(dry_run: bool) -> None:
    """Remove what is older than it is kept, as the server does once a day.

    How long each kind is kept is decided in the console, under Settings.
    """
    services = Services(prepare(settings_here()))
    try:
        kept = services.retaining.kept()
        found = services.retaining.old() if dry_run else services.retaining.remove()
    finally:
        services.database.close()
    verb = "would be removed" if dry_run else "removed"
    for kind, number in found.items():
        click.echo(f"{kind:<12} kept {getattr(kept, kind):>5} days   {number:>8} {verb}")
