"""`recado cases`: turns of the log as cases for `recado eval`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from interpreter_service.evaluation.cases import Expected
from interpreter_service.evaluation.saved import SavedCases, expected_of
from recado.cli.ground import settings_here
from recado.start import prepare
from shared.clock import utc_now
from shared.database import Database


@click.group()
@click.pass_context
def cases(context: click.Context) -> None:
    """Turns of the log as cases for `recado eval`."""
    database = Database(prepare(settings_here()).settings.database)
    context.call_on_close(database.close)
    context.obj = SavedCases(database)


@cases.command("save")
@click.argument("turn_id")
@click.option("--kind", default="", help="E.g. report, typo, follow_up.")
@click.option("--expected", metavar="JSON", help='E.g. {"refuse": true}. Otherwise what the turn did was right.')
@click.pass_obj
def save_case(saved: SavedCases, turn_id: str, kind: str, expected: str | None) -> None:
    """Save the turn TURN_ID as a case."""
    case = saved.save(turn_id, utc_now(), kind=kind, expected=_expected(expected) if expected else None)
    click.echo(case.model_dump_json(exclude_defaults=True))


@cases.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def export_cases(saved: SavedCases, file: Path) -> None:
    """Write all saved cases to FILE, as `recado eval FILE` reads them."""
    lines = [case.model_dump_json(exclude_defaults=True) for case in saved.list()]
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    click.echo(f"{len(lines)} cases written to {file}.")


@cases.command("delete")
@click.argument("case_id")
@click.pass_obj
def delete_case(saved: SavedCases, case_id: str) -> None:
    """Delete one saved case."""
    saved.delete(case_id)
    click.echo(f"Deleted {case_id}.")


def _expected(text: str) -> Expected:
    try:
        body = json.loads(text)
    except ValueError as error:
        raise click.BadParameter(f"not JSON ({error})", param_hint="--expected") from error
    if not isinstance(body, dict):
        raise click.BadParameter('not a JSON object, e.g. {"refuse": true}', param_hint="--expected")
    return expected_of(body)
