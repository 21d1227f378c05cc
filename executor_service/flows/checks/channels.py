"""What channels can show. WhatsApp's limits: Cloud API, interactive reply buttons and list messages."""

from __future__ import annotations

from collections.abc import Iterator

from executor_service.flows.checks.finding import Finding, Looked, name_of

MAX_BUTTONS, MAX_BUTTON_CHARS = 3, 20
MAX_ROWS, MAX_ROW_CHARS, MAX_ROW_DETAIL_CHARS = 10, 24, 72
MAX_BODY_CHARS = 1_024


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
