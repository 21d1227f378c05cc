"""What may be meant so but seldom is: warnings, which do not keep a flow from being published."""

from __future__ import annotations

from collections.abc import Iterator

from executor_service.flows.checks.finding import Finding, Looked, name_of
from executor_service.flows.model import FlowNode

SIDE_EFFECTS = ("tool", "http_request", "javascript", "ai_response", "ai_completion", "ai_sentiment", "ai_classify")
MAX_MESSAGES_IN_A_ROW = 5
SHARE_SLACK = 0.01


def nodes_are_reached(looked: Looked) -> Iterator[Finding]:
    reached = _reached(looked)
    for node in looked.flow.nodes:
        if node.id not in reached:
            yield _warning("unreached", node)


def errors_have_a_way(looked: Looked) -> Iterator[Finding]:
    for node in looked.flow.nodes:
        if node.data.type in SIDE_EFFECTS and not looked.is_wired(node.id, "error"):
            yield _warning("error_exit", node)


def failed_answers_have_a_way(looked: Looked) -> Iterator[Finding]:
    for node in looked.flow.nodes:
        if "failed" in looked.exits(node) and not looked.is_wired(node.id, "failed"):
            yield _warning("failed_exit", node)


def questions_have_a_timeout(looked: Looked) -> Iterator[Finding]:
    for node in looked.flow.nodes:
        config = looked.configs.get(node.id)
        if hasattr(config, "timeout_seconds") and getattr(config, "timeout_seconds", None) is None:
            yield _warning("no_timeout", node)


def translations_are_whole(looked: Looked) -> Iterator[Finding]:
    """A language that has some texts should have all that people read."""
    for language, overrides in looked.flow.translations.items():
        if language == looked.flow.language:
            continue
        for node in looked.flow.nodes:
            missing = [path for path in spoken_paths(node) if path not in overrides.get(node.id, {})]
            if missing:
                more = {"language": language, "paths": ", ".join(missing)}
                yield Finding(
                    key="untranslated", severity="warning", node_id=node.id, params={"node": name_of(node), **more}
                )


def shares_make_a_hundred(looked: Looked) -> Iterator[Finding]:
    """Equal shares say what they mean; others that are no percentages may be a mistake."""
    for node in looked.flow.nodes:
        variants = getattr(looked.configs.get(node.id), "variants", ())
        weights = [one.weight for one in variants]
        if len(set(weights)) > 1 and abs(sum(weights) - 100) > SHARE_SLACK:
            params = {"node": name_of(node), "sum": f"{sum(weights):g}"}
            yield Finding(key="shares", severity="warning", node_id=node.id, params=params)


def every_way_ends_or_waits(looked: Looked) -> Iterator[Finding]:
    """From each node the person is asked something at last, or the flow ends."""
    good = {node.id for node in looked.flow.nodes if _ends_or_waits(looked, node)}
    coming: dict[str, list[str]] = {node.id: [] for node in looked.flow.nodes}
    for node in looked.flow.nodes:
        for target in following(looked, node):
            coming[target].append(node.id)
    waiting = list(good)
    while waiting:
        fresh = [one for one in coming[waiting.pop()] if one not in good]
        good.update(fresh)
        waiting += fresh
    for node in looked.flow.nodes:
        if node.id not in good:
            yield _warning("never_ends", node)


def has_tests(looked: Looked) -> Iterator[Finding]:
    if looked.flow.nodes and not looked.flow.tests:
        yield Finding(key="no_tests", severity="warning")


def talk_is_not_too_long(looked: Looked) -> Iterator[Finding]:
    for node in looked.flow.nodes:
        if node.data.type == "message" and _messages_from(looked, node) > MAX_MESSAGES_IN_A_ROW:
            yield _warning("many_messages", node)
            return


def spoken_paths(node: FlowNode) -> list[str]:
    """Where in a node's config people's texts stand."""
    config = node.data.config
    paths = [name for name in ("text", "retry_text") if isinstance(config.get(name), str) and config[name]]
    options = config.get("options")
    if isinstance(options, list):
        paths += [f"options.{place}.title" for place, one in enumerate(options) if isinstance(one, dict)]
    return paths


def _reached(looked: Looked) -> set[str]:
    named = {getattr(config, "node_id", None) for config in looked.configs.values()}
    waiting = [node.id for node in looked.flow.nodes if node.data.type == "trigger" or node.id in named]
    reached: set[str] = set()
    while waiting:
        node_id = waiting.pop()
        if node_id not in reached:
            reached.add(node_id)
            waiting += [edge.target for edge in looked.leaving[node_id]]
    return reached


def following(looked: Looked, node: FlowNode) -> list[str]:
    """Where a node leads: by its edges, and a goto or a call by its config."""
    targets = [edge.target for edge in looked.leaving[node.id]]
    goal = getattr(looked.configs.get(node.id), "node_id", None)
    return [*targets, goal] if isinstance(goal, str) and goal in looked.by_id else targets


def _ends_or_waits(looked: Looked, node: FlowNode) -> bool:
    kind = looked.kind(node)
    if kind is None or node.id not in looked.configs or (kind.waits and node.data.type != "tool"):
        return True
    is_goto_here = node.data.type == "goto" and bool(following(looked, node))
    exits = looked.exits(node)
    return not is_goto_here and (not exits or any(not looked.is_wired(node.id, name) for name in exits))


def _messages_from(looked: Looked, node: FlowNode) -> int:
    count, seen, present = 0, set(), node
    while present.data.type == "message" and present.id not in seen:
        seen.add(present.id)
        count += 1
        following = looked.leaving[present.id]
        if len(following) != 1:
            break
        present = looked.by_id[following[0].target]
    return count


def _warning(key: str, node: FlowNode) -> Finding:
    return Finding(key=key, severity="warning", node_id=node.id, params={"node": name_of(node)})
