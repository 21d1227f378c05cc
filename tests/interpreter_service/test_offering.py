"""What offered calls are called on buttons."""

from __future__ import annotations

from typing import Any

from interpreter_service.offering import TITLE_CHARS, names_of
from interpreter_service.offline import Option
from shared.contracts.base import Language
from tests.interpreter_service.conftest import make_spec

LEDGER = make_spec(
    "ledger.party",
    "Estado de cuenta",
    properties={
        "customer": {"x-semantic": "link", "x-words": {"es": ["cliente"], "en": ["customer"]}},
        "supplier": {"x-semantic": "link", "x-words": {"es": ["proveedor"], "en": ["supplier"]}},
        "period": {"x-semantic": "period"},
        "detail": {"enum": ["short"], "x-words": {"short": {"es": ["resumen"], "en": ["summary"]}}},
        "top": {"type": "integer", "x-slot": "top"},
    },
)
SALES = make_spec("sales.by_item_group", "Ventas por grupo de productos")


def offer(tool: Any = LEDGER, **arguments: Any) -> Option:
    return Option(tool, arguments, "close")


def names(*options: Option, language: Language = "es") -> list[tuple[str, str]]:
    return names_of(options, language)


def test_options_of_one_tool_are_called_after_what_differs() -> None:
    offered = names(offer(customer="Rojas", period="octubre"), offer(supplier="Rojas", period="octubre"))

    assert offered == [("Cliente: Rojas", ""), ("Proveedor: Rojas", "")]


def test_options_are_named_in_the_language_of_the_person() -> None:
    offered = names(offer(customer="Rojas"), offer(supplier="Rojas"), language="en")

    assert [title for title, _ in offered] == ["Customer: Rojas", "Supplier: Rojas"]


def test_title_that_is_cut_is_described_in_full() -> None:
    offered = names(offer(customer="Constructora Misti"), offer(supplier="Constructora Misti"))

    assert all(len(title) <= TITLE_CHARS for title, _ in offered)
    assert offered[0] == ("Cliente: Constructo…", "Estado de cuenta · Cliente: Constructora Misti")


def test_options_of_different_tools_are_called_after_the_tool() -> None:
    offered = names(offer(period="octubre"), offer(SALES, period="octubre"))

    assert [title for title, _ in offered] == ["Estado de cuenta", "Ventas por grupo…"]
    assert offered[1][1] == "Ventas por grupo de productos · octubre"


def test_titles_that_would_be_the_same_when_cut_stay_whole() -> None:
    offered = names(offer(customer="Constructora Misti Norte"), offer(customer="Constructora Misti Sur"))

    assert [title for title, _ in offered] == [
        "Estado de cuenta · Cliente: Constructora Misti Norte",
        "Estado de cuenta · Cliente: Constructora Misti Sur",
    ]


def test_resolved_arguments_and_choices_are_said_in_words() -> None:
    october = {"from": "2026-10-01", "to": "2026-10-31"}
    one = offer(customer={"doctype": "Customer", "name": "Rojas"}, period=october, detail="short", top=5)

    [(_, described), _] = names(one, offer(SALES))

    assert described == "Estado de cuenta · Cliente: Rojas · octubre de 2026 · resumen · top 5"
