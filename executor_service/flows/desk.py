"""What administrators do with flows: draw, check, publish, roll back, copy, carry from one installation to another."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from executor_service.flows.checks.around import Around
from executor_service.flows.checks.checks import FindingView, check, in_words
from executor_service.flows.checks.finding import Looked, config_of
from executor_service.flows.effects import Effect, Effects
from executor_service.flows.expressions import TemplateExpressions
from executor_service.flows.model import Flow, FlowVersion
from executor_service.flows.node import Nodes
from executor_service.flows.offering import is_flow
from executor_service.flows.simulation.real import real_calls
from executor_service.flows.simulation.rehearsal import Played, Rehearsal
from executor_service.flows.simulation.scripts import Scene, Step
from executor_service.flows.simulation.simulator import Trouble
from executor_service.flows.store import FlowStore, StoredFlow
from executor_service.registry.registry import Registry
from shared.clock import utc_now
from shared.contracts.base import Json, Language
from shared.errors import InvalidArguments, NotFound
from shared.texts import Texts


class FlowDesk:
    """`by` is the id of the console user who does it."""

    def __init__(
        self,
        store: FlowStore,
        nodes: Nodes,
        registry: Callable[[], Registry],
        effects: Effects | None = None,
        around: Around | None = None,
    ) -> None:
        """`effects` perform what a simulation really calls, by its kind; without any, such calls fail.

        `around` is what the checks ask of besides drawings and tools.
        """
        self.store = store
        self.nodes = nodes
        self._registry = registry
        self._effects = effects or {}
        self._around = around or Around()
        self._texts = Texts("executor_service.flows.checks")
        self._troubles = Texts("executor_service.flows.simulation")
        self._expressions = TemplateExpressions()
        self._rehearsal = Rehearsal(nodes=nodes, expressions=self._expressions, texts=Texts("executor_service.flows"))

    def check(self, flow_id: str, language: Language) -> tuple[FindingView, ...]:
        """What keeps the draft from being published, then what may be meant so but seldom is."""
        stored = self.store.get(flow_id)
        return self.check_draft(stored.id, stored.draft, language)

    def check_draft(self, flow_id: str, draft: Flow, language: Language) -> tuple[FindingView, ...]:
        """The same for a drawing that is not saved yet."""
        _, published = self.store.active()
        looked = Looked(
            flow_id=flow_id,
            flow=draft,
            nodes=self.nodes,
            published=published,
            tools=self._tools(),
            expressions=self._expressions,
            around=self._around,
        )
        return in_words(check(looked), language, self._texts)

    def exits(self, draft: Flow) -> dict[str, tuple[str, ...]]:
        """The exits of each node, as its config makes them; of one whose config does not fit, those of its kind."""
        found = {}
        for node in draft.nodes:
            kind = self.nodes.find(node.data.type)
            config = config_of(kind, node)
            if kind is not None:
                found[node.id] = kind.exits_of(config) if config is not None else kind.exits
        return found

    def publish(self, flow_id: str, *, revision: int, language: Language, by: str) -> FlowVersion:
        """Makes the draft the newest version; raises InvalidArguments with all critical findings in words.

        A drawing without any must also pass its own flow tests.
        """
        stored = self.store.get(flow_id)
        found = [one for one in self.check_draft(flow_id, stored.draft, language) if one.severity == "critical"]
        found = found or list(self.test(flow_id, stored.draft, language))
        if found:
            errors = tuple({"where": one.node_id or "flow", "what": one.text} for one in found)
            raise InvalidArguments("; ".join(one.text for one in found), errors=errors)
        return self.store.publish(flow_id, by=by, revision=revision)

    def test(self, flow_id: str, draft: Flow, language: Language) -> tuple[FindingView, ...]:
        """The flow tests that fail, as critical findings: which step, and what there was instead."""
        _, published = self.store.active()
        return tuple(
            FindingView(
                rule="test_failed",
                severity="critical",
                text=self._troubles.say(
                    language, "test_failed", test=one.test, step=one.step, what=self.words(one.trouble, language)
                ),
            )
            for one in self._rehearsal.test(flow_id, draft, published=published)
        )

    def simulate(
        self,
        flow_id: str,
        draft: Flow,
        scene: Scene,
        steps: Sequence[Step],
        *,
        real: Collection[str] = (),
        contact_id: str = "",
        tools: Effect | None = None,
    ) -> Played:
        """Plays a drawing; nothing is sent, and nothing called but by the nodes that are `real`.

        Their tools are called by `tools`, with the rights of the contact.
        """
        _, published = self.store.active()
        calls = real_calls(flow_id, scene, real, {**self._effects, **({"tool": tools} if tools else {})}, contact_id)
        return self._rehearsal.play(flow_id, draft, scene, steps, now=utc_now(), published=published, real=calls)

    def words(self, trouble: Trouble, language: Language) -> str:
        return self._troubles.say(language, trouble.key, **trouble.params)

    def version(self, flow_id: str, version_id: str) -> FlowVersion:
        version = self.store.version(version_id)
        if version.flow_id != flow_id:
            raise NotFound("this flow has no such version")
        return version

    def roll_back(self, flow_id: str, version_id: str, *, revision: int, by: str) -> StoredFlow:
        """Makes an older version the draft again; publishing it is a step of its own."""
        return self.store.save(flow_id, self.version(flow_id, version_id).flow, revision=revision, by=by)

    def duplicate(self, flow_id: str, name: str, *, by: str) -> StoredFlow:
        stored = self.store.get(flow_id)
        return self.store.create(name, stored.draft, description=stored.description, by=by)

    def _tools(self) -> Mapping[str, Json]:
        return {tool.name: tool.parameters for tool in self._registry().tools if not is_flow(tool.name)}
