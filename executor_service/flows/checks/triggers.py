"""Whether a flow's triggers can be told from those of others, and whether anything starts it."""

from __future__ import annotations

from collections.abc import Iterator

from executor_service.flows.checks.finding import Finding, Looked
from executor_service.flows.model import FlowVersion, Trigger
from shared.language.folding import fold


def keywords_are_its_own(looked: Looked) -> Iterator[Finding]:
    for node_id, trigger in looked.triggers.items():
        for other in _others(looked):
            for theirs in other.triggers.values():
                for word in sorted(_words(trigger) & _words(theirs)):
                    if _ranks_alike(trigger, theirs):
                        yield Finding(key="keyword_taken", node_id=node_id, params={"word": word, "flow": other.name})


def one_welcome_and_fallback_for_each_channel(looked: Looked) -> Iterator[Finding]:
    for node_id, trigger in looked.triggers.items():
        if trigger.kind not in ("welcome", "fallback"):
            continue
        for other in _others(looked):
            if any(theirs.kind == trigger.kind and _meet(trigger, theirs) for theirs in other.triggers.values()):
                yield Finding(key=f"second_{trigger.kind}", node_id=node_id, params={"flow": other.name})


def keyword_has_words(looked: Looked) -> Iterator[Finding]:
    for node_id, trigger in looked.triggers.items():
        if trigger.kind == "keyword" and not trigger.words:
            yield Finding(key="no_words", node_id=node_id)
        if trigger.kind == "event" and not trigger.event:
            yield Finding(key="no_event", node_id=node_id)


def _others(looked: Looked) -> list[FlowVersion]:
    return [one for one in looked.published if one.flow_id != looked.flow_id]


def _words(trigger: Trigger) -> set[str]:
    return {fold(word) for word in trigger.words} if trigger.kind == "keyword" else set()


def _ranks_alike(one: Trigger, other: Trigger) -> bool:
    same = ("match", "priority", "include_groups", "exclude_groups")
    return _meet(one, other) and all(getattr(one, name) == getattr(other, name) for name in same)


def _meet(one: Trigger, other: Trigger) -> bool:
    """Whether there is a channel on which both start."""
    return not one.channels or not other.channels or bool(set(one.channels) & set(other.channels))
