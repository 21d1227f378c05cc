"""A report of the catalogue end to end beside the raw HTTP call to the same ERP, taking turns."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import requests

from bench.machine import free_port, share_cores
from bench.processes import running
from bench.report import table_of
from bench.run import percentile
from demo_erp.people import people
from executor_service.connections.model import ConnectionDraft, Credentials, LinkDraft
from recado.services import Services
from recado.start import prepare
from shared.contracts.callers import ContactCaller
from shared.contracts.tasks import CallRequest
from shared.settings import Settings

ARGUMENTS = {"period": {"from": "2026-10-01", "to": "2026-10-31"}}
PERIOD = {"company": "Ferretería Andina", "from_date": "2026-10-01", "to_date": "2026-10-31"}


@dataclass(frozen=True)
class Report:
    """A tool of the catalogue, and the ERP's report that it asks, with the same filters."""

    tool: str
    name: str
    filters: Mapping[str, str]
    makes: str


REPORTS = (
    Report("sales.register", "Sales Register", PERIOD, "table, text, spreadsheet"),
    Report(
        "sales.by_customer",
        "Sales Analytics",
        {**PERIOD, "tree_type": "Customer", "doc_type": "Sales Invoice", "value_quantity": "Value", "range": "Monthly"},
        "table, text, spreadsheet, chart",
    ),
)
WARM_UP = 5
CONTACT = "contact-of-the-benchmark"


def measure_report(folder: Path, calls: int) -> str:
    """The table, as Markdown."""
    port = free_port()
    command = ["-m", "demo_erp", "--port", str(port), "--data", str(folder / "erp")]
    person = people()[0]
    with running(
        command, port=port, env={}, folder=folder / "erp", cores=share_cores().measuring, ready="/api/method/ping"
    ) as server:
        services = _services(folder / "recado", server.url, Credentials(key=person.api_key, secret=person.api_secret))
        session = requests.Session()
        session.headers["Authorization"] = f"token {person.api_key}:{person.api_secret}"
        try:
            rows = [row for one in REPORTS for row in _rows(one, services, session, server.url, calls)]
        finally:
            services.stop()
    about = "Reports of the catalogue end to end, the ERP a stand-in over HTTP; the chart is drawn by matplotlib"
    return f"{about}\n\n{table_of(('report', 'p50 ms', 'p95 ms', 'more than raw, ms'), rows)}"


def _rows(report: Report, services: Services, session: requests.Session, url: str, calls: int) -> list[Sequence[str]]:
    raw = _times(lambda: _ask(session, url, report), calls)
    through = _times(lambda: _call(services, report.tool), calls)
    named = ((f"{report.name}: raw HTTP call, JSON read", raw), (f"`{report.tool}`: {report.makes}", through))
    base = statistics.median(raw)
    return [
        (
            title,
            f"{statistics.median(times):.1f}",
            f"{percentile(times, 0.95):.1f}",
            f"{statistics.median(times) - base:.1f}",
        )
        for title, times in named
    ]


def _ask(session: requests.Session, url: str, report: Report) -> None:
    """The same report asked of the ERP's own interface and nothing else."""
    query = {"report_name": report.name, "filters": json.dumps(report.filters), "ignore_prepared_report": "true"}
    answer = session.get(f"{url}/api/method/frappe.desk.query_report.run", params=query, timeout=30)
    assert answer.json()["message"]["result"]


def _services(home: Path, url: str, key: Credentials) -> Services:
    services = Services(prepare(Settings(home=home, erp_url=url)), ("executor",))
    services.start()
    connections = services.executor_rooms.directory.connections
    connections.replace(ConnectionDraft(id="default", name="ERP", kind="frappe", url=url, credentials=key))
    services.executor_rooms.directory.links.save(
        CONTACT, LinkDraft(connection_id="default", erp_user="bench", credentials=key)
    )
    return services


def _call(services: Services, tool: str) -> None:
    caller = ContactCaller(
        contact_id=CONTACT, conversation_id="c", channel="web", account="web", language="es", time_zone="America/Lima"
    )
    request = CallRequest(
        tool=tool,
        arguments=ARGUMENTS,
        caller=services.tokens.sign(caller),
        key=str(time.monotonic_ns()),
        wait_seconds=30,
    )
    task = services.local_executor.call(request).task
    assert task.status == "succeeded", task.error


def _times(work: Callable[[], None], calls: int) -> list[float]:
    for _ in range(WARM_UP):
        work()
    times = []
    for _ in range(calls):
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1000)
    return times
