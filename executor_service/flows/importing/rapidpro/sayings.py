"""What RapidPro and Glific say: texts with links for their files, quick replies, interactive messages."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from executor_service.flows.importing.options import Choice
from executor_service.flows.importing.rapidpro.chain import Chain
from executor_service.flows.importing.rapidpro.file import Action
from shared.contracts.base import Json, Language

SAYS = frozenset({"send_msg", "send_interactive_msg", "say_msg"})


@dataclass(frozen=True)
class Saying:
    """The text and what may be tapped, both as they were written; `links` are the files' addresses."""

    text: str
    replies: tuple[Choice, ...] = ()
    links: tuple[str, ...] = ()
    translations: dict[Language, Json] = field(default_factory=dict)


def saying_of(chain: Chain, action: Action) -> Saying:
    if action.type == "send_interactive_msg":
        text, replies = _interactive(action.text("text"))
        return Saying(text or action.text("name"), replies, tuple(filter(None, [action.text("attachment_url")])))
    links = tuple(address for one in action.texts("attachments") if (address := _address(one)))
    replies = tuple(Choice(one) for one in _replies(action))
    found = {
        language: texts[action.uuid] for language, texts in chain.book.translations.items() if action.uuid in texts
    }
    return Saying(action.text("text"), replies, links, found)


def say(chain: Chain, action: Action) -> None:
    """A message of its own; quick replies that nothing waits for are lost."""
    saying = saying_of(chain, action)
    text = "\n".join(filter(None, [chain.text(saying.text), *map(chain.text, saying.links)]))
    if not text.strip():
        chain.note("left_out", what=action.type)
        return
    node_id = chain.put("message", {"text": text}, label=label_of(saying))
    translate(chain, node_id, saying, saying.links)
    _note_rest(chain, node_id, action, saying)
    if saying.replies:
        titles = ", ".join(one.title for one in saying.replies)
        chain.note("detail_lost", node_id, what=f"{action.type}: {titles}")


def translate(chain: Chain, node_id: str, saying: Saying, links: Sequence[str] = ()) -> None:
    """The node's texts in other languages; its config's `options` are the quick replies, in their order."""
    for language, fields in saying.translations.items():
        made: dict[str, str] = {}
        text = first_text(fields.get("text"))
        if text:
            made["text"] = "\n".join([chain.text(text), *map(chain.text, links)])
        replies = fields.get("quick_replies")
        if isinstance(replies, list) and len(replies) == len(saying.replies) and "options" in _config(chain, node_id):
            made |= {f"options.{place}.title": chain.text(str(one)) for place, one in enumerate(replies)}
        if made:
            chain.book.sketch.translations.setdefault(language, {})[node_id] = made


def ask_rest(chain: Chain, node_id: str, action: Action, saying: Saying) -> None:
    """What a question cannot show of the message that it asks with."""
    _note_rest(chain, node_id, action, saying)


def label_of(saying: Saying) -> str:
    return saying.text.strip()


def first_text(value: Any) -> str:
    return value[0] if isinstance(value, list) and value and isinstance(value[0], str) else ""


def _note_rest(chain: Chain, node_id: str, action: Action, saying: Saying) -> None:
    if saying.links:
        chain.note("link_for_file", node_id, what=action.type)
    if action.type == "say_msg":
        chain.note("spoken_as_text", node_id)
    template = action.part("template") or action.part("templating").get("template")
    if isinstance(template, dict):
        chain.note("detail_lost", node_id, what=f"template {template.get('name', '')}".strip())


def _config(chain: Chain, node_id: str) -> Json:
    return chain.book.sketch.nodes[node_id].data.config


def _address(attachment: str) -> str:
    """`image/jpeg:https://…` without its kind."""
    kind, _, address = attachment.partition(":")
    return address if kind and not address.startswith("//") else attachment


def _replies(action: Action) -> list[str]:
    """Texts, or (specification 14) objects with a text."""
    return action.texts("quick_replies") or [str(one.get("text") or "") for one in action.parts("quick_replies")]


def _interactive(text: str) -> tuple[str, tuple[Choice, ...]]:
    """Glific keeps its interactive messages as JSON in the text."""
    try:
        drawn = json.loads(text)
    except ValueError:
        return text, ()
    if not isinstance(drawn, dict):
        return text, ()
    content = drawn.get("content")
    said = content.get("text") or content.get("caption") if isinstance(content, dict) else None
    options = [
        *_dicts(drawn.get("options")),
        *(o for one in _dicts(drawn.get("items")) for o in _dicts(one.get("options"))),
    ]
    choices = tuple(
        Choice(one["title"], str(one.get("description") or "")) for one in options if isinstance(one.get("title"), str)
    )
    return str(said or drawn.get("body") or ""), choices


def _dicts(value: Any) -> list[Json]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
