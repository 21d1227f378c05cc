"""Which reply answers which message, and what is missing, too much or in the wrong order. Pure.

A reply is matched by the message it quotes, else by the number that question and answer carry. Replies to commands
carry none: they are matched in the order in which they reached a contact, and one that is not what its command is
answered with elsewhere came in the wrong order; where a contact got too few or too many, that cannot be told.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bench.load.plan import Message
from bench.words import token_in


@dataclass(frozen=True, slots=True)
class Reply:
    """A message that reached the Graph API's stand-in; `at` in monotonic ns."""

    at: int
    to: str
    text: str
    quoted: str


@dataclass(slots=True)
class Matched:
    """`stray` are replies that answer no message of this run; `wrong` lack what every answer must hold."""

    answered: int = 0
    lost: int = 0
    doubled: int = 0
    out_of_order: int = 0
    wrong: int = 0
    stray: int = 0
    reply_ms: list[float] = field(default_factory=list)
    last_at: int = 0


def match(
    messages: Sequence[Message], due: Mapping[int, int], replies: Sequence[Reply], *, must_hold: str = ""
) -> Matched:
    """Compares what was sent with what came back, in the order in which it came."""
    finder = _Finder(messages)
    found = Matched()
    last: dict[str, int] = {}
    first: dict[int, Reply] = {}
    for reply in replies:
        message = finder.find(reply)
        if message is None:
            found.stray += 1
        elif message.number in first:
            found.doubled += 1
        elif must_hold not in reply.text:
            found.wrong += 1
        else:
            first[message.number] = reply
            found.out_of_order += message.number < last.get(message.contact, 0)
            last[message.contact] = max(message.number, last.get(message.contact, 0))
            found.reply_ms.append((reply.at - due[message.number]) / 1e6)
            found.last_at = max(found.last_at, reply.at)
    found.answered = len(first)
    found.lost = len(messages) - found.answered
    found.out_of_order += _swapped(_whole_contacts(messages, first, replies))
    return found


class _Finder:
    """Finds the message of a reply."""

    def __init__(self, messages: Sequence[Message]) -> None:
        self._by_id = {one.id: one for one in messages}
        self._by_token = {token_in(one.text): one for one in messages if token_in(one.text)}
        self._waiting: dict[str, deque[Message]] = defaultdict(deque)
        self._last: dict[str, Message] = {}
        for one in messages:
            if not token_in(one.text):
                self._waiting[one.contact].append(one)

    def find(self, reply: Reply) -> Message | None:
        return self._by_id.get(reply.quoted) or self._by_token.get(token_in(reply.text)) or self._next_of(reply.to)

    def _next_of(self, contact: str) -> Message | None:
        """The contact's oldest message without an answer; the last one once more when all have theirs."""
        waiting = self._waiting.get(contact)
        if waiting is None:
            return None
        if waiting:
            self._last[contact] = waiting.popleft()
        return self._last.get(contact)


def _whole_contacts(
    messages: Sequence[Message], first: Mapping[int, Reply], replies: Sequence[Reply]
) -> list[tuple[str, str]]:
    """Command and answer, of those contacts that got one reply for each message."""
    got, sent = Counter(one.to for one in replies), Counter(one.contact for one in messages)
    return [
        (one.text, first[one.number].text)
        for one in messages
        if not token_in(one.text) and one.number in first and got[one.contact] == sent[one.contact]
    ]


def _swapped(answered: Sequence[tuple[str, str]]) -> int:
    """Answers to a command that are not what this command is mostly answered with."""
    answers: dict[str, Counter[str]] = defaultdict(Counter)
    for said, answer in answered:
        answers[said][answer] += 1
    return sum(sum(counts.values()) - max(counts.values()) for counts in answers.values())
