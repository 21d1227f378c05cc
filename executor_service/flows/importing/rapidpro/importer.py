"""A file of RapidPro, TextIt or Glific as flows of ours: node by node, then the ways between them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from executor_service.flows.importing.imported import Imported, refuse, texts_of
from executor_service.flows.importing.layout import in_columns, spread
from executor_service.flows.importing.rapidpro.actions import act, keep_answer
from executor_service.flows.importing.rapidpro.chain import Book, Chain, place_of
from executor_service.flows.importing.rapidpro.file import Action, Definition, Node
from executor_service.flows.importing.rapidpro.languages import note_languages, spoken, translations, words
from executor_service.flows.importing.rapidpro.merging import questions_of
from executor_service.flows.importing.rapidpro.paths import category_name
from executor_service.flows.importing.rapidpro.routers import route
from executor_service.flows.importing.rapidpro.settings import LANGUAGES
from executor_service.flows.importing.rapidpro.triggers import draw_triggers, triggers_of
from executor_service.flows.importing.sketch import NOWHERE, Pen, Sketch
from executor_service.flows.model import Flow, FlowSettings, Position
from shared.contracts.base import Json, Language
from shared.language.guess import guess_language

SUPPORTED = re.compile(r"^1[34]\.")
MAX_NODES = 2_000
_CATEGORY = re.compile(r"(?:results|flow)\.(\w+)\.category")


def fits(document: Json) -> bool:
    """Whether a file looks like one of theirs, of whatever version."""
    if isinstance(document.get("flows"), list) or isinstance(document.get("rule_sets"), list):
        return True
    return isinstance(document.get("nodes"), list) and "edges" not in document


def read(document: Json, language: Language | None) -> tuple[Imported, ...]:
    """All flows of an export, or the only one; raises InvalidArguments for old or damaged files."""
    text = json.dumps(document)
    categories = frozenset(category_name(name) for name in _CATEGORY.findall(text))
    return tuple(
        _imported(_definition(drawn), document, around, categories, language) for drawn, around in _drawn(document)
    )


def _drawn(document: Json) -> Iterator[tuple[Json, Json]]:
    """Each definition with what stands around it."""
    flows = document.get("flows")
    if not isinstance(flows, list):
        yield document, {}
        return
    for one in flows:
        if not isinstance(one, dict):
            raise refuse("this file of flows is damaged: one of them is no object")
        inner = one.get("definition")
        yield (inner, one) if isinstance(inner, dict) else (one, {})


def _definition(drawn: Json) -> Definition:
    version = str(drawn.get("spec_version") or "")
    if not SUPPORTED.match(version):
        found = version or "11 or older"
        raise refuse(f"this RapidPro flow is of specification {found}; open it there and export it again (13 or 14)")
    try:
        definition = Definition.model_validate(drawn)
    except ValidationError as error:
        raise refuse("this RapidPro flow is damaged", error) from error
    if len(definition.nodes) > MAX_NODES:
        raise refuse(f"this RapidPro flow has over {MAX_NODES} nodes; divide it")
    return definition


def _imported(
    drawn: Definition, document: Json, around: Json, categories: frozenset[str], language: Language | None
) -> Imported:
    sketch = Sketch()
    own = language or LANGUAGES.get(drawn.language) or guess_language(" ".join(spoken(drawn)))
    texts = texts_of()
    book = Book(
        sketch=sketch,
        translations=translations(drawn, own),
        words=words(drawn),
        categories=categories,
        say=lambda key: texts.say(own or "es", f"say.{key}"),
    )
    first = place_of(drawn.nodes[0].uuid) if drawn.nodes else NOWHERE
    draw_triggers(sketch, triggers_of(document, around, drawn.uuid), first, _spot(drawn, 0))
    questions = questions_of(drawn)
    for node in drawn.nodes:
        _draw(node, drawn, book, questions)
    note_languages(sketch, drawn, own)
    nodes, edges = sketch.drawn()
    placed = spread(nodes) if drawn.ui.get("nodes") else in_columns(nodes, edges)
    flow = Flow(
        language=own or "es",
        nodes=placed,
        edges=edges,
        settings=_settings(drawn),
        translations=sketch.translations,
    )
    return Imported(key=drawn.uuid or drawn.name, name=drawn.name, flow=flow, notes=tuple(sketch.notes))


def _draw(node: Node, drawn: Definition, book: Book, questions: Mapping[str, Action]) -> None:
    place = place_of(node.uuid)
    pen = Pen(book.sketch, _label(node, questions), _spot(drawn, 1, node.uuid))
    chain = Chain(book, node, place, pen, asked_for=questions.get(node.uuid))
    own = tuple(one for one in node.actions if one not in questions.values() or one is chain.asked_for)
    last = act(chain, own)
    called = next((one for one in reversed(node.actions) if one.type in ("call_webhook", "enter_flow")), None)
    if called is not None and called.type == "call_webhook" and last is not None:
        keep_answer(chain, called)
    if node.router is not None:
        route(chain, node.router, (called, last) if called is not None and last is not None else None)
    else:
        goal = next((one.destination_uuid for one in node.exits if one.destination_uuid), None)
        chain.end(place_of(goal) if goal else NOWHERE)


def _label(node: Node, questions: Mapping[str, Action]) -> str:
    """Their nodes have no names: the first words they say, the result they keep, or what they do."""
    said = (one.text("text") for one in (*node.actions, *filter(None, [questions.get(node.uuid)])))
    text = next((one for one in said if one and not one.startswith("{")), "")
    kept = node.router.result_name if node.router else ""
    return text or kept or next((one.type for one in node.actions), "router")


def _spot(drawn: Definition, column: int, uuid: str = "") -> Position:
    """Their cards are higher than ours are wide; the trigger stands left of all."""
    nodes: Any = drawn.ui.get("nodes")
    placed = nodes.get(uuid) if isinstance(nodes, dict) else None
    position = placed.get("position") if isinstance(placed, dict) else None
    if not isinstance(position, dict):
        return Position()
    left, top = position.get("left"), position.get("top")
    numbers = [float(one) if isinstance(one, int | float) else 0.0 for one in (left, top)]
    return Position(x=numbers[0] + column * 300, y=numbers[1])


def _settings(drawn: Definition) -> FlowSettings:
    minutes = drawn.expire_after_minutes
    known: dict[str, Any] = {}
    if minutes:
        known["expiry_seconds"] = int(min(14 * 86_400, max(300, minutes * 60)))
    if drawn.type == "messaging_background":
        known["start_mode"] = "background"
    return FlowSettings(**known)
