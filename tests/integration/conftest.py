"""The services apart, and phones that write to them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from tests.acceptance.graph import NUMBER, TOKEN, Graph
from tests.acceptance.phone import APP_SECRET, Phone
from tests.integration.apart import Apart, start_apart
from tests.services.postgres import PostgresServer
from tests.services.redis import RedisServer

SLOW_TOOL = """
import time

from recado.sdk import Toolbox, ToolContext

lathe = Toolbox("lathe")


@lathe.tool(
    title={"es": "Tornear la pieza", "pt": "Tornear a peça", "en": "Turn the workpiece"},
    examples={"es": ["tornea la pieza"], "pt": ["torneia a peça"], "en": ["turn the workpiece"]},
    slow=True,
)
def turn(ctx: ToolContext, seconds: int = 6) -> str:
    \"\"\"Turns a workpiece on the lathe, slowly, while nobody waits.\"\"\"
    for done in range(seconds * 10):
        ctx.progress(done, seconds * 10)
        time.sleep(0.1)
    return "La pieza está torneada"


@lathe.tool(
    title={"es": "Lijar la mesa", "pt": "Lixar a mesa", "en": "Sand the table"},
    examples={"es": ["lija la mesa"], "pt": ["lixa a mesa"], "en": ["sand the table"]},
)
def sand(ctx: ToolContext, seconds: int = 7) -> str:
    \"\"\"Sands a table while the person waits.\"\"\"
    time.sleep(seconds)
    return "La mesa está lijada"
"""

_numbers = itertools.count(20_001)


@pytest.fixture(scope="module")
def graph() -> Iterator[Graph]:
    stand_in = Graph()
    yield stand_in
    stand_in.close()


@pytest.fixture(scope="module")
def apart(
    graph: Graph,
    postgres_server: PostgresServer,
    redis_server: RedisServer,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Apart]:
    """Three processes that a module shares."""
    folder = tmp_path_factory.mktemp("apart")
    tools = folder / "tools"
    tools.mkdir()
    (tools / "lathe.py").write_text(SLOW_TOOL)
    made = start_apart(
        folder,
        database_url=postgres_server.new_database(),
        redis_url=redis_server.new_database(),
        tools_path=str(tools),
        whatsapp_token=TOKEN,
        whatsapp_phone_number_id=NUMBER,
        whatsapp_app_secret=APP_SECRET,
        whatsapp_verify_token="a word",
        whatsapp_graph_url=graph.url,
    )
    yield made
    made.stop()


@pytest.fixture
def phone(apart: Apart, graph: Graph) -> Phone:
    """A phone in Peru that nobody used before, writing to the gateway."""
    return Phone(apart.gateway, graph, f"519870{next(_numbers)}")
