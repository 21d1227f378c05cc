"""Reports that the ERP prepares in the background, on the stand-in that runs none while one waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from demo_erp import Faults, create_app
from demo_erp.people import people
from executor_service.erp.frappe import FrappeErp
from executor_service.erp.protocol import ReportAnswer, ReportNotReady
from executor_service.erp.site import FrappeSite
from executor_service.erp.wsgi import WsgiAdapter
from executor_service.outputs.texts import executor_texts
from executor_service.registry.context import Cancelled
from executor_service.reports.prepared import LIMIT_SECONDS, run_or_prepare
from shared.errors import ErpNotPermitted, ErpUnreachable, ToolFailed
from tests.fakes.tool_context import FakeContext

FILTERS = {"company": "Ferretería Andina", "from_date": "2026-10-20", "to_date": "2026-11-20"}


@dataclass(kw_only=True)
class WatchedContext(FakeContext):
    """Remembers what was said of the progress, and may be cancelled after some of it."""

    said: list[tuple[int, int, str]] = field(default_factory=list)
    cancel_after: int = 99

    def progress(self, done: int = 0, total: int = 0, text: str = "") -> None:
        if len(self.said) >= self.cancel_after:
            raise Cancelled
        self.said.append((done, total, text))


@pytest.fixture
def faults() -> Faults:
    return Faults(only_prepared=True)


@pytest.fixture
def context(tmp_path_factory: pytest.TempPathFactory, faults: Faults) -> Iterator[WatchedContext]:
    app = create_app(tmp_path_factory.mktemp("demo") / "demo.sqlite", faults=faults)
    person = next(one for one in people() if one.user.startswith("gerente"))
    site = FrappeSite("http://demo-erp.invalid", adapter=WsgiAdapter(app))
    yield WatchedContext(erp=FrappeErp(site, person.api_key, person.api_secret))
    app.extensions["demo_erp"].close()


def test_report_is_queued_waited_for_with_progress_and_read(context: WatchedContext, faults: Faults) -> None:
    waits: list[float] = []
    answer = run_or_prepare(context, "Stock Balance", FILTERS, executor_texts(), wait=waits.append)
    faults.only_prepared = False
    assert answer == context.erp.run_report("Stock Balance", FILTERS)
    assert len(answer.rows) > 100
    assert waits == [1.0, 1.5]
    assert context.said[0] == (0, int(LIMIT_SECONDS), "El ERP está preparando el reporte…")


def test_report_that_could_not_be_prepared_is_told(context: WatchedContext, faults: Faults) -> None:
    faults.preparation_error = "Out of memory"
    with pytest.raises(ToolFailed, match="no pudo preparar el reporte «Stock Balance»"):
        run_or_prepare(context, "Stock Balance", FILTERS, executor_texts(), wait=lambda _: None)


def test_report_that_is_run_at_once_is_not_prepared(context: WatchedContext, faults: Faults) -> None:
    faults.only_prepared = False
    assert run_or_prepare(context, "Stock Balance", FILTERS, executor_texts(), wait=pytest.fail).rows
    assert context.said == []


def test_waiting_ends_when_the_task_is_cancelled(context: WatchedContext) -> None:
    context.cancel_after = 1
    with pytest.raises(Cancelled):
        run_or_prepare(context, "Stock Balance", FILTERS, executor_texts(), wait=lambda _: None)


@dataclass
class StuckErp:
    """Prepares for ever; `first` is what running the report at once comes to."""

    first: Exception = field(default_factory=lambda: ReportNotReady("not ready"))
    is_prepared: bool = True
    may_know: bool = True
    made: list[Mapping[str, Any]] = field(default_factory=list)

    def run_report(self, name: str, filters: Mapping[str, Any]) -> ReportAnswer:
        raise self.first

    def get(self, doctype: str, name: str) -> dict[str, Any]:
        if not self.may_know:
            raise ErpNotPermitted
        return {"prepared_report": int(self.is_prepared)}

    def act(self, method: str, arguments: Mapping[str, Any]) -> Any:
        self.made.append(arguments)
        return type("Said", (), {"value": {"name": "one"}})

    def ask(self, method: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
        return {"status": "Started"}


def test_waiting_has_a_limit_and_says_so() -> None:
    waits: list[float] = []
    with pytest.raises(ToolFailed, match="más de 4 minutos"):
        run_or_prepare(FakeContext(erp=StuckErp()), "X", FILTERS, executor_texts(), wait=waits.append)
    assert LIMIT_SECONDS - 10 < sum(waits) <= LIMIT_SECONDS


def test_report_that_takes_too_long_for_a_request_is_prepared() -> None:
    erp = StuckErp(first=ErpUnreachable("took too long"))
    with pytest.raises(ToolFailed):
        run_or_prepare(FakeContext(erp=erp), "X", FILTERS, executor_texts(), wait=lambda _: None)
    assert erp.made == [{"report_name": "X", "filters": FILTERS}]


@pytest.mark.parametrize("changes", [{"is_prepared": False}, {"may_know": False}])
def test_erp_that_does_not_answer_is_not_asked_to_prepare(changes: dict[str, bool]) -> None:
    erp = StuckErp(first=ErpUnreachable("down"), **changes)
    make: Callable[[float], None] = pytest.fail
    with pytest.raises(ErpUnreachable):
        run_or_prepare(FakeContext(erp=erp), "X", FILTERS, executor_texts(), wait=make)
    assert erp.made == []
