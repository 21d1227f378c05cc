"""Published flows as tools: `flow.<name>` starts the flow for the person who asks, with its declared arguments."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from executor_service.flows.frames import entry_of
from executor_service.flows.model import FlowVersion, Parameter, Trigger
from executor_service.flows.offering import is_offered, tool_names
from executor_service.flows.published import PublishedFlows, Snapshot
from executor_service.registry.context import RunningContext
from executor_service.registry.parameters import Kind
from executor_service.registry.parameters import Parameter as ToolParameter
from executor_service.registry.registry import Registry, join
from executor_service.registry.tool import Tool
from executor_service.tasks.access import Directory
from shared.contracts.base import LANGUAGES, Json, Language
from shared.contracts.callers import ContactCaller
from shared.contracts.results import Text
from shared.errors import NotPermitted
from shared.texts import Texts

KINDS: dict[str, Kind] = {"string": "text", "number": "number", "boolean": "boolean"}


class Start(Protocol):
    def __call__(self, flow_id: str, caller: ContactCaller, arguments: Json) -> bool:
        """Starts a published flow; False when the person is busy with another one that goes before."""
        ...


@dataclass(frozen=True)
class _Joined:
    """The registry that was made of these tools and these flows."""

    tools: Registry
    flows: Snapshot
    registry: Registry


class FlowTools:
    """The tools of a process with the flows that are offered; made anew only when one of the two has changed.

    Whether flows have changed is looked up at most every so many seconds, whoever asks and however often.
    """

    def __init__(
        self,
        tools: Callable[[], Registry],
        published: PublishedFlows,
        directory: Directory,
        start: Start,
        texts: Texts,
        *,
        look_every_seconds: float,
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        self._tools = tools
        self._published = published
        self._directory = directory
        self._start = start
        self._texts = texts
        self._look_every_seconds = look_every_seconds
        self._timer = timer
        self._looking = threading.Lock()
        self._look_at = float("-inf")
        self._joined: _Joined | None = None

    def registry(self) -> Registry:
        """All tools; another object once a tool or an offered flow was changed."""
        self._look()
        tools, flows, joined = self._tools(), self._published.snapshot, self._joined
        if joined is None or joined.tools is not tools or joined.flows is not flows:
            joined = self._joined = _Joined(tools, flows, self._join(tools, flows))
        return joined.registry

    def _look(self) -> None:
        if self._timer() < self._look_at:
            return
        with self._looking:
            if self._timer() >= self._look_at:
                self._published.catch_up()
                self._look_at = self._timer() + self._look_every_seconds

    def _join(self, tools: Registry, flows: Snapshot) -> Registry:
        offered = [version for version in flows.by_flow.values() if is_offered(version)]
        if not offered:
            return tools
        names = tool_names(offered)
        return join((*tools.by_name.values(), *(self._tool(names[one.flow_id], one) for one in offered)))

    def _tool(self, name: str, version: FlowVersion) -> Tool:
        trigger = version.triggers[entry_of(version) or ""]
        return Tool(
            name=name,
            titles=dict.fromkeys(LANGUAGES, version.name),
            description=version.description,
            parameters=_parameters(version.flow.settings.arguments),
            handler=self._handler(version, trigger),
            examples={language: self._examples(language, version.name) for language in LANGUAGES},
            groups=trigger.include_groups,
        )

    def _examples(self, language: Language, name: str) -> tuple[str, ...]:
        """What people say to start it: its name alone, or as a request."""
        return (name, self._texts.say(language, "tool.ask", title=name))

    def _handler(self, version: FlowVersion, trigger: Trigger) -> Callable[..., Text]:
        def start(context: RunningContext, **arguments: Any) -> Text:
            caller = self._person(context, version, trigger)
            given = {name: value for name, value in arguments.items() if value is not None}
            key = "tool.started" if self._start(version.flow_id, caller, given) else "tool.busy"
            return Text(text=self._texts.say(context.language, key, title=version.name))

        return start

    def _person(self, context: RunningContext, version: FlowVersion, trigger: Trigger) -> ContactCaller:
        """Raises NotPermitted for whom or where the flow does not start."""
        caller = context.caller
        if not isinstance(caller, ContactCaller):
            raise NotPermitted("a flow talks with a person; a schedule starts one by its own trigger")
        for channels in (trigger.channels, version.flow.settings.channels):
            if channels and caller.channel not in channels:
                raise NotPermitted("this flow is not for this channel")
        if trigger.exclude_groups and set(trigger.exclude_groups) & set(
            self._directory.access(caller.contact_id).groups
        ):
            raise NotPermitted("this flow is for other groups")
        return caller


def _parameters(declared: Sequence[Parameter]) -> tuple[ToolParameter, ...]:
    return tuple(
        ToolParameter(
            name=one.name,
            kind=KINDS[one.type],
            description=one.description or one.name.replace("_", " "),
            required=one.required,
        )
        for one in declared
        if one.type in KINDS
    )
