"""A report of the catalogue as its file says it; read `catalogue/sales_by_customer.toml` beside this."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from executor_service.reports.entries import (
    ColumnEntry,
    Drill,
    Entry,
    FilterValue,
    ParameterEntry,
    PerLanguage,
    WordsPerLanguage,
)
from shared.contracts.base import LANGUAGES
from shared.language.marks import marks_in, says_one_of, without_mark

MIN_EXAMPLES = 3
"""Reports that people seldom ask for have few examples, so that they take no question from the common ones."""


class View(Entry):
    """How an answer becomes a table.

    `kind`: a `ranking` is sorted by its measure without its zero rows, `sorted` with them, a `list` is newest first,
    `plain` as the ERP sends it, a `ledger` has opening and closing rows, `months` turns the month columns of the total
    row into rows. A `statement` (of accounts) is shown as it stands, without its empty rows. `columns` turns the
    columns with these `across` types of field into rows, without those that are sources of its own columns.
    `rows`: all, the `leaves` or the `top_level` of a tree, or those `with` or `without` a value in the field `rows_by`.
    `totals`, where the total stands: in the `total_row` that Frappe adds, in the report's own `last_row`, in the
    `top_level` rows of a tree (those without indent), in the `closing` row of a ledger, in the `final` line of a
    statement, which is no sum of the others, or, zero or not, in the `last_shown` row; `none` where a sum would mean
    nothing, as of prices.
    `final_names` are said instead of the ERP's name of a final line, which may not fit the period.
    Where it is `grouped`, rows with the same label are added up and shown as one.
    `notes` are added to the scope line.
    """

    report: str
    kind: Literal["ranking", "sorted", "list", "plain", "ledger", "months", "columns", "statement"] = "ranking"
    totals: Literal["total_row", "last_row", "top_level", "closing", "final", "last_shown", "none"] = "total_row"
    rows: Literal["all", "leaves", "top_level", "with", "without"] = "all"
    rows_by: str = ""
    across: tuple[str, ...] = ()
    grouped: bool = False
    columns: tuple[str, ...] = Field(min_length=1)
    label: str
    measure: str = ""
    chart: Literal["bar", "line", "pie", "none"] = "bar"
    titles: PerLanguage = Field(default_factory=dict)
    final_names: PerLanguage = Field(default_factory=dict)
    notes: PerLanguage = Field(default_factory=dict)
    filters: dict[str, FilterValue]
    filters_by_version: dict[str, dict[str, FilterValue]] = Field(default_factory=dict)


class Variant(Entry):
    """Changes of the view `when` parameters have these values (`*`: any value)."""

    when: dict[str, str] = Field(min_length=1)
    change: dict[str, Any]

    def fits(self, arguments: Mapping[str, str]) -> bool:
        return all(
            name in arguments if value == "*" else arguments.get(name) == value for name, value in self.when.items()
        )


class ReportEntry(Entry):
    """One report of the catalogue. The first variant that fits the arguments changes its view.

    One of the words in `only_with` is said whenever this report is meant, none of those in `never_with` ever: they keep
    reports apart whose questions are alike. `lote*` is every word that begins so.
    """

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$", max_length=60)]
    description: str
    titles: PerLanguage
    examples: WordsPerLanguage
    only_with: WordsPerLanguage = Field(default_factory=dict)
    never_with: WordsPerLanguage = Field(default_factory=dict)
    parameters: dict[str, ParameterEntry]
    needs_one_of: tuple[str, ...] = ()
    columns: dict[str, ColumnEntry]
    view: View
    variants: tuple[Variant, ...] = ()
    drill: Drill | None = None

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        for what, said in (("titles", self.titles), ("examples", self.examples)):
            if set(said) != set(LANGUAGES):
                raise ValueError(f"{what} are given in es, pt and en")
        for language, examples in self.examples.items():
            if len(set(examples)) < MIN_EXAMPLES:
                raise ValueError(f"at least {MIN_EXAMPLES} different examples in {language}")
        self._check_marks()
        for view in (self.view, *(self._changed(variant) for variant in self.variants)):
            self._check(view)
        if self.drill is not None and self.drill.column not in self.columns:
            raise ValueError(f"the drill names an unknown column: {self.drill.column!r}")
        unknown = {name for variant in self.variants for name in variant.when} - set(self.parameters)
        if unknown:
            raise ValueError(f"variants name unknown parameters: {sorted(unknown)}")
        return self

    def view_for(self, arguments: Mapping[str, str]) -> View:
        """The view for these arguments, given as plain values."""
        fitting = next((variant for variant in self.variants if variant.fits(arguments)), None)
        return self._changed(fitting) if fitting else self.view

    def _check_marks(self) -> None:
        said = [example for examples in self.examples.values() for example in examples]
        unmarked = without_mark(said, self.only_with)
        if unmarked:
            raise ValueError(f"the example {unmarked[0]!r} says no word of only_with")
        never = marks_in(self.never_with)
        forbidden = [example for example in said if says_one_of(example, never)]
        if forbidden:
            raise ValueError(f"the example {forbidden[0]!r} says a word of never_with")

    def _changed(self, variant: Variant) -> View:
        base = self.view.model_dump()
        filters = {**base["filters"], **variant.change.get("filters", {})}
        return View.model_validate({**base, **variant.change, "filters": filters})

    def _check(self, view: View) -> None:
        shown = (*view.columns, view.label, *([view.measure] if view.measure else []))
        unknown = [name for name in shown if name not in self.columns]
        if unknown:
            raise ValueError(f"the view names unknown columns: {unknown}")
        if not set(shown) <= set(view.columns):
            raise ValueError("label and measure are columns of the view")
        if not view.measure and (view.kind not in ("list", "plain") or view.totals != "none" or view.chart != "none"):
            raise ValueError("only a list without total and chart has no measure")
        if (view.rows in ("with", "without")) != bool(view.rows_by) or (view.kind == "columns") != bool(view.across):
            raise ValueError("rows with or without a value name their field, and columns their types of field")
        for filters in (view.filters, *view.filters_by_version.values()):
            for value in filters.values():
                for one in value if isinstance(value, tuple) else (value,):
                    self._check_reference(one)

    def _check_reference(self, value: str | int) -> None:
        if isinstance(value, str) and value.startswith("$"):
            name = value[1:].split(".", 1)[0]
            if name != "company" and name not in self.parameters:
                raise ValueError(f"the filter value {value!r} names no parameter")
