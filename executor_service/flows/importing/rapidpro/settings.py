"""Actions of RapidPro and Glific that only keep something: fields, results, groups, labels, the language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from executor_service.flows.importing.naming import quoted, slug
from executor_service.flows.importing.rapidpro.chain import Chain
from executor_service.flows.importing.rapidpro.file import Action
from executor_service.flows.importing.rapidpro.paths import category_name, result_name
from shared.contracts.base import Json, Language

LANGUAGES: Mapping[str, Language] = {"eng": "en", "en": "en", "spa": "es", "es": "es", "por": "pt", "pt": "pt"}
"""Theirs are of ISO 639-3, Glific's also of 639-1."""


def assignments_of(chain: Chain, action: Action) -> list[Json]:
    """None for an action that keeps nothing, or nothing that has a place here; the report says so."""
    return SETTINGS[action.type](chain, action)


def _field(chain: Chain, action: Action) -> list[Json]:
    key = str(action.part("field").get("key") or action.part("field").get("name") or "")
    return [_text(chain, f"contact.{slug(key)}", action.text("value"))] if key else []


def _name(chain: Chain, action: Action) -> list[Json]:
    return [_text(chain, "contact.name", action.text("name"))]


def _language(chain: Chain, action: Action) -> list[Json]:
    language = LANGUAGES.get(action.text("language"))
    if language is None:
        chain.note("language_lost", what=action.text("language") or "?")
        return []
    return [{"name": "conversation.language", "text": language}]


def _result(chain: Chain, action: Action) -> list[Json]:
    name = action.text("name")
    kept = [_text(chain, f"session.{result_name(name)}", action.text("value"))]
    if action.text("category") and category_name(name) in chain.book.categories:
        kept.append({"name": f"session.{category_name(name)}", "text": action.text("category")})
    return kept


def _local(chain: Chain, action: Action) -> list[Json]:
    name, value = f"local.{slug(action.text('local'))}", action.text("value")
    match action.text("operation"):
        case "increment":
            return [{"name": name, "expression": f"({name} or 0) + ({chain.expression(value)} | float)"}]
        case "clear":
            return [{"name": name, "expression": "none"}]
    return [_text(chain, name, value)]


def _groups(adds: bool) -> Callable[[Chain, Action], list[Json]]:
    """Groups are a list in the contact's field `groups`."""

    def make(chain: Chain, action: Action) -> list[Json]:
        if action.model_extra and action.model_extra.get("all_groups"):
            return [{"name": "contact.groups", "expression": "[]"}]
        made: list[Json] = []
        for one in action.parts("groups"):
            name = quoted(str(one.get("name") or one.get("name_match") or ""))
            rest = f"((contact.groups or []) | reject('equalto', {name}) | list)"
            made.append({"name": "contact.groups", "expression": f"{rest} + [{name}]" if adds else rest})
        chain.note("groups_as_field")
        return made

    return make


def _labels(chain: Chain, action: Action) -> list[Json]:
    """The inbox shows one label: the last."""
    names = [str(one.get("name") or one.get("name_match") or "") for one in action.parts("labels")]
    return [{"name": "conversation.label", "text": chain.text(name)} for name in names[-1:] if name]


def _text(chain: Chain, name: str, template: str) -> Json:
    return {"name": name, "text": chain.text(template)}


SETTINGS: Mapping[str, Callable[[Chain, Action], list[Any]]] = {
    "set_contact_field": _field,
    "set_contact_name": _name,
    "set_contact_language": _language,
    "set_run_result": _result,
    "set_run_local": _local,
    "add_contact_groups": _groups(adds=True),
    "remove_contact_groups": _groups(adds=False),
    "add_input_labels": _labels,
}
