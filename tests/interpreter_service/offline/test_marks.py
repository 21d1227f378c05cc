"""Tools that are alike but for a word that is always, or never, said for one of them."""

from __future__ import annotations

from interpreter_service.offline import CallTool, Clarify, ToolIndex, decide
from shared.contracts.tools import ToolSpec


def tool(
    name: str, title: str, *examples: str, only_with: tuple[str, ...] = (), never: tuple[str, ...] = ()
) -> ToolSpec:
    return ToolSpec(
        name=name,
        titles={"es": title},
        description=title,
        parameters={"type": "object", "properties": {}},
        examples={"es": examples},
        only_with={"es": only_with} if only_with else {},
        never_with={"es": never} if never else {},
    )


STOCK = tool("stock.balance", "Existencias", "existencias de productos", "inventario actual")
BATCHES = tool(
    "stock.batches", "Existencias por lote", "existencias por lote", "lotes en inventario", only_with=("lote*",)
)


def called(text: str, *tools: ToolSpec) -> str:
    decision = decide(ToolIndex(tools), text, "es")
    return decision.tool.name if isinstance(decision, CallTool) else ""


def test_a_tool_whose_word_is_not_said_takes_no_question_away() -> None:
    for text in ("existencias", "dame el inventario", "qué existencias de productos hay"):
        assert called(text, STOCK) == called(text, STOCK, BATCHES) == "stock.balance"


def test_a_tool_whose_word_is_said_is_meant() -> None:
    assert called("dame el inventario de los lotes", STOCK, BATCHES) == "stock.batches"
    assert called("existencias de cada lote", STOCK, BATCHES) == "stock.batches"


def test_a_word_that_is_always_said_is_no_name() -> None:
    wanted = called("inventario Lotes", STOCK, BATCHES)
    assert wanted == "stock.batches"


def test_with_a_word_that_is_never_said_for_it_another_tool_is_meant() -> None:
    gross = tool("sales.gross", "Utilidad bruta", "utilidad bruta", "utilidad del mes", never=("neta",))
    net = tool("finance.result", "Resultado", "utilidad neta", "resultado del mes")
    assert called("cuál es la utilidad neta que tenemos", gross, net) == "finance.result"
    assert called("cuál es la utilidad bruta", gross, net) == "sales.gross"


def test_tools_alike_without_such_words_are_asked_about() -> None:
    twin = STOCK.model_copy(update={"name": "stock.twin"})
    assert isinstance(decide(ToolIndex([STOCK, twin]), "dame las existencias", "es"), Clarify)
