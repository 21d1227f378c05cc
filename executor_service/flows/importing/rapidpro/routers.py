"""How RapidPro's flows choose their way: questions and their answers, splits, what a call came to, chance."""

from __future__ import annotations

from executor_service.flows.importing.naming import slugs
from executor_service.flows.importing.rapidpro.chain import Chain
from executor_service.flows.importing.rapidpro.file import Action, Router
from executor_service.flows.importing.rapidpro.questions import ask
from executor_service.flows.importing.rapidpro.settling import settle
from executor_service.flows.importing.rapidpro.splitting import Looked, split
from executor_service.flows.importing.sketch import NOWHERE

ENDS = {"default": "completed", "expired": "expired", "error": "failed"}
"""How a called flow ends, by the exit of ours."""
ANSWERS = {"success": ("Success", "200"), "error": ("Failure", "500"), "timeout": ("Failure", "500")}
"""What a request came to, by the exit of ours: as a category, and as a status."""


def route(chain: Chain, router: Router, last: tuple[Action, str] | None) -> None:
    """`last` is the action right before, with its node, where that has exits of its own."""
    if router.type == "random":
        _by_chance(chain, router)
    elif router.wait is not None and router.wait.get("type") == "msg":
        ask(chain, router)
    elif router.wait is not None:
        chain.note("left_out", what=f"wait: {router.wait.get('type', '?')}")
        chain.end(_default(chain, router))
    elif last is not None and last[0].type in ("enter_flow", "call_webhook"):
        _by_outcome(chain, router, *last)
    else:
        _by_value(chain, router)


def _by_outcome(chain: Chain, router: Router, action: Action, node_id: str) -> None:
    """The exits of the call lead where its outcome would have led."""
    if action.type == "enter_flow":
        for exit_name, status in ENDS.items():
            chain.lead(node_id, exit_name, chain.goal(settle(router, status), router))
        return
    by_status = "status" in router.operand and "category" not in router.operand
    for exit_name, values in ANSWERS.items():
        goal = chain.goal(settle(router, values[by_status]), router)
        if exit_name == "success":
            chain.end(goal)
        else:
            chain.lead(node_id, exit_name, goal)


def _by_value(chain: Chain, router: Router) -> None:
    """An operation that has no counterpart was left out before: then nothing is there to look at."""
    known = chain.expression(router.operand) if router.operand else "''"
    if known == "''":
        chain.end(_default(chain, router))
        return
    split(chain, router, Looked(known))


def _by_chance(chain: Chain, router: Router) -> None:
    if len(router.categories) < 2:
        chain.end(chain.goal(router.categories[0], router) if router.categories else NOWHERE)
        return
    ids = slugs((one.name for one in router.categories), "way")
    config = {"variants": [{"id": name, "weight": 1} for name in ids]}
    node_id = chain.put("random", config, *ids, label=router.result_name)
    for name, one in zip(ids, router.categories, strict=True):
        chain.lead(node_id, name, chain.goal(one, router))


def _default(chain: Chain, router: Router) -> str:
    category = next((one for one in router.categories if one.uuid == router.default_category_uuid), None)
    return chain.goal(category, router)
