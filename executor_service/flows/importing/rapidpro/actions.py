"""The one list of RapidPro's and Glific's actions that we know, with what imports each."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from executor_service.flows.importing.rapidpro.chain import Chain
from executor_service.flows.importing.rapidpro.file import Action
from executor_service.flows.importing.rapidpro.paths import ANSWER, result_name
from executor_service.flows.importing.rapidpro.sayings import say
from executor_service.flows.importing.rapidpro.settings import SETTINGS, assignments_of
from executor_service.flows.importing.requesting import METHODS, holds_key
from shared.contracts.base import Json

MAX_DELAY_SECONDS = 366 * 86_400
Importer = Callable[[Chain, Action], str | None]
"""Gives the node whose exits a router behind it may ask for."""


def _say(chain: Chain, action: Action) -> None:
    say(chain, action)


def _play(chain: Chain, action: Action) -> None:
    node_id = chain.put("message", {"text": chain.text(action.text("audio_url"))})
    chain.note("link_for_file", node_id, what=action.type)


def _call_flow(chain: Chain, action: Action) -> str | None:
    flow = action.part("flow")
    called, name = str(flow.get("uuid") or ""), str(flow.get("name") or "")
    if not called:
        chain.note("left_out", what=action.type)
        return None
    is_terminal = bool((action.model_extra or {}).get("terminal"))
    config = {"flow_id": called}
    if is_terminal:
        node_id = chain.put_last("goto", config, name)
    else:
        node_id = chain.put("call", config, "default", "error", "expired", label=name)
    chain.note("called_flow", node_id, what=name or called, id=called)
    return None if is_terminal else node_id


def _request(chain: Chain, action: Action) -> str | None:
    url = action.text("url").strip()
    if not re.match(r"https?://|@", url):
        # Glific names functions of its own where an address stands
        chain.note("left_out", what=f"{action.type}: {url or '?'}"[:80])
        return None
    method = action.text("method").upper()
    config: Json = {"url": chain.text(url), "method": method if method in METHODS else "GET", "variable": ANSWER}
    config["headers"] = _headers(chain, action)
    if action.text("body").strip() and config["method"] != "GET":
        config["body"] = chain.text(action.text("body"))
    return chain.put("http_request", config, "success", "error", "timeout", label=action.text("result_name"))


def _headers(chain: Chain, action: Action) -> dict[str, str]:
    """A key that was written into the file does not come over: it belongs into a secret variable."""
    made: dict[str, str] = {}
    for name, value in action.part("headers").items():
        if not isinstance(value, str):
            continue
        if holds_key(name, value, "@"):
            chain.note("secret_wanted", what=name)
        else:
            made[name] = chain.text(value)
    return made


def keep_answer(chain: Chain, action: Action) -> None:
    """The answer's body under the result's own name, where Glific's flows look for it."""
    name = action.text("result_name")
    if name:
        assignment = {"name": f"session.{result_name(name)}", "expression": f"{ANSWER}.body"}
        chain.put("set_variable", {"assignments": [assignment]}, label=name)


def _model(chain: Chain, action: Action) -> str:
    variable = (
        f"local.{action.text('output_local').strip('_')}" if action.text("output_local") else "session.completion"
    )
    prompt = "\n\n".join(filter(None, [chain.text(action.text("instructions")), chain.text(action.text("input"))]))
    config = {"prompt": prompt or "-", "variable": variable}
    node_id = chain.put("ai_completion", config, "success", "error", "timeout")
    chain.note("secret_wanted", node_id, what=str(action.part("llm").get("name") or action.type))
    return node_id


def _person(chain: Chain, action: Action) -> str:
    topic = str(action.part("topic").get("name") or "")
    return chain.put("handoff", {"label": topic[:60]} if topic else {})


def _wait(chain: Chain, action: Action) -> str | None:
    try:
        seconds = float((action.model_extra or {}).get("delay", ""))
    except (TypeError, ValueError):
        seconds = -1
    if not 0 <= seconds <= MAX_DELAY_SECONDS:
        chain.note("left_out", what=action.type)
        return None
    chain.put("delay", {"mode": "fixed", "seconds": seconds})
    return None


ACTIONS: Mapping[str, Importer] = {
    "send_msg": _say,
    "send_interactive_msg": _say,
    "say_msg": _say,
    "play_audio": _play,
    "enter_flow": _call_flow,
    "call_webhook": _request,
    "call_llm": _model,
    "open_ticket": _person,
    "wait_for_time": _wait,
}
"""Besides those that only keep something (`settings.SETTINGS`)."""


def act(chain: Chain, actions: tuple[Action, ...]) -> str | None:
    """Nodes for all actions but the one that the router asks with; gives the last one that has exits of its own."""
    last: str | None = None
    kept: list[Json] = []
    for action in actions:
        if action is chain.asked_for:
            continue
        if action.type in SETTINGS:
            kept += assignments_of(chain, action)
            continue
        _keep(chain, kept)
        kept = []
        if action.type in ACTIONS:
            last = ACTIONS[action.type](chain, action)
        else:
            chain.note("left_out", what=action.type)
    _keep(chain, kept)
    return last


def _keep(chain: Chain, assignments: list[Json]) -> None:
    if assignments:
        chain.put("set_variable", {"assignments": assignments})
