"""What channels can show. WhatsApp's limits: Cloud API, interactive reply buttons and list messages."""

from __future__ import annotations

from collections.abc import Iterator

from executor_service.flows.checks.finding import Finding, Looked, name_of
from executor_service.flows.model import FlowNode

MAX_BUTTONS, MAX_BUTTON_CHARS = 3, 20
MAX_ROWS, MAX_ROW_CHARS, MAX_ROW_DETAIL_CHARS = 10, 24, 72
MAX_BODY_CHARS = 1_024
WHATSAPP = "whatsapp"
DAY_SECONDS = 86_400
WINDOW_SECONDS = DAY_SECONDS
"""How long messages without a template are taken after the person's last (Cloud API, customer service window)."""
SAYS = (
    "message",
    "buttons",
    "list",
    "wait_input",
    "handoff",
    "validate_email",
    "validate_phone",
    "validate_number",
    "validate_date",
    "validate_regex",
    "validate_options",
)


def options_fit_the_channel(looked: Looked) -> Iterator[Finding]:
    """Too many buttons become a list, and too long a list numbered text: said here, as it looks different then."""
    for node in looked.flow.nodes:
        config = looked.configs.get(node.id)
        if config is None or node.data.type not in ("buttons", "list"):
            continue
        params = {"node": name_of(node)}
        is_list = node.data.type == "list"
        most, chars = (MAX_ROWS, MAX_ROW_CHARS) if is_list else (MAX_BUTTONS, MAX_BUTTON_CHARS)
        if len(config.options) > most:
            yield Finding(key="too_many_options", node_id=node.id, params={**params, "most": str(most)})
        for option in config.options:
            if is_static(option.title) and len(option.title) > chars:
                more = {"option": option.title, "most": str(chars)}
                yield Finding(key="option_too_long", node_id=node.id, params={**params, **more})
            if is_static(option.description) and len(option.description) > MAX_ROW_DETAIL_CHARS:
                more = {"option": option.title, "most": str(MAX_ROW_DETAIL_CHARS)}
                yield Finding(key="detail_too_long", node_id=node.id, params={**params, **more})
        if is_static(config.text) and len(config.text) > MAX_BODY_CHARS:
            yield Finding(key="body_too_long", node_id=node.id, params={**params, "most": str(MAX_BODY_CHARS)})


def is_static(text: str) -> bool:
    """Whether it is said as it is drawn; what an expression gives is cut when it is sent."""
    return "{{" not in text and "{%" not in text


def silence_is_short(looked: Looked) -> Iterator[Finding]:
    """What is said more than a day after the person wrote: WhatsApp keeps it back, and so do we, until they write."""
    channels = looked.flow.settings.channels
    if channels and WHATSAPP not in channels:
        return
    for node in looked.flow.nodes:
        for name, seconds in _silences(looked, node):
            if seconds > WINDOW_SECONDS:
                yield from _said_late(looked, node, name)


def _silences(looked: Looked, node: FlowNode) -> Iterator[tuple[str, float]]:
    """Exits that are taken without a word of the person, with how long that may be after the last."""
    config = looked.configs.get(node.id)
    if node.data.type == "delay" and config is not None:
        days = config.days * DAY_SECONDS if config.mode == "until" else 0
        yield "default", max(config.seconds, config.max_seconds, days)
    timeout = getattr(config, "timeout_seconds", None)
    kind = looked.kind(node)
    if timeout is not None and kind is not None and kind.waits and node.data.type != "tool":
        yield "timeout", timeout


def _said_late(looked: Looked, node: FlowNode, exit_name: str) -> Iterator[Finding]:
    """The next thing that is said behind the exit, if something is."""
    waiting = [edge.target for edge in looked.leaving[node.id] if (edge.sourceHandle or "default") == exit_name]
    seen: set[str] = set()
    while waiting:
        target = looked.by_id[waiting.pop()]
        if target.id in seen:
            continue
        seen.add(target.id)
        if getattr(looked.configs.get(target.id), "text", "") and target.data.type in SAYS:
            params = {"node": name_of(target), "after": name_of(node)}
            yield Finding(key="said_late", severity="warning", node_id=target.id, params=params)
            return
        waiting += [edge.target for edge in looked.leaving[target.id]]
