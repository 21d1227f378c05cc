"""The services of one process, put together: the only place where they meet."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from flask import Flask, redirect
from prometheus_client import CollectorRegistry
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.middleware.proxy_fix import ProxyFix

from executor_service.app import create_app as executor_app
from executor_service.artifacts import ArtifactStore
from executor_service.counting import count_tasks
from executor_service.events.stream import LocalEventStream
from executor_service.executor import Executor
from executor_service.retention import ExecutorSweep
from interpreter_service.agent.connect import connect_embedder, connect_model, connect_transcriber
from interpreter_service.agent.embedding import Embedder
from interpreter_service.app import create_app as interpreter_app
from interpreter_service.counting import count_turns
from interpreter_service.interpreter import Interpreter
from interpreter_service.knowledge.knowledge import KnowledgeBase
from interpreter_service.retention import TurnSweep
from recado.console import address_of, find_console
from recado.executor_rooms import ExecutorRooms
from recado.ground import SERVICES, Ground
from recado.retention import Retaining, daily_sweep
from shared.apis import EventStream, ExecutorApi, InterpreterApi, KnowledgeApi
from shared.auth.wiring import make_auth
from shared.clock import Clock, utc_now
from shared.counts import Counts
from shared.database import Database
from shared.http.event_client import RemoteEventStream
from shared.http.executor_client import ExecutorClient
from shared.http.fan_out import end_clients, end_socketio
from shared.http.guard import Guard
from shared.http.interpreter_client import SEARCH_SECONDS, InterpreterClient
from shared.loop import Loop
from shared.preferences import Preferences
from shared.retention import ConsoleSweep, Sweep
from shared.secrets import SecretBox
from shared.tokens import Tokens
from whatsapp_service.app import create_app as gateway_app
from whatsapp_service.counting import count_messages
from whatsapp_service.gateway import Gateway
from whatsapp_service.making import make_gateway
from whatsapp_service.retention import GatewaySweep

PREFIXES = {"gateway": "", "interpreter": "/interpreter", "executor": "/executor"}


class Services:
    """The chosen services over one database, as one WSGI app; `start` and `stop` run their threads.

    A service that is not chosen is reached over HTTP at its RECADO_*_URL; one that is, is called directly.
    """

    def __init__(self, ground: Ground, chosen: Sequence[str] = SERVICES, *, now: Clock = utc_now) -> None:
        self.settings = ground.settings
        self.chosen = tuple(chosen)
        self._now = now
        self.database = Database(ground.settings.database)
        self.tokens = Tokens(ground.secret_key, now=now)
        self.auth = make_auth(self.database, now=now, box=SecretBox(ground.secret_key))
        self._guard = Guard(self.auth, self.tokens, public_url=self.settings.public_url)
        self.executor_rooms = ExecutorRooms(
            ground,
            database=self.database,
            tokens=self.tokens,
            knowledge=lambda: self._knowledge_api,
            url=address_of(self.settings) + PREFIXES["executor"],
            now=now,
        )
        self._metrics = {name: CollectorRegistry() for name in SERVICES}
        self._socketios: list[Any] = []

    @cached_property
    def wsgi(self) -> Any:
        """The app of all chosen services, each under its prefix."""
        apps = {PREFIXES[name]: self._app(name) for name in self.chosen}
        root = apps.pop("", None) or _signpost(self.chosen[0])
        mounted = DispatcherMiddleware(root, apps)
        hops = self.settings.trusted_proxies
        return ProxyFix(mounted, x_for=hops, x_proto=hops, x_host=hops, x_prefix=0) if hops else mounted

    def start(self) -> None:
        if "executor" in self.chosen:
            self.executor_rooms.start()
        if "gateway" in self.chosen:
            self.gateway.start()
        self._daily_sweep.start()

    def end_sockets(self) -> None:
        """Says goodbye to all who hold a Socket.IO connection; they come back to whoever serves them next."""
        for socketio in self._socketios:
            end_clients(socketio)

    def stop(self) -> None:
        """Ends the threads, the door first, so that nothing new comes in while the rest stops."""
        self._daily_sweep.stop()
        for socketio in self._socketios:
            end_socketio(socketio)
        if "executor" in self.chosen:
            self.local_executor.let_go()
        if "gateway" in self.chosen:
            self.gateway.stop()
        if "executor" in self.chosen:
            self.executor_rooms.stop()
        self.database.close()

    @cached_property
    def retaining(self) -> Retaining:
        """What removes old records of the chosen services; those of the console go with the gateway's."""
        sweeps: dict[str, tuple[Sweep, ...]] = {
            "gateway": (GatewaySweep(self.database), ConsoleSweep(self.database, self.auth.sessions)),
            "interpreter": (TurnSweep(self.database, self._now),),
            "executor": (ExecutorSweep(self.database, ArtifactStore(self.settings.home / "artifacts", self.database)),),
        }
        counted = {"gateway": count_messages, "interpreter": count_turns, "executor": count_tasks}
        return Retaining(
            self.database,
            preferences=Preferences(self.database, self.auth.audit),
            sweeps=[one for name in self.chosen for one in sweeps[name]],
            counts=[Counts(self.database, name, counted[name], now=self._now) for name in self.chosen],
            audit=self.auth.audit,
            now=self._now,
        )

    @cached_property
    def _daily_sweep(self) -> Loop:
        return daily_sweep(self.retaining)

    @cached_property
    def gateway(self) -> Gateway:
        return make_gateway(
            self.settings,
            database=self.database,
            interpreter=self._interpreter_api,
            executor=self._executor_api("gateway"),
            events=self._events,
            tokens=self.tokens,
            metrics=self._metrics["gateway"],
            now=self._now,
        )

    @cached_property
    def local_interpreter(self) -> Interpreter:
        settings = self.settings
        model = connect_model(
            base_url=settings.llm_base_url,
            api_key=settings.llm_key,
            model=settings.llm_model,
            fallback_model=settings.llm_fallback_model,
        )
        return Interpreter(
            self.database,
            self._executor_api("interpreter"),
            self.tokens,
            model=model,
            embedder=self._embedder,
            knowledge=self.knowledge,
            transcriber=connect_transcriber(
                base_url=settings.llm_base_url, api_key=settings.llm_key, model=settings.llm_transcription_model
            ),
            prompts=settings.home / "prompts",
            now=self._now,
            metrics=self._metrics["interpreter"],
        )

    @cached_property
    def knowledge(self) -> KnowledgeBase:
        return KnowledgeBase(
            self.database,
            self.settings.home / "knowledge",
            embedder=self._embedder,
            embedding_model=self.settings.llm_embedding_model,
            now=self._now,
        )

    @cached_property
    def _embedder(self) -> Embedder | None:
        settings = self.settings
        return connect_embedder(
            base_url=settings.llm_base_url, api_key=settings.llm_key, model=settings.llm_embedding_model
        )

    @property
    def local_executor(self) -> Executor:
        return self.executor_rooms.executor

    @property
    def _interpreter_api(self) -> InterpreterApi:
        if "interpreter" in self.chosen:
            return self.local_interpreter
        return InterpreterClient(self.settings.interpreter_url, self.tokens)

    @property
    def _knowledge_api(self) -> KnowledgeApi:
        if "interpreter" in self.chosen:
            return self.knowledge
        return InterpreterClient(self.settings.interpreter_url, self.tokens, "executor", read_seconds=SEARCH_SECONDS)

    def _executor_api(self, asking: str) -> ExecutorApi:
        if "executor" in self.chosen:
            return self.local_executor
        return ExecutorClient(self.settings.executor_url, self.tokens, asking)

    @property
    def _events(self) -> EventStream:
        if "executor" in self.chosen:
            return LocalEventStream(self.local_executor.log)
        remote = self._executor_api("gateway")
        return RemoteEventStream(self.settings.executor_url, remote, self.tokens, "gateway")

    def _app(self, name: str) -> Any:
        make = {"gateway": self._gateway_app, "interpreter": self._interpreter_app, "executor": self._executor_app}
        app = make[name]()
        if "socketio" in app.extensions:
            self._socketios.append(app.extensions["socketio"])
        return app.wsgi_app

    def _gateway_app(self) -> Flask:
        app, _ = gateway_app(
            self.settings,
            gateway=self.gateway,
            guard=self._guard,
            auth=self.auth,
            metrics=self._metrics["gateway"],
            prefix=PREFIXES["gateway"],
            console=find_console(),
        )
        return app

    def _interpreter_app(self) -> Flask:
        return interpreter_app(
            self.local_interpreter,
            knowledge=self.knowledge,
            database=self.database,
            tokens=self.tokens,
            guard=self._guard,
            audit=self.auth.audit,
            metrics=self._metrics["interpreter"],
            prefix=PREFIXES["interpreter"],
            now=self._now,
        )

    def _executor_app(self) -> Flask:
        return executor_app(
            self.local_executor,
            database=self.database,
            tokens=self.tokens,
            guard=self._guard,
            directory=self.executor_rooms.directory,
            schedules=self.executor_rooms.schedules,
            flows=self.executor_rooms.flow_desk,
            variables=self.executor_rooms.variables,
            second_factor=self.executor_rooms.second_factor,
            audit=self.auth.audit,
            metrics=self._metrics["executor"],
            prefix=PREFIXES["executor"],
            redis_url=self.settings.redis_url,
            public_url=address_of(self.settings),
            now=self._now,
        )


def _signpost(name: str) -> Any:
    """What stands at the root of a process that has no gateway: health, and the way to the service."""
    app = Flask("recado", static_folder=None)
    app.add_url_rule("/", "way", lambda: redirect(f"{PREFIXES[name]}/openapi.json"))
    app.add_url_rule("/healthz", "healthz", lambda: {"status": "ok"})
    return app.wsgi_app
