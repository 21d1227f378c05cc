"""Whether a played step came to what a flow test expects of it. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from executor_service.flows.operators import as_text
from executor_service.flows.session_model import Session
from executor_service.flows.simulation.scripts import Expect
from executor_service.flows.simulation.simulator import Beat, Simulator, Trouble
from shared.contracts.messages import FilePart, Part

SHOWN_CHARS = 300


def unmet(expect: Expect, beat: Beat, simulator: Simulator) -> Trouble | None:
    """The first thing that is not as expected, with what there was instead."""
    session = simulator.session
    return next(_found(expect, beat, session, simulator), None)


def texts_of(beat: Beat) -> list[str]:
    return [text_of(part) for message in beat.said for part in message.parts]


def options_of(session: Session) -> tuple[str, ...]:
    return tuple(option.title for option in session.wait.options) if session.wait else ()


def _found(expect: Expect, beat: Beat, session: Session, simulator: Simulator) -> Iterator[Trouble]:
    said = texts_of(beat)
    if expect.says and not any(expect.says in text for text in said):
        yield Trouble("expect_says", {"wanted": expect.says, "got": _short(" / ".join(said))})
    options = options_of(session)
    if expect.options is not None and expect.options != options:
        yield Trouble("expect_options", {"wanted": ", ".join(expect.options) or "–", "got": ", ".join(options) or "–"})
    if expect.node and expect.node not in (*beat.path, *_standing(session)):
        yield Trouble("expect_node", {"wanted": expect.node, "got": " → ".join(beat.path) or "–"})
    for name, wanted in expect.variables.items():
        got = value_of(name, session, simulator)
        if as_text(got) != as_text(wanted):
            params = {"name": name, "wanted": _short(as_text(wanted)), "got": _short(as_text(got))}
            yield Trouble("expect_variable", params)
    if expect.status and expect.status != session.status:
        yield Trouble("expect_status", {"wanted": expect.status, "got": session.status, "reason": session.reason})


def value_of(name: str, session: Session, simulator: Simulator) -> Any:
    """A variable by its name with scope; without one it is the session's."""
    scope, _, rest = name.partition(".")
    if not rest:
        return session.variables.get(scope)
    top = session.frames[-1].locals if session.frames else {}
    scopes: dict[str, Any] = {
        "session": session.variables,
        "contact": simulator.world.contact,
        "global": simulator.world.globals,
        "local": top,
    }
    return scopes.get(scope, {}).get(rest)


def _standing(session: Session) -> tuple[str, ...]:
    return (session.frames[-1].node_id,) if session.frames else ()


def text_of(part: Part) -> str:
    return (part.caption or part.filename) if isinstance(part, FilePart) else part.text


def _short(text: str) -> str:
    return (text if len(text) <= SHOWN_CHARS else text[:SHOWN_CHARS] + "…") or "–"
