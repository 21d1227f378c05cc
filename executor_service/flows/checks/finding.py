"""What a check finds, and what it may look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from pydantic import ValidationError

from executor_service.flows.checks.around import Around
from executor_service.flows.expressions import TemplateExpressions
from executor_service.flows.model import DEFAULT_EXIT, Edge, Flow, FlowNode, FlowVersion, Trigger
from executor_service.flows.node import AnyNode, Nodes
from shared.contracts.base import Json

Severity = Literal["critical", "warning"]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """`key` names its sentence in `checks/texts`; `node_id` is where it is, if it is at one node."""

    key: str
    severity: Severity = "critical"
    node_id: str | None = None
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Looked:
    """A flow under check and what stands beside it: the kinds of nodes, other published flows, tools by schema."""

    flow_id: str
    flow: Flow
    nodes: Nodes
    published: Sequence[FlowVersion] = ()
    tools: Mapping[str, Json] = field(default_factory=dict)
    expressions: TemplateExpressions = field(default_factory=TemplateExpressions)
    around: Around = field(default_factory=Around)

    @cached_property
    def by_id(self) -> Mapping[str, FlowNode]:
        return {node.id: node for node in self.flow.nodes}

    @cached_property
    def configs(self) -> Mapping[str, Any]:
        """The config of each node that has a good one."""
        found = {node.id: config_of(self.kind(node), node) for node in self.flow.nodes}
        return {node_id: config for node_id, config in found.items() if config is not None}

    @cached_property
    def triggers(self) -> Mapping[str, Trigger]:
        return {node_id: config for node_id, config in self.configs.items() if isinstance(config, Trigger)}

    @cached_property
    def leaving(self) -> Mapping[str, Sequence[Edge]]:
        """Edges by the node they leave; those that lead nowhere are left out."""
        found: dict[str, list[Edge]] = {node.id: [] for node in self.flow.nodes}
        for edge in self.flow.edges:
            if edge.source in found and edge.target in found:
                found[edge.source].append(edge)
        return found

    def kind(self, node: FlowNode) -> AnyNode | None:
        return self.nodes.find(node.data.type)

    def exits(self, node: FlowNode) -> tuple[str, ...]:
        """All exits of a node that can be known."""
        kind, config = self.kind(node), self.configs.get(node.id)
        return kind.exits_of(config) if kind is not None and config is not None else ()

    def is_wired(self, node_id: str, exit_name: str) -> bool:
        return any((edge.sourceHandle or DEFAULT_EXIT) == exit_name for edge in self.leaving[node_id])

    def called(self, flow_id: str) -> FlowVersion | None:
        return next((one for one in self.published if one.flow_id == flow_id), None)


def config_of(kind: AnyNode | None, node: FlowNode) -> Any:
    """The validated config, or None for one that does not fit or a kind that nobody knows."""
    if kind is None:
        return None
    try:
        return kind.config.model_validate(node.data.config)
    except ValidationError:
        return None


def name_of(node: FlowNode) -> str:
    """How people know a node: by its label, else its id."""
    return node.data.label or node.id
