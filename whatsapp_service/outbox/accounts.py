"""Our numbers and bots: how each sends, and whether it is stopped."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select, update

from shared.clock import Clock
from shared.database import Database
from shared.errors import NotFound
from shared.logs import get_logger
from shared.upserts import insert_new
from whatsapp_service.channels.decisions import Decision, Final
from whatsapp_service.channels.failures import ApiError
from whatsapp_service.model import NEVER, Conversation
from whatsapp_service.outbox.invitations import Invitation, choose_invitation
from whatsapp_service.outbox.senders import Sender
from whatsapp_service.tables import IS_OPEN, accounts, messages

Name = tuple[str, str]
"""Channel and account."""

_ALL = select(accounts).order_by(accounts.c.channel, accounts.c.account)
_SET_HOLD = (
    update(accounts)
    .where(accounts.c.channel == bindparam("of"), accounts.c.account == bindparam("number"))
    .values(held_reason=bindparam("reason"), held_at=bindparam("moment"))
)
_RESUME = (
    update(messages)
    .where(
        IS_OPEN,
        messages.c.direction == "out",
        messages.c.due_at == bindparam("never"),
        messages.c.channel == bindparam("of"),
        messages.c.account == bindparam("number"),
        messages.c.state == "held",
    )
    .values(state="queued", due_at=bindparam("moment"))
)


@dataclass(frozen=True, slots=True)
class Account:
    """One number or bot. `held_reason` says why nothing of it is sent; `is_simulated` that nothing ever leaves."""

    channel: str
    account: str
    name: str
    held_reason: str
    held_at: datetime | None
    is_simulated: bool


class Accounts:
    """`senders` are the configured ones; `fallbacks` serve any other account of a channel, e.g. simulated."""

    def __init__(
        self,
        database: Database,
        *,
        senders: Mapping[Name, Sender],
        fallbacks: Mapping[str, Sender],
        now: Clock,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._senders = dict(senders)
        self._fallbacks = dict(fallbacks)
        self._now = now
        self._ticks = ticks
        self._held: dict[Name, str] = {}
        self._slow_until: dict[Name, float] = {}

    def start(self) -> None:
        """Stores the configured accounts and reads which are stopped."""
        now = self._now()
        rows = [_new_row(channel, account, now) for channel, account in self._senders]
        self._database.write(lambda connection: insert_new(connection, accounts, rows))
        self.refresh()

    def refresh(self) -> None:
        """Reads again which accounts are stopped: another process may have changed it."""
        self._held = {(one.channel, one.account): one.held_reason for one in self.list() if one.held_reason}

    def list(self) -> tuple[Account, ...]:
        with self._database.read() as connection:
            rows = connection.execute(_ALL).all()
        return tuple(
            Account(
                channel=row.channel,
                account=row.account,
                name=row.name,
                held_reason=row.held_reason,
                held_at=row.held_at,
                is_simulated=self._is_simulated(row.channel, row.account),
            )
            for row in rows
        )

    def is_ours(self, channel: str, account: str) -> bool:
        return (channel, account) in self._senders or channel in self._fallbacks

    def find(self, channel: str, account: str) -> Sender | None:
        return self._senders.get((channel, account)) or self._fallbacks.get(channel)

    def decide(self, channel: str, account: str, error: ApiError, attempts: int) -> Decision:
        """What to do about a message that failed after it had left, and so inside the reply window."""
        sender = self.find(channel, account)
        return sender.decide(error, attempts, window_open=True) if sender else Final("unknown_account")

    def invitation(self, conversation: Conversation) -> Invitation | None:
        """The template that asks this person to write, where their account has one."""
        sender = self.find(conversation.channel, conversation.account)
        return choose_invitation(sender.manner.invitations, conversation.language) if sender else None

    def held_reason(self, channel: str, account: str) -> str:
        """Why nothing of this account is sent; "" when it is."""
        return self._held.get((channel, account), "")

    def wait_seconds(self, channel: str, account: str) -> float:
        """How long nothing may be sent because the provider asked for slowness."""
        return max(0.0, self._slow_until.get((channel, account), 0.0) - self._ticks())

    def slow(self, channel: str, account: str, seconds: float) -> None:
        self._slow_until[channel, account] = self._ticks() + seconds

    def hold(self, connection: Connection, channel: str, account: str, reason: str) -> None:
        """Stops an account inside the running transaction."""
        now = self._now()
        insert_new(connection, accounts, [_new_row(channel, account, now)])
        connection.execute(_SET_HOLD, {"of": channel, "number": account, "reason": reason, "moment": now})
        self._held[channel, account] = reason
        get_logger("gateway").error("account_held", channel=channel, reason=reason)

    def resume(self, channel: str, account: str) -> None:
        """Lets an account send again, first what was held. Raises NotFound."""
        now = self._now()
        names = {"of": channel, "number": account, "moment": now}

        def work(connection: Connection) -> None:
            if not connection.execute(_SET_HOLD, {**names, "reason": "", "moment": None}).rowcount:
                raise NotFound("no such account")
            connection.execute(_RESUME, {**names, "never": NEVER})

        self._database.write(work)
        self._held.pop((channel, account), None)

    def _is_simulated(self, channel: str, account: str) -> bool:
        sender = self.find(channel, account)
        return sender is not None and sender.manner.is_instant


def _new_row(channel: str, account: str, now: datetime) -> dict[str, object]:
    return {
        "channel": channel,
        "account": account,
        "name": "",
        "held_reason": "",
        "held_at": None,
        "created_at": now,
    }
