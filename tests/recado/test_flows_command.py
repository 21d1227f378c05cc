"""`recado flows`: flows are checked, tested and talked to as files, and carried in and out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from executor_service.flows.templates import shelf
from recado.cli import main

Run = Callable[..., Result]
TEMPLATES = Path(shelf.__file__).parent
TYPEBOT = Path(__file__).parents[1] / "executor_service" / "flows" / "importing" / "files" / "typebot.json"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)

    def invoke(*words: object, said: str = "") -> Result:
        env = {"RECADO_HOME": str(tmp_path / "home")}
        return CliRunner().invoke(main, ["flows", *map(str, words)], env=env, input=said)

    return invoke


def test_shipped_flow_is_checked_and_passes_its_tests(run: Run) -> None:
    file = TEMPLATES / "appointment.json"
    assert run("check", file).exit_code == 0
    tested = run("test", file)
    assert (tested.exit_code, tested.output) == (0, "4 of 4 tests passed.\n")


def test_broken_flow_ends_in_exit_code_one_and_says_why(run: Run, tmp_path: Path) -> None:
    document: dict[str, Any] = json.loads((TEMPLATES / "faq.json").read_text(encoding="utf-8"))
    document["flow"]["tests"][0]["steps"].append({"kind": "say", "text": "hola"})
    file = tmp_path / "flow.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    tested = run("test", file, "--language", "es")
    assert tested.exit_code == 1
    assert "La prueba «un tema de la lista» falla en el paso 5: la conversación ya había terminado" in tested.output
    document["flow"]["edges"] = []
    file.write_text(json.dumps(document), encoding="utf-8")
    checked = run("check", file)
    assert (checked.exit_code, "must lead" in checked.output) == (1, True)


def test_check_asks_the_script_engine_the_commands_and_the_secrets(run: Run, tmp_path: Path) -> None:
    header = {"Authorization": "{{ secret.gone }}"}
    kinds = (
        ("s", "trigger", {"kind": "keyword", "words": ["baja"]}),
        ("j", "javascript", {"script": "return (1"}),
        ("h", "http_request", {"url": "https://example.com/", "headers": header}),
        ("m", "message", {"media": [{"artifact_id": "gone"}]}),
    )
    nodes = [{"id": one, "data": {"label": one, "type": kind, "config": config}} for one, kind, config in kinds]
    file = tmp_path / "flow.json"
    file.write_text(json.dumps({"nodes": nodes, "edges": [{"id": "e", "source": "s", "target": "j"}]}), "utf-8")
    checked = run("check", file)
    assert checked.exit_code == 1
    lines = [line for line in checked.output.splitlines() if line.startswith("critical")]
    assert [line for line in lines if "The script of “j” does not compile: SyntaxError" in line]
    assert "critical  “baja” on its own is everybody's command and never starts this flow." in lines
    assert "critical  “h” uses a secret that does not exist: gone." in lines
    assert "critical  “m” sends a file that is not there any more: file." in lines


def test_flow_is_talked_to_until_it_ends(run: Run) -> None:
    talked = run("simulate", TEMPLATES / "stock_question.json", said="cement\n/tap nothing\n/tap done\n")
    assert talked.exit_code == 0, talked.output
    lines = talked.stdout.splitlines()
    assert lines[0] == "< Which item? Write its name or code."
    assert "  (tool: stock.balance)" in lines
    assert "  [Nothing else]" in lines
    assert "! there is no option “nothing”; offered are: Its price, Another item, Nothing else" in lines
    assert lines[-1] == "  -- completed"


def test_flow_is_carried_in_and_out(run: Run, tmp_path: Path) -> None:
    imported = run("import", TEMPLATES / "faq.json", "--name", "Dudas")
    flow_id = imported.output.rsplit(" ", 1)[1].strip(".\n")
    assert run("list").output == f"{flow_id}  draft    Dudas\n"
    copy = tmp_path / "copy.json"
    copy.write_text(run("export", flow_id).output, encoding="utf-8")
    assert json.loads(copy.read_text(encoding="utf-8"))["name"] == "Dudas"
    assert run("test", copy).exit_code == 0


def test_file_of_another_program_is_imported_with_a_report(run: Run) -> None:
    imported = run("import", TYPEBOT, "--from", "typebot")
    assert imported.exit_code == 0, imported.output
    lines = imported.output.splitlines()
    assert lines[0].startswith("Imported Clínica San Blas as ")
    lost = "“Google Sheets” does not exist here and was left out; the flow goes on with what came after it."
    assert f"  lost    “Grupo grande”: {lost}" in lines
    assert "draft    Clínica San Blas" in run("list").output


def test_flow_is_kept_as_a_template_exported_used_and_deleted(run: Run, tmp_path: Path) -> None:
    flow_id = run("import", TEMPLATES / "faq.json", "--name", "Dudas").output.splitlines()[0].split()[-1].strip(".")
    kept = run("templates", "save", flow_id, "--title", "Mis dudas", "--category", "service")
    name = kept.output.split()[-1].strip(".")
    assert f"{name:<28} own  service      Mis dudas" in run("templates", "list").output.splitlines()
    file = tmp_path / "template.json"
    file.write_text(run("templates", "export", name).output, encoding="utf-8")
    assert run("test", file).exit_code == 0
    assert run("templates", "use", name, "--name", "Copia").output.startswith("Made Copia as ")
    assert run("templates", "delete", name).output == "Deleted.\n"
    refused = run("templates", "delete", "faq")
    assert (refused.exit_code, len(refused.output.strip().splitlines())) == (1, 1)


@pytest.mark.parametrize("text", ["no JSON", "[]", '{"nodes": 7}', '{"flow": "x"}'])
def test_file_that_holds_no_flow_is_one_sentence(run: Run, tmp_path: Path, text: str) -> None:
    file = tmp_path / "bad.json"
    file.write_text(text, encoding="utf-8")
    refused = run("check", file)
    assert refused.exit_code == 1
    assert len(refused.output.strip().splitlines()) == 1
