"""A router's cases as switches and conditions of ours: the first case that holds is the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from executor_service.flows.importing.naming import slugs
from executor_service.flows.importing.rapidpro.cases import NUMBER_TESTS, Group, groups_of
from executor_service.flows.importing.rapidpro.chain import Chain
from executor_service.flows.importing.rapidpro.file import Case, Router
from executor_service.flows.importing.rapidpro.settling import category

MAX_CASES = 99


@dataclass(frozen=True)
class Looked:
    """The expression that is looked at; `is_number`: it was read out of the answer as a number."""

    expression: str
    is_number: bool = False


@dataclass(frozen=True)
class _Branch:
    group: Group
    goal: str
    name: str

    @property
    def left(self) -> str:
        """What a switch would look at; of several comparisons nothing, since a switch makes one."""
        return self.group[0].left if len(self.group) == 1 else "several"


def split(chain: Chain, router: Router, looked: Looked) -> None:
    """Ends the chain: every case leads to its category, what none holds for to the default one."""
    branches = [branch for case in router.cases for branch in _branches(chain, router, case, looked)]
    default = chain.goal(category(router, router.default_category_uuid or ""), router)
    if all(branch.goal == default for branch in branches):
        chain.end(default)
        return
    for left, run in groupby(branches, key=lambda branch: branch.left):
        if left == "several":
            for branch in run:
                _condition(chain, router, branch, looked)
        else:
            _switch(chain, router, list(run), left or looked.expression)
    chain.end(default)


def _branches(chain: Chain, router: Router, case: Case, looked: Looked) -> list[_Branch]:
    if looked.is_number and case.type == "has_number":
        case = case.model_copy(update={"type": "has_value"})
    groups = groups_of(_with_words(chain, case), chain.text)
    chosen = category(router, case.category_uuid)
    if not groups or chosen is None:
        chain.note("test_lost", what=case.type)
        return []
    if case.type in NUMBER_TESTS and not looked.is_number and looked.expression == "message.text":
        chain.note("words_for_a_number", what=case.type)
    goal = chain.goal(chosen, router)
    return [_Branch(group, goal, chosen.name) for group in groups]


def _with_words(chain: Chain, case: Case) -> Case:
    """A word of any language is taken, as people answer in theirs."""
    more = chain.book.words.get(case.uuid, ())
    if case.type not in ("has_any_word", "has_phrase", "has_only_phrase") or not more:
        return case
    joined = " ".join([*case.arguments, *more]) if case.type == "has_any_word" else case.arguments[0]
    return case.model_copy(update={"arguments": (joined,)})


def _switch(chain: Chain, router: Router, branches: Sequence[_Branch], expression: str) -> None:
    for start in range(0, len(branches), MAX_CASES):
        part = branches[start : start + MAX_CASES]
        ids = slugs((one.name for one in part), "case", ("default",))
        compared = [(name, one.group[0]) for name, one in zip(ids, part, strict=True)]
        cases = [{"id": name, "operator": one.operator, "value": one.value, "high": one.high} for name, one in compared]
        node_id = chain.put("switch", {"expression": expression, "cases": cases}, label=router.result_name)
        for name, one in zip(ids, part, strict=True):
            chain.lead(node_id, name, one.goal)


def _condition(chain: Chain, router: Router, branch: _Branch, looked: Looked) -> None:
    comparisons = [one.with_left(looked.expression) for one in branch.group]
    config = {"comparisons": comparisons, "match": "all"}
    node_id = chain.put("condition", config, "false", label=router.result_name or branch.name)
    chain.lead(node_id, "true", branch.goal)
