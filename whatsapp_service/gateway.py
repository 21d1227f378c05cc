"""The gateway: all its parts, made and connected in one place, and the threads they run on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from prometheus_client import CollectorRegistry
from sqlalchemy import Connection, text

from shared.apis import EventStream, ExecutorApi, InterpreterApi
from shared.clock import Clock, utc_now
from shared.contracts.base import Language
from shared.contracts.messages import Reply, TextPart
from shared.contracts.tasks import Receipt
from shared.database import Database
from shared.errors import InvalidArguments, NotFound, TemporaryError
from shared.ids import new_id
from shared.language.guess import guess_language
from shared.logs import get_logger
from shared.texts import Texts
from shared.tokens import Tokens
from whatsapp_service.background import Background
from whatsapp_service.changes import Changes, append_changes
from whatsapp_service.channels.address import Channel
from whatsapp_service.channels.decisions import Decision, Final
from whatsapp_service.channels.failures import ApiError
from whatsapp_service.channels.types import Inbound
from whatsapp_service.channels.whatsapp.parse import wa_parse
from whatsapp_service.conversations import find_conversation
from whatsapp_service.follower.follower import Follower
from whatsapp_service.follower.looks import Looks
from whatsapp_service.follower.mirror import Mirror
from whatsapp_service.follower.teller import Teller
from whatsapp_service.inbox.inbox import Accepted, Inbox, Parse
from whatsapp_service.inbox.people import People
from whatsapp_service.inbox.places import KnownPlaces
from whatsapp_service.inbox.status_store import has_orphans
from whatsapp_service.inbox.statuses import Aftermath, StatusBook
from whatsapp_service.keeper import Chore, Keeper
from whatsapp_service.lanes.alarm import Alarm
from whatsapp_service.lanes.board import TurnBoard
from whatsapp_service.lanes.lane import Lane
from whatsapp_service.lanes.leases import Leases
from whatsapp_service.lanes.poll import due_sends, due_turns
from whatsapp_service.lanes.pool import Pool
from whatsapp_service.lanes.turns import Turned, Turns, turn_id_of
from whatsapp_service.lanes.typing import Typist
from whatsapp_service.limits import Limits
from whatsapp_service.metrics import BacklogCollector, Metrics
from whatsapp_service.model import Conversation, InboundRow
from whatsapp_service.outbox.accounts import Accounts, Name
from whatsapp_service.outbox.buckets import Buckets
from whatsapp_service.outbox.excuses import Excuses
from whatsapp_service.outbox.picker import Picker
from whatsapp_service.outbox.postman import Postman
from whatsapp_service.outbox.rendering import event_key, messages_of
from whatsapp_service.outbox.senders import Manner, Sender
from whatsapp_service.outbox.store import enqueue

PARSERS: Mapping[Channel, Parse] = {"whatsapp": wa_parse}
ACCOUNTS_SECONDS = 5.0
ORPHANS_SECONDS = 2.0
PROGRESS_SECONDS = 0.5


class Gateway:
    """The door. Made without side effects; `start` runs its threads, `stop` ends them after what they are doing.

    `senders` are the configured accounts, `fallbacks` serve every other account of a channel (simulated, web).
    """

    def __init__(
        self,
        database: Database,
        *,
        interpreter: InterpreterApi,
        executor: ExecutorApi,
        events: EventStream,
        tokens: Tokens,
        senders: Mapping[Name, Sender],
        fallbacks: Mapping[str, Sender],
        metrics: CollectorRegistry,
        now: Clock = utc_now,
        limits: Limits | None = None,
        guess: Callable[[str], Language | None] = guess_language,
        parsers: Mapping[Channel, Parse] = PARSERS,
    ) -> None:
        self.limits = limits or Limits()
        self.database = database
        self.executor = executor
        self.now = now
        self.changes = Changes(database)
        self.accounts = Accounts(database, senders=senders, fallbacks=fallbacks, now=now)
        self.metrics = Metrics(metrics)
        self.people = People(guess)
        self._alarm = Alarm()
        self._background = Background("background", self.limits.max_background_jobs)
        self._typing = Background("typing", self.limits.max_background_jobs)
        self._typist = Typist(self._typing)
        self._mirror = Mirror(executor, self._background, self.limits)
        self._leases = Leases(
            database, seconds=self.limits.lease_seconds, renew_seconds=self.limits.renew_seconds, now=now
        )
        buckets = Buckets(self.limits.contact_burst, self.limits.contact_refill_seconds)
        texts = Texts("whatsapp_service")
        excuses = Excuses(texts)
        self._statuses = StatusBook(self._decide_status, self.accounts.hold, excuses.say_later)
        self._turns = Turns(
            interpreter=interpreter,
            executor=executor,
            accounts=self.accounts,
            tokens=tokens,
            texts=texts,
            guess=guess,
            limits=self.limits,
        )
        self._postman = Postman(
            database,
            leases=self._leases,
            accounts=self.accounts,
            picker=Picker(accounts=self.accounts, buckets=buckets, limits=self.limits, now=now),
            executor=executor,
            changes=self.changes,
            receipt=self._receipt,
            excuses=excuses,
            metrics=self.metrics,
            limits=self.limits,
            now=now,
        )
        self._send_pool = Pool("gateway-send", self.limits.send_threads, self._postman.run, self._alarm.after)
        self._board = TurnBoard(self.limits.row_patience_seconds)
        self._lane = Lane(
            database,
            leases=self._leases,
            turns=self._turns,
            postman=self._postman,
            accounts=self.accounts,
            changes=self.changes,
            metrics=self.metrics,
            send_later=self._send_later,
            before_turn=self._before_turn,
            after_turn=self._after_turn,
            now=now,
        )
        self._turn_pool = Pool("gateway-turn", self.limits.turn_threads, self._lane.run, self._alarm.after)
        self._looks = Looks(
            database, executor=executor, turns=self._turns, wake_turns=self._turn_pool.wake, limits=self.limits, now=now
        )
        self._teller = Teller(
            database,
            accounts=self.accounts,
            buckets=buckets,
            changes=self.changes,
            texts=texts,
            wake_sender=self._send_pool.wake,
            limits=self.limits,
            now=now,
        )
        self._follower = Follower(
            database,
            stream=events,
            accounts=self.accounts,
            changes=self.changes,
            teller=self._teller,
            board=self._board,
            wake_turns=self._turn_pool.wake,
            wake_sender=self._send_pool.wake,
            limits=self.limits,
            now=now,
        )
        self.inbox = Inbox(
            database,
            people=self.people,
            places=KnownPlaces(self.limits.known_places),
            statuses=self._statuses,
            parsers=parsers,
            is_ours=self.accounts.is_ours,
            report=self._accepted,
            now=now,
        )
        self._keeper = Keeper(self._chores())
        metrics.register(
            BacklogCollector(database, {"turns": lambda: self._turn_pool.depth, "sends": lambda: self._send_pool.depth})
        )

    def start(self) -> None:
        """Starts the threads; what was left unfinished is found by the first poll."""
        self.accounts.start()
        self._alarm.start()
        self._background.start()
        self._typing.start()
        self._send_pool.start()
        self._turn_pool.start()
        self._follower.start()
        self._keeper.start()

    def stop(self) -> None:
        """Ends the threads and gives leases back, so that another process can go on at once."""
        self._keeper.stop()
        self._follower.stop()
        self._turn_pool.stop()
        self._send_pool.stop()
        self._alarm.stop()
        self._background.stop()
        self._typing.stop()
        self._leases.release_all()

    def check(self) -> None:
        """Raises when the database does not answer."""
        with self.database.read() as connection:
            connection.execute(text("SELECT 1"))

    def check_threads(self) -> None:
        """Raises when turns are not being taken."""
        if self._turn_pool.is_stopped or not self._turn_pool.is_whole:
            raise TemporaryError("the gateway is stopped or has lost threads")

    def chat(self, message: Inbound) -> tuple[str, int]:
        """Stores a message of the web chat; gives its conversation and its id."""
        accepted = self.inbox.accept_event(message)
        return next(iter(accepted.turns)), accepted.message_ids[0]

    def write(self, conversation_id: str, said: str) -> int:
        """Sends what a colleague wrote; gives the id of its first message. Raises NotFound."""

        def work(connection: Connection) -> int:
            conversation = find_conversation(connection, conversation_id)
            if conversation is None:
                raise NotFound("no such conversation")
            sender = self.accounts.find(conversation.channel, conversation.account)
            manner = sender.manner if sender else Manner()
            reply = Reply(key=f"user:{new_id()}", parts=(TextPart(text=said),))
            new = messages_of(reply, manner.max_text)
            changed = enqueue(connection, conversation, new, self.now(), is_instant=manner.is_instant)
            if not changed or changed[0].message_id is None:
                raise InvalidArguments("there is no text", errors=({"where": "text", "what": "empty"},))
            append_changes(connection, self.now(), changed)
            return changed[0].message_id

        message_id = self.database.write(work)
        self.changes.announce()
        self._send_pool.wake(conversation_id)
        return message_id

    def resume_account(self, channel: str, account: str) -> None:
        """Lets a stopped account send again; raises NotFound."""
        self.accounts.resume(channel, account)
        self._poll()

    def show_conversation(self, conversation_id: str) -> None:
        """Tells the executor of a conversation that a user of the console changed."""
        with self.database.read() as connection:
            conversation = find_conversation(connection, conversation_id)
        if conversation is not None:
            self._mirror.show(conversation)
        self.changes.announce()

    def wake(self, conversation_id: str) -> None:
        """Looks for turns and messages of a conversation now."""
        self._turn_pool.wake(conversation_id)
        self._send_pool.wake(conversation_id)

    def _chores(self) -> list[Chore]:
        return [
            Chore("poll", self.limits.poll_seconds, self._poll),
            Chore("renew", self.limits.renew_seconds, self._leases.renew),
            Chore("accounts", ACCOUNTS_SECONDS, self.accounts.refresh),
            Chore("orphans", ORPHANS_SECONDS, self._join_orphans),
            Chore("progress", PROGRESS_SECONDS, self._teller.tick),
            Chore("typing", PROGRESS_SECONDS, self._typist.tick),
            Chore("late_rows", PROGRESS_SECONDS, self._follower.say_overdue),
            Chore("look", self.limits.pending_look_seconds / 4, self._looks.look_at_stale),
        ]

    def _poll(self) -> None:
        now = self.now()
        with self.database.read() as connection:
            turns = due_turns(connection, now, self.limits.max_polled)
            sends = due_sends(connection, now, self.limits.max_polled)
        for conversation_id in turns:
            self._turn_pool.wake_unless_waiting(conversation_id)
        for conversation_id in sends:
            self._send_pool.wake_unless_waiting(conversation_id)

    def _join_orphans(self) -> None:
        with self.database.read() as connection:
            if not has_orphans(connection):
                return

        def work(connection: Connection) -> Aftermath:
            aftermath = self._statuses.join_orphans(connection, self.now())
            append_changes(connection, self.now(), aftermath.changes)
            return aftermath

        self._follow_statuses(self.database.write(work))
        self.changes.announce()

    def _accepted(self, accepted: Accepted) -> None:
        if accepted.strangers:
            get_logger("gateway").error("unknown_account", delivery_id=accepted.delivery_id, items=accepted.strangers)
        for conversation_id in accepted.turns:
            self._turn_pool.wake(conversation_id)
        self._follow_statuses(accepted.aftermath)
        self.changes.announce()

    def _follow_statuses(self, aftermath: Aftermath) -> None:
        for conversation_id in aftermath.sends:
            self._send_pool.wake(conversation_id)
        for event_id in aftermath.lost_rows:
            self._receipt(event_id, False)

    def _before_turn(self, conversation: Conversation, row: InboundRow) -> None:
        turn_id = turn_id_of(conversation, row)
        self._board.begin(turn_id)
        sender = self.accounts.find(conversation.channel, conversation.account)
        if row.external_id and conversation.mode == "bot" and sender is not None and not sender.manner.is_instant:
            self._typist.begin(turn_id, sender, row.external_id)

    def _after_turn(self, conversation: Conversation, row: InboundRow, turned: Turned | None) -> None:
        """What a turn leaves to be done: rows it did not say, and a look at the tasks that still run."""
        turn_id = turn_id_of(conversation, row)
        self._typist.end(turn_id)
        said = [one.event_id for one in turned.outbound if one.event_id is not None] if turned else []
        self._follower.say_late(self._board.end(turn_id, said))
        if turned is None:
            return
        spoken = turned.language or conversation.language
        self._mirror.show(replace(conversation, language=spoken))
        for task_id in turned.pending:
            self._background.submit(
                lambda task_id=task_id: self._looks.look(task_id, conversation, row.contact_id)  # type: ignore[misc]
            )

    def _receipt(self, event_id: int, accepted: bool) -> None:
        receipt = Receipt(key=event_key(event_id), outcome="accepted" if accepted else "failed", at=self.now())
        self._background.submit(lambda: self.executor.receipt(receipt))

    def _send_later(self, seconds: float, conversation_id: str) -> None:
        self._alarm.after(seconds, lambda: self._send_pool.wake(conversation_id))

    def _decide_status(self, channel: str, account: str, error: ApiError, attempts: int) -> Decision:
        sender = self.accounts.find(channel, account)
        if sender is None:
            return Final("unknown_account")
        return sender.decide(error, attempts, window_open=True)
