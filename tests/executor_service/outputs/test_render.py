"""What a person gets of each kind of result."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from executor_service.outputs.render import render
from executor_service.outputs.xlsx import MEDIA_TYPE
from shared.contracts.messages import ChoicesPart, FilePart, Option, TextPart
from shared.contracts.results import Approval, Chart, Choice, File, Series, Table, Text

SHEET = File(artifact_id="a1", filename="ventas.xlsx", media_type=MEDIA_TYPE, caption="Ventas")


def test_table_chart_and_file_become_text_picture_and_file(make_table: Callable[..., Table], files: Any) -> None:
    chart = Chart(
        chart="bar", title="Cuentas por cobrar\nEmpresa", labels=("a",), series=(Series(name="s", values=("1",)),)
    )
    text, picture, sheet = render((make_table(14), chart, SHEET), "es", "es_PE", files)
    assert isinstance(text, TextPart)
    assert "y 4 más en la hoja de cálculo" in text.text
    assert picture == FilePart(
        artifact_id="file-1", filename="cuentas-por-cobrar.png", media_type="image/png", caption="Cuentas por cobrar"
    )
    assert files.data["file-1"].startswith(b"\x89PNG")
    assert isinstance(sheet, FilePart)
    assert sheet.artifact_id == "a1"


def test_choice_keeps_its_options(files: Any) -> None:
    options = (Option(id="1", title="Ana"), Option(id="2", title="Luis"))
    (part,) = render((Choice(question="¿Cuál?", options=options),), "es", "es_PE", files)
    assert part == ChoicesPart(text="¿Cuál?", options=options, button="Elegir")


def test_approval_is_answered_with_approve_or_reject(files: Any) -> None:
    (part,) = render((Approval(action="Confirmar", document="X-1"),), "pt", "pt_BR", files)
    assert isinstance(part, ChoicesPart)
    assert [(option.id, option.title) for option in part.options] == [("approve", "Aprovar"), ("reject", "Rejeitar")]


def test_text_is_said_as_it_is(files: Any) -> None:
    assert render((Text(text="Listo."),), "en", "en_US", files) == (TextPart(text="Listo."),)
