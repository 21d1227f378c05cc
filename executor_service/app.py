"""Where the executor meets: its rooms, its HTTP app and its Socket.IO server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from flask_openapi import OpenAPI
from prometheus_client import CollectorRegistry
from sqlalchemy import text

from executor_service.api.accounts_api import accounts_api
from executor_service.api.admin import admin_api
from executor_service.api.approval_api import approval_api
from executor_service.api.attention_api import attention_api
from executor_service.api.callbacks_api import callbacks_api
from executor_service.api.connections_api import connections_api
from executor_service.api.flow_sessions_api import flow_sessions_api
from executor_service.api.flow_start_api import flow_start_api
from executor_service.api.flows_api import flows_api, nodes_api
from executor_service.api.forgetting_api import forgetting_api
from executor_service.api.importing_api import importing_api
from executor_service.api.links_api import links_api
from executor_service.api.noting import Noting
from executor_service.api.schedules_api import schedules_api
from executor_service.api.simulate_api import simulate_api
from executor_service.api.sockets import TaskNamespace
from executor_service.api.standing_api import standing_api
from executor_service.api.statistics_api import statistics_api
from executor_service.api.templates_api import templates_api
from executor_service.api.v1 import service_api
from executor_service.api.variables_api import variables_api
from executor_service.api.webhook_api import erp_webhook, webhook_api
from executor_service.artifacts import ArtifactStore
from executor_service.attention import Look
from executor_service.calls import Calls
from executor_service.connections.directory import ErpDirectory
from executor_service.counting import count_tasks
from executor_service.events.log import EventLog
from executor_service.executor import Executor
from executor_service.flows.desk import FlowDesk
from executor_service.flows.flow_tools import FlowTools
from executor_service.flows.history import History
from executor_service.flows.published import PublishedFlows
from executor_service.flows.service_accounts import IsLinked, ServiceAccounts
from executor_service.flows.simulation.tools import ReadingTools
from executor_service.flows.store import FlowStore
from executor_service.flows.templates.catalogue import TemplateCatalogue
from executor_service.flows.templates.own import OwnTemplates
from executor_service.flows.templates.shelf import TemplateShelf
from executor_service.flows.tool_effect import ToolEffect
from executor_service.flows.variables import Variables
from executor_service.flows.wiring import FlowEngine, FlowParts
from executor_service.forgetting import Forgetting
from executor_service.hooks.alerts import Alerts
from executor_service.hooks.flow_starts import FlowStarts
from executor_service.hooks.intake import Intake
from executor_service.hooks.keeper import Handle, NoticeKeeper
from executor_service.hooks.people import Links, People
from executor_service.pins.second_factor import SecondFactor
from executor_service.registry.registry import Registry
from executor_service.retention import ExecutorSweep
from executor_service.rules.commands import Commands, Redeem
from executor_service.rules.inputs import Inputs
from executor_service.rules.menu import Menu
from executor_service.rules.pin_rule import PinRule
from executor_service.rules.rulings import Rulings
from executor_service.schedules.firing import Firing
from executor_service.schedules.keeper import ScheduleKeeper
from executor_service.schedules.saying import Sayings
from executor_service.schedules.schedules import Schedules
from executor_service.tasks.access import Directory
from executor_service.tasks.earlier import EarlierResults
from executor_service.tasks.perform import Performer, Render
from executor_service.tasks.runner import Runner, RunnerLimits
from shared.audit import Audit
from shared.clock import Clock, utc_now
from shared.contracts.base import Json
from shared.contracts.callers import ContactCaller
from shared.counts import Counts
from shared.database import Database
from shared.errors import TemporaryError
from shared.http.counts_api import counts_api
from shared.http.fan_out import make_socketio
from shared.http.frame import make_app
from shared.http.guard import Guard
from shared.http.retention_api import old_records_api
from shared.preferences import Preferences
from shared.texts import Texts
from shared.tokens import Tokens


def _nobody_is(_contact_id: str) -> bool:
    return False


@dataclass(frozen=True, kw_only=True)
class ExecutorParts:
    """What an executor is made of; everything outside it comes in here."""

    database: Database
    tokens: Tokens
    directory: Directory
    redeem: Redeem
    registry: Callable[[], Registry]
    render: Render
    home: Path
    second_factor: SecondFactor
    now: Clock = utc_now
    limits: RunnerLimits = field(default_factory=RunnerLimits)
    flows: FlowParts = field(default_factory=FlowParts)
    links: Links | None = None
    is_linked: IsLinked = _nobody_is
    """For service accounts."""
    """The linked contacts, for flows that an ERP's notices start."""
    lets_unknown_into_flows: bool = False
    """Whether contacts without a link may use published flows."""


