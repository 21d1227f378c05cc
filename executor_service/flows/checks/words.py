"""Words that start flows and words that answer questions: whether they can be said, and come where they are meant."""

from __future__ import annotations

from collections.abc import Iterator

from executor_service.flows.checks.finding import Finding, Looked, Severity, name_of
from executor_service.flows.model import Trigger
from executor_service.flows.patterns import PatternRefused, pattern
from executor_service.flows.triggers import MAX_CONSIDERED_CHARS, plain_of

OPT_OUT = "opt_out"
FIRST = (OPT_OUT, "cancel", "agent")
"""Commands of everybody that go before keywords; a flow's own commands go before all of them but the first."""


def keywords_come_through(looked: Looked) -> Iterator[Finding]:
    """No flow may take the words by which a person forbids us to write; other commands go before its keywords."""
    for node_id, trigger in looked.triggers.items():
        if trigger.kind != "keyword" or trigger.match == "regex":
            continue
        for word in trigger.words:
            command = looked.around.command(word)
            if command in FIRST and (command == OPT_OUT or not trigger.command):
                is_only_whole = trigger.match == "exact"
                severity: Severity = "critical" if is_only_whole else "warning"
                yield Finding(key="keyword_reserved", severity=severity, node_id=node_id, params={"word": word})


def keywords_can_be_said(looked: Looked) -> Iterator[Finding]:
    """Words of which nothing is left when they are compared, or too much, and patterns that will not do."""
    for node_id, trigger in looked.triggers.items():
        if trigger.kind != "keyword":
            continue
        for word in trigger.words:
            found = _pattern_fault(word) if trigger.match == "regex" else _word_fault(word)
            if found is not None:
                yield Finding(key=found[0], node_id=node_id, params={"word": word, "what": found[1]})


def commands_are_whole_messages(looked: Looked) -> Iterator[Finding]:
    for node_id, trigger in looked.triggers.items():
        if trigger.kind == "keyword" and trigger.command and trigger.match != "exact":
            yield Finding(key="command_not_exact", node_id=node_id)


def answers_are_no_commands(looked: Looked) -> Iterator[Finding]:
    """An answer wins over keywords, but a command wins over the answer."""
    commands = _own_commands(looked)
    for node in looked.flow.nodes:
        config = looked.configs.get(node.id)
        kind = looked.kind(node)
        if kind is None or not kind.waits:
            continue
        for option in getattr(config, "options", ()):
            said = option.title
            if looked.around.command(said) in FIRST or plain_of(said) in commands:
                params = {"node": name_of(node), "option": said}
                yield Finding(key="answer_is_command", severity="warning", node_id=node.id, params=params)


def _own_commands(looked: Looked) -> set[str]:
    """The words of all flows' commands, of this one too."""
    published = (trigger for one in looked.published for trigger in one.triggers.values())
    return {
        plain_of(word)
        for trigger in (*published, *looked.triggers.values())
        if _is_command(trigger)
        for word in trigger.words
    }


def _is_command(trigger: Trigger) -> bool:
    return trigger.kind == "keyword" and bool(trigger.command) and trigger.match == "exact"


def _word_fault(word: str) -> tuple[str, str] | None:
    plain = plain_of(word)
    return ("keyword_unsayable", "") if not plain or len(plain) > MAX_CONSIDERED_CHARS else None


def _pattern_fault(word: str) -> tuple[str, str] | None:
    try:
        pattern(word)
    except PatternRefused as error:
        return "bad_keyword_pattern", str(error)
    return None
