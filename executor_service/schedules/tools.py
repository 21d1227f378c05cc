"""The tools with which people make and end their schedules by chat.

They change nothing in the ERP and write to nobody but the person who asks, so they need no approval; but a model that
has read text from outside makes none without a tap.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from executor_service.registry.context import RunningContext
from executor_service.registry.semantic import Call, Quantity
from executor_service.registry.tool import Tool
from executor_service.schedules.describing import say_condition, say_cron, say_moment
from executor_service.schedules.model import Condition, Schedule
from executor_service.schedules.occasions import say_times
from executor_service.schedules.owners import WINDOWED, owner_of
from executor_service.schedules.schedules import Schedules, Wanted
from executor_service.schedules.watching import Hears, Watching
from executor_service.tools.kinds import document_kinds
from executor_service.tools.saying import happening_words, said_box
from shared.contracts.callers import ContactCaller
from shared.contracts.messages import Option
from shared.contracts.results import Choice
from shared.errors import ToolFailed
from shared.language.frequencies import find_frequency
from shared.texts import Texts

ALERT_CRON = "0 * * * *"
"""How often an alert looks when nothing else is said: every hour."""

What = Annotated[Call, Field(description="The read tool to be called each time, with its arguments; periods as words.")]
When = Annotated[str, Field(description='How often, in words: "every Monday at 8", "cada día a las 18:00".')]
Which = Annotated[str, Field(description="Which schedule: its id or a part of its title; empty when there is but one.")]


def schedule_tools(schedules: Schedules, texts: Texts, hears: Hears) -> tuple[Tool, ...]:
    """The box `schedule`."""
    box, watching = _Box(schedules, texts), Watching(schedules, hears, texts)
    words = {"kind": {name: kind.words for name, kind in document_kinds().items()}, "what": happening_words()}
    functions = (box.create, box.alert, watching.watch, box.pause, box.resume, box.cancel)
    return (*said_box("schedule", functions, words, lasting=True), *said_box("schedule", (box.list,)))


class _Box:
    def __init__(self, schedules: Schedules, texts: Texts) -> None:
        self._schedules = schedules
        self._texts = texts

    def create(self, context: RunningContext, call: What, when: When) -> str:
        """Sends the person the result of a read tool again and again, e.g. every Monday at 8 in their time zone."""
        found = find_frequency(when)
        if found is None:
            raise ToolFailed(text=self._texts.say(context.language, "when", said=when))
        owner = owner_of(context)
        made = self._schedules.create(
            owner, Wanted(tool=call.tool, arguments=call.arguments, cron=found.frequency.cron)
        )
        return self._made(context, owner, made, "created")

    def alert(
        self,
        context: RunningContext,
        call: What,
        compared: Annotated[Literal["below", "above"], Field(description="On which side of the limit it speaks.")],
        limit: Annotated[Quantity, Field(description="The limit of the result's measure.")],
        when: When = "",
    ) -> str:
        """Tells the person when the measure of a row of a read tool's result is below or above a limit."""
        found = find_frequency(when) if when else None
        wanted = Wanted(
            tool=call.tool,
            arguments=call.arguments,
            cron=found.frequency.cron if found else ALERT_CRON,
            condition=Condition(compared=compared, limit=Decimal(limit)),
        )
        owner = owner_of(context)
        return self._made(context, owner, self._schedules.create(owner, wanted), "alert_created")

    def list(self, context: RunningContext) -> str:
        """The person's schedules and alerts, with when each comes next."""
        own = self._schedules.of_contact(owner_of(context).contact_id)
        if not own:
            return self._texts.say(context.language, "none")
        return "\n".join([self._texts.say(context.language, "own"), *(self._line(one, context) for one in own)])

    def pause(self, context: RunningContext, which: Which = "") -> str | Choice:
        """Stops a schedule or alert until it is resumed."""
        found = self._find(context, which, "pause")
        if isinstance(found, Choice):
            return found
        self._schedules.set_status(found.id, "paused", contact_id=found.contact_id)
        return self._texts.say(context.language, "paused", title=self._name(found, context))

    def resume(self, context: RunningContext, which: Which = "") -> str | Choice:
        """Lets a paused schedule or alert go on."""
        found = self._find(context, which, "resume")
        if isinstance(found, Choice):
            return found
        going = self._schedules.set_status(found.id, "active", contact_id=found.contact_id)
        key = "resumed_occasion" if going.occasion else "resumed"
        return self._texts.say(context.language, key, title=self._name(going, context), next=self._next(going, context))

    def cancel(self, context: RunningContext, which: Which = "") -> str | Choice:
        """Ends a schedule or alert for good."""
        found = self._find(context, which, "cancel")
        if isinstance(found, Choice):
            return found
        self._schedules.remove(found.id, contact_id=found.contact_id)
        return self._texts.say(context.language, "cancelled", title=self._name(found, context))

    def _made(self, context: RunningContext, owner: ContactCaller, made: Schedule, key: str) -> str:
        said = self._texts.say(
            context.language,
            key,
            title=made.title,
            when=say_cron(made.cron, context.language, self._texts),
            condition=say_condition(made.condition, context.language, self._texts),
            next=self._next(made, context),
        )
        hint = f"\n{self._texts.say(context.language, 'window')}" if owner.channel == WINDOWED else ""
        return said + hint

    def _find(self, context: RunningContext, which: str, verb: str) -> Schedule | Choice:
        own = self._schedules.of_contact(owner_of(context).contact_id)
        named = [one for one in own if which in ("", one.id)] or [
            one for one in own if which.casefold() in self._name(one, context).casefold()
        ]
        if not named:
            raise ToolFailed(text=self._texts.say(context.language, "none"))
        if len(named) == 1:
            return named[0]
        options = tuple(Option(id=one.id, title=self._name(one, context)) for one in named)
        return Choice(question=self._texts.say(context.language, f"which_{verb}"), options=options, parameter="which")

    def _line(self, schedule: Schedule, context: RunningContext) -> str:
        key = "line" if schedule.status == "active" else "line_paused"
        key = f"{key}_occasion" if schedule.occasion else key
        return self._texts.say(
            context.language, key, title=self._name(schedule, context), next=self._next(schedule, context)
        )

    def _name(self, schedule: Schedule, context: RunningContext) -> str:
        condition = say_condition(schedule.condition, context.language, self._texts)
        times = say_times(schedule, context.language, self._texts)
        return f"{schedule.title} {condition}, {times}" if condition else f"{schedule.title}, {times}"

    def _next(self, schedule: Schedule, context: RunningContext) -> str:
        return say_moment(schedule.next_at, schedule.time_zone, context.language) if schedule.next_at else "–"
