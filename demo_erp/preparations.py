"""Reports that the site prepares in the background."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Preparation:
    """One report being prepared; `looks` are the times its state was asked for."""

    report: str
    filters: str
    looks: int = 0


@dataclass
class Preparations:
    """All that are being prepared on the site, by name."""

    by_name: dict[str, Preparation] = field(default_factory=dict)
