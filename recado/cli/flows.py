"""`recado flows`: conversation flows, in the database and as files."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from executor_service.flows.desk import FlowDesk
from executor_service.flows.model import Flow
from executor_service.flows.simulation.expectations import options_of, texts_of
from executor_service.flows.simulation.rehearsal import Played
from executor_service.flows.simulation.scripts import Jump, Say, Scene, Step, Tap
from recado.cli.flow_carrying import export_flow, import_flow
from recado.cli.flow_ground import FILE, LANGUAGE, flow_desk
from recado.cli.flow_templates import templates
from recado.flow_files import read_file
from shared.contracts.base import Language

NEW = "new"
HOW = "Write as the person would; /tap OPTION, /timeout, /expiry, /delay; an empty line ends."


@click.group()
def flows() -> None:
    """Conversation flows, in the database and as files."""


flows.add_command(import_flow)
flows.add_command(export_flow)
flows.add_command(templates)


@flows.command("list")
def list_flows() -> None:
    """Every flow: its id, whether it runs, its name."""
    with flow_desk() as desk:
        for one in desk.store.all():
            state = "runs" if one.is_active else "stopped" if one.version_id else "draft"
            click.echo(f"{one.id}  {state:<8} {one.name}")


@flows.command("check")
@FILE
@LANGUAGE
def check_flow(file: Path, language: Language) -> None:
    """What keeps the flow in FILE from being published; exit code 1 for anything critical."""
    with flow_desk() as desk:
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
    with flow_desk() as desk:
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
    with flow_desk() as desk:
        played = desk.simulate(NEW, flow, scene, [])
        _show(played)
        _talk(desk, flow, scene, played, language)


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
