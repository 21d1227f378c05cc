"""Tools from files: found while the server runs, followed while they work, finished after a crash."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.conftest import MakePhone, MakeServer
from tests.acceptance.phone import RECOVERY_SECONDS, Phone
from tests.acceptance.server import Server, eventually

PAGE = Path(__file__).parents[2] / "docs" / "TOOLS.md"
LONG_SECONDS = int(os.environ.get("RECADO_TEST_LONG", "8"))

LONG_TOOL = f'''
import time
from pathlib import Path
from recado.sdk import Toolbox, ToolContext

audit = Toolbox("audit")


@audit.tool(title={{"es": "Revisión del cierre"}}, examples={{"es": ["revisa el cierre anual"]}})
def closing(ctx: ToolContext) -> str:
    """Checks the books of the year for the closing."""
    with Path(__file__).with_name("began.txt").open("a") as file:
        file.write("began\\n")
    for second in range({LONG_SECONDS}):
        ctx.progress(second, {LONG_SECONDS}, "reviso asientos")
        time.sleep(1)
    return "El cierre cuadra."
'''

WORD_TOOL = '''
from recado.sdk import Toolbox, ToolContext

word = Toolbox("word")


@word.tool(title={{"es": "Contraseña secreta"}}, examples={{"es": ["dime la contraseña secreta"]}})
def week(ctx: ToolContext) -> str:
    """The {word} word."""
    return "{word}"
'''


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tools")


@pytest.fixture(scope="module")
def server(make_server: MakeServer, folder: Path) -> Server:
    return make_server(tools_path=str(folder))


@pytest.fixture
def long_tool(folder: Path) -> Iterator[Path]:
    """The tool file; the file that it writes to says how often it began."""
    (folder / "audit.py").write_text(LONG_TOOL)
    yield folder / "began.txt"
    (folder / "began.txt").unlink(missing_ok=True)


def test_file_from_the_page_for_authors_answers_without_a_restart(phone: Phone, folder: Path) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(example.splitlines()) <= 20
    assert "*Stock*" not in phone.ask("¿Qué se está acabando?")
    (folder / "shelf.py").write_text(example)
    wait_for_tool(phone.server, "Productos por agotarse")
    answer = phone.ask("¿Qué se está acabando?")
    assert "*Stock*" in answer
    assert re.search(r"\n1\. .+ — \d", answer)


def test_file_that_is_changed_answers_as_it_now_is(phone: Phone, folder: Path) -> None:
    for word in ("primera", "segunda"):
        (folder / "word.py").write_text(WORD_TOOL.format(word=word))
        wait_for_tool(phone.server, f"The {word} word.")
        assert phone.ask("dime la contraseña secreta") == word


def test_broken_file_takes_nothing_but_itself_away(server: Server, phone: Phone, folder: Path) -> None:
    (folder / "broken.py").write_text("def nothing(:\n")
    eventually(lambda: "broken.py" in server.log, "a line in the log")
    assert "octubre de 2026" in phone.ask("cuántas facturas hay en octubre")


@pytest.mark.slow
@pytest.mark.timeout(420 + 3 * LONG_SECONDS)
def test_long_tool_says_how_far_it_is_and_then_its_result(phone: Phone, long_tool: Path) -> None:
    began_at = time.monotonic()
    begin(phone, long_tool)
    result = phone.wait_for(lambda text: "cuadra" in text, RECOVERY_SECONDS + LONG_SECONDS)
    assert result == "El cierre cuadra."
    words = phone.progress
    assert 1 <= len(words) <= 2 + int(time.monotonic() - began_at) // 15
    assert all("Revisión del cierre" in word for word in words)
    phone.nothing_more(1, seconds=3)
    assert phone.progress == words
    assert began(long_tool) == 1


@pytest.mark.slow
@pytest.mark.timeout(600 + 4 * LONG_SECONDS)
def test_long_tool_killed_half_way_gives_its_result_once_after_a_restart(
    make_server: MakeServer, make_phone: MakePhone, folder: Path, long_tool: Path
) -> None:
    server = make_server(tools_path=str(folder))
    phone = make_phone(of=server)
    begin(phone, long_tool)
    time.sleep(LONG_SECONDS / 2)
    assert "El cierre cuadra." not in phone.texts
    server.kill()
    server.start()
    phone.wait_for(lambda text: "cuadra" in text, RECOVERY_SECONDS + LONG_SECONDS)
    assert began(long_tool) == 2
    time.sleep(LONG_SECONDS + 5)
    assert phone.texts.count("El cierre cuadra.") == 1
    assert phone.ask("cuántas facturas hay en octubre").startswith("Facturas de venta")


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_question_stored_just_before_a_kill_is_answered_once_after_a_restart(
    make_server: MakeServer, make_phone: MakePhone
) -> None:
    server = make_server()
    phones = [make_phone(of=server) for _ in range(5)]
    for phone in phones:
        phone.say("cuántas facturas hay en octubre")
    server.kill()
    server.start()
    for phone in phones:
        phone.wait(1, RECOVERY_SECONDS)
    time.sleep(5)
    for phone in phones:
        # an answer that was on its way to the channel in the moment of the kill may come again, the same
        assert len(phone.heard) <= 2
        assert len(set(phone.texts)) == 1


def begin(phone: Phone, long_tool: Path) -> None:
    """Asks for the long tool, as soon as the server has seen its file."""
    wait_for_tool(phone.server, "Revisión del cierre")
    phone.say("revisa el cierre anual")
    eventually(lambda: began(long_tool) == 1, "the tool's beginning")


def wait_for_tool(server: Server, words: str) -> None:
    """Until the registry has a tool with these words in its title or description."""
    eventually(lambda: words in str(server.api("GET", "/executor/v1/tools")), f"a tool with {words!r}")


def began(long_tool: Path) -> int:
    return len(long_tool.read_text().splitlines()) if long_tool.exists() else 0
