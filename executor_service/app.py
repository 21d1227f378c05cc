"""The executor's HTTP app and its Socket.IO server."""

from __future__ import annotations

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
from executor_service.attention import Look
from executor_service.connections.directory import ErpDirectory
from executor_service.counting import count_tasks
from executor_service.executor import Executor
from executor_service.flows.desk import FlowDesk
from executor_service.flows.history import History
from executor_service.flows.simulation.tools import ReadingTools
from executor_service.flows.templates.catalogue import TemplateCatalogue
from executor_service.flows.templates.own import OwnTemplates
from executor_service.flows.templates.shelf import TemplateShelf
from executor_service.flows.tool_effect import ToolEffect
from executor_service.flows.variables import Variables
from executor_service.forgetting import Forgetting
from executor_service.hooks.intake import Intake
from executor_service.pins.second_factor import SecondFactor
from executor_service.retention import ExecutorSweep
from executor_service.schedules.schedules import Schedules
from shared.audit import Audit
from shared.clock import Clock, utc_now
from shared.counts import Counts
from shared.database import Database
from shared.errors import TemporaryError
from shared.http.counts_api import counts_api
from shared.http.fan_out import make_socketio
from shared.http.frame import make_app
from shared.http.guard import Guard
from shared.http.retention_api import old_records_api
from shared.preferences import Preferences
from shared.tokens import Tokens


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
    app.register_api(statistics_api(flows, database, guard, now))
    app.register_api(
        templates_api(flows, TemplateCatalogue(TemplateShelf(), OwnTemplates(database, now=now)), guard, noting)
    )
    app.register_api(schedules_api(schedules, guard, noting))
    app.register_api(variables_api(variables, database, guard, audit))
    socketio = make_socketio(app, redis_url=redis_url, channel="recado-tasks", origins=origins)
    socketio.on_namespace(TaskNamespace(socketio, executor, tokens))
    return app
