"""`recado eval`: how good the interpreter is, on cases of what people say."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from interpreter_service.agent.connect import connect_model
from interpreter_service.agent.model import ChatModel
from interpreter_service.evaluation import Case, Judged, Replay, Summary, read_cases, shipped_cases
from interpreter_service.evaluation.cases import HALVES
from recado.cli.ground import settings_here
from recado.problems import CannotStart
from recado.services import Services
from recado.start import prepare
from shared.contracts.tools import ToolSpec
from shared.logs import configure_logs
from shared.settings import Settings


@click.command()
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--model", "with_model", is_flag=True, help="Judge the agent with the model of RECADO_LLM_*.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="The day that 'last month' counts from.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with every case.")
@click.option("--failures", is_flag=True, help="Print each case that was not right.")
def eval(file: Path | None, *, with_model: bool, today: date | None, as_json: bool, failures: bool) -> None:
    """Replay the cases of FILE (JSONL) through the interpreter; without FILE those that come with Recado."""
    configure_logs("error", as_json=False)
    settings = settings_here()
    model = _model(settings) if with_model else None
    day = date(today.year, today.month, today.day) if today else date.today()  # noqa: DTZ011  the operator's day
    sets = _cases(file)
    specs = _specs(settings)
    summaries = {name: _play(cases, specs, day, model) for name, cases in sets.items()}
    if as_json:
        click.echo(json.dumps({name: one.to_json() for name, one in summaries.items()}, ensure_ascii=False, indent=1))
        return
    for name, summary in summaries.items():
        click.echo("\n".join([f"== {name}", *summary.lines(), *(_failures(summary) if failures else ()), ""]))


def _cases(file: Path | None) -> Mapping[str, Sequence[Case]]:
    if file is None:
        return {half: shipped_cases(half) for half in HALVES}
    return {file.name: read_cases(file.read_text(encoding="utf-8").splitlines(), name=file.name)}


def _specs(settings: Settings) -> tuple[ToolSpec, ...]:
    services = Services(prepare(settings), ("executor",))
    services.executor_rooms.tool_files.look()
    try:
        return services.executor_rooms.tool_files.registry().tools
    finally:
        services.executor_rooms.tool_files.stop()
        services.database.close()


def _play(cases: Sequence[Case], specs: Sequence[ToolSpec], today: date, model: ChatModel | None) -> Summary:
    with TemporaryDirectory() as folder, Replay(specs, today, Path(folder), model=model) as replay:
        return Summary(tuple(replay.play(cases)))


def _model(settings: Settings) -> ChatModel:
    model = connect_model(
        base_url=settings.llm_base_url,
        api_key=settings.llm_api_key.get_secret_value() if settings.llm_api_key else "",
        model=settings.llm_model,
        fallback_model=settings.llm_fallback_model,
    )
    if model is None:
        raise CannotStart("RECADO_LLM_BASE_URL, RECADO_LLM_API_KEY: set one of them to judge the agent.")
    return model


def _failures(summary: Summary) -> list[str]:
    return ["", *(_failure(one) for one in summary.judged if one.verdict != "right")]


def _failure(one: Judged) -> str:
    calls = "; ".join(f"{call.tool} {json.dumps(call.arguments, ensure_ascii=False)}" for call in one.reaction.calls)
    return (
        f"{one.verdict:<8} {one.case.id:<12} {one.case.text!r}: {calls or one.reaction.label} (wanted {one.expected})"
    )
