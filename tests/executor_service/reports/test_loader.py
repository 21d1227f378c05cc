"""A report's file that is wrong says where."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest

from executor_service.reports.loader import CatalogueError, load_catalogue

WHOLE = (files("executor_service.reports") / "catalogue" / "sales_by_item.toml").read_text(encoding="utf-8")
GOOD = WHOLE[: WHOLE.index("[drill]")] + WHOLE[WHOLE.index("[view]") :]
"""A report that needs no other."""


@pytest.fixture
def loading(tmp_path: Path) -> Callable[[str], None]:
    def load(text: str) -> None:
        (tmp_path / "broken.toml").write_text(text, encoding="utf-8")
        load_catalogue(tmp_path)

    return load


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('measure = "total"', 'measure = "amount"', "unknown columns"),
        ('value_quantity = "$measure"', 'value_quantity = "$mesure"', "'$mesure' names no parameter"),
        ('default = "Value"', 'default = "Money"', "'Money' is not one of the choices"),
        ('kind = "period"', 'kind = "moment"', "parameters.period.kind"),
        ('"qué se vende más",\n', "", None),
        ('name = "sales.by_item"', 'name = "Sales by item"', "name: "),
        ('when = { measure = "Quantity" }', 'when = { mesure = "Quantity" }', "unknown parameters: ['mesure']"),
        ('pt = "Vendas por produto"\n', "", "titles are given in es, pt and en"),
        ("[titles]", "[titles", "broken.toml"),
        ('report = "Sales Analytics"', 'reports = "Sales Analytics"', "view.report"),
    ],
)
def test_fault_is_named(loading: Callable[[str], None], before: str, after: str, said: str | None) -> None:
    assert before in GOOD
    text = GOOD.replace(before, after, 1)
    if said is None:  # one example less is still enough
        loading(text)
        return
    with pytest.raises(CatalogueError, match=r"broken\.toml") as caught:
        loading(text)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ('[only_with]\nes = ["producto*"]\n', "says no word of only_with"),
        ('[never_with]\nes = ["ventas"]\n', "says a word of never_with"),
    ],
)
def test_examples_that_contradict_the_marks_are_refused(loading: Callable[[str], None], words: str, said: str) -> None:
    with pytest.raises(CatalogueError, match=said):
        loading(GOOD.replace("[titles]", f"{words}\n[titles]", 1))


def test_too_few_examples_are_refused(loading: Callable[[str], None]) -> None:
    start = GOOD.index('pt = [\n    "vendas') + len("pt = [\n")
    text = GOOD[:start] + GOOD[GOOD.index("]", start) :]
    with pytest.raises(CatalogueError, match="at least 3 different examples in pt"):
        loading(text)


def test_name_taken_twice_is_refused(tmp_path: Path) -> None:
    for file in ("one.toml", "two.toml"):
        (tmp_path / file).write_text(GOOD, encoding="utf-8")
    with pytest.raises(CatalogueError, match=r"named twice: sales\.by_item"):
        load_catalogue(tmp_path)


@pytest.mark.parametrize(("report", "parameter"), [("sales.nothing", "item"), ("sales.by_month", "period")])
def test_drill_into_what_takes_no_such_link_is_refused(report: str, parameter: str, tmp_path: Path) -> None:
    good = files("executor_service.reports") / "catalogue"
    for file in ("sales_by_item.toml", "sales_by_month.toml"):
        text = (good / file).read_text(encoding="utf-8")
        text = text.replace('report = "sales.item_register"', f'report = "{report}"')
        (tmp_path / file).write_text(text.replace('parameter = "item"', f'parameter = "{parameter}"'), encoding="utf-8")
    with pytest.raises(CatalogueError, match=rf"sales\.by_item: drill: {report} has no link '{parameter}'"):
        load_catalogue(tmp_path)
