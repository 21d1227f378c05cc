"""Where RapidPro's context stands in ours: `@results.age` is `session.age`, `@fields.city` is `contact.city`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from executor_service.flows.importing.naming import slug

ANSWER = "session.http_answer"
"""What the last request gave: RapidPro's `@webhook`."""
_CONTACT = {
    "name": "contact.name",
    "first_name": "contact.name",
    "id": "contact.id",
    "uuid": "contact.id",
    "language": "conversation.language",
    "tel": "contact.phone",
    "phone": "contact.phone",
    "urn": "contact.phone",
    "urns": "contact.phone",
    "groups": "contact.groups",
}


def path_of(words: Sequence[str]) -> str | None:
    """Our name for one of theirs, given as its words; None for one that has no counterpart."""
    find = TOPS.get(words[0].lower())
    return find(words[1:]) if find else None


def result_name(name: str) -> str:
    """The variable of a result, without its scope."""
    return slug(name, "result")


def category_name(name: str) -> str:
    return f"{result_name(name)[:50]}_category"


def _contact(rest: Sequence[str]) -> str | None:
    if not rest:
        return "contact.name"
    if rest[0] == "fields":
        return _fields(rest[1:])
    return _CONTACT.get(rest[0]) or f"contact.{slug(rest[0])}"


def _fields(rest: Sequence[str]) -> str | None:
    return f"contact.{slug(rest[0])}" if rest else None


def _results(rest: Sequence[str]) -> str | None:
    if not rest:
        return None
    name, further = rest[0], list(rest[1:])
    if further[:1] in (["category"], ["category_localized"]):
        return f"session.{category_name(name)}"
    if further[:1] in (["value"], ["input"], ["text"]):
        further = further[1:]
    return ".".join([f"session.{result_name(name)}", *further])


def _input(rest: Sequence[str]) -> str | None:
    return "message.text" if not rest or rest[0] in ("text", "value") else None


def _child(rest: Sequence[str]) -> str | None:
    """Variables of the session are the called flow's too, so that its results are where ours are."""
    if rest[:1] == ["run"]:
        rest = rest[1:]
    if rest[:1] == ["status"]:
        return "child.status"
    return _other_run(rest)


def _other_run(rest: Sequence[str]) -> str | None:
    match rest[:1]:
        case ["results"]:
            return _results(rest[1:])
        case ["contact"]:
            return _contact(rest[1:])
        case ["fields"]:
            return _fields(rest[1:])
        case ["run"]:
            return _other_run(rest[1:])
    return None


def _webhook(rest: Sequence[str]) -> str | None:
    if list(rest) in (["status"], ["headers"]):
        return f"{ANSWER}.{rest[0]}"
    return ".".join([ANSWER, "body", *rest])


def _local(rest: Sequence[str]) -> str | None:
    return f"local.{slug(rest[0])}" if rest else None


def _trigger(rest: Sequence[str]) -> str | None:
    return _local(rest[1:]) if rest[:1] == ["params"] else None


TOPS: Mapping[str, Callable[[Sequence[str]], str | None]] = {
    "contact": _contact,
    "fields": _fields,
    "urns": lambda _: "contact.phone",
    "globals": lambda rest: f"global.{slug(rest[0])}" if rest else None,
    "results": _results,
    "flow": _results,
    "run": _other_run,
    "input": _input,
    "step": _input,
    "child": _child,
    "parent": _other_run,
    "trigger": _trigger,
    "webhook": _webhook,
    "extra": _webhook,
    "legacy_extra": _webhook,
    "locals": _local,
    "node": lambda _: None,
    "resume": lambda _: None,
    "ticket": lambda _: None,
    "calendar": lambda rest: "system.today" if list(rest) == ["current_date"] else None,
}
"""All first words that an `@` may stand before; any other `@` is a text, such as an e-mail address."""
