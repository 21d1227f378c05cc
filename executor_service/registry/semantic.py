"""Semantic types: what a parameter means, so that nobody has to guess it from its name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from shared.contracts.base import Json
from shared.contracts.results import Result as Given
from shared.contracts.results import Table


@dataclass(frozen=True)
class Period:
    """Days from `start` to `end`, both included, in the company's calendar."""

    start: date
    end: date

    def to_json(self) -> Json:
        return {"from": self.start.isoformat(), "to": self.end.isoformat()}

    @classmethod
    def from_json(cls, days: Mapping[str, Any]) -> Period:
        """The period of `{"from": "2026-10-01", "to": "2026-10-31"}`."""
        return cls(date.fromisoformat(days["from"]), date.fromisoformat(days["to"]))


@dataclass(frozen=True)
class LinkTo:
    """Which doctype a link points to."""

    doctype: str


@dataclass(frozen=True)
class Link:
    """One document of the ERP, found by what the person typed. Declare it as `Link["Customer"]`."""

    doctype: str
    name: str

    def __class_getitem__(cls, doctype: str) -> Any:
        return Annotated[cls, LinkTo(doctype)]

    def __str__(self) -> str:
        return self.name

    def to_json(self) -> Json:
        return {"doctype": self.doctype, "name": self.name}


@dataclass(frozen=True)
class ItemLines:
    """Marks a text as goods with their quantities, "10 sacos de cemento y 5 varillas"; put into `Annotated[...]`."""


@dataclass(frozen=True)
class WholeMessage:
    """Marks a text that is the person's own message, whatever stands in it: a reminder."""


@dataclass(frozen=True)
class Call:
    """Another tool with its arguments, as they were said: nothing of them is resolved."""

    tool: str
    arguments: Json


@dataclass(frozen=True)
class Result:
    """What an earlier task gave the person, for a tool that shows it in another form.

    `made_by` and `made_with` are the tool that asked the ERP for it, and its arguments as they were resolved.
    """

    task_id: str
    tool: str
    results: tuple[Given, ...]
    made_by: str = ""
    made_with: Mapping[str, Any] = field(default_factory=dict)

    @property
    def table(self) -> Table | None:
        """Its first table."""
        return next((one for one in self.results if isinstance(one, Table)), None)


class Money(Decimal):
    """An amount in the currency of the company or document, never a float."""


class Quantity(Decimal):
    """A quantity in the item's stock unit."""
