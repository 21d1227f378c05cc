"""The steps of a test and what can come of each. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from shared.errors import HostKeyRefused, RecadoError

Status = Literal["ok", "warning", "failed", "not_tried"]
ERP_STEPS = ("erp_dns", "erp_reached", "erp_tls", "erp_login", "erp_permission")
SSH_STEPS = ("ssh_dns", "ssh", "host_key", "ssh_login", "tunnel")
DATABASE_STEPS = ("database_host", "database_login", "database_name", "permission", "read_only")


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step. `reason` tells apart what can fail in it and is the key of its words; `detail` is for technicians."""

    name: str
    status: Status
    reason: str = ""
    detail: str = ""


def passed(names: Sequence[str], details: Sequence[str] = ()) -> Iterator[Step]:
    """All of them, with what is known of the first ones."""
    for place, name in enumerate(names):
        yield Step(name=name, status="ok", detail=details[place] if place < len(details) else "")


def broken(names: Sequence[str], at: str, error: RecadoError, reason: str = "") -> Iterator[Step]:
    """Those before `at` were passed, those after it were not tried."""
    place = names.index(at) if at in names else 0
    for number, name in enumerate(names):
        if number == place:
            yield Step(name=name, status="failed", reason=reason or name, detail=error.detail)
        else:
            yield Step(name=name, status="ok" if number < place else "not_tried")


def step_of(error: RecadoError) -> tuple[str, str]:
    """At which step of the way to a database an error stands, and its reason."""
    if isinstance(error, HostKeyRefused):
        return "host_key", f"host_key_{error.params.get('reason', 'unknown')}"
    step = error.params.get("step", "database_host")
    number = error.params.get("number", "")
    if step == "permission":
        return step, "missing_table" if number == "1146" else "permission"
    return {"database": "database_host"}.get(step, step), ""
