"""The last turns of a conversation, bounded, as the interpreter is given them."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import TypeAdapter, ValidationError

from shared.contracts.messages import ChoicesPart, FilePart, Part, TextPart
from shared.contracts.turns import HistoryTurn, TurnResponse
from shared.logs import get_logger
from whatsapp_service.limits import Limits

Turns = tuple[HistoryTurn, ...]
_TURNS: TypeAdapter[Turns] = TypeAdapter(Turns)


def read_history(stored: str) -> Turns:
    """The turns, oldest first; none when they were stored in a shape that is no longer understood."""
    if stored == "[]":
        return ()
    try:
        return _TURNS.validate_json(stored)
    except ValidationError:
        get_logger("gateway").warning("history_dropped", length=len(stored))
        return ()


def add_turn(
    turns: Turns,
    response: TurnResponse,
    said: str,
    rows: Iterable[Part],
    limits: Limits,
    *,
    is_forwarded: bool = False,
) -> str:
    """The history with one more turn, as it is stored."""
    parts = [*rows, *(part for reply in response.replies for part in reply.parts)]
    answered = "\n".join(text for part in parts if (text := _text(part)))
    turn = HistoryTurn(
        turn_id=response.turn_id,
        said=said[: limits.history_chars],
        is_forwarded=is_forwarded,
        answered=answered[: limits.history_chars],
        calls=response.calls[-limits.history_calls :],
    )
    earlier = tuple(one for one in turns if one.turn_id != turn.turn_id)
    return _TURNS.dump_json((*earlier, turn)[-limits.history_turns :]).decode()


def _text(part: Part) -> str:
    match part:
        case TextPart(text=text) | ChoicesPart(text=text):
            return text
        case FilePart(caption=caption, filename=filename):
            return caption or filename
