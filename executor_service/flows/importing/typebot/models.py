"""What a Typebot asks language models: OpenAI, Mistral, Anthropic and others alike."""

from __future__ import annotations

from collections.abc import Sequence

from executor_service.flows.importing.sketch import lead_all
from executor_service.flows.importing.typebot.book import Stand
from shared.contracts.base import Json

PROVIDERS = ("openai", "OpenAI", "mistral", "anthropic", "open-router", "together-ai", "groq", "deepseek", "perplexity")
CHATS = frozenset({"Create chat completion", "Create Chat Message", "Create Chat Completion", "Ask Model"})
EXITS = ("success", "error", "timeout")
EXTRACTS = "Generate variables"
DEFAULT_PROMPT = "You are a helpful assistant."


def model(stand: Stand) -> None:
    """A conversation with a model becomes one node; other things that providers do are left out."""
    options = stand.block.options
    action = options.get("action") or options.get("task")
    if action == EXTRACTS and _extracts(stand):
        return
    if action not in CHATS:
        stand.pen.note("left_out", what=f"{stand.block.type}: {action or '?'}")
        stand.book.sketch.pass_on(stand.place, stand.following)
        return
    node_id = stand.put("ai_response", _config(stand))
    stand.pen.note("secret_wanted", node_id, what=f"{stand.block.type}: {options.get('model') or '?'}")
    lead_all(stand.book.sketch, node_id, stand.following, *EXITS)


def _extracts(stand: Stand) -> bool:
    """One value that the model takes out of a text; several at once have no counterpart."""
    prompt, wanted = stand.block.options.get("prompt"), stand.block.options.get("variablesToExtract")
    first = wanted[0] if isinstance(wanted, list) and len(wanted) == 1 and isinstance(wanted[0], dict) else {}
    name = stand.book.words.variable(first.get("variableId"))
    if not name or not isinstance(prompt, str) or not prompt:
        return False
    asked = str(first.get("description") or name.partition(".")[2].replace("_", " "))
    text = f"{stand.book.words.text(prompt)}\n\nAnswer with this value alone, or nothing: {asked}"
    node_id = stand.put("ai_completion", {"prompt": text, "variable": name})
    stand.pen.note("secret_wanted", node_id, what=stand.block.type)
    lead_all(stand.book.sketch, node_id, stand.following, *EXITS)
    return True


def _config(stand: Stand) -> Json:
    drawn = stand.block.options.get("messages")
    messages = [one for one in drawn if isinstance(one, dict)] if isinstance(drawn, list) else []
    said = [text for text in _texts(stand, messages, "user") if text]
    asked = stand.block.options.get("message")
    if isinstance(asked, str) and asked:
        said.append(stand.book.words.text(asked))
    has_dialogue = any(one.get("role") == "Dialogue" for one in messages)
    rules = [text for text in _texts(stand, messages, "system") if text]
    if has_dialogue:
        # what stands beside a dialogue tells the model how to behave in it
        rules, said = [*rules, *said], []
    config: Json = {"system_prompt": "\n\n".join([*rules, *_examples(stand, messages, said)]) or DEFAULT_PROMPT}
    if said:
        config["text"] = said[-1]
    variable = _kept_in(stand)
    return {
        **config,
        "history": 6 if has_dialogue else 0,
        "says": False,
        **({"variable": variable} if variable else {}),
    }


def _examples(stand: Stand, messages: Sequence[Json], said: list[str]) -> list[str]:
    """An exchange that was written before the question shows the model what is expected."""
    if len(said) < 2:
        return []
    lines = [
        f"{one['role']}: {stand.book.words.text(str(one.get('content') or ''))}"
        for one in messages[:-1]
        if one.get("role") in ("user", "assistant")
    ]
    return ["\n".join(lines)] if lines else []


def _texts(stand: Stand, messages: Sequence[Json], role: str) -> list[str]:
    return [stand.book.words.text(str(one.get("content") or "")) for one in messages if one.get("role") == role]


def _kept_in(stand: Stand) -> str:
    mapping = stand.block.options.get("responseMapping")
    for one in mapping if isinstance(mapping, list) else []:
        name = stand.book.words.variable(one.get("variableId")) if isinstance(one, dict) else ""
        if name and one.get("item", one.get("valueToExtract", "Message content")) == "Message content":
            return name
    return ""
