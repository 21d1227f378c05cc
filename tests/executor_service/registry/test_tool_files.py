"""Files with tools: taken in, changed, removed, broken, without a restart."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from executor_service.registry.external.files import ToolFiles
from executor_service.registry.toolbox import Toolbox
from tests.executor_service.registry.desk import Desk, Folder, call, tool
from tests.fakes.house import House
from tests.patience import until

Watch = Callable[..., ToolFiles]
builtin = Toolbox("builtin")


@builtin.tool()
def stays(context: object) -> str:
    """Is always there."""
    return "here"


def names(files: ToolFiles) -> list[str]:
    return [one.name for one in files.registry().tools]


def test_dropped_file_answers_without_a_restart(
    watch: Watch, folder: Folder, house_of: Callable[[ToolFiles], House]
) -> None:
    files = watch(*builtin)
    files.start()
    house = house_of(files)
    before = files.registry().etag
    folder.put("greet.py", tool("return f'hola {who}'", parameters="who: str"))
    assert until(lambda: "greet.say" in names(files))
    assert files.registry().etag != before
    assert call(house, "greet.say", who="Ana").parts[0].text == "hola Ana"
    assert call(house, "builtin.stays").parts[0].text == "here"


def test_edited_file_changes_and_removed_file_goes(watch: Watch, folder: Folder, desk: Desk) -> None:
    path = folder.put("a.py", tool("return 'one'"))
    files = watch()
    files.start()
    assert files.registry().get("a.say")(desk.context) == "one"
    folder.put("a.py", tool("return 'two'"))
    assert until(lambda: files.registry().get("a.say")(desk.context) == "two")
    path.unlink()
    assert until(lambda: names(files) == [])


def test_unchanged_folder_keeps_the_registry_and_starts_no_process(watch: Watch, folder: Folder) -> None:
    folder.put("a.py", tool("return 'one'"))
    files = watch()
    files.look()
    registry = files.registry()
    files.look()
    assert files.registry() is registry
    assert files._pool.pids() == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("def (", "SyntaxError: invalid syntax (bad.py, line 1)"),
        ("import no_such_module", "ModuleNotFoundError: No module named 'no_such_module' (line 1)"),
        ("x = 1\ny = 1 / 0", "ZeroDivisionError: division by zero (line 2)"),
        ("x = 1", "no tool is declared here: make a Toolbox and put its @tool() over a function"),
        ("raise SystemExit", "SystemExit: (line 1)"),
        ("import os; os._exit(7)", "Importing it failed: the process ended with exit code 7."),
        ("from recado.sdk import *\n" + "box = Toolbox('b')\n" * 1 + "@box.tool()\ndef f(c): pass", "f: a tool needs"),
        (
            "from recado.sdk import *\nbox = Toolbox('b')\n@box.tool()\ndef f(c, x: bytes):\n 'F.'",
            "f: parameter 'x' has type <class 'bytes'>, which no tool can take",
        ),
        (
            "from recado.sdk import *\nbox = Toolbox('b')\n@box.tool(timeout_seconds=0)\ndef f(c):\n 'F.'",
            "timeout_seconds: Input should be greater than 0",
        ),
        (
            "from recado.sdk import *\nbox = Toolbox('flow')\n@box.tool()\ndef f(c):\n 'F.'",
            "The name flow.f is reserved: no file may have a box called flow.",
        ),
    ],
)
def test_broken_file_is_reported_and_the_others_live(watch: Watch, folder: Folder, text: str, sentence: str) -> None:
    folder.put("a.py", tool("return 'one'"))
    folder.put("z.py", tool("return 'last'"))
    bad = folder.put_plain("bad.py", text)
    files = watch()
    files.look()
    assert names(files) == ["a.say", "z.say"]
    (problem,) = files.problems()
    assert problem.file == str(bad)
    assert problem.sentence.startswith(sentence)


def test_file_that_breaks_loses_its_tools_until_it_is_mended(watch: Watch, folder: Folder, desk: Desk) -> None:
    folder.put("a.py", tool("return 'one'"))
    files = watch()
    files.look()
    folder.put("a.py", "this is no Python")
    with capture_logs() as logs:
        files.look()
        files.look()
    assert (names(files), len(files.problems())) == ([], 1)
    assert [line["event"] for line in logs].count("tool_file_left_out") == 1
    folder.put("a.py", tool("return 'mended'"))
    files.look()
    assert (files.registry().get("a.say")(desk.context), files.problems()) == ("mended", ())


def test_file_that_hangs_when_imported_is_given_up(watch: Watch, folder: Folder) -> None:
    folder.put("a.py", "while True: pass")
    folder.put("b.py", tool("return 'fine'"))
    files = watch()
    files.look()
    assert names(files) == ["b.say"]
    assert [one.sentence for one in files.problems()] == ["Importing it took longer than 5 seconds."]


def test_name_taken_twice_is_a_problem_of_the_later_file(watch: Watch, folder: Folder) -> None:
    first = folder.put("a.py", tool("return 'one'"), box="same")
    second = folder.put("b.py", tool("return 'two'") + tool("return 'x'", name="other"), box="same")
    third = folder.put("c.py", tool("return 'three'", name="stays"), box="builtin")
    files = watch(*builtin)
    files.look()
    assert names(files) == ["builtin.stays", "same.say"]
    assert [(one.file, one.sentence) for one in files.problems()] == [
        (str(second), f"The name same.say is taken by {first}."),
        (str(third), "The name builtin.stays is taken by a built-in tool."),
    ]


def test_changed_helper_changes_the_tools_that_import_it(watch: Watch, folder: Folder, desk: Desk) -> None:
    folder.put_plain("_words.py", "WORD = 'before'\n")
    folder.put("a.py", "import _words\n" + tool("return _words.WORD"))
    files = watch()
    files.look()
    assert files.registry().get("a.say")(desk.context) == "before"
    folder.put_plain("_words.py", "WORD = 'afterwards'\n")
    files.look()
    assert files.registry().get("a.say")(desk.context) == "afterwards"


def test_missing_folder_is_a_problem_until_it_is_made(folder: Folder) -> None:
    missing = folder.path / "later"
    files = ToolFiles([missing], tuple(builtin))
    files.look()
    assert [one.sentence for one in files.problems()] == ["The folder cannot be read: No such file or directory."]
    missing.mkdir()
    files.look()
    assert (files.problems(), names(files)) == ((), ["builtin.stays"])
    files.stop()


def test_installed_package_offers_tools_by_its_entry_point(
    watch: Watch, tmp_path: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.syspath_prepend(site)
    files = watch()
    files.look()
    text = tool("return 'packed'")
    (site / "packed_tools.py").write_text(f"from recado.sdk import *\nbox = Toolbox('packed')\n{textwrap.dedent(text)}")
    about = site / "packed-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: packed\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[recado.tools]\npacked = packed_tools:box\n")
    files.look()
    assert files.problems() == ()
    assert files.registry().get("packed.say")(desk.context) == "packed"
