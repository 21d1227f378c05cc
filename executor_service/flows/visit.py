"""A visit of a node: what the node may see and do (`node.Visit`), noted in the session and as events."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

from executor_service.flows.errors import NodeFailed, SessionFailed
from executor_service.flows.limits import Limits
from executor_service.flows.model import FlowVersion
from executor_service.flows.outcomes import ContactSet, ConversationSet, EngineEvent, GlobalSet, MessageOut, Trace
from executor_service.flows.scope import scope_of
from executor_service.flows.session_model import Frame, Session, Wait
from executor_service.flows.sessions import tap_id
from executor_service.flows.world import ExpressionError, Expressions, Scope, World
from shared.contracts.base import Language
from shared.contracts.messages import Part

MAX_NAME_CHARS = 60


class EngineVisit:
    """Implements `node.Visit` for the engine."""

    def __init__(
        self, session: Session, world: World, version: FlowVersion, events: list[EngineEvent], wait: Wait | None = None
    ) -> None:
        self.node_id = session.top.node_id
        self.wait = wait
        self._session = session
        self._world = world
        self._version = version
        self._events = events
        self._scope: Scope | None = None

    @property
    def session(self) -> Session:
        return self._session

    @property
    def frame(self) -> Frame:
        return self._session.top

    @property
    def version_id(self) -> str:
        return self._version.id

    @property
    def scope(self) -> Scope:
        if self._scope is None:
            self._scope = scope_of(self._session, self._world)
        return self._scope

    @property
    def expressions(self) -> Expressions:
        return self._world.expressions

    @property
    def now(self) -> datetime:
        return self._world.now

    @property
    def time_zone(self) -> str:
        return self._world.time_zone

    @property
    def language(self) -> Language:
        return self._session.language

    @property
    def limits(self) -> Limits:
        return self._world.limits

    def render(self, template: str) -> str:
        if "{" not in template:
            return template[: self.limits.template_chars]
        try:
            return self.expressions.render(template, self.scope)[: self.limits.result_chars]
        except ExpressionError as error:
            self._failed(error)
            return ""

    def value(self, expression: str) -> Any:
        try:
            return self.expressions.value(expression, self.scope)
        except ExpressionError as error:
            return self._failed(error)

    def condition(self, expression: str) -> bool:
        try:
            return self.expressions.condition(expression, self.scope)
        except ExpressionError as error:
            self._failed(error)
            return False

    def text(self, key: str, **params: object) -> str:
        return self._world.texts.say(self.language, key, **params)

    def say(self, *parts: Part) -> None:
        self._count_repeats(parts)
        self.note(MessageOut(parts, self.node_id))

    def tap_id(self, option_id: str) -> str:
        return tap_id(self._session.id, self._session.waits_made + 1, option_id)

    def set(self, name: str, value: Any) -> None:
        scope, _, rest = name.partition(".")
        scope, rest = (scope, rest) if rest else ("session", scope)
        if not rest.isidentifier() or len(rest) > MAX_NAME_CHARS:
            raise NodeFailed("bad_name")
        if len(json.dumps(value, ensure_ascii=False, default=str)) > self.limits.variable_bytes:
            raise NodeFailed("too_large")
        self._put(scope, rest, value)
        self._scope = None

    def note(self, event: EngineEvent) -> None:
        self._events.append(event)

    def trace(self, type: Any, **data: Any) -> None:
        self.note(Trace(type, self._version.flow_id, self._version.id, self.node_id, data))

    def answered(self, *option_ids: str) -> None:
        self.trace("answered", options=list(option_ids))

    def is_wired(self, exit_name: str) -> bool:
        return (self.node_id, exit_name) in self._version.exits

    def _put(self, scope: str, name: str, value: Any) -> None:
        if scope == "session":
            self._session.variables[name] = value
        elif scope == "local":
            self.frame.locals[name] = value
        elif scope == "contact":
            self._world.contact[name] = value
            self.note(ContactSet({name: value}, self.node_id))
        elif scope == "global":
            self._world.globals[name] = value
            self.note(GlobalSet({name: value}, self.node_id))
        elif scope == "conversation" and name in ("language", "label"):
            self.note(ConversationSet({name: value}, self.node_id))
        else:
            raise NodeFailed("bad_name")

    def _failed(self, error: ExpressionError) -> None:
        """A failed expression is empty and noted; with `strict` its node fails."""
        self.trace("error", code="expression", detail=str(error)[:300])
        if self._version.flow.settings.strict:
            raise NodeFailed("expression") from error

    def _count_repeats(self, parts: tuple[Part, ...]) -> None:
        said = json.dumps([part.model_dump(exclude={"options"}) for part in parts], sort_keys=True)
        digest = hashlib.sha256(said.encode()).hexdigest()[:12]
        since = (self.now - self.limits.repeats_within).isoformat()
        recent = [at for at in self._session.spoken.get(digest, ()) if at > since]
        if len(recent) >= self.limits.repeats_of_text:
            raise SessionFailed("looping: it says the same again and again")
        kept = {key: times for key, times in self._session.spoken.items() if times[-1] > since}
        self._session.spoken = {**kept, digest: (*recent, self.now.isoformat())}
