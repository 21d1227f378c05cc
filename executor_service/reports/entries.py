"""The parts of a report's file: parameters, columns, and what is behind a line."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from shared.contracts.base import LANGUAGES, Language
from shared.contracts.results import CellType

ParameterKind = Literal["period", "as_of", "fiscal_year", "link", "choice", "integer"]
FilterValue = str | int | tuple[str, ...]
"""A constant, or `$company`, `$period.from`, `$as_of.to`, `$customer`; left out when its parameter is not given."""

PerLanguage = dict[Language, str]
WordsPerLanguage = dict[Language, tuple[str, ...]]


class Entry(BaseModel):
    """A part of a report's file: frozen, and strict about its fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ParameterEntry(Entry):
    """What a person may say. `as_of` is a period of which only the last day counts, never later than today; of a
    `fiscal_year` only the ERP's fiscal year that holds its last day.

    `words` are what people say for it; the first of each language is its name in the scope line.
    """

    kind: ParameterKind
    description: str
    default: str | int | None = None
    doctype: str = ""
    words: WordsPerLanguage = Field(default_factory=dict)
    choices: dict[str, WordsPerLanguage] = Field(default_factory=dict)
    minimum: int | None = None
    maximum: int | None = None

    @model_validator(mode="after")
    def _kind_has_what_it_needs(self) -> Self:
        if (self.kind == "link") != bool(self.doctype):
            raise ValueError("a link, and only a link, names its doctype")
        if (self.kind == "choice") != bool(self.choices):
            raise ValueError("a choice, and only a choice, lists its choices")
        if self.kind in ("period", "as_of", "fiscal_year") and not isinstance(self.default, str):
            raise ValueError("a period needs default words, such as 'this month'")
        if self.kind == "choice" and self.default is not None and self.default not in self.choices:
            raise ValueError(f"the default {self.default!r} is not one of the choices")
        for words in (self.words, *self.choices.values()):
            if words and set(words) != set(LANGUAGES):
                raise ValueError("words are given in es, pt and en")
        return self


class ColumnEntry(Entry):
    """A column of our table. `sources` are the report's fieldnames for it, the first that has a value counts.

    Older reports name their fields by their translated labels: there `#2` is the second column, `#-1` the last.
    `is_additive` says that its total is the sum of its rows: not so for rates, percentages and running balances.
    A column `unless_same_as` another is left out where both say the same in every row.
    `minus` are the fields that are taken off: a closing balance is its debit minus its credit.
    `year` is the field of the year to which the English month name of this column belongs.
    """

    sources: tuple[str, ...] = Field(min_length=1)
    type: CellType = "text"
    labels: PerLanguage
    doctype: str | None = None
    is_additive: bool = True
    unless_same_as: str | None = None
    minus: tuple[str, ...] = ()
    year: str = ""


class Drill(Entry):
    """Which `report` is behind a line: it gets the document named in the line's `column` as its `parameter`."""

    report: str
    column: str
    parameter: str
    arguments: dict[str, str] = Field(default_factory=dict)
