"""An executor behind its HTTP app: asked through the test client, or on a real socket, stopped and started again."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Any

from flask.testing import FlaskClient
from flask_openapi import OpenAPI
from prometheus_client import CollectorRegistry
from sqlalchemy import Connection
from werkzeug.serving import WSGIRequestHandler, make_server

from executor_service.app import create_app
from executor_service.connections.directory import ErpDirectory
from executor_service.erp.site import FrappeSite
from executor_service.events.log import NewEvent
from executor_service.flows.builtin import builtin_nodes
from executor_service.flows.desk import FlowDesk
from executor_service.flows.node import join_nodes
from executor_service.flows.store import FlowStore
from executor_service.flows.variables import Variables
from executor_service.schedules.schedules import Schedules
from shared.auth import make_auth
from shared.clock import utc_now
from shared.http.executor_client import ExecutorClient
from shared.http.fan_out import end_socketio
from shared.http.guard import Guard
from shared.secrets import SecretBox
from shared.tables import metadata
from tests.fakes.house import SECRET, House


def app_of(house: House, redis_url: str = "") -> OpenAPI:
    """The app as `recado` makes it, around the executor of a test."""
    house.database.write(metadata.create_all)
    auth = make_auth(house.database)
    directory = ErpDirectory(house.database, SecretBox(SECRET), _no_site, "deny")
    return create_app(
        house.executor,
        database=house.database,
        tokens=house.tokens,
        guard=Guard(auth, house.tokens),
        directory=directory,
        schedules=Schedules(house.database, house.executor.tools, directory, utc_now),
        flows=FlowDesk(FlowStore(house.database), join_nodes(builtin_nodes()), house.executor.tools),
        variables=Variables(house.database, SecretBox(SECRET)),
        second_factor=house.second_factor,
        audit=auth.audit,
        metrics=CollectorRegistry(),
        redis_url=redis_url,
    )


@dataclass
class Served:
    """The server listens from `start` to `stop`, always at the same port."""

    house: House
    port: int = 0
    redis_url: str = ""
    app: OpenAPI = field(init=False)
    _server: Any = None

    def __post_init__(self) -> None:
        self.app = app_of(self.house, self.redis_url)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self._server = make_server("127.0.0.1", self.port, self.app, threaded=True, request_handler=_Quiet)
        self._server.daemon_threads = True
        self.port = self._server.server_port
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()

    def stop(self) -> None:
        """As when its process ends: connections break."""
        if self._server is None:
            return
        end_socketio(self.app.extensions["socketio"])
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
        self._server = None

    def restart(self) -> None:
        """A new app on the same database: rooms and subscriptions of the old one are gone."""
        self.stop()
        self.app = app_of(self.house, self.redis_url)
        self.start()

    def client(self, service: str | None = "gateway") -> FlaskClient:
        """Speaks for a service, or for nobody."""
        client = self.app.test_client()
        if service is not None:
            client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {self.house.tokens.service(service)}"
        return client

    def api(self, service: str = "gateway") -> ExecutorClient:
        return ExecutorClient(self.url, self.house.tokens, service)

    def write_rows(self, count: int, task_id: str | None = None) -> None:
        """Rows as they appear when something happens, each in a transaction of its own."""
        for number in range(count):
            row = NewEvent(type="message", task_id=task_id, data={"number": number})

            def work(connection: Connection, row: NewEvent = row) -> None:
                self.house.log.append(connection, (row,))

            self.house.database.write(work)
            self.house.log.announce()


def _no_site(connection: object) -> FrappeSite:
    raise AssertionError(f"no test of the API asks an ERP, but {connection} was wanted")


class _Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *args: Any) -> None:
        """Nothing: a test says what it expects."""
