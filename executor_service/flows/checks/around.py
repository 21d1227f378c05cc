"""What stands outside of a drawing: the engine of scripts, everybody's commands, secrets, files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


def _nothing_wrong(_script: str) -> str | None:
    return None


def _no_command(_text: str) -> str | None:
    return None


def _there(_name: str) -> bool:
    return True


def _allowed(_flow_id: str, _account: str) -> bool:
    return True


@dataclass(frozen=True, kw_only=True)
class Around:
    """Where nothing is given, nothing is found missing."""

    script_problem: Callable[[str], str | None] = _nothing_wrong
    """Why a script does not compile, or None; the isolated engine says so."""
    command: Callable[[str], str | None] = _no_command
    """The command of everybody that a whole message is: `opt_out`, `cancel`, `agent`, `menu` and others."""
    has_secret: Callable[[str], bool] = _there
    has_file: Callable[[str], bool] = _there
    may_use_account: Callable[[str, str], bool] = _allowed
    """Whether a flow, by its id, may act as a service account."""
