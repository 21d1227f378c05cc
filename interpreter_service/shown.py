"""What the person was shown in earlier turns and may still name, by its number or its title."""

from __future__ import annotations

from typing import Literal

from interpreter_service.nouns import OFFER_PREFIX, Offer, Turn
from interpreter_service.options import has_number, options_in, typed_option
from interpreter_service.store import Store
from shared.contracts.messages import Option
from shared.contracts.turns import HistoryTurn, TurnResponse


class Shown:
    """Looks at turns of the history, and at what is stored of them."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def options_of(self, past: HistoryTurn) -> tuple[Option, ...] | None:
        """The offers that a turn ended with: none where it asked for an argument, None where it asked nothing."""
        asked = self._store.find_question(past.turn_id)
        if asked is None:
            return None
        return options_in(part for reply in TurnResponse.model_validate_json(asked).replies for part in reply.parts)

    def offer(self, turn: Turn, offer_id: str) -> Offer | None:
        """The offer of that id, if it is this person's and still good."""
        return self._store.find_offer(offer_id, turn) if offer_id.startswith(OFFER_PREFIX) else None

    def meant_instead(self, turn: Turn, text: str, task_id: str) -> Offer | Literal["result"] | None:
        """What a text that answers the question of a task means instead, because it was shown after that question.

        `result`: the number of a line in a list of results, which is no option of anything.
        """
        for past in reversed(turn.history):
            if any(call.task_id == task_id for call in past.calls):
                return None
            option = typed_option(text, self.options_of(past) or ())
            offer = self.offer(turn, option.id) if option else None
            if offer is not None:
                return offer
            if has_number(past.answered, text):
                return "result"
        return None
