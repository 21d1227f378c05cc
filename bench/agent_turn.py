"""One turn of the agent, alone: Recado's interpreter beside the `openai` package's own loop. Same stand-in, same job.

Both ask the model, count once at the ERP, ask again and have their text. The interpreter does besides what it always
does: it chooses the tools to show, stores each reply of the model and the turn durably, and checks the figures.
`python -m bench.agent_turn STANDINS TURNS ROUNDS` writes the times as JSON.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import count as count_from
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import requests
from openai import OpenAI

from bench.peers.loop import answer, count, erp_session
from bench.words import COUNTED, question
from executor_service.registry.registry import Registry, join
from executor_service.tools.builtin import builtin_tools
from interpreter_service.agent.connect import connect_model
from interpreter_service.interpreter import Interpreter
from interpreter_service.tables import metadata
from shared.contracts.callers import ContactCaller
from shared.contracts.messages import TextPart
from shared.contracts.results import Text
from shared.contracts.tasks import CallRequest, CallResponse, TaskState
from shared.contracts.turns import InputRequest, InputResponse, Profile, TextInput, TurnRequest, Unhandled
from shared.database import Database
from shared.logs import configure_logs
from shared.tokens import Tokens

SECRET = "a secret of at least thirty-two characters"
TODAY = date(2026, 11, 20)
PROFILE = Profile(groups=(), company="Comparada S.A.", currency="PEN", today=TODAY)
WARM_UP = 10
Turn = Callable[[int], str]


class CountingExecutor:
    """As much of an executor as a turn needs: the built-in tools, no rules, and calls that count at the ERP."""

    def __init__(self, outside: str) -> None:
        self._outside = outside
        self._erp: requests.Session = erp_session()
        self._registry = join(builtin_tools())

    def tools(self) -> Registry:
        return self._registry

    def input(self, _request: InputRequest) -> InputResponse:
        return InputResponse(outcome=Unhandled(profile=PROFILE))

    def call(self, request: CallRequest) -> CallResponse:
        said = f"Pedidos: {count(self._erp, self._outside, str(request.arguments['kind']))}"
        task = TaskState(
            id=request.key,
            key=request.key,
            tool=request.tool,
            title=request.tool,
            status="succeeded",
            arguments=request.arguments,
            results=(Text(text=said),),
            parts=(TextPart(text=said),),
            created_at=datetime.now(UTC),
        )
        return CallResponse(task=task)


def interpreter_turn(outside: str, folder: Path) -> Turn:
    """A turn through Recado's interpreter, on a database of its own."""
    database = Database(f"sqlite:///{folder / 'turns.sqlite3'}")
    database.write(metadata.create_all)
    tokens = Tokens(SECRET)
    caller = tokens.sign(
        ContactCaller(
            contact_id="contact",
            conversation_id="conversation",
            channel="whatsapp",
            account="1",
            language="es",
            time_zone="America/Lima",
        )
    )
    model = connect_model(base_url=f"{outside}/v1", api_key="none", model="stand-in")
    executor: Any = CountingExecutor(outside)
    interpreter = Interpreter(database, executor, tokens, model=model)

    def turn(number: int) -> str:
        asked = TextInput(text=question(number))
        response = interpreter.turn(TurnRequest(turn_id=f"turn{number}", caller=caller, input=asked, history=()))
        return "".join(part.text for reply in response.replies for part in reply.parts if isinstance(part, TextPart))

    return turn


def loop_turn(outside: str) -> Turn:
    """A turn through the package's own loop."""
    model, erp = OpenAI(base_url=f"{outside}/v1", api_key="none"), erp_session()
    return lambda number: answer(model, erp, outside, question(number))


def measure(turns: dict[str, Turn], times: int, rounds: int) -> dict[str, dict[str, float]]:
    """Medians over rounds of wall and CPU ms a turn; the kinds take turns."""
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in turns}
    numbers = count_from(1)
    for round_ in range(rounds + 1):
        for name, turn in turns.items():
            many = times if round_ else WARM_UP
            wall, cpu = time.perf_counter(), time.process_time()
            for number in islice(numbers, many):
                said = turn(number)
                if str(COUNTED) not in said or f"#{number}" not in said:
                    raise AssertionError(f"{name} answered {said!r}")
            if round_:
                cpu_seconds, seconds = time.process_time() - cpu, time.perf_counter() - wall
                found[name].append((seconds * 1000 / many, cpu_seconds * 1000 / many))
    return {
        name: {"ms": statistics.median(ms for ms, _ in all_), "cpu_ms": statistics.median(cpu for _, cpu in all_)}
        for name, all_ in found.items()
    }


if __name__ == "__main__":
    configure_logs("info", as_json=True)
    _outside, _turns, _rounds = sys.argv[1:]
    with TemporaryDirectory() as _folder:
        kinds = {"recado": interpreter_turn(_outside, Path(_folder)), "openai": loop_turn(_outside)}
        print(json.dumps(measure(kinds, int(_turns), int(_rounds))))
