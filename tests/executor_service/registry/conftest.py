"""Folders with tool files, watched by a process that must leave no child behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from executor_service.erp.memory import MemoryErp
from executor_service.registry.external.files import ToolFiles
from executor_service.registry.tool import Tool
from tests.executor_service.registry.desk import Desk, Folder, tool, tool_processes
from tests.fakes.house import FakeDirectory, House


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    path = tmp_path / "tools"
    path.mkdir()
    return Folder(path)


@pytest.fixture
def watch(folder: Folder) -> Iterator[Callable[..., ToolFiles]]:
    """Makes ToolFiles over the folder; afterwards no process of theirs may be left."""
    made: list[ToolFiles] = []

    def make(*builtin: Tool, **options: object) -> ToolFiles:
        made.append(ToolFiles([folder.path], builtin, **options))
        return made[-1]

    yield make
    for one in made:
        one.stop()
    assert tool_processes() == set()


@pytest.fixture
def desk() -> Desk:
    bins = [
        {"doctype": "Bin", "name": f"B{n}", "item_code": f"ITEM-{n}", "warehouse": "Lima", "actual_qty": n * 4.0}
        for n in range(5)
    ]
    return Desk(erp=MemoryErp(bins))


@pytest.fixture
def house_of(tmp_path: Path, desk: Desk) -> Iterator[Callable[[ToolFiles], House]]:
    """An executor whose tools are those of a ToolFiles; the contact ana may use them."""
    made: list[House] = []

    def make(files: ToolFiles) -> House:
        directory = FakeDirectory()
        directory.grant("ana", desk.erp)
        house = House(tmp_path, (), directory=directory, registry=files.registry)
        made.append(house.__enter__())
        return house

    yield make
    for one in made:
        one.__exit__()


@pytest.fixture
def made(watch: Callable[..., ToolFiles], folder: Folder) -> Callable[..., Tool]:
    """A tool from the text of its body."""
    files = watch()

    def make(body: str, **more: str) -> Tool:
        folder.put("t.py", tool(body, **more))
        files.look()
        assert files.problems() == ()
        return files.registry().get("t.say")

    return make
