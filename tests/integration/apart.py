"""The three services as three processes over one PostgreSQL and one Redis, each killed and started again at will."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import requests

from shared.tokens import Tokens
from tests.acceptance.server import TIMEOUT_SECONDS, Server, free_port

SECRET = "a secret key of at least thirty-two characters"
PREFIXES = {"gateway": "", "interpreter": "/interpreter", "executor": "/executor"}


class Service(Server):
    """One service; it is ready when its own dependencies answer."""

    @property
    def address(self) -> str:
        return self.url + PREFIXES[self.words[1]]

    def _is_ready(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, self.log
        try:
            return requests.get(f"{self.address}/readyz", timeout=TIMEOUT_SECONDS).ok
        except requests.ConnectionError:
            return False


@dataclass(frozen=True)
class Apart:
    gateway: Service
    interpreter: Service
    executor: Service

    def __iter__(self) -> Iterator[Service]:
        return iter((self.gateway, self.interpreter, self.executor))

    def token(self, service: str) -> str:
        return Tokens(SECRET).service(service)

    def stop(self) -> None:
        for service in self:
            service.stop()


def start_apart(folder: Path, **settings: str) -> Apart:
    """All three, started at the same moment: whoever comes first makes the tables."""
    ports = {name: free_port() for name in PREFIXES}
    addresses = {f"{name}_url": f"http://127.0.0.1:{port}{PREFIXES[name]}" for name, port in ports.items()}
    common = {"secret_key": SECRET, "unknown_contacts": "allow", **addresses, **settings}
    made = Apart(
        **{
            name: Service(folder / name, {"home": str(folder / "home"), **common}, ("serve", name), port=port)
            for name, port in ports.items()
        }
    )
    with ThreadPoolExecutor() as pool:
        list(pool.map(Service.start, made))
    return made
