"""`recado flows`: conversation flows, in the database and as files."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from executor_service.flows.desk import FlowDesk
from executor_service.flows.model import Flow
from executor_service.flows.simulation.expectations import options_of, texts_of
from executor_service.flows.simulation.rehearsal import Played
from executor_service.flows.simulation.scripts import Jump, Say, Scene, Step, Tap
from recado.cli.ground import settings_here
from recado.flow_files import as_file, read_file
from recado.services import Services
from recado.start import prepare
from shared.contracts.base import LANGUAGES, Language

FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
LANGUAGE = click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)
NEW = "new"
HOW = "Write as the person would; /tap OPTION, /timeout, /expiry, /delay; an empty line ends."


@click.group()
def flows() -> None:
    """Conversation flows, in the database and as files."""


@flows.command("list")
def list_flows() -> None:
    """Every flow: its id, whether it runs, its name."""
    with _desk() as desk:
        for one in desk.store.all():
            state = "runs" if one.is_active else "stopped" if one.version_id else "draft"
            click.echo(f"{one.id}  {state:<8} {one.name}")


@flows.command("check")
@FILE
@LANGUAGE
def check_flow(file: Path, language: Language) -> None:
    """What keeps the flow in FILE from being published; exit code 1 for anything critical."""
    with _desk() as desk:
        found = desk.check_draft(NEW, read_file(file).flow, language)
    for one in found:
        click.echo(f"{one.severity:<9} {one.text}")
    sys.exit(1 if any(one.severity == "critical" for one in found) else 0)


@flows.command("test")
@FILE
@LANGUAGE
def test_flow(file: Path, language: Language) -> None:
    """Run the tests that the flow in FILE carries; exit code 1 when one fails."""
    flow = read_file(file).flow
    with _desk() as desk:
        failed = desk.test(NEW, flow, language)
    for one in failed:
        click.echo(one.text)
    click.echo(f"{len(flow.tests) - len(failed)} of {len(flow.tests)} tests passed.")
    sys.exit(1 if failed else 0)


@flows.command("simulate")
@FILE
@LANGUAGE
@click.option("--node", default="", help="Where to begin; otherwise at the first trigger.")
def simulate_flow(file: Path, language: Language, node: str) -> None:
    """Talk to the flow in FILE: a fake channel and clock, nothing is called."""
    flow = read_file(file).flow
    scene = Scene(node=node, language=language)
    click.echo(HOW, err=True)
    with _desk() as desk:
        played = desk.simulate(NEW, flow, scene, [])
        _show(played)
        _talk(desk, flow, scene, played, language)


@flows.command("import")
@FILE
@click.option("--name", help="Otherwise the one in the file.")
def import_flow(file: Path, name: str | None) -> None:
    """Make a new draft of the flow in FILE; publishing it is a step of its own."""
    read = read_file(file)
    with _desk() as desk:
        made = desk.store.create(name or read.name, read.flow, description=read.description, by="operator")
    click.echo(f"Imported {made.name} as {made.id}.")


@flows.command("export")
@click.argument("flow_id")
def export_flow(flow_id: str) -> None:
    """Write the draft of the flow FLOW_ID as JSON."""
    with _desk() as desk:
        click.echo(as_file(desk.store.get(flow_id)), nl=False)


@contextmanager
def _desk() -> Iterator[FlowDesk]:
    services = Services(prepare(settings_here()), ("executor",))
    services.tool_files.look()
    try:
        yield services.flow_desk
    finally:
        services.tool_files.stop()
        services.database.close()


def _talk(desk: FlowDesk, flow: Flow, scene: Scene, played: Played, language: Language) -> None:
    """Plays all steps again for each new one; one that could not be played is forgotten."""
    steps: list[Step] = []
    while played.simulator.session.is_open:
        line = sys.stdin.readline().strip()
        if not line:
            return
        tried = desk.simulate(NEW, flow, scene, [*steps, _step(line)])
        if tried.trouble is not None:
            click.echo(f"! {desk.words(tried.trouble[1], language)}")
            continue
        steps.append(_step(line))
        played = tried
        _show(played)


def _step(line: str) -> Step:
    word, _, rest = line.partition(" ")
    match word:
        case "/tap":
            return Tap(option=rest)
        case "/timeout":
            return Jump(to="timeout")
        case "/expiry":
            return Jump(to="expiry")
        case "/delay":
            return Jump(to="delay")
    return Say(text=line)


def _show(played: Played) -> None:
    beat, session = played.beats[-1], played.simulator.session
    for call in beat.calls:
        click.echo(f"  ({call.kind}: {call.payload.get('tool') or call.node_id})")
    for text in texts_of(beat):
        click.echo(f"< {text}")
    for title in options_of(session):
        click.echo(f"  [{title}]")
    if session.wait is None:
        click.echo(f"  -- {session.status} {session.reason}".rstrip())
    elif session.wait.kind != "input":
        click.echo(f"  -- waits: {session.wait.kind}")
