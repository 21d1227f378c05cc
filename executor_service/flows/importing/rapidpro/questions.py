"""A wait of RapidPro: a question of the kind its tests ask for, and then the ways its answers go."""

from __future__ import annotations

from typing import Any

from executor_service.flows.importing.options import Choice, offer
from executor_service.flows.importing.rapidpro.cases import NUMBER_TESTS, READ_AS
from executor_service.flows.importing.rapidpro.chain import Chain
from executor_service.flows.importing.rapidpro.file import Category, Router
from executor_service.flows.importing.rapidpro.paths import result_name
from executor_service.flows.importing.rapidpro.sayings import Saying, ask_rest, label_of, saying_of, translate
from executor_service.flows.importing.rapidpro.settling import category, settle
from executor_service.flows.importing.rapidpro.splitting import Looked, split
from executor_service.flows.importing.sketch import NOWHERE
from shared.contracts.base import Json

ANSWER = "session.answer"
TEXT = "message.text"


def ask(chain: Chain, router: Router) -> None:
    """Asks with the message before, where there is one; its quick replies are buttons."""
    action = chain.asked_for
    saying = saying_of(chain, action) if action is not None else Saying("")
    kind = _kind(router, saying)
    config: Json = {"text": _text(chain, saying), "variable": _variable(router), **_timeout(router)}
    node_id = _choices(chain, router, saying, config) if saying.replies else _free(chain, router, saying, kind, config)
    if action is not None:
        translate(chain, node_id, saying, saying.links)
        ask_rest(chain, node_id, action, saying)
    if "timeout_seconds" in config:
        chain.lead(node_id, "timeout", chain.goal(_late(router), router))
    split(chain, router, _looked(router, kind))


def _free(chain: Chain, router: Router, saying: Saying, kind: str, config: Json) -> str:
    """What cannot be read goes the way of all other answers at once, as it does there."""
    shown = {name: value for name, value in config.items() if value != ""}
    if kind == "wait_input":
        return chain.put(kind, shown, label=_label(router, saying))
    node_id = chain.put(kind, {**shown, "max_attempts": 1}, label=_label(router, saying))
    chain.lead(node_id, "failed", _goal_of_others(chain, router))
    return node_id


def _choices(chain: Chain, router: Router, saying: Saying, config: Json) -> str:
    """Options go straight to the category that their own text falls in; other answers are looked at behind."""
    choices = [Choice(chain.text(one.title), chain.text(one.description)) for one in saying.replies]
    shown = offer([one for one in choices if one.title])
    config = {**config, "text": config["text"] or chain.book.say("choose"), "options": list(shown.options)}
    node_id = chain.put(shown.kind, {**config, "others": "exit"}, "other", label=_label(router, saying))
    if shown.is_cut:
        chain.note("title_cut", node_id)
    for option, one in zip(shown.options, saying.replies, strict=False):
        chain.lead(node_id, option["id"], chain.goal(settle(router, one.title), router))
    return node_id


def _kind(router: Router, saying: Saying) -> str:
    types = {case.type for case in router.cases}
    if saying.replies or not types:
        return "wait_input"
    if types <= NUMBER_TESTS:
        return "validate_number"
    return READ_AS.get(next(iter(types)), "wait_input") if len(types) == 1 else "wait_input"


def _looked(router: Router, kind: str) -> Looked:
    if kind == "validate_number":
        return Looked(_variable(router), is_number=True)
    if kind != "wait_input":
        return Looked(_variable(router))
    return Looked(TEXT)


def _variable(router: Router) -> str:
    return f"session.{result_name(router.result_name)}" if router.result_name else ANSWER


def _text(chain: Chain, saying: Saying) -> str:
    return "\n".join(filter(None, [chain.text(saying.text), *map(chain.text, saying.links)]))


def _label(router: Router, saying: Saying) -> str:
    return label_of(saying) or router.result_name


def _timeout(router: Router) -> dict[str, Any]:
    timeout = (router.wait or {}).get("timeout")
    seconds = timeout.get("seconds") if isinstance(timeout, dict) else None
    return {"timeout_seconds": seconds} if isinstance(seconds, int | float) and 1 <= seconds <= 30 * 86_400 else {}


def _late(router: Router) -> Category | None:
    timeout = (router.wait or {}).get("timeout")
    return category(router, str(timeout.get("category_uuid"))) if isinstance(timeout, dict) else None


def _goal_of_others(chain: Chain, router: Router) -> str:
    others = category(router, router.default_category_uuid or "")
    return chain.goal(others, router) if others else NOWHERE
