"""Trying variants: each contact keeps its own."""

from __future__ import annotations

import hashlib

from pydantic import Field

from executor_service.flows.node import Config, Node, Visit
from executor_service.flows.outcomes import Leave, Outcome, Trace
from executor_service.flows.session_model import VariantSeen


class Variant(Config):
    """A way to go with its share; its id is the exit."""

    id: str = Field(pattern=r"^[A-Za-z0-9_-]{1,40}$")
    weight: float = Field(default=1, gt=0, le=10_000)


class RandomConfig(Config):
    """The variants. `goal` names the node whose first visit in a session counts as success."""

    variants: tuple[Variant, ...] = Field(min_length=2, max_length=20)
    goal: str = ""


class RandomNode(Node[RandomConfig]):
    """Splits contacts by weight; the same contact always goes the same way in one version.

    {"label": "A/B", "type": "random", "config": {"variants": [{"id": "a", "weight": 50}, {"id": "b", "weight": 50}]}}
    """

    name = "random"
    titles = {"es": "Al azar (A/B)", "pt": "Aleatório (A/B)", "en": "Random (A/B)"}  # noqa: RUF012
    config = RandomConfig
    exits = ()

    def exits_of(self, config: RandomConfig) -> tuple[str, ...]:
        return tuple(variant.id for variant in config.variants)

    def enter(self, config: RandomConfig, visit: Visit) -> Outcome:
        version_id = visit.frame.version_id
        variant = pick(config.variants, f"{visit.session.contact_id}:{visit.node_id}:{version_id}")
        seen = visit.session.variants.get(visit.node_id)
        is_first = seen is None or seen.version_id != version_id
        if is_first:
            made = VariantSeen(variant=variant, goal=config.goal, version_id=version_id)
            visit.session.variants[visit.node_id] = made
        visit.note(Trace("variant", "", version_id, visit.node_id, {"variant": variant, "is_first": is_first}))
        return Leave(variant)


def pick(variants: tuple[Variant, ...], seed: str) -> str:
    """A variant by weight: the same seed gives the same one."""
    share = int(hashlib.sha256(seed.encode()).hexdigest()[:12], 16) / 16**12
    left = share * sum(variant.weight for variant in variants)
    for variant in variants:
        left -= variant.weight
        if left < 0:
            return variant.id
    return variants[-1].id
