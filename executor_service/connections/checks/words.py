"""The steps of a test in words: what was tested, what failed and the way out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from executor_service.connections.checks.database import check_database
from executor_service.connections.checks.erp import check_erp
from executor_service.connections.checks.steps import Status, Step
from executor_service.connections.directory import ErpDirectory
from shared.contracts.base import Language
from shared.texts import Texts


@dataclass(frozen=True, kw_only=True)
class SaidStep:
    """A step for a person: `what` it is about, and `mend` when something is wrong with it."""

    step: str
    status: Status
    reason: str
    what: str
    detail: str
    mend: str


def check_connection(directory: ErpDirectory, connection_id: str, language: Language) -> Iterator[SaidStep]:
    """Tests a connection and its database, if it has one; raises NotFound for no such connection."""
    texts = Texts("executor_service.connections")
    connection = directory.connections.get(connection_id)
    for step in check_erp(directory, connection):
        yield said(step, texts, language)
    route = directory.databases.find(connection_id)
    if route is not None:
        for step in check_database(route, directory.open_databases.get(route)):
            yield said(step, texts, language)


def said(step: Step, texts: Texts, language: Language) -> SaidStep:
    is_wrong = step.status in ("failed", "warning")
    return SaidStep(
        step=step.name,
        status=step.status,
        reason=step.reason,
        what=texts.say(language, f"step.{step.name}"),
        detail=step.detail,
        mend=texts.say(language, f"mend.{step.reason}") if is_wrong else "",
    )
