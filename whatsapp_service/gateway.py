"""The gateway: what the webhooks, the API and the launcher ask of it."""

from __future__ import annotations

from sqlalchemy import Connection, text

from shared.contracts.base import Json
from shared.contracts.messages import Reply, TextPart
from shared.contracts.tasks import CallRequest, TaskState
from shared.errors import InvalidArguments, NotFound, NotPermitted, UnknownTool
from shared.ids import new_id
from whatsapp_service.changes import append_changes
from whatsapp_service.channels.types import Inbound
from whatsapp_service.conversations import find_conversation, touch
from whatsapp_service.engine import Engine
from whatsapp_service.outbox.rendering import messages_of
from whatsapp_service.outbox.senders import Manner
from whatsapp_service.outbox.store import enqueue

TRY_SECONDS = 8.0


class Gateway:
    """The door; everything behind it is its engine's."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.limits = engine.limits
        self.database = engine.database
        self.executor = engine.executor
        self.now = engine.now
        self.changes = engine.changes
        self.accounts = engine.accounts
        self.metrics = engine.metrics
        self.people = engine.people
        self.inbox = engine.inbox

    def start(self) -> None:
        """Starts the threads; what was left unfinished is found by the first poll."""
        self.engine.start()

    def stop(self) -> None:
        """Ends the threads and gives leases back, so that another process can go on at once."""
        self.engine.stop()

    def check(self) -> None:
        """Raises when the database does not answer."""
        with self.database.read() as connection:
            connection.execute(text("SELECT 1"))

    def check_threads(self) -> None:
        """Raises when turns are not being taken."""
        self.engine.check_threads()

    def chat(self, message: Inbound) -> tuple[str, int]:
        """Stores a message of the web chat; gives its conversation and its id."""
        accepted = self.inbox.accept_event(message)
        return next(iter(accepted.turns)), accepted.message_ids[0]

    def try_tool(self, conversation_id: str, tool: str, arguments: Json) -> TaskState:
        """Calls a tool that only reads with the rights of a conversation's contact; nothing of it is sent.

        Raises NotPermitted for a tool that writes, which asks for a tap in the conversation.
        """
        with self.database.read() as connection:
            conversation = find_conversation(connection, conversation_id)
        if conversation is None:
            raise NotFound("no such conversation")
        spec = next((one for one in self.executor.tools().tools if one.name == tool), None)
        if spec is None:
            raise UnknownTool(f"there is no tool {tool}")
        if spec.effect != "read" or spec.lasting:
            raise NotPermitted("a tool that writes is tried in the chat, where it asks first")
        caller = self.engine.caller_of(conversation)
        request = CallRequest(
            tool=tool, arguments=arguments, caller=caller, key=f"try:{new_id()}", wait_seconds=TRY_SECONDS
        )
        return self.executor.call(request).task

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
            touch(connection, conversation_id, self.now())
            append_changes(connection, self.now(), changed)
            return changed[0].message_id

        message_id = self.database.write(work)
        self.changes.announce()
        self.engine.send_pool.wake(conversation_id)
        return message_id

    def resume_account(self, channel: str, account: str) -> None:
        """Lets a stopped account send again; raises NotFound."""
        self.accounts.resume(channel, account)
        self.engine.upkeep.poll()

    def show_conversation(self, conversation_id: str) -> None:
        """Tells the executor of a conversation that a user of the console changed."""
        with self.database.read() as connection:
            conversation = find_conversation(connection, conversation_id)
        if conversation is not None:
            self.engine.mirror.show(conversation)
        self.changes.announce()

    def wake(self, conversation_id: str) -> None:
        """Looks for turns and messages of a conversation now."""
        self.engine.turn_pool.wake(conversation_id)
        self.engine.send_pool.wake(conversation_id)
