"""What is wrong with tools that could not be taken."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class ToolProblem:
    """A file (or `entry point <name>`, or folder) whose tools are left out, and why, in one English sentence."""

    file: str
    sentence: str
