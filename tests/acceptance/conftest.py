"""A running server for each module, its stand-ins, and a phone for each test."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.acceptance.graph import NUMBER, TOKEN, Graph
from tests.acceptance.phone import APP_SECRET, PREFIXES, Phone
from tests.acceptance.server import Server
from tests.fakes.openai_server import OpenAIServer, message

MakeServer = Callable[..., Server]
MakePhone = Callable[..., Phone]

_numbers = itertools.count(10_001)


@pytest.fixture(scope="module")
def graph() -> Iterator[Graph]:
    stand_in = Graph()
    yield stand_in
    stand_in.close()


@pytest.fixture(scope="module")
def make_server(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MakeServer]:
    """Starts servers that send to the stand-in; they are stopped at the end."""
    made: list[Server] = []

    def make(folder: Path | None = None, **settings: str) -> Server:
        ours = {
            "whatsapp_token": TOKEN,
            "whatsapp_phone_number_id": NUMBER,
            "whatsapp_app_secret": APP_SECRET,
            "whatsapp_verify_token": "a word",
            "whatsapp_graph_url": graph.url,
        }
        made.append(Server(folder or tmp_path_factory.mktemp("recado"), ours | settings))
        made[-1].start()
        return made[-1]

    yield make
    for server in made:
        server.stop()


@pytest.fixture(scope="module")
def model() -> Iterator[OpenAIServer]:
    """A language model that answers as its script says."""
    served = OpenAIServer(message("Hola."))
    yield served
    served.close()


@pytest.fixture(scope="module")
def server(make_server: MakeServer) -> Server:
    """One for all tests of a module that do not disturb each other."""
    return make_server()


@pytest.fixture
def make_phone(graph: Graph, server: Server) -> MakePhone:
    """Phones that nobody used before; the country says the language."""

    def make(language: str = "es", of: Server | None = None) -> Phone:
        return Phone(of or server, graph, f"{PREFIXES[language]}{next(_numbers)}")

    return make


@pytest.fixture
def phone(make_phone: MakePhone) -> Phone:
    """A phone in Peru."""
    return make_phone()
