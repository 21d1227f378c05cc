"""What goes on around a turn: typing, the rows that it brings itself, and what it leaves to be done."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from shared.database import Database
from whatsapp_service.background import Background
from whatsapp_service.conversations import find_conversation
from whatsapp_service.follower.follower import Follower
from whatsapp_service.follower.looks import Looks
from whatsapp_service.follower.mirror import Mirror
from whatsapp_service.lanes.board import TurnBoard
from whatsapp_service.lanes.turns import Turned, turn_id_of
from whatsapp_service.lanes.typing import Typist
from whatsapp_service.model import Conversation, InboundRow
from whatsapp_service.outbox.accounts import Accounts


class TurnWatch:
    """`before` and `after` are called once for each turn, outside of any write."""

    def __init__(
        self,
        database: Database,
        *,
        accounts: Accounts,
        board: TurnBoard,
        typist: Typist,
        follower: Follower,
        mirror: Mirror,
        looks: Looks,
        background: Background,
    ) -> None:
        self._database = database
        self._accounts = accounts
        self._board = board
        self._typist = typist
        self._follower = follower
        self._mirror = mirror
        self._looks = looks
        self._background = background

    def before(self, conversation: Conversation, row: InboundRow) -> None:
        """Sets aside the rows of a turn, and shows typing where it takes its time."""
        turn_id = turn_id_of(conversation, row)
        self._board.begin(turn_id)
        sender = self._accounts.find(conversation.channel, conversation.account)
        if row.external_id and conversation.mode == "bot" and sender is not None and not sender.manner.is_instant:
            self._typist.begin(turn_id, sender, row.external_id)

    def after(self, conversation: Conversation, row: InboundRow, turned: Turned | None) -> None:
        """Says the rows that the turn did not say, and looks at the tasks that still run; None: it was not stored."""
        turn_id = turn_id_of(conversation, row)
        self._typist.end(turn_id)
        said = [one.event_id for one in turned.outbound if one.event_id is not None] if turned else []
        self._follower.say_late(self._board.end(turn_id, said))
        if turned is None:
            return
        self._mirror.show(self._as_it_is(conversation, turned))
        for task_id in turned.pending:
            self._background.submit(partial(self._looks.look, task_id, conversation, row.contact_id))

    def _as_it_is(self, conversation: Conversation, turned: Turned) -> Conversation:
        """The conversation after the turn; read again only where the turn has set it."""
        if turned.settings or turned.mode is not None:
            with self._database.read() as connection:
                return find_conversation(connection, conversation.id) or conversation
        return replace(conversation, language=turned.language or conversation.language)
