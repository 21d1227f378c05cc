"""What the offline interpreter takes and gives: plain frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from shared.contracts.tools import ToolSpec

Arguments = Mapping[str, Any]
Why = Literal["close", "near", "missing"]


@dataclass(frozen=True, slots=True)
class LastCall:
    """The call whose answer the person saw last: periods as `{"from", "to"}`, links as `{"doctype", "name"}`.

    `result` is the id of the task whose table tools may transform; empty where none is kept. `is_cut` says that only
    its first rows were asked for.
    """

    tool: str
    arguments: Arguments
    result: str = ""
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Scored:
    """A tool and how near the words came to it, 0 to 1."""

    tool: ToolSpec
    score: float


@dataclass(frozen=True, slots=True)
class CallTool:
    """One call, sure enough to be made without asking."""

    tool: ToolSpec
    arguments: Arguments
    score: float


@dataclass(frozen=True, slots=True)
class Option:
    """One call that may be meant: a button.

    `why` is `close` where another tool is about as near, `near` where none is near enough, `missing` where the
    tool is sure but the required arguments in `missing` were not said.
    """

    tool: ToolSpec
    arguments: Arguments
    why: Why
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clarify:
    """One to three options for the person to choose from, the likeliest first."""

    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class OutOfScope:
    """No tool is near."""

    score: float = field(default=0.0, compare=False)


Decision = CallTool | Clarify | OutOfScope
