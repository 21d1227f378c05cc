"""The page for authors: its example runs as it stands."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from executor_service.registry.external.files import ToolFiles
from executor_service.registry.external.proxy import GRACE_SECONDS
from executor_service.registry.tool import DEFAULT_TIMEOUT_SECONDS
from tests.executor_service.registry.desk import Desk, Folder, call
from tests.fakes.house import House

PAGE = Path(__file__).parents[3] / "docs" / "TOOLS.md"


def example() -> str:
    (block,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    return block


def test_example_is_about_fifteen_lines() -> None:
    assert 12 <= len([line for line in example().splitlines() if line.strip()]) <= 16


def test_example_answers_as_it_stands(
    watch: Callable[..., ToolFiles], folder: Folder, house_of: Callable[[ToolFiles], House], desk: Desk
) -> None:
    folder.put_plain("shelf.py", example())
    files = watch()
    files.look()
    assert files.problems() == ()
    tool = files.registry().get("shelf.running_out")
    assert set(tool.spec.titles) == set(tool.spec.examples) == {"es", "pt", "en"}
    table = call(house_of(files), "shelf.running_out", below=9).results[0]
    assert table.rows == (("ITEM-0", "0.0"), ("ITEM-1", "4.0"), ("ITEM-2", "8.0"))


def test_page_tells_the_limits_as_they_are(watch: Callable[..., ToolFiles], folder: Folder) -> None:
    folder.put_plain("shelf.py", example())
    files = watch()
    files.look()
    assert files.registry().get("shelf.running_out").timeout_seconds == DEFAULT_TIMEOUT_SECONDS + GRACE_SECONDS
    assert f"({DEFAULT_TIMEOUT_SECONDS} unless told)" in PAGE.read_text(encoding="utf-8")
