"""Typebot's `Set variable`: a text, a calculation, a list that grows, or what the bot knows by itself."""

from __future__ import annotations

from collections.abc import Mapping

from executor_service.flows.importing.sketch import lead_all
from executor_service.flows.importing.typebot.book import Stand
from executor_service.flows.importing.typebot.words import constant, is_code, wants_a_browser
from shared.contracts.base import Json

KNOWN: Mapping[str, str] = {
    "Now": "system.now",
    "Today": "system.today",
    "User ID": "contact.id",
    "Result ID": "system.session_id",
    "Random ID": "system.session_id",
    "Phone number": "contact.phone",
    "Contact name": "contact.name",
    "Environment name": "system.channel",
    "Moment of the day": "'morning' if system.time < '12:00' else 'afternoon' if system.time < '18:00' else 'evening'",
    "Empty": "none",
}


def set_variable(stand: Stand) -> None:
    name, kind = stand.variable(), str(stand.block.options.get("type") or "Custom")
    if kind in ("Map item with same index",):
        _mapped(stand, name)
        return
    assignments = _assignments(stand, name, kind) if name else None
    if assignments is None:
        _scripted(stand, name, kind)
        return
    node_id = stand.put("set_variable", {"assignments": assignments})
    lead_all(stand.book.sketch, node_id, stand.following)


def _assignments(stand: Stand, name: str, kind: str) -> list[Json] | None:
    """What a node that sets variables can do; None for all else."""
    options, words = stand.block.options, stand.book.words
    if kind in KNOWN:
        return [{"name": name, "expression": KNOWN[kind]}]
    if kind == "Append value(s)":
        item = words.expression(str(options.get("item", "")))
        return [{"name": name, "expression": f"({name} or []) + [{item}]"}]
    if kind in ("Pop", "Shift"):
        return _taken(stand, name, last=kind == "Pop")
    text = options.get("expressionToEvaluate")
    if kind != "Custom" or options.get("isCode"):
        return None
    return _custom(stand, name, text if isinstance(text, str) else "")


def _custom(stand: Stand, name: str, text: str) -> list[Json] | None:
    calculation, words = stand.book.words.calculation(text), constant(text)
    if calculation is not None:
        return [{"name": name, "expression": calculation}]
    if words is not None:
        return [{"name": name, "text": stand.book.words.text(words)}]
    return None if is_code(text) else [{"name": name, "text": stand.book.words.text(text)}]


def _taken(stand: Stand, name: str, *, last: bool) -> list[Json]:
    """Takes an item off a list, and keeps it where that is asked for."""
    kept = stand.variable("saveItemInVariableId")
    item, rest = (f"{name} | last", f"{name}[:-1]") if last else (f"{name} | first", f"{name}[1:]")
    keeping: list[Json] = [{"name": kept, "expression": item}] if kept else []
    return [*keeping, {"name": name, "expression": rest}]


def _mapped(stand: Stand, name: str) -> None:
    """The item of one list that stands where another stands in its own."""
    params = stand.block.options.get("mapListItemParams")
    given = params if isinstance(params, dict) else {}
    names = {"item": "baseItemVariableId", "list": "baseListVariableId", "goal": "targetListVariableId"}
    arguments = {ours: stand.book.words.variable(given.get(theirs)) for ours, theirs in names.items()}
    if not name or not all(arguments.values()):
        stand.leave_out()
        return
    _script(stand, name, "return args.goal[args.list.indexOf(args.item)]", arguments)


def _scripted(stand: Stand, name: str, kind: str) -> None:
    text = stand.block.options.get("expressionToEvaluate")
    if not name or kind != "Custom" or not isinstance(text, str) or not text.strip() or wants_a_browser(text):
        what = stand.block.type if kind == "Custom" else f"{stand.block.type}: {kind}"
        stand.pen.note("left_out", what=what)
        stand.book.sketch.pass_on(stand.place, stand.following)
        return
    _script(stand, name, *stand.book.words.script(text))


def _script(stand: Stand, name: str, body: str, arguments: Mapping[str, str]) -> None:
    node_id = stand.put("javascript", {"script": body, "arguments": dict(arguments), "variable": name})
    lead_all(stand.book.sketch, node_id, stand.following, "success", "error", "timeout")
