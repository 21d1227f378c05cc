"""One turn: from a stored message to the messages that answer it. Nothing here writes to the gateway's tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, BinaryIO, cast

from shared.apis import ExecutorApi, InterpreterApi
from shared.contracts.base import Language
from shared.contracts.callers import ContactCaller
from shared.contracts.events import Event
from shared.contracts.messages import Part, Reply, TextPart
from shared.contracts.turns import (
    SECRET_WORDS,
    Late,
    MediaInput,
    TaskEndedInput,
    TextInput,
    TurnInput,
    TurnRequest,
    TurnResponse,
)
from shared.errors import TemporaryError
from shared.ids import turn_id as make_turn_id
from shared.language.exact_words import ExactWords
from shared.logs import get_logger, log_context
from shared.texts import Texts
from shared.tokens import Tokens
from whatsapp_service.channels.content import Content, Media, Text
from whatsapp_service.inbox.contents import TASK, content_from_json
from whatsapp_service.lanes.history import add_turn, read_history
from whatsapp_service.lanes.inputs import NeedsFile, Say, clear_language, input_of, media_input, said_by
from whatsapp_service.lanes.late import is_late
from whatsapp_service.limits import Limits
from whatsapp_service.model import Conversation, InboundRow, InState, Mode, NewOutbound
from whatsapp_service.outbox.accounts import Accounts
from whatsapp_service.outbox.rendering import event_key, messages_of
from whatsapp_service.outbox.senders import MediaLost

SPOOL_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """What a turn came to. `state` is what the message becomes, `received` when it must be tried again later.

    `is_secret`: the message's words must be kept nowhere. `mode` says who answers from now on, where the gateway itself
    decides that; a flow's rows are in `settings`.
    """

    state: InState
    turn_id: str
    outbound: tuple[NewOutbound, ...] = ()
    pending: tuple[str, ...] = ()
    settings: tuple[Event, ...] = ()
    history: str | None = None
    language: Language | None = None
    mode: Mode | None = None
    reason: str = ""
    retry_seconds: float = 0
    artifact_id: str | None = None
    is_secret: bool = False
    heard: str = ""


class Turns:
    """Takes turns; safe to share between threads."""

    def __init__(
        self,
        *,
        interpreter: InterpreterApi,
        executor: ExecutorApi,
        accounts: Accounts,
        tokens: Tokens,
        texts: Texts,
        words: ExactWords,
        guess: Callable[[str], Language | None],
        limits: Limits,
    ) -> None:
        self._interpreter = interpreter
        self._executor = executor
        self._accounts = accounts
        self._tokens = tokens
        self._texts = texts
        self._words = words
        self._guess = guess
        self._limits = limits

    def take(self, conversation: Conversation, row: InboundRow) -> Turned:
        """The turn of one message. Every error becomes a later try or an apology: nothing is lost or repeated."""
        turn_id = turn_id_of(conversation, row)
        if conversation.mode != "bot":
            return self._unanswered(conversation, row, turn_id)
        with log_context(turn_id=turn_id, conversation_id=conversation.id):
            try:
                return self._take(conversation, row, turn_id)
            except TemporaryError as error:
                return self._later(conversation, row, turn_id, error)
            except Exception as error:  # noqa: BLE001  outermost loop of a turn: the person gets an apology
                get_logger("gateway").exception("turn_failed", error=type(error).__name__)
                return self._sorry(conversation, turn_id, type(error).__name__)

    def caller(self, conversation: Conversation, contact_id: str, language: Language | None = None) -> str:
        """The signed token of who asks in a conversation."""
        caller = ContactCaller(
            contact_id=contact_id,
            conversation_id=conversation.id,
            channel=conversation.channel,
            account=conversation.account,
            language=language or conversation.language,
            time_zone=conversation.time_zone,
        )
        return self._tokens.sign(caller)

    def _unanswered(self, conversation: Conversation, row: InboundRow, turn_id: str) -> Turned:
        """A message that is only stored, unless its whole text calls the bot back from a person's conversation."""
        said = "" if row.kind == TASK else said_by(content_from_json(row.content))
        if conversation.mode != "human" or self._words.command(said) != "bot":
            return Turned(state="done", turn_id=turn_id, reason=conversation.mode)
        said_back = self._say(conversation, turn_id, conversation.language, "back")
        return Turned(state="done", turn_id=turn_id, outbound=said_back, mode="bot")

    def _take(self, conversation: Conversation, row: InboundRow, turn_id: str) -> Turned:
        if row.kind == TASK:
            ended = TaskEndedInput(task_id=row.content["task_id"])
            return self._ask(conversation, row, turn_id, ended, "", None)
        content = content_from_json(row.content)
        language = clear_language(content, self._guess(said_by(content)))
        language = None if language == conversation.language else language
        spoken = language or conversation.language
        asked = self._input(conversation, row, content)
        if isinstance(asked, Say):
            return self._answered(turn_id, self._say(conversation, turn_id, spoken, asked.sentence))
        return self._ask(conversation, row, turn_id, asked, said_by(content), language)

    def _input(self, conversation: Conversation, row: InboundRow, content: Content) -> TurnInput | Say:
        asked = input_of(content)
        if not isinstance(asked, NeedsFile):
            return asked
        if not self._executor.admits(self.caller(conversation, row.contact_id)):
            return media_input(
                asked.media, None
            )  # anybody can send us files, as many and as large as the channel takes
        try:
            artifact_id = self._fetched(conversation, row.contact_id, asked.media)
        except MediaLost as lost:
            get_logger("gateway").warning("media_lost", reason=lost.reason)
            if lost.reason == "too_big":
                return Say("file_too_big")
            artifact_id = None
        return media_input(asked.media, artifact_id)

    def _fetched(self, conversation: Conversation, contact_id: str, media: Media) -> str:
        """The artifact that now holds a file the person sent. Raises MediaLost or TemporaryError."""
        if media.size_bytes is not None and media.size_bytes > self._limits.max_media_bytes:
            raise MediaLost("too_big")
        sender = self._accounts.find(conversation.channel, conversation.account)
        if sender is None:
            raise MediaLost("gone")
        with SpooledTemporaryFile(SPOOL_BYTES) as spool:
            sender.fetch(media, cast(BinaryIO, spool))
            if spool.tell() > self._limits.max_media_bytes:
                raise MediaLost("too_big")
            return self._saved(spool, contact_id, media)

    def _saved(self, spool: IO[bytes], contact_id: str, media: Media) -> str:
        spool.seek(0)
        saved = self._executor.save_artifact(
            cast(BinaryIO, spool),
            filename=media.filename or media.kind,
            media_type=media.mime_type,
            contact_id=contact_id,
        )
        return saved.id

    def _ask(
        self,
        conversation: Conversation,
        row: InboundRow,
        turn_id: str,
        asked: TurnInput,
        said: str,
        language: Language | None,
    ) -> Turned:
        past = read_history(conversation.history)
        caller = self.caller(conversation, row.contact_id, language)
        late = Late(sent_at=row.sent_at, others=row.late_others) if row.sent_at is not None and is_late(row) else None
        request = TurnRequest(turn_id=turn_id, caller=caller, input=asked, history=past, late=late)
        response = self._interpreter.turn(request)
        rows, parts = self._rows(conversation, response)
        replies = self._replies(conversation, turn_id, response.replies)
        said = SECRET_WORDS if response.is_secret else response.heard or said
        is_forwarded = _is_forwarded(asked)
        return Turned(
            state="done",
            turn_id=turn_id,
            outbound=(*replies, *rows) if response.heard else (*rows, *replies),
            pending=response.pending,
            settings=tuple(event for event in response.rows if event.type == "conversation"),
            history=add_turn(past, response, said, parts, self._limits, is_forwarded=is_forwarded),
            language=language or self._heard_language(conversation, response.heard),
            heard=response.heard,
            artifact_id=asked.artifact_id if isinstance(asked, MediaInput) else None,
            is_secret=response.is_secret,
        )

    def _heard_language(self, conversation: Conversation, heard: str) -> Language | None:
        """The language that a voice note clearly is in, if it is another one: the next turn is answered in it."""
        language = clear_language(Text(heard), self._guess(heard)) if heard else None
        return None if language == conversation.language else language

    def _rows(self, conversation: Conversation, response: TurnResponse) -> tuple[list[NewOutbound], list[Part]]:
        """What the executor says itself, under the same keys as when the rows come through the stream."""
        found: list[NewOutbound] = []
        parts: list[Part] = []
        for event in response.rows:
            if event.type == "message":
                reply = Reply.model_validate({**event.data, "key": event_key(event.id)})
                parts.extend(reply.parts)
                found += messages_of(reply, self._max_text(conversation), turn_id=event.turn_id, event_id=event.id)
        return found, parts

    def _replies(self, conversation: Conversation, turn_id: str, replies: tuple[Reply, ...]) -> list[NewOutbound]:
        most = self._max_text(conversation)
        return [message for reply in replies for message in messages_of(reply, most, turn_id=turn_id)]

    def _later(self, conversation: Conversation, row: InboundRow, turn_id: str, error: TemporaryError) -> Turned:
        delays = self._limits.turn_retry_seconds
        get_logger("gateway").warning("turn_postponed", code=error.code, attempts=row.attempts + 1)
        if row.attempts >= len(delays):
            return self._sorry(conversation, turn_id, error.code)
        seconds = max(delays[row.attempts], error.retry_after_seconds or 0)
        return Turned(state="received", turn_id=turn_id, reason=error.code, retry_seconds=seconds)

    def _sorry(self, conversation: Conversation, turn_id: str, reason: str) -> Turned:
        said = self._say(conversation, turn_id, conversation.language, "sorry")
        return Turned(state="failed", turn_id=turn_id, outbound=said, reason=reason)

    def _answered(self, turn_id: str, outbound: tuple[NewOutbound, ...]) -> Turned:
        return Turned(state="done", turn_id=turn_id, outbound=outbound)

    def _say(
        self, conversation: Conversation, turn_id: str, language: Language, sentence: str
    ) -> tuple[NewOutbound, ...]:
        text = self._texts.say(language, sentence)
        reply = Reply(key=f"{turn_id}:{sentence}", parts=(TextPart(text=text),))
        return tuple(messages_of(reply, self._max_text(conversation), turn_id=turn_id))

    def _max_text(self, conversation: Conversation) -> int:
        sender = self._accounts.find(conversation.channel, conversation.account)
        return sender.manner.max_text if sender else self._limits.max_chat_chars


def _is_forwarded(asked: TurnInput) -> bool:
    return isinstance(asked, TextInput | MediaInput) and asked.is_forwarded


def turn_id_of(conversation: Conversation, row: InboundRow) -> str:
    """The turn's identifier: the same for the same message, whichever process takes it and however often."""
    return make_turn_id(conversation.channel, conversation.account, conversation.chat, row.external_id or row.key)
