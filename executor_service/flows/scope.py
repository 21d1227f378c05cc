"""What expressions see, from the session and the world. Pure."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from executor_service.flows.inputs import MessageInput
from executor_service.flows.session_model import Session
from executor_service.flows.world import Scope, World
from shared.contracts.base import Json
from shared.contracts.turns import LocationInput, MediaInput, TapInput, TextInput


def scope_of(session: Session, world: World) -> Scope:
    """A fresh view; values are never changed in place, so that it may be kept while nothing is set."""
    frame = session.frames[-1] if session.frames else None
    return {
        "contact": world.contact,
        "conversation": {**world.conversation, "id": session.conversation_id, "language": session.language},
        "message": session.message,
        "session": session.variables,
        "local": frame.locals if frame else {},
        "global": world.globals,
        "system": _system(session, world),
        "child": session.child,
    }


def message_of(message: MessageInput) -> Json:
    """A message as `message.*` shows it."""
    match message:
        case TextInput(text=text):
            return {"kind": "text", "text": text}
        case TapInput(option=option, title=title):
            return {"kind": "tap", "text": title, "option": option}
        case MediaInput():
            text = message.transcript or message.caption
            return {"kind": "media", "text": text, **_without_kind(message.model_dump(exclude={"caption"}))}
        case LocationInput():
            return {"kind": "location", "text": message.name, **_without_kind(message.model_dump())}


def _without_kind(dumped: Json) -> Json:
    return {name: value for name, value in dumped.items() if name != "kind"}


def _system(session: Session, world: World) -> dict[str, Any]:
    local = world.now.astimezone(ZoneInfo(world.time_zone))
    return {
        "now": local.isoformat(timespec="seconds"),
        "today": local.date().isoformat(),
        "time": local.strftime("%H:%M"),
        "weekday": local.isoweekday(),
        "time_zone": world.time_zone,
        "channel": world.channel,
        "session_id": session.id,
        "flow_id": session.flow_id,
        "callback_url": world.callback_url(session.id, session.callbacks_made + 1),
    }
