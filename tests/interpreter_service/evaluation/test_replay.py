"""Cases played through the interpreter, with and without a model."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from interpreter_service.agent.model import ChatModel
from interpreter_service.evaluation import Case, Replay, Summary
from tests.fakes.model import ScriptedModel, calls, says
from tests.interpreter_service.conftest import ORDER, SPECS, UNCLEAR

TODAY = date(2026, 11, 20)


def case(number: int, text: str, kind: str = "report", context: Any = None, **expected: Any) -> Case:
    body = {"id": str(number), "lang": "es", "kind": kind, "text": text, "context": context or {}}
    return Case.model_validate({**body, "expected": expected})


def play(folder: Path, *cases: Case, model: ChatModel | None = None) -> Summary:
    with Replay(SPECS, TODAY, folder, model=model) as replay:
        return Summary(tuple(replay.play(cases)))


def test_every_kind_of_reaction_is_seen(tmp_path: Path) -> None:
    summary = play(
        tmp_path,
        case(1, "ventas del mes", tool="sales.total", arguments={"period": "este mes"}),
        case(2, UNCLEAR, clarify=["routes.map"]),
        case(3, "cuéntame un chiste", refuse=True),
        case(4, "ventas del mes", refuse=True, context={"not_permitted": ["sales.total"]}),
        case(5, "¿cuánto stock hay?", tool="sales.total"),
    )
    assert [one.verdict for one in summary.judged] == ["right", "right", "right", "right", "wrong"]
    assert summary.confusions == [("sales.total", "stock.balance", 1)]


def test_a_follow_up_changes_the_call_of_its_context(tmp_path: Path) -> None:
    last = {"tool": "sales.total", "arguments": {"period": {"from": "2026-11-01", "to": "2026-11-30"}}}
    october = {"period": {"from": "2026-10-01", "to": "2026-10-31"}}
    follow = case(1, "¿y el mes pasado?", "follow_up", {"last": last}, tool="sales.total", arguments=october)
    assert play(tmp_path, follow).follow_ups.right == 1


def test_a_write_waits_for_an_approval(tmp_path: Path) -> None:
    summary = play(tmp_path, case(1, "nuevo pedido de venta", "write", tool=ORDER.name))
    assert (summary.all.right, summary.writes_without_approval) == (1, 0)


def test_a_model_is_judged_by_all_its_calls(tmp_path: Path) -> None:
    two = calls(("sales__total", {"period": "este mes"}), ("stock__balance", {}))
    model = ScriptedModel([calls(("sales__total", {"period": "este mes"})), says("Aquí está."), two, says("Listo.")])
    wanted = {"tool": "sales.total", "arguments": {"period": "este mes"}}
    summary = play(tmp_path, case(1, "ventas", **wanted), case(2, "ventas otra vez", **wanted), model=model)
    assert [one.verdict for one in summary.judged] == ["right", "wrong"]
    assert {one.route for one in summary.judged} == {"agent"}


def test_the_tables_have_a_line_for_every_language_and_kind(tmp_path: Path) -> None:
    summary = play(tmp_path, case(1, "ventas del mes", refuse=True), case(2, "cuéntame un chiste", "talk", refuse=True))
    lines = summary.lines()
    assert [line.split()[0] for line in lines[1:5]] == ["all", "es", "report", "talk"]
    assert "50.0%" in lines[1]
    assert "    1  (refuses) -> sales.total" in lines
    assert summary.to_json()["by_kind"]["talk"]["accuracy"] == 1
