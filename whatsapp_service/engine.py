"""The engine: all parts of a gateway, made and connected in one place, and the threads they run on."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from prometheus_client import CollectorRegistry

from shared.apis import EventStream, ExecutorApi, InterpreterApi
from shared.clock import Clock, utc_now
from shared.contracts.base import Language
from shared.database import Database
from shared.errors import TemporaryError
from shared.language.exact_words import ExactWords
from shared.language.guess import guess_language
from shared.logs import get_logger
from shared.texts import Texts
from shared.tokens import Tokens
from whatsapp_service.background import Background
from whatsapp_service.changes import Changes
from whatsapp_service.channels.address import Channel
from whatsapp_service.channels.whatsapp.parse import wa_parse
from whatsapp_service.follower.follower import Follower
from whatsapp_service.follower.looks import Looks
from whatsapp_service.follower.mirror import Mirror
from whatsapp_service.follower.teller import Teller
from whatsapp_service.hand_back import HandBack
from whatsapp_service.inbox.aftermath import Aftermath
from whatsapp_service.inbox.inbox import Accepted, Inbox, Parse
from whatsapp_service.inbox.people import People
from whatsapp_service.inbox.places import KnownPlaces
from whatsapp_service.inbox.statuses import StatusBook
from whatsapp_service.keeper import Chore, Keeper
from whatsapp_service.lanes.alarm import Alarm
from whatsapp_service.lanes.board import TurnBoard
from whatsapp_service.lanes.lane import Lane
from whatsapp_service.lanes.leases import Leases
from whatsapp_service.lanes.pool import Pool
from whatsapp_service.lanes.turns import Turns
from whatsapp_service.lanes.typing import Typist
from whatsapp_service.limits import Limits
from whatsapp_service.metrics import BacklogCollector, Metrics
from whatsapp_service.model import Conversation
from whatsapp_service.outbox.accounts import Accounts, Name
from whatsapp_service.outbox.buckets import Buckets
from whatsapp_service.outbox.excuses import Excuses
from whatsapp_service.outbox.parking import Parking
from whatsapp_service.outbox.picker import Picker
from whatsapp_service.outbox.postman import Postman
from whatsapp_service.outbox.receipts import Receipts
from whatsapp_service.outbox.senders import Sender
from whatsapp_service.turn_watch import TurnWatch
from whatsapp_service.upkeep import Upkeep

PARSERS: Mapping[Channel, Parse] = {"whatsapp": wa_parse}
ACCOUNTS_SECONDS = 5.0
ORPHANS_SECONDS = 2.0
PROGRESS_SECONDS = 0.5
HAND_BACK_SECONDS = 60.0


class Engine:
    """Made without side effects; `start` runs the threads, `stop` ends them after what they are doing.

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
        self._texts = Texts("whatsapp_service")
        self._excuses = Excuses(self._texts)
        self._buckets = Buckets(self.limits.contact_burst, self.limits.contact_refill_seconds)
        self.changes = Changes(database)
        self.accounts = Accounts(database, senders=senders, fallbacks=fallbacks, now=now)
        self.metrics = Metrics(metrics)
        self.people = People(guess)
        self._make_threads()
        self._leases = Leases(
            database, seconds=self.limits.lease_seconds, renew_seconds=self.limits.renew_seconds, now=now
        )
        self._board = TurnBoard(self.limits.row_patience_seconds)
        self._parking = Parking(invite=self.accounts.invitation, texts=self._texts, limits=self.limits)
        self._statuses = StatusBook(
            self.accounts.decide, self.accounts.hold, self._excuses.say_later, self._parking.park_since
        )
        self._turns = self._make_turns(interpreter, tokens, guess)
        self._postman = self._make_postman()
        self._looks = self._make_looks()
        self.teller = self._make_teller()
        self._follower = self._make_follower(events)
        self._lane = self._make_lane()
        self.inbox = self._make_inbox(parsers)
        self.upkeep = self._make_upkeep()
        self._hand_back = HandBack(database, changes=self.changes, mirror=self.mirror, limits=self.limits, now=now)
        self._keeper = Keeper(self._chores())
        depths = {"turns": lambda: self.turn_pool.depth, "sends": lambda: self.send_pool.depth}
        metrics.register(BacklogCollector(database, depths))

    def start(self) -> None:
        """Starts the threads; what was left unfinished is found by the first poll."""
        self.accounts.start()
        self._alarm.start()
        self._background.start()
        self._typing.start()
        self.send_pool.start(self._postman.run)
        self.turn_pool.start(self._lane.run)
        self._follower.start()
        self._keeper.start()

    def stop(self) -> None:
        """Ends the threads and gives leases back, so that another process can go on at once."""
        self._keeper.stop()
        self._follower.stop()
        self.turn_pool.stop()
        self.send_pool.stop()
        self._alarm.stop()
        self._background.stop()
        self._typing.stop()
        self._leases.release_all()

    def caller_of(self, conversation: Conversation) -> str:
        """The signed token of who asks in a conversation."""
        return self._turns.caller(conversation, conversation.contact_id)

    def check_threads(self) -> None:
        """Raises when turns are not being taken."""
        if self.turn_pool.is_stopped or not self.turn_pool.is_whole:
            raise TemporaryError("the gateway is stopped or has lost threads")

    def _make_threads(self) -> None:
        """What runs by itself, and what is told from there."""
        limits = self.limits
        self._alarm = Alarm()
        self._background = Background("background", limits.max_background_jobs)
        self._typing = Background("typing", limits.max_background_jobs)
        self.send_pool = Pool("gateway-send", limits.send_threads, self._alarm.after)
        self.turn_pool = Pool("gateway-turn", limits.turn_threads, self._alarm.after)
        self._typist = Typist(self._typing)
        self.mirror = Mirror(self.executor, self._background, limits)
        self._receipts = Receipts(self.executor, self._background, self.now)

    def _make_turns(
        self, interpreter: InterpreterApi, tokens: Tokens, guess: Callable[[str], Language | None]
    ) -> Turns:
        return Turns(
            interpreter=interpreter,
            executor=self.executor,
            accounts=self.accounts,
            tokens=tokens,
            texts=self._texts,
            words=ExactWords("whatsapp_service"),
            guess=guess,
            limits=self.limits,
        )

    def _make_postman(self) -> Postman:
        return Postman(
            self.database,
            leases=self._leases,
            accounts=self.accounts,
            picker=self._make_picker(),
            executor=self.executor,
            changes=self.changes,
            receipt=self._receipts.tell,
            excuses=self._excuses,
            metrics=self.metrics,
            limits=self.limits,
            now=self.now,
        )

    def _make_picker(self) -> Picker:
        return Picker(
            accounts=self.accounts,
            buckets=self._buckets,
            parking=self._parking,
            limits=self.limits,
            now=self.now,
        )

    def _make_looks(self) -> Looks:
        return Looks(
            self.database,
            executor=self.executor,
            turns=self._turns,
            wake_turns=self.turn_pool.wake,
            limits=self.limits,
            now=self.now,
        )

    def _make_teller(self) -> Teller:
        return Teller(
            self.database,
            accounts=self.accounts,
            buckets=self._buckets,
            changes=self.changes,
            texts=self._texts,
            wake_sender=self.send_pool.wake,
            limits=self.limits,
            now=self.now,
        )

    def _make_follower(self, events: EventStream) -> Follower:
        return Follower(
            self.database,
            stream=events,
            accounts=self.accounts,
            changes=self.changes,
            teller=self.teller,
            board=self._board,
            mirror=self.mirror,
            wake_turns=self.turn_pool.wake,
            wake_sender=self.send_pool.wake,
            limits=self.limits,
            now=self.now,
        )

    def _make_lane(self) -> Lane:
        watch = TurnWatch(
            self.database,
            accounts=self.accounts,
            board=self._board,
            typist=self._typist,
            follower=self._follower,
            mirror=self.mirror,
            looks=self._looks,
            background=self._background,
        )
        return Lane(
            self.database,
            leases=self._leases,
            turns=self._turns,
            postman=self._postman,
            accounts=self.accounts,
            changes=self.changes,
            metrics=self.metrics,
            send_later=self._send_later,
            before_turn=watch.before,
            after_turn=watch.after,
            now=self.now,
        )

    def _make_inbox(self, parsers: Mapping[Channel, Parse]) -> Inbox:
        return Inbox(
            self.database,
            people=self.people,
            places=KnownPlaces(self.limits.known_places),
            statuses=self._statuses,
            release=self._parking.release,
            parsers=parsers,
            is_ours=self.accounts.is_ours,
            report=self._accepted,
            now=self.now,
        )

    def _make_upkeep(self) -> Upkeep:
        return Upkeep(
            self.database,
            turn_pool=self.turn_pool,
            send_pool=self.send_pool,
            statuses=self._statuses,
            follow=self._follow_statuses,
            changes=self.changes,
            limits=self.limits,
            now=self.now,
        )

    def _chores(self) -> list[Chore]:
        return [
            Chore("poll", self.limits.poll_seconds, self.upkeep.poll),
            Chore("renew", self.limits.renew_seconds, self._leases.renew),
            Chore("accounts", ACCOUNTS_SECONDS, self.accounts.refresh),
            Chore("orphans", ORPHANS_SECONDS, self.upkeep.join_orphans),
            Chore("hand_back", HAND_BACK_SECONDS, self._hand_back.look),
            Chore("progress", PROGRESS_SECONDS, self.teller.tick),
            Chore("typing", PROGRESS_SECONDS, self._typist.tick),
            Chore("late_rows", PROGRESS_SECONDS, self._follower.say_overdue),
            Chore("look", self.limits.pending_look_seconds / 4, self._looks.look_at_stale),
        ]

    def _accepted(self, accepted: Accepted) -> None:
        if accepted.strangers:
            get_logger("gateway").error("unknown_account", delivery_id=accepted.delivery_id, items=accepted.strangers)
        self._follow_statuses(accepted.aftermath)
        for conversation_id in accepted.turns:
            self.turn_pool.wake(conversation_id)
        self.changes.announce()

    def _follow_statuses(self, aftermath: Aftermath) -> None:
        for conversation_id in aftermath.sends:
            self.send_pool.wake(conversation_id)
        for event_id in aftermath.lost_rows:
            self._receipts.tell(event_id, False)

    def _send_later(self, seconds: float, conversation_id: str) -> None:
        self._alarm.after(seconds, lambda: self.send_pool.wake(conversation_id))
