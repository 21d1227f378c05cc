"""What an import says of itself: all that did not come over as it was, in words that name the place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from shared.contracts.base import Contract, Language
from shared.texts import Texts

Outcome = Literal["lost", "changed", "to_do"]
"""`lost`: has no counterpart; `changed`: does about the same in another way; `to_do`: wants a person's hand."""

OUTCOMES: Mapping[str, Outcome] = {
    "left_out": "lost",
    "expression_lost": "lost",
    "test_lost": "lost",
    "option_shown_always": "lost",
    "detail_lost": "lost",
    "event_lost": "lost",
    "language_lost": "lost",
    "link_for_file": "changed",
    "question_put_in": "changed",
    "options_typed": "changed",
    "title_cut": "changed",
    "script_on_server": "changed",
    "language_guessed": "changed",
    "words_for_a_number": "changed",
    "spoken_as_text": "changed",
    "groups_as_field": "changed",
    "starts_by_event": "changed",
    "called_flow": "to_do",
    "secret_wanted": "to_do",
    "request_wants_address": "to_do",
}


@dataclass(frozen=True)
class Note:
    """`key` names its sentence in `importing/texts`; `where` is the node, group or action as its drawer knows it."""

    key: str
    where: str = ""
    node_id: str | None = None
    params: Mapping[str, str] = field(default_factory=dict)


class NoteView(Contract):
    """A note in words; `node_id` is the node of the new flow that stands there now, if any does."""

    rule: str
    outcome: Outcome
    where: str
    node_id: str | None = None
    text: str


def in_words(notes: Iterable[Note], language: Language, texts: Texts) -> tuple[NoteView, ...]:
    """In the order of the drawing, each only once."""
    views = [
        NoteView(
            rule=one.key,
            outcome=OUTCOMES[one.key],
            where=one.where,
            node_id=one.node_id,
            text=texts.say(language, one.key, where=one.where, **one.params),
        )
        for one in notes
    ]
    return tuple(dict.fromkeys(views))
