"""The end of a flow."""

from __future__ import annotations

from pydantic import Field

from executor_service.flows.node import Config, Node, Visit
from executor_service.flows.outcomes import End, Outcome


class EndConfig(Config):
    """Ends this flow, or the whole session with all that called it. `results`: name → expression."""

    whole_session: bool = False
    results: dict[str, str] = Field(default_factory=dict)


class EndNode(Node[EndConfig]):
    """Ends the flow and gives its results back.

    {"label": "Done", "type": "end", "config": {"results": {"address": "session.address"}}}
    """

    name = "end"
    titles = {"es": "Fin", "pt": "Fim", "en": "End"}  # noqa: RUF012
    exits = ()
    config = EndConfig

    def enter(self, config: EndConfig, visit: Visit) -> Outcome:
        results = {name: visit.value(expression) for name, expression in config.results.items()}
        return End(whole_session=config.whole_session, results=results)
