"""What is measured: Recado as it is started by anybody, and the comparators under the same kind of server."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.load.delivery import Target
from bench.machine import Cores, free_port
from bench.processes import Server, running
from bench.words import APP_SECRET, PHONE_NUMBER_ID

PEER_THREADS = 16
"""As many as the load has connections: no comparator waits for a thread."""

RECADO = "Recado"
FLASK = "Flask, stores nothing"
FLASK_SQLITE = "Flask + SQLite insert"
FLASK_BOT = "Flask script, stores nothing"


@dataclass(frozen=True, slots=True)
class System:
    """A running system and where it takes deliveries."""

    name: str
    server: Server
    target: Target


@contextmanager
def all_running(folder: Path, cores: Cores) -> Iterator[tuple[Server, dict[str, System]]]:
    """The stand-ins and every system by its name, each on a port of its own, until the block ends."""
    with ExitStack() as stack:
        port = free_port()
        outside = stack.enter_context(
            running(
                ["-m", "bench.standins", str(port)],
                port=port,
                env={},
                folder=folder / "standins",
                cores=cores.measuring,
                ready="/_stats",
            )
        )
        systems = {}
        for name, command, env, path, ready in _all(folder, outside.url):
            port = free_port()
            server = stack.enter_context(
                running(
                    [part.format(port=port) for part in command],
                    port=port,
                    env={key: value.format(port=port) for key, value in env.items()},
                    folder=folder / name,
                    cores=cores.measured,
                    ready=ready,
                )
            )
            systems[name] = System(name, server, Target(port, path))
        yield outside, systems


def _all(folder: Path, outside: str) -> Iterator[tuple[str, Sequence[str], Mapping[str, str], str, str]]:
    """Name, command, environment, path of deliveries and path that tells readiness."""
    yield RECADO, _recado_command(), recado_env(folder / "home", outside), "/webhooks/whatsapp", "/healthz"
    database = str(folder / "peer.sqlite3")
    yield FLASK, _peer("flask_ack"), {}, "/webhook", "/"
    yield FLASK_SQLITE, _peer("flask_ack"), {"BENCH_DB": database}, "/webhook", "/"
    yield FLASK_BOT, _peer("flask_bot"), {"BENCH_STANDINS": outside}, "/webhook", "/"


def _recado_command() -> Sequence[str]:
    return "-c", "from recado.cli import main; main()", "up"


def recado_env(home: Path, outside: str) -> dict[str, str]:
    """Recado with its embedded defaults; channel, model and ERP at the stand-ins."""
    return {
        "RECADO_HOME": str(home),
        "RECADO_PORT": "{port}",
        "RECADO_UNKNOWN_CONTACTS": "allow",
        "RECADO_WHATSAPP_TOKEN": "token",
        "RECADO_WHATSAPP_PHONE_NUMBER_ID": PHONE_NUMBER_ID,
        "RECADO_WHATSAPP_APP_SECRET": APP_SECRET,
        "RECADO_WHATSAPP_GRAPH_URL": outside,
        "RECADO_LLM_BASE_URL": f"{outside}/v1",
        "RECADO_ERP_URL": outside,
        "RECADO_ERP_API_KEY": "key",
        "RECADO_ERP_API_SECRET": "secret",
    }


def _peer(module: str) -> Sequence[str]:
    return (
        *("-m", "gunicorn", "--bind", "127.0.0.1:{port}", "--worker-class", "gthread", "--workers", "1"),
        *("--threads", str(PEER_THREADS), "--keep-alive", "30", "--log-level", "warning", "--no-control-socket"),
        f"bench.peers.{module}:create_app()",
    )
