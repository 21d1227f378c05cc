"""An executor on a database of its own, with tools, contacts and a renderer that a test chooses."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import executor_service.connections.tables  # noqa: F401  tables that others refer to
from executor_service.erp.protocol import Erp
from executor_service.flows.wiring import FlowParts
from executor_service.making import ExecutorParts, make_executor
from executor_service.metadata import metadata
from executor_service.pins.limits import ApprovalLimits
from executor_service.pins.pins import Pins
from executor_service.pins.second_factor import SecondFactor
from executor_service.registry.context import Files
from executor_service.registry.registry import Registry, join
from executor_service.registry.tool import Tool
from executor_service.tasks.context import Person
from executor_service.tasks.perform import Render
from executor_service.tasks.runner import RunnerLimits
from shared.clock import Clock, utc_now
from shared.contracts.callers import ContactCaller
from shared.contracts.messages import Option, Part, TextPart
from shared.contracts.results import Approval, Choice, Passages, Result, Text
from shared.database import Database
from shared.errors import NotLinked
from shared.secrets import SecretBox
from shared.texts import Texts
from shared.tokens import Tokens

SECRET = "a secret of at least thirty-two characters"
TODAY = date(2026, 11, 20)


@dataclass(frozen=True, kw_only=True)
class FakeAccess:
    erp: Callable[[], Erp]
    connection_id: str = "default"
    company: str = "Ferretería Andina"
    currency: str = "PEN"
    today: date | None = TODAY
    fiscal_year_start_month: int = 1
    groups: tuple[str, ...] = ()
    database: Callable[[], object] | None = None


@dataclass
class FakeDirectory:
    """Links of contacts; `grant` adds one."""

    links: dict[str, FakeAccess] = field(default_factory=dict)

    def access(self, contact_id: str) -> FakeAccess:
        try:
            return self.links[contact_id]
        except KeyError:
            raise NotLinked("no link") from None

    def grant(self, contact_id: str, erp: Erp | None = None, *, groups: tuple[str, ...] = ()) -> None:
        self.links[contact_id] = FakeAccess(erp=lambda: _given(erp), groups=groups)


class House:
    """One process of the executor; several on the same database are several processes."""

    def __init__(
        self,
        folder: Path,
        tools: Iterable[Tool],
        *,
        directory: FakeDirectory | None = None,
        now: Clock = utc_now,
        limits: RunnerLimits | None = None,
        codes: dict[str, str] | None = None,
        registry: Callable[[], Registry] | None = None,
        database_url: str = "",
        flows: FlowParts | None = None,
        lets_unknown_into_flows: bool = False,
        render: Render | None = None,
    ) -> None:
        self.database = Database(database_url or f"sqlite:///{folder / 'executor.sqlite3'}")
        self.database.write(metadata.create_all)
        self.tokens = Tokens(SECRET, now=now)
        self.directory = directory or FakeDirectory()
        pins = Pins(self.database, SecretBox(SECRET), now=now)
        self.limits = ApprovalLimits(self.database)
        self.second_factor = SecondFactor(self.limits, pins, Texts("executor_service.pins"))
        codes = codes or {}
        joined = join(tools)
        parts = ExecutorParts(
            database=self.database,
            tokens=self.tokens,
            directory=self.directory,
            redeem=lambda _contact, message: next((user for code, user in codes.items() if code in message), None),
            registry=registry or (lambda: joined),
            render=render or render_plainly,
            home=folder,
            second_factor=self.second_factor,
            now=now,
            limits=limits or RunnerLimits(threads=4, lease=timedelta(seconds=5), look_every_seconds=0.05),
            flows=flows or FlowParts(threads=2, lease=timedelta(seconds=2), look_every_seconds=0.05),
            lets_unknown_into_flows=lets_unknown_into_flows,
            is_linked=lambda contact_id: contact_id in self.directory.links,
        )
        self.executor = make_executor(parts)
        self.log = self.executor.log
        self.runner = self.executor.runner

    def __enter__(self) -> House:
        self.executor.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.executor.stop()
        self.database.close()

    def caller(self, contact_id: str = "ana", conversation_id: str = "conversation-1", language: str = "es") -> str:
        return self.tokens.sign(
            ContactCaller(
                contact_id=contact_id,
                conversation_id=conversation_id,
                channel="web",
                account="console",
                language=language,
                time_zone="America/Lima",
            )
        )


def render_plainly(results: tuple[Result, ...], person: Person, files: Files) -> tuple[Part, ...]:
    """Each result as one text part."""
    return tuple(TextPart(text=_said(one)) for one in results)


def options(*titles: str) -> tuple[Option, ...]:
    return tuple(Option(id=str(place), title=title) for place, title in enumerate(titles, start=1))


def _said(result: Result) -> str:
    if isinstance(result, Text):
        return result.text
    if isinstance(result, Choice):
        return result.question
    if isinstance(result, Passages):
        return "\n".join(one.quote for one in result.passages)
    return result.action if isinstance(result, Approval) else result.title


def _given(erp: Erp | None) -> Erp:
    assert erp is not None, "this contact has no ERP in this test"
    return erp
