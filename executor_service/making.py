"""The executor made of its rooms: tasks, flows, schedules, notices and rules, not started yet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from executor_service.artifacts import ArtifactStore
from executor_service.calls import Calls
from executor_service.events.log import EventLog
from executor_service.executor import Executor
from executor_service.flows.flow_tools import FlowTools
from executor_service.flows.published import PublishedFlows
from executor_service.flows.service_accounts import IsLinked, ServiceAccounts
from executor_service.flows.store import FlowStore
from executor_service.flows.tool_effect import ToolEffect
from executor_service.flows.wiring import FlowEngine, FlowParts
from executor_service.hooks.alerts import Alerts
from executor_service.hooks.flow_starts import FlowStarts
from executor_service.hooks.keeper import Handle, NoticeKeeper
from executor_service.hooks.people import Links, People
from executor_service.pins.second_factor import SecondFactor
from executor_service.registry.registry import Registry
from executor_service.rules.commands import Commands, Redeem
from executor_service.rules.inputs import Inputs
from executor_service.rules.menu import Menu
from executor_service.rules.pin_rule import PinRule
from executor_service.rules.rulings import Rulings
from executor_service.schedules.firing import Firing
from executor_service.schedules.keeper import schedule_keeper
from executor_service.schedules.saying import Sayings
from executor_service.tasks.access import Directory
from executor_service.tasks.earlier import EarlierResults
from executor_service.tasks.perform import Performer, Render
from executor_service.tasks.runner import Runner, RunnerLimits
from shared.clock import Clock, utc_now
from shared.contracts.base import Json
from shared.contracts.callers import ContactCaller
from shared.database import Database
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
    """The linked contacts, for flows that an ERP's notices start."""
    is_linked: IsLinked = _nobody_is
    """For service accounts of flows."""
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
        keepers=(schedule_keeper(firing), notices),
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
