"""What the registry says of a tool or a node: the same words for people, the model, the builder and the API."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from shared.contracts.base import Contract, Json, Language

Effect = Literal["read", "write", "danger"]

ASKED_MOST = (
    "sales.by_customer", "receivables.ageing", "stock.balance", "payables.ageing", "approval.review", "schedule.create",
    "sales.by_item", "sales.by_month", "sales.by_territory", "sales.gross_profit", "purchases.by_supplier",
)  # fmt: skip
"""Tools that most questions are about: their examples are shown first."""


class ToolSpec(Contract):
    """One tool as `GET /v1/tools` lists it.

    `parameters` is a JSON Schema of an object. A property with a meaning of its own carries `x-semantic`:

    - `period`: the person's words ("mes pasado") or a resolved `{"from": "2026-10-01", "to": "2026-10-31"}`
    - `link`: the person's words or a resolved `{"doctype": "Customer", "name": "..."}`; `x-doctype` names the doctype
    - `money`, `quantity`: a decimal number written as a string
    - `call`: `{"tool": "...", "arguments": {...}}`, another tool with its own arguments
    - `result`: the task id of an earlier result of this conversation

    `x-slot` says `top` of a number of rows `lines` of goods ("10 sacos de cemento"), `message` of the whole text.
    An `enum` property may carry `x-words`: `{value: {language: [what people say for it]}}`.

    One of the words of `only_with` is said whenever this tool is meant, none of `never_with` ever; `lote*` is every
    word that begins so. They keep tools apart whose questions are alike.

    `lasting` is a tool that leaves something behind for the asking person (a schedule, a reminder) without a card: a
    model that has read text from outside does it only after a tap.
    """

    name: str
    titles: dict[Language, str]
    description: str
    parameters: Json
    examples: dict[Language, tuple[str, ...]]
    effect: Effect = "read"
    groups: tuple[str, ...] = ()
    slow: bool = False
    lasting: bool = False
    only_with: dict[Language, tuple[str, ...]] = Field(default_factory=dict)
    never_with: dict[Language, tuple[str, ...]] = Field(default_factory=dict)

    @property
    def takes_result(self) -> bool:
        """Whether it shows an earlier result in another form: nobody asks for it out of the blue."""
        properties: Json = self.parameters.get("properties", {})
        return any(one.get("x-semantic") == "result" for one in properties.values())

    def title(self, language: Language) -> str:
        """The short name people see, in their language; English or the tool's name where none was given."""
        return self.titles.get(language) or self.titles.get("en") or self.name


class NodeSpec(Contract):
    """One kind of flow node as `GET /v1/nodes` lists it."""

    name: str
    titles: dict[Language, str]
    description: str
    config: Json
    exits: tuple[str, ...] = ("default",)