def make_executor(parts: ExecutorParts) -> Executor:
    """The typed handler with its task engine, not started yet."""
    flow_texts = Texts("executor_service.flows")
    published = PublishedFlows(FlowStore(parts.database, now=parts.now))

    def start(flow_id: str, caller: ContactCaller, arguments: Json) -> bool:
        return flows.start_flow(flow_id, caller, arguments=arguments) is not None

    registry = FlowTools(
        parts.registry,
        published,
        parts.directory,
        start,
        flow_texts,
        look_every_seconds=parts.flows.tools_look_every_seconds,
    ).registry
    texts = Texts("executor_service.tasks")
    log = EventLog(parts.database, now=parts.now)
    artifacts = ArtifactStore(parts.home / "artifacts", parts.database, now=parts.now)
    performer = Performer(
        registry=registry,
        directory=parts.directory,
        artifacts=artifacts,
        render=parts.render,
        earlier=EarlierResults(parts.database, registry, parts.now),
        texts=texts,
        now=parts.now,
    )
    runner = Runner(
        database=parts.database,
        log=log,
        performer=performer,
        timeout_of=lambda name: registry().timeout_of(name),
        texts=texts,
        now=parts.now,
        limits=parts.limits,
        also_said=Sayings(Texts("executor_service.schedules")),
    )
    firing = Firing(
        database=parts.database,
        log=log,
        registry=parts.registry,
        directory=parts.directory,
        texts=Texts("executor_service.schedules"),
        now=parts.now,
    )
    calls = Calls(
        database=parts.database,
        log=log,
        runner=runner,
        registry=registry,
        directory=parts.directory,
        tokens=parts.tokens,
        second_factor=parts.second_factor,
        now=parts.now,
    )
    accounts = ServiceAccounts(parts.database, parts.is_linked, parts.now)
    tool_effect = ToolEffect(calls, parts.tokens, accounts)
    flows = FlowEngine(parts.database, log, tool_effect, parts.flows, flow_texts, parts.now, published)
    notices = _make_notices(parts, firing, flows)
    inputs = _make_inputs(parts, registry, log, calls, flows)
    return Executor(
        database=parts.database,
        log=log,
        runner=runner,
        keepers=(ScheduleKeeper(firing), notices),
        calls=calls,
        inputs=inputs,
        flows=flows,
        artifacts=artifacts,
        registry=registry,
        tokens=parts.tokens,
    )


def _make_notices(parts: ExecutorParts, firing: Firing, flows: FlowEngine) -> NoticeKeeper:
    """What turns an ERP's notices into alerts and, where contacts are linked, into starts of flows."""
    handlers: list[Handle] = [Alerts(parts.database, firing).tell]
    if parts.links is not None:
        handlers.append(FlowStarts(parts.database, flows, People(parts.database, parts.directory, parts.links)).tell)
    return NoticeKeeper(parts.database, handlers, parts.now)


def _make_inputs(
    parts: ExecutorParts, registry: Callable[[], Registry], log: EventLog, calls: Calls, flows: FlowEngine
) -> Inputs:
    texts = Texts("executor_service.rules")
    menu = Menu(registry, texts)
    return Inputs(
        database=parts.database,
        rulings=Rulings(parts.database, log, parts.now),
        commands=Commands(calls, menu, parts.redeem, flows.routing.stop_current, texts),
        flows=flows.routing,
        pins=PinRule(parts.second_factor.pins, Texts("executor_service.pins")),
        give_pin=calls.give_pin,
        directory=parts.directory,
        lets_unknown_into_flows=parts.lets_unknown_into_flows,
        tokens=parts.tokens,
        texts=texts,
        now=parts.now,
    )


def create_app(
    executor: Executor,
    *,
    database: Database,
    tokens: Tokens,
    guard: Guard,
    directory: ErpDirectory,
    schedules: Schedules,
    flows: FlowDesk,
    variables: Variables,
    second_factor: SecondFactor,
    audit: Audit,
    metrics: CollectorRegistry,
    prefix: str = "",
    redis_url: str = "",
    public_url: str = "",
    now: Clock = utc_now,
    origins: list[str] | None = None,
) -> OpenAPI:
    """The executor's HTTP app with its Socket.IO server around it: mount its `wsgi_app`."""

    def database_answers() -> None:
        with database.read() as connection:
            connection.execute(text("SELECT 1"))

    def tasks_run() -> None:
        if not executor.runner.is_healthy():
            raise TemporaryError("the task engine is stopped or has lost too many threads")

    app = make_app(
        __name__,
        title="Recado executor",
        prefix=prefix,
        checks={"database": database_answers, "tasks": tasks_run},
        metrics=metrics,
    )
    noting = Noting(database, guard, audit)
    app.register_api(service_api(executor, tokens))
    app.register_api(callbacks_api(executor))
    app.register_api(admin_api(executor, guard))
    counts = Counts(database, "executor", count_tasks, now=now)
    app.register_api(counts_api(counts, guard))
    app.register_api(attention_api(Look(database, counts), guard))
    sweep, preferences = ExecutorSweep(database, executor.artifacts), Preferences(database, audit)
    app.register_api(old_records_api([sweep], preferences, guard, now))
    app.register_api(forgetting_api(Forgetting(database, executor.artifacts, directory, audit), guard))
    app.register_api(flow_start_api(executor, guard, noting))
    app.register_api(connections_api(directory, guard, noting))
    app.register_blueprint(erp_webhook(Intake(database, directory.webhooks, now)))
    app.register_api(webhook_api(directory, guard, noting, f"{public_url}{prefix}"))
    app.register_api(approval_api(directory, second_factor, guard, noting))
    app.register_api(links_api(directory, guard, noting))
    app.register_api(nodes_api(flows, guard))
    app.register_api(flows_api(flows, executor.flows.settling, guard, noting))
    app.register_api(accounts_api(flows, executor.flows.accounts, guard, noting))
    app.register_api(flow_sessions_api(History(database), guard))
    app.register_api(standing_api(executor.flows.settling, guard, noting))
    app.register_api(importing_api(flows, guard, noting))
    real_tools = ToolEffect(executor.calls, tokens, executor.flows.accounts)
    reading_tools = ReadingTools(executor.calls, real_tools, executor.tools)
    app.register_api(simulate_api(flows, reading_tools, guard))
    app.register_api(statistics_api(flows, database, guard, utc_now))
    app.register_api(
        templates_api(flows, TemplateCatalogue(TemplateShelf(), OwnTemplates(database, now=now)), guard, noting)
    )
    app.register_api(schedules_api(schedules, guard, noting))
    app.register_api(variables_api(variables, database, guard, audit))
    socketio = make_socketio(app, redis_url=redis_url, channel="recado-tasks", origins=origins)
    socketio.on_namespace(TaskNamespace(socketio, executor, tokens))
    return app
