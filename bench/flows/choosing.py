"""Which of many flows a message starts: the time of one choice, beside the same among few."""

from __future__ import annotations

from dataclasses import dataclass

from bench.flows.drawings import keyword
from bench.flows.steps import milliseconds_of
from bench.run import percentile
from executor_service.flows.triggers import Asking, TriggerIndex

ASKING = Asking(channel="whatsapp")


@dataclass(frozen=True)
class Choice:
    """In milliseconds."""

    flows: int
    p50: float
    p99: float


def measure_choice(flows: int, *, times: int) -> Choice:
    """Texts that start a flow in each of the ways, and half as many that start none, of up to forty words."""
    index = TriggerIndex([keyword(number) for number in range(flows)])
    texts = [f"word{number} of {number}" for number in range(0, flows, max(1, flows // 20))]
    texts += [f"order-{flows - 1} please", " ".join(f"nothing{number}" for number in range(40)), "good morning"] * 4
    found = []
    for text in texts:
        found += milliseconds_of(lambda said=text: index.keyword(said, ASKING), max(1, times // len(texts)))  # type: ignore[misc]
    return Choice(flows, percentile(found, 0.5), percentile(found, 0.99))
