"""Declaring tools: the signature is the schema, and a wrong declaration fails at once, saying what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

import pytest
from pydantic import Field

from executor_service.registry.context import ToolContext
from executor_service.registry.parameters import ChoiceWords, DeclarationError, Spoken
from executor_service.registry.registry import join
from executor_service.registry.semantic import Link, Money, Period
from executor_service.registry.toolbox import Toolbox
from shared.errors import UnknownTool

Measure = Annotated[Literal["Value", "Quantity"], ChoiceWords({"Quantity": {"es": ("unidades",)}})]


def everything(
    context: ToolContext,
    customer: Annotated[Link["Customer"], Spoken(es=("cliente",))],  # noqa: F821, UP037
    period: Period | None = None,
    measure: Measure = "Value",
    top: Annotated[int, Field(ge=1, le=50, description="How many.")] = 10,
    amount: Money | None = None,
) -> str:
    """Has a parameter of each kind."""
    return "done"


def schema_of(function: Callable[..., Any]) -> dict[str, Any]:
    box = Toolbox("test")
    box.tool()(function)
    (tool,) = box
    return tool.spec.parameters


def test_signature_becomes_the_schema() -> None:
    schema = schema_of(everything)
    found = schema["properties"]
    assert schema["required"] == ["customer"]
    assert (found["customer"]["x-semantic"], found["customer"]["x-doctype"]) == ("link", "Customer")
    assert found["customer"]["x-words"]["es"] == ["cliente"]
    assert found["period"]["x-semantic"] == "period"
    assert found["measure"]["x-words"] == {"Value": {}, "Quantity": {"es": ["unidades"]}}
    assert (found["top"]["minimum"], found["top"]["maximum"], found["top"]["default"]) == (1, 50, 10)
    assert found["amount"]["x-semantic"] == "money"


def test_declared_function_stays_callable() -> None:
    assert Toolbox("test").tool()(everything)(None, customer=None) == "done"


def no_docstring(context: ToolContext) -> str:
    return ""


def untyped(context: ToolContext, item) -> str:
    """Has an untyped parameter."""
    return ""


def strange(context: ToolContext, item: list[str]) -> str:
    """Has a type no tool can take."""
    return ""


def bare_link(context: ToolContext, item: Link) -> str:
    """Has a link to nothing."""
    return ""


def no_context() -> str:
    """Has no context."""
    return ""


def Shout(context: ToolContext) -> str:
    """Has a wrong name."""
    return ""


@pytest.mark.parametrize(
    ("function", "says"),
    [
        (no_docstring, "docstring"),
        (untyped, "has no type"),
        (strange, "no tool can take"),
        (bare_link, "doctype"),
        (no_context, "context"),
        (Shout, "lower-case"),
    ],
)
def test_wrong_declaration_says_what_is_wrong(function: Callable[..., Any], says: str) -> None:
    with pytest.raises(DeclarationError, match=says):
        Toolbox("test").tool()(function)


def test_name_taken_twice_is_refused_and_nothing_is_joined() -> None:
    box, other = Toolbox("test"), Toolbox("test")
    box.tool()(everything)
    other.tool()(everything)
    with pytest.raises(DeclarationError, match="twice"):
        join([*box, *other])
    with pytest.raises(DeclarationError, match="twice"):
        box.tool()(everything)


def test_etag_changes_with_a_tool_and_unknown_names_are_refused() -> None:
    box = Toolbox("test")
    box.tool()(everything)
    whole, empty = join(box), join([])
    assert whole.etag != empty.etag
    assert whole.etag == join(box).etag
    with pytest.raises(UnknownTool):
        empty.get("test.everything")
