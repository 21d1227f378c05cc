"""The one list of publish checks, and their findings in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from executor_service.flows.checks import (
    channels,
    circles,
    configs,
    names,
    quality,
    references,
    scripts,
    structure,
    triggers,
    words,
    written,
)
from executor_service.flows.checks.finding import Finding, Looked, Severity
from shared.contracts.base import Contract, Language
from shared.texts import Texts

Check = Callable[[Looked], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    structure.has_nodes,
    structure.has_a_trigger,
    structure.trigger_leads_on,
    structure.nothing_leads_to_a_trigger,
    structure.ids_are_unique,
    structure.options_are_unique,
    structure.edges_lead_somewhere,
    structure.edges_leave_by_known_exits,
    structure.kinds_are_known,
    configs.configs_fit,
    structure.exits_are_bearable,
    structure.cycles_wait,
    structure.background_does_not_wait,
    structure.timeouts_have_an_exit,
    references.named_nodes_exist,
    references.called_flows_are_published,
    references.called_flows_get_their_arguments,
    references.called_flows_take_what_they_get,
    references.error_flow_is_published,
    references.tools_exist_and_get_their_arguments,
    references.secrets_exist,
    references.service_accounts_are_allowed,
    references.files_exist,
    circles.flows_do_not_call_in_a_circle,
    written.expressions_can_be_computed,
    written.patterns_are_safe,
    scripts.scripts_compile,
    channels.options_fit_the_channel,
    triggers.keywords_are_its_own,
    triggers.keyword_has_words,
    triggers.one_welcome_and_fallback_for_each_channel,
    words.keywords_can_be_said,
    words.keywords_come_through,
    words.commands_are_whole_messages,
    words.answers_are_no_commands,
    channels.silence_is_short,
    names.variables_are_set_before_use,
    quality.nodes_are_reached,
    quality.errors_have_a_way,
    quality.failed_answers_have_a_way,
    quality.questions_have_a_timeout,
    quality.translations_are_whole,
    quality.shares_make_a_hundred,
    quality.every_way_ends_or_waits,
    quality.talk_is_not_too_long,
    quality.has_tests,
)


class FindingView(Contract):
    """A finding in words that name the node as people know it."""

    rule: str
    severity: Severity
    node_id: str | None = None
    text: str


def check(looked: Looked) -> tuple[Finding, ...]:
    """All findings, the critical ones first; of a drawing that nobody can draw only that it is too large."""
    found = list(structure.has_a_bearable_size(looked))
    if not found:
        found = [finding for one in CHECKS for finding in one(looked)]
    return tuple(sorted(found, key=lambda finding: finding.severity != "critical"))


def in_words(findings: Iterable[Finding], language: Language, texts: Texts) -> tuple[FindingView, ...]:
    return tuple(
        FindingView(
            rule=one.key, severity=one.severity, node_id=one.node_id, text=texts.say(language, one.key, **one.params)
        )
        for one in findings
    )
