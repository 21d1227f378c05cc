"""The bodies of `/api/flows`."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StrictInt, StrictStr

from executor_service.flows.checks.checks import FindingView
from executor_service.flows.model import Flow, FlowVersion
from executor_service.flows.settling import Choice
from executor_service.flows.store import StoredFlow
from shared.contracts.base import Contract, Json, Language, Timestamp
from shared.contracts.tools import NodeSpec

Name = Annotated[StrictStr, Field(min_length=1, max_length=120)]
Description = Annotated[StrictStr, Field(max_length=2_000)]
Revision = Annotated[StrictInt, Field(ge=1)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class FlowSummary(Contract):
    """`version_id` is the published version; it starts for people while `is_active`."""

    id: str
    name: str
    description: str
    revision: int
    version_id: str | None
    is_active: bool
    created_at: Timestamp
    updated_at: Timestamp
    updated_by: str

    @classmethod
    def of(cls, stored: StoredFlow) -> FlowSummary:
        return cls.model_validate({name: getattr(stored, name) for name in cls.model_fields})


class FlowList(Contract):
    """By name."""

    flows: tuple[FlowSummary, ...]


class FlowView(Contract):
    """A flow with its draft, in React Flow's shape of nodes and edges."""

    flow: FlowSummary
    draft: Flow

    @classmethod
    def of(cls, stored: StoredFlow) -> FlowView:
        return cls(flow=FlowSummary.of(stored), draft=stored.draft)


class NewFlow(_Body):
    """Without `draft` an empty one; with one that was exported, the import of a flow."""

    name: Name
    description: Description = ""
    draft: Json | None = None


class FlowChange(_Body):
    """`revision` is the one that was loaded: 409 when somebody else has saved since."""

    revision: Revision
    draft: Json
    name: Name | None = None
    description: Description | None = None


class Drawing(_Body):
    draft: Json


class Checked(Contract):
    """Critical findings keep a flow from being published, warnings do not; `exits` are those of each node by its id."""

    findings: tuple[FindingView, ...]
    exits: dict[str, tuple[str, ...]]


class Published(_Body):
    """`sessions`: whoever stands on older versions finishes there, moves where the node still exists, or is stopped."""

    revision: Revision
    sessions: Choice = "keep"


class RolledBack(_Body):
    version_id: StrictStr = Field(max_length=40)
    revision: Revision


class Copied(_Body):
    name: Name


class Activated(_Body):
    is_active: bool


class VersionSummary(Contract):
    id: str
    number: int
    name: str
    nodes: int


class VersionView(Contract):
    version: VersionSummary
    flow: Flow

    @classmethod
    def of(cls, version: FlowVersion) -> VersionView:
        return cls(version=summary_of(version), flow=version.flow)


class VersionList(Contract):
    """Newest first."""

    versions: tuple[VersionSummary, ...]


class KindList(Contract):
    """The palette: every kind of node with the JSON Schema of its config."""

    nodes: tuple[NodeSpec, ...]


class FlowPath(BaseModel):
    flow_id: str = Field(max_length=40)


class VersionPath(FlowPath):
    version_id: str = Field(max_length=40)


class LanguageQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    language: Language = "es"


def summary_of(version: FlowVersion) -> VersionSummary:
    return VersionSummary(id=version.id, number=version.number, name=version.name, nodes=len(version.flow.nodes))
