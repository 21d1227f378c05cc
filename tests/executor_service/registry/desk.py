"""What tests of tools from files work with: a folder, an ERP with some stock, calls as a person makes them."""

from __future__ import annotations

import io
import os
import textwrap
import threading
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

import psutil

from executor_service.erp.memory import MemoryErp
from executor_service.registry.external.process import PROGRAM
from executor_service.tasks.context import Person, TaskContext
from shared.clock import utc_now
from shared.contracts.callers import ContactCaller
from shared.contracts.results import File
from shared.contracts.tasks import CallRequest, Progress, TaskState
from tests.fakes.house import House
from tests.patience import PATIENCE_SECONDS

HEADER = "from typing import Annotated, Literal\nfrom recado.sdk import *\nbox = Toolbox({box!r})\n"


@dataclass
class Folder:
    """A folder with tool files."""

    path: Path

    def put(self, name: str, body: str, *, box: str | None = None) -> Path:
        """Writes a file: the usual two lines and then the body."""
        text = HEADER.format(box=box or name.removesuffix(".py")) + textwrap.dedent(body)
        return self.put_plain(name, text)

    def put_plain(self, name: str, text: str) -> Path:
        file = self.path / name
        file.write_text(text, encoding="utf-8")
        return file


def tool(body: str, *, name: str = "say", parameters: str = "", options: str = "") -> str:
    """The text of one tool."""
    signature = f"ctx: ToolContext{', ' + parameters if parameters else ''}"
    lines = textwrap.indent(textwrap.dedent(body), "    ")
    return f'@box.tool({options})\ndef {name}({signature}):\n    """Does {name}."""\n{lines}\n'


@dataclass
class Keeper:
    """Files in memory, by their name."""

    saved: dict[str, bytes] = field(default_factory=dict)

    def save(self, data: bytes, *, filename: str, media_type: str, caption: str = "") -> File:
        self.saved[filename] = data
        return File(artifact_id=filename, filename=filename, media_type=media_type, caption=caption)

    def open(self, artifact_id: str) -> BinaryIO:
        return io.BytesIO(self.saved[artifact_id])


@dataclass
class Desk:
    """A context for calls of a handler without tasks; what was told stands in `told`."""

    erp: MemoryErp
    files: Keeper = field(default_factory=Keeper)
    told: list[Progress] = field(default_factory=list)
    cancelled: threading.Event = field(default_factory=threading.Event)
    database: Any = None

    @property
    def context(self) -> TaskContext:
        return TaskContext(
            person=Person(
                language="pt", time_zone="America/Lima", today=date(2026, 11, 20), company="Andina", currency="PEN"
            ),
            connect=lambda: self.erp,
            files=self.files,
            now=utc_now,
            on_progress=self.told.append,
            cancelled=self.cancelled,
            caller=ContactCaller(contact_id="ana", conversation_id="c", channel="web", account="web", language="pt"),
            open_database=(lambda: self.database) if self.database is not None else None,
        )


def call(house: House, name: str, *, key: str = "", wait: float = PATIENCE_SECONDS, **arguments: object) -> TaskState:
    """The task of a call by ana."""
    request = CallRequest(
        tool=name, arguments=arguments, caller=house.caller(), key=key or os.urandom(4).hex(), wait_seconds=wait
    )
    return house.executor.call(request).task


def tool_processes() -> set[psutil.Process]:
    """The processes for tool files that this one has now, and what they started; its other children do not count."""
    own = [child for child in psutil.Process().children() if PROGRAM in _command(child)]
    return set(own).union(*(_below(child) for child in own))


def _command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.NoSuchProcess:
        return []


def _below(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.NoSuchProcess:
        return []
