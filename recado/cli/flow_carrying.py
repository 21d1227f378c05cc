"""`recado flows import` and `export`: flows come from files, also of other programs, and go into files."""

from __future__ import annotations

from pathlib import Path

import click

from executor_service.flows.importing.arrival import Arrivals, Arrived
from executor_service.flows.importing.formats import FORMATS, FormatName
from recado.cli.flow_ground import FILE, LANGUAGE, flow_desk
from recado.flow_files import as_file, read_document
from shared.contracts.base import LANGUAGES, Language


@click.command("import")
@FILE
@LANGUAGE
@click.option("--from", "format_name", type=click.Choice(FORMATS), help="Otherwise found out from the file.")
@click.option("--texts-in", "spoken", type=click.Choice(LANGUAGES), help="The language of its texts; else guessed.")
@click.option("--name", help="Otherwise the one in the file.")
def import_flow(
    file: Path, language: Language, format_name: FormatName | None, spoken: Language | None, name: str | None
) -> None:
    """Make a draft of each flow in FILE, of Recado, Typebot, RapidPro or Glific; publishing is a step of its own."""
    document = read_document(file)
    with flow_desk() as desk:
        arrived = Arrivals(desk).take(
            document,
            language=language,
            by="operator",
            format_name=format_name,
            spoken=spoken,
            name=name,
            otherwise=file.stem,
        )
    for one in arrived:
        _report(one)


@click.command("export")
@click.argument("flow_id")
def export_flow(flow_id: str) -> None:
    """Write the draft of the flow FLOW_ID as JSON."""
    with flow_desk() as desk:
        click.echo(as_file(desk.store.get(flow_id)), nl=False)


def _report(arrived: Arrived) -> None:
    """What did not come over as it was; the checks' findings are only counted, `check` and the console show them."""
    click.echo(f"Imported {arrived.stored.name} as {arrived.stored.id}.")
    for note in arrived.notes:
        click.echo(f"  {note.outcome:<7} {note.text}")
    critical = sum(one.severity == "critical" for one in arrived.findings)
    if critical:
        click.echo(f"  {critical} things to mend before it can be published.")
