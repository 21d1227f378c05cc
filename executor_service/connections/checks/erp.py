"""The way to an ERP's REST interface, tested from its name to the company."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from urllib.parse import urlsplit

from executor_service.connections.checks.steps import ERP_STEPS, Step, broken, passed
from executor_service.connections.company import read_company
from executor_service.connections.directory import ErpDirectory
from executor_service.connections.model import Connection
from shared.errors import CredentialsRefused, ErpNotPermitted, ErpRefused, ErpUnreachable, RecadoError

CONNECT_SECONDS = 10.0


class StepFailed(Exception):
    """A step did not pass."""

    def __init__(self, step: str, error: RecadoError) -> None:
        super().__init__(step)
        self.step = step
        self.error = error


def check_erp(directory: ErpDirectory, connection: Connection) -> Iterator[Step]:
    """One step after the other; those after a failure are told as not tried."""
    names = _names(connection)
    try:
        if connection.kind != "demo":
            _reach(connection.url)
        details = [""] * (len(names) - 2) + list(_log_in(directory, connection))
    except StepFailed as failed:
        yield from broken(names, failed.step, failed.error)
    else:
        yield from passed(names, details)


def _names(connection: Connection) -> tuple[str, ...]:
    if connection.kind == "demo":
        return ERP_STEPS[3:]
    return ERP_STEPS if connection.url.startswith("https") else tuple(one for one in ERP_STEPS if one != "erp_tls")


def _reach(url: str) -> None:
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    try:
        with socket.create_connection((host, port), CONNECT_SECONDS) as connected:
            if parts.scheme == "https":
                _greet(connected, host)
    except socket.gaierror as error:
        raise StepFailed("erp_dns", ErpUnreachable(f"no host is called {host}")) from error
    except OSError as error:
        raise StepFailed("erp_reached", ErpUnreachable(f"{host}:{port} does not answer ({error})")) from error


def _greet(connected: socket.socket, host: str) -> None:
    try:
        ssl.create_default_context().wrap_socket(connected, server_hostname=host).close()
    except ssl.SSLError as error:
        raise StepFailed("erp_tls", ErpUnreachable(f"{host}: {error.reason or error}")) from error


def _log_in(directory: ErpDirectory, connection: Connection) -> tuple[str, str]:
    """The user, and company and currency."""
    try:
        erp = directory.own_erp(connection.id)
        erp.check()
        user = erp.user()
    except (CredentialsRefused, ErpNotPermitted) as error:
        raise StepFailed("erp_login", error) from error
    except RecadoError as error:
        raise StepFailed("erp_reached" if connection.kind != "demo" else "erp_login", error) from error
    try:
        facts = read_company(erp)
    except ErpRefused as error:
        raise StepFailed("erp_permission", error) from error
    return user, f"{facts.company}, {facts.currency}"
