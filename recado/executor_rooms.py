"""The rooms of the executor of one process, made of the settings."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from executor_service.artifacts import ArtifactStore
from executor_service.connections.directory import ErpDirectory
from executor_service.connections.model import DEFAULT_CONNECTION
from executor_service.connections.setup import ensure_default_connection, ensure_default_database
from executor_service.connectors.spreadsheets import Spreadsheets
from executor_service.executor import Executor
from executor_service.flows.builtin import builtin_nodes
from executor_service.flows.callback_links import CallbackLinks
from executor_service.flows.calls.builtin import outside_effects
from executor_service.flows.checks.around import Around
from executor_service.flows.desk import FlowDesk
from executor_service.flows.javascript.checking import ScriptChecks
from executor_service.flows.javascript.runner import script_runner
from executor_service.flows.node import join_nodes
from executor_service.flows.store import FlowStore
from executor_service.flows.variables import Variables
from executor_service.flows.wiring import FlowParts
from executor_service.hooks.intake import Intake
from executor_service.hooks.signature import HEADER
from executor_service.making import ExecutorParts, make_executor
from executor_service.outputs.chart import warm_up
from executor_service.pins.limits import ApprovalLimits
from executor_service.pins.pins import Pins
from executor_service.pins.second_factor import SecondFactor
from executor_service.registry.external.files import ToolFiles
from executor_service.registry.registry import Registry
from executor_service.schedules.schedules import Schedules
from executor_service.schedules.tools import schedule_tools
from executor_service.tools.builtin import builtin_tools
from executor_service.tools.knowledge import knowledge_tools
from recado.demo import DemoErp
from recado.flow_model import connect_flow_model
from recado.ground import Ground
from recado.rendering import render_for
from shared.apis import KnowledgeApi
from shared.clock import Clock
from shared.database import Database
from shared.language.exact_words import ExactWords
from shared.secrets import SecretBox
from shared.texts import Texts
from shared.tokens import Tokens


class ExecutorRooms:
    """What an executor is made of, each part once; `start` and `stop` run its threads."""

    def __init__(
        self,
        ground: Ground,
        *,
        database: Database,
        tokens: Tokens,
        knowledge: Callable[[], KnowledgeApi],
        url: str,
        now: Clock,
    ) -> None:
        self.settings = ground.settings
        self._secret_key = ground.secret_key
        self._secret_box = SecretBox(ground.secret_key)
        self.database = database
        self.tokens = tokens
        self._knowledge = knowledge
        self._url = url
        self._now = now

    def start(self) -> None:
        ensure_default_connection(self.directory.connections, self.settings)
        ensure_default_database(self.directory.databases, self.settings)
        self._let_demo_tell()
        self.tool_files.start()
        self.executor.start()
        threading.Thread(target=warm_up, name="warm-up", daemon=True).start()

    def stop(self) -> None:
        self.executor.stop()
        self.tool_files.stop()
        self.directory.open_databases.close()

    @cached_property
    def executor(self) -> Executor:
        return make_executor(
            ExecutorParts(
                database=self.database,
                tokens=self.tokens,
                directory=self.directory,
                redeem=self._redeem,
                registry=self.tool_files.registry,
                render=render_for,
                home=self.settings.home,
                second_factor=self.second_factor,
                now=self._now,
                flows=self._flow_parts,
                links=self.directory.links,
                is_linked=lambda contact_id: self.directory.links.find(contact_id) is not None,
                lets_unknown_into_flows=self.settings.unknown_contacts == "flows",
            )
        )

    @cached_property
    def _flow_parts(self) -> FlowParts:
        """What flows reach outside: the web, scripts, the model of the settings, the global variables."""
        settings = self.settings
        model = connect_flow_model(base_url=settings.llm_base_url, api_key=settings.llm_key, model=settings.llm_model)
        return FlowParts(
            effects=outside_effects(self.variables.secret, model),
            globals=self.variables,
            callback_links=CallbackLinks(self._secret_key, self._url),
        )

    @cached_property
    def tool_files(self) -> ToolFiles:
        """The registry: built-in tools, and those of the folders in RECADO_TOOLS_PATH."""
        tools = (
            *builtin_tools(self._spreadsheets),
            *schedule_tools(self.schedules, Texts("executor_service.schedules"), self._hears),
            *knowledge_tools(self._knowledge()),
        )
        return ToolFiles(self.settings.tools_path, tools)

    @property
    def _spreadsheets(self) -> Spreadsheets | None:
        settings = self.settings
        if not settings.google_service_account_file:
            return None
        from executor_service.connectors.google_sheets import GoogleSheets  # 15 MB that few installations need

        return GoogleSheets(Path(settings.google_service_account_file), settings.google_folder_id)

    @cached_property
    def flow_desk(self) -> FlowDesk:
        store = FlowStore(self.database, now=self._now)
        nodes = join_nodes(builtin_nodes())
        return FlowDesk(store, nodes, self._registry, self._flow_parts.effects, self._around_flows())

    def _around_flows(self) -> Around:
        """What a flow may name outside of itself, and what it may not take."""
        artifacts = ArtifactStore(self.settings.home / "artifacts", self.database, now=self._now)
        return Around(
            script_problem=ScriptChecks(script_runner()).problem,
            command=ExactWords("executor_service.rules", strung=("greeting", "thanks")).command,
            has_secret=lambda name: self.variables.secret(name) is not None,
            has_file=artifacts.has,
            may_use_account=self.executor.flows.accounts.may_use,
        )

    def _registry(self) -> Registry:
        """The tools of now; the schedules, whose own tools are among them, ask late."""
        return self.tool_files.registry()

    @cached_property
    def schedules(self) -> Schedules:
        return Schedules(self.database, self._registry, self.directory, self._now)

    def _hears(self, connection_id: str) -> bool:
        """Whether an ERP tells us what happens in it."""
        return self.directory.webhooks.find(connection_id) is not None

    @cached_property
    def variables(self) -> Variables:
        return Variables(self.database, self._secret_box, now=self._now)

    @cached_property
    def second_factor(self) -> SecondFactor:
        pins = Pins(self.database, self._secret_box, now=self._now)
        return SecondFactor(ApprovalLimits(self.database), pins, Texts("executor_service.pins"))

    @cached_property
    def _demo(self) -> DemoErp:
        return DemoErp(self.settings.home / "demo")

    def _let_demo_tell(self) -> None:
        """The demo company's webhooks: no step of set-up, nothing over the network."""
        webhooks, intake = self.directory.webhooks, Intake(self.database, self.directory.webhooks, self._now)
        connection = self.directory.connections.find(DEFAULT_CONNECTION)
        if connection is not None and connection.kind == "demo":
            secret = webhooks.secret(connection.id) or webhooks.renew(connection.id)
            self._demo.tell(secret, lambda raw, sent: intake.take(connection.id, raw, sent.get(HEADER, "")))

    @cached_property
    def directory(self) -> ErpDirectory:
        demo = self._demo
        return ErpDirectory(
            self.database,
            self._secret_box,
            demo.make_site,
            self.settings.unknown_contacts,
            self._now,
            people=demo.credentials,
        )

    def _redeem(self, contact_id: str, message: str) -> str | None:
        link = self.directory.codes.redeem(contact_id, message).link
        return link.erp_user if link else None
