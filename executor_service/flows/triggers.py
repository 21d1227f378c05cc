"""Which published flow a message starts: an index made once per published set, looked up by the words of the text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from executor_service.flows.model import FlowVersion, Trigger
from executor_service.flows.patterns import PatternRefused, pattern
from shared.language.folding import fold

MAX_CONSIDERED_CHARS = 300
MAX_CONSIDERED_WORDS = 40
EDGES = "¡¿!?.,;:()\"'*"


@dataclass(frozen=True)
class Candidate:
    """A trigger of a published flow, and where it begins."""

    version: FlowVersion
    entry: str
    trigger: Trigger

    def is_for(self, asking: Asking) -> bool:
        """Whether it is meant for who asks."""
        return _score(self, asking) is not None


@dataclass(frozen=True)
class Asking:
    """Who writes: what triggers may ask for."""

    channel: str = ""
    groups: tuple[str, ...] = ()


class TriggerIndex:
    """Looks words up instead of going through the flows; only regular expressions are tried one by one."""

    def __init__(self, versions: Iterable[FlowVersion]) -> None:
        self._exact: dict[str, list[Candidate]] = defaultdict(list)
        self._first: dict[str, list[Candidate]] = defaultdict(list)
        self._inside: dict[str, list[tuple[str, Candidate]]] = defaultdict(list)
        self._starts: dict[str, list[tuple[str, Candidate]]] = defaultdict(list)
        self._patterns: list[tuple[str, Candidate]] = []
        self._by_kind: dict[str, list[Candidate]] = defaultdict(list)
        for version in versions:
            for entry, trigger in version.triggers.items():
                self._add(Candidate(version, entry, trigger))

    def command(self, text: str, asking: Asking) -> Candidate | None:
        """The global command that a whole message is."""
        found = self._exact.get(plain_of(text), ()) if len(text) <= MAX_CONSIDERED_CHARS else ()
        return _best((one for one in found if one.trigger.command), asking)

    def keyword(self, text: str, asking: Asking) -> Candidate | None:
        """The best keyword trigger of a message: by score, then priority, then the lowest id."""
        plain = plain_of(text[:MAX_CONSIDERED_CHARS])
        return _best(self._matching(plain), asking) if plain else None

    def of_kind(self, kind: str, asking: Asking) -> Candidate | None:
        """The best trigger of a kind without words, e.g. `welcome`."""
        return _best(self._by_kind.get(kind, ()), asking)

    def events(self, name: str) -> list[Candidate]:
        """All that an event starts."""
        return [one for one in self._by_kind.get("event", ()) if one.trigger.event == name]

    def __contains__(self, kind: str) -> bool:
        return bool(self._by_kind.get(kind))

    def _add(self, one: Candidate) -> None:
        self._by_kind[one.trigger.kind].append(one)
        if one.trigger.kind != "keyword":
            return
        for word in one.trigger.words:
            self._add_word(word, one)

    def _add_word(self, word: str, one: Candidate) -> None:
        if one.trigger.match == "regex":
            self._patterns.append((word, one))
            return
        plain = plain_of(word)
        if not plain:
            return
        first = plain.split()[0]
        match one.trigger.match:
            case "exact":
                self._exact[plain].append(one)
            case "first_word":
                self._first[first].append(one)
            case "contains_word":
                self._inside[first].append((plain, one))
            case "starts_with":
                self._starts[first].append((plain, one))

    def _matching(self, plain: str) -> Iterator[Candidate]:
        words = [word.strip(EDGES) for word in plain.split()[:MAX_CONSIDERED_WORDS]]
        yield from self._exact.get(plain, ())
        yield from self._first.get(words[0], ())
        for start, one in self._starts.get(words[0], ()):
            if plain.startswith(start):
                yield one
        spaced = f" {' '.join(words)} "
        for word in dict.fromkeys(words):
            for phrase, one in self._inside.get(word, ()):
                if f" {phrase} " in spaced:
                    yield one
        for expression, one in self._patterns:
            if _matches(expression, plain):
                yield one


def plain_of(text: str) -> str:
    """A message or word as both are compared."""
    return fold(text).strip(EDGES + " ")


def _best(found: Iterable[Candidate], asking: Asking) -> Candidate | None:
    scored = [(score, one) for one in found if (score := _score(one, asking)) is not None]
    return min(scored, key=_order)[1] if scored else None


def _order(scored: tuple[int, Candidate]) -> tuple[int, int, str]:
    score, one = scored
    return (-score, -one.trigger.priority, one.version.flow_id)


def _score(one: Candidate, asking: Asking) -> int | None:
    """How closely a trigger is meant for who writes: channel 4, groups 2, left-out groups 1; None when it is not."""
    trigger, settings = one.trigger, one.version.flow.settings
    channels = (*trigger.channels, *settings.channels)
    if channels and asking.channel not in channels:
        return None
    if trigger.include_groups and not set(trigger.include_groups) & set(asking.groups):
        return None
    if set(trigger.exclude_groups) & set(asking.groups):
        return None
    return 4 * bool(channels) + 2 * bool(trigger.include_groups) + bool(trigger.exclude_groups)


def _matches(expression: str, text: str) -> bool:
    try:
        return pattern(expression).search(text) is not None
    except PatternRefused:
        return False
