"""One turn of a conversation: what came in, what was said before, what is answered."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from shared.contracts.base import Contract, Json, Timestamp
from shared.contracts.events import Event
from shared.contracts.messages import Reply
from shared.contracts.results import Column


class TextInput(Contract):
    """`is_forwarded`: somebody else wrote it, so that it is data to a model."""

    kind: Literal["text"] = "text"
    text: str
    is_forwarded: bool = False


class TapInput(Contract):
    """A tap; `option` is the id that was offered, `title` what the person saw."""

    kind: Literal["tap"] = "tap"
    option: str
    title: str = ""


class MediaInput(Contract):
    """A file; `is_forwarded` as of a text.

    `transcript` is what a voice note says, set by the interpreter when it has heard it: the note then counts as a text,
    but for questions that want the file itself.
    """

    kind: Literal["media"] = "media"
    media: Literal["image", "audio", "video", "document", "sticker"]
    media_type: str
    filename: str = ""
    caption: str = ""
    artifact_id: str | None = None
    transcript: str = ""
    is_forwarded: bool = False


class LocationInput(Contract):
    kind: Literal["location"] = "location"
    latitude: float
    longitude: float
    name: str = ""
    address: str = ""


class TaskEndedInput(Contract):
    """A task of an earlier turn of this conversation has ended or waits for the person."""

    kind: Literal["task_ended"] = "task_ended"
    task_id: str


TurnInput = Annotated[
    TextInput | TapInput | MediaInput | LocationInput | TaskEndedInput,
    Field(discriminator="kind"),
]


SECRET_WORDS = "••••"  # noqa: S105  no secret, but what stands in place of one
"""What stands in place of the words of a message that held a secret."""


class PastCall(Contract):
    """A call that was made for the person; follow-ups change its resolved arguments."""

    task_id: str
    tool: str
    arguments: Json
    columns: tuple[Column, ...] = ()


class HistoryTurn(Contract):
    """What one earlier turn said and did."""

    turn_id: str
    said: str = ""
    is_forwarded: bool = False
    answered: str = ""
    calls: tuple[PastCall, ...] = ()


class Late(Contract):
    """A message that was more than ten minutes old when it came in; `others`: older ones, answered with it."""

    sent_at: Timestamp
    others: tuple[str, ...] = ()


class TurnRequest(Contract):
    """`POST /v1/turns`. The same `turn_id` again gives the same answer again. `history` is oldest first."""

    turn_id: str
    caller: str
    input: TurnInput
    history: tuple[HistoryTurn, ...] = ()
    late: Late | None = None


class TurnResponse(Contract):
    """`replies` the interpreter composed, the executor's `rows` to be said as they are, running tasks in `pending`.

    `heard` is what a voice note says; the replies begin with it and come before the rows.
    """

    turn_id: str
    route: str
    replies: tuple[Reply, ...] = ()
    rows: tuple[Event, ...] = ()
    pending: tuple[str, ...] = ()
    awaiting: Literal["choice", "approval", "question"] | None = None
    calls: tuple[PastCall, ...] = ()
    is_secret: bool = False
    """The message held a secret: whoever keeps it keeps nothing of its words."""
    heard: str = ""


class Profile(Contract):
    """What a planner may know of the person: from the executor's link, never from the message."""

    groups: tuple[str, ...] = ()
    company: str = ""
    currency: str = ""
    connection: str = ""
    today: date
    fiscal_year_start_month: int = 1
    may_ask: bool = True


class InputRequest(Contract):
    """`POST /v1/inputs`: a message or tap for the rules and the flow engine. `key` is the turn's id.

    `phase` is `abstained` when the same message is given again because no plan was found for it: a welcome or
    fallback flow may take it then.
    """

    key: str
    caller: str
    input: TurnInput
    phase: Literal["arrived", "abstained"] = "arrived"
    is_late: bool = False
    """Too old to answer a question or to start a flow: only commands count, the rest is for the planner."""


class Handled(Contract):
    kind: Literal["handled"] = "handled"
    rule: str
    rows: tuple[Event, ...] = ()
    is_secret: bool = False


class Unhandled(Contract):
    kind: Literal["unhandled"] = "unhandled"
    profile: Profile


class Answers(Contract):
    """The text is an exact answer (a title, a number, a word of consent) to a task that waits for this contact."""

    kind: Literal["answers"] = "answers"
    task_id: str
    option: str
    is_secret: bool = False
    only_if_shown_last: bool = False
    """The words say too little to approve anything unless its card is the last thing that was said."""


class InputResponse(Contract):
    outcome: Annotated[Handled | Unhandled | Answers, Field(discriminator="kind")]
