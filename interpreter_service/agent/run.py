"""One turn's part of an agent's plan: ask the model, carry out its calls, until there is an answer or a wait."""

from __future__ import annotations

import json
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from interpreter_service.agent.asking import ASK, asked, question_in
from interpreter_service.agent.citing import with_sources
from interpreter_service.agent.confirming import confirming
from interpreter_service.agent.data import shown_outcome, wrong_call
from interpreter_service.agent.means import Means
from interpreter_service.agent.model import ModelLimits, ModelReply, ToolCall
from interpreter_service.agent.schemas import model_name
from interpreter_service.agent.state import PlanState
from interpreter_service.agent.wanted import Wanted, wanted
from interpreter_service.grounding import Grounds
from interpreter_service.nouns import Answer, Awaiting, LastReply, Offer, Spent, Turn, WaitingPlan
from interpreter_service.outcomes import Asked, Done, Failed, Outcome, Refused, Running
from interpreter_service.speech import awaited
from interpreter_service.together import made_together
from shared.contracts.base import Json
from shared.contracts.events import Event
from shared.contracts.messages import Part, TextPart
from shared.contracts.tools import ToolSpec
from shared.contracts.turns import PastCall
from shared.errors import ContractBroken, InvalidArguments, ModelUnavailable, NoMatch, PeriodNotUnderstood
from shared.logs import get_logger

LOG = get_logger("interpreter")
AGENT = "agent"
CORRECTABLE = frozenset(cls.code for cls in (InvalidArguments, PeriodNotUnderstood, NoMatch))
"""Reasons of failed tasks that a better call would avoid: names and periods are resolved inside the task."""
UNAVAILABLE = json.dumps({"unavailable": True})
"""Stored in place of a reply, so that a repeated turn goes the same way."""


class Run:
    """The agent at work in one turn. `tools` are those the model may call, with their form for the model."""

    def __init__(
        self, means: Means, turn: Turn, state: PlanState, tools: Mapping[str, ToolSpec], shown: list[Json]
    ) -> None:
        self._means = means
        self._turn = turn
        self._state = state
        self._tools = {model_name(name): tool for name, tool in tools.items()}
        self._shown = shown
        self._stored = means.store.model_replies(turn.id)
        self._step = 0
        self._numbers: deque[int] = deque()
        self._ready: dict[int, Outcome] = {}
        self._wrong: Refused | str | None = None
        self._now_made: list[str] = []
        self._past: list[PastCall] = []
        self._rows: tuple[Event, ...] = ()
        self._last_reply: LastReply | None = None
        self.spent = Spent()

    def go(self) -> Answer:
        """Works until there is something to say or to wait for. Raises ModelUnavailable."""
        answer = self._carry_out_open()
        while answer is None:
            if self._is_spent():
                return self._stop("too_many_steps")
            reply = self._ask()
            if not reply.tool_calls:
                return self._finish(reply.text.strip())
            self._open(reply)
            answer = self._carry_out_open()
        return answer

    def take_result(self, outcome: Done) -> None:
        """Answers the call that waited with the result it came to."""
        self._note(outcome)

    def without_model(self) -> Answer:
        """What is known so far, and that the model does not answer."""
        line = self._means.speech.say(self._turn.language, "without_model")
        return self._answer((line, *self._plain()))

    def _is_spent(self) -> bool:
        limits, state = self._means.limits, self._state
        return (
            state.steps >= limits.steps_per_turn
            or state.tokens >= limits.tokens_per_turn
            or time.monotonic() >= self._turn.deadline
        )

    def _ask(self) -> ModelReply:
        """The next reply; a stored one is not asked for again."""
        self._step += 1
        self._state.steps += 1
        body = self._stored.get(self._step) or self._new_reply()
        if body == UNAVAILABLE:
            raise ModelUnavailable("no model answered")
        reply = ModelReply.from_json(body)
        self._spend(reply)
        return reply

    def _new_reply(self) -> str:
        """A reply that calls is stored before anything is done about it, one that only answers with the answer."""
        reply = self._complete()
        body = reply.to_json() if reply else UNAVAILABLE
        if reply and not reply.tool_calls:
            self._last_reply = LastReply(step=self._step, body=body)
            return body
        return self._means.store.save_model_reply(self._turn.id, self._step, body, self._means.now())

    def _complete(self) -> ModelReply | None:
        """What the model says now; None without an answer."""
        limits = self._means.limits
        seconds = min(limits.model_seconds, self._turn.deadline - time.monotonic())
        bounds = ModelLimits(seconds=seconds, answer_tokens=limits.answer_tokens)
        try:
            reply = self._means.model.complete(self._state.messages, self._shown, bounds)
            if reply.is_empty:
                raise ModelUnavailable("the model answered nothing")
        except (ModelUnavailable, ContractBroken) as error:
            LOG.warning("model_unavailable", code=error.code, detail=error.detail)
            self._means.metrics.model_call("failed")
            return None
        self._means.metrics.model_call("answered")
        return replace(reply, raw={**(reply.raw or {}), "prompt": self._state.prompt})

    def _spend(self, reply: ModelReply) -> None:
        self._state.tokens += reply.tokens_in + reply.tokens_out
        self.spent = Spent(
            model_calls=self.spent.model_calls + 1,
            tokens_in=self.spent.tokens_in + reply.tokens_in,
            tokens_out=self.spent.tokens_out + reply.tokens_out,
        )

    def _open(self, reply: ModelReply) -> None:
        at_most = self._means.limits.calls_per_reply
        self._state.take(reply, at_most=at_most, too_many=wrong_call(f"not made: at most {at_most} calls in one reply"))
        self._wrong = None
        self._now_made = []

    def _carry_out_open(self) -> Answer | None:
        """Makes the open calls, reads together; an answer when the person must be told or asked something first."""
        self._read_together()
        while self._state.open:
            answer = self._carry_out(self._numbers.popleft(), self._state.open[0])
            if answer is not None:
                return answer
        self._state.made += self._now_made
        if self._wrong is None:
            return None
        self._state.corrections += 1
        return self._not_corrected() if self._state.corrections > self._means.limits.corrections_per_turn else None

    def _read_together(self) -> None:
        """Makes those of the open calls that only read at the same time, and puts what is still under way last."""
        numbered = dict(enumerate(self._state.open, start=1))
        self._ready, self._numbers = {}, deque(numbered)
        if len(numbered) < 2:
            return
        reads: dict[str, tuple[int, Wanted, str]] = {}
        for number, call in numbered.items():
            one = wanted(call, self._tools)
            if isinstance(one, Wanted) and one.only_reads and one.signature not in self._state.made:
                reads.setdefault(one.signature, (number, one, call.id))
        self._ready = made_together({read[0]: partial(self._make, *read) for read in reads.values()})
        waiting = {number for number, outcome in self._ready.items() if isinstance(outcome, Asked | Running)}
        order = sorted(numbered, key=lambda number: number in waiting)
        self._state.keys |= {numbered[number].id: self._key(number, numbered[number].id) for number in waiting}
        self._state.open = [numbered[number] for number in order]
        self._numbers = deque(order)

    def _carry_out(self, number: int, call: ToolCall) -> Answer | None:
        if call.name == ASK:
            return self._put_question(call)
        one = wanted(call, self._tools)
        if isinstance(one, str):
            self._wrong = one
            self._state.close(wrong_call(one))
            return None
        if one.signature in self._state.made:
            LOG.warning("agent_loop", tool=one.tool.name)
            return self._stop("not_corrected")
        if one.signature in self._now_made:
            self._state.close(wrong_call("the same call is already made in this reply"))
            return None
        self._now_made.append(one.signature)
        if one.tool.lasting and self._state.has_outside_text:
            return self._ask_first(one)
        ready = self._ready.pop(number, None)
        return self._note(ready or self._make(number, one, call.id))

    def _make(self, number: int, one: Wanted, call_id: str) -> Outcome:
        key = self._key(number, call_id)
        return self._means.calls.make(self._turn, "", one.tool.name, one.arguments, key=key)

    def _key(self, number: int, call_id: str) -> str:
        """The call's key; that of the turn in which it was begun, for one that was under way when the plan waited."""
        return self._state.keys.get(call_id) or f"{self._turn.id}:{self._step}.{number}"

    def _ask_first(self, one: Wanted) -> Answer:
        """Lets the person tap for what the model would leave behind: outside text may have told it to."""
        question, offer = confirming(self._turn, one.tool, one.arguments, self._means.speech)
        return self._answer((*self._plain(), question), awaiting="question", offers=(offer,))

    def _note(self, outcome: Outcome) -> Answer | None:
        if not isinstance(outcome, Refused):
            self._past.append(outcome.past)
            self._rows += outcome.rows
        match outcome:
            case Asked() | Running():
                return self._wait(outcome)
            case Done(task=task):
                self._state.has_outside_text = True
                self._state.succeeded(task.tool, self._means.speech.parts(outcome, self._turn.language), task.results)
            case Failed(task=task):
                self._state.failures[task.tool] = _sentence(self._means.speech.parts(outcome, self._turn.language))
                if task.error and task.error.reason in CORRECTABLE:
                    self._wrong = task.error.reason
            case Refused():
                if not outcome.can_be_corrected:
                    return self._answer((*self._plain(), *self._said(outcome)))
                self._wrong = outcome
        self._state.close(shown_outcome(outcome, self._means.limits.rows_shown))
        return None

    def _put_question(self, call: ToolCall) -> Answer | None:
        """Asks the person, where every figure of the question has its ground; the plan ends, the tap begins another."""
        question = question_in(call.arguments)
        if question is None or Grounds(self._state.messages).missing(question[0]):
            self._wrong = "the question is empty, has no options or figures that nobody said"
            self._state.close(wrong_call(self._wrong))
            return None
        button = self._means.speech.say(self._turn.language, "choices.button").text
        part, offers = asked(self._turn.id, *question, button)
        return self._answer((*self._plain(), part), awaiting="question", offers=offers)

    def _wait(self, outcome: Asked | Running) -> Answer:
        """Keeps the plan until the task ends; a question is asked at once, with what is known so far."""
        plan = WaitingPlan(task_id=outcome.task.id, body=self._state.to_json())
        if isinstance(outcome, Running):
            return self._answer((), pending=(outcome.task.id,), plan=plan)
        parts = (*self._plain(), *self._said(outcome))
        return self._answer(parts, plan=plan, awaiting=awaited(outcome))

    def _finish(self, text: str) -> Answer:
        """The model's words where every figure in them has its ground, else the plain results."""
        if self._state.failures:
            return self._answer(self._plain())
        invented = Grounds(self._state.messages).missing(text)
        if invented:
            self._means.metrics.ungrounded()
            LOG.warning("answer_ungrounded", figures=len(invented))
            return self._answer(self._plain() or (self._means.speech.say(self._turn.language, "ungrounded"),))
        cited = with_sources(text, self._state.passages)
        return self._answer((TextPart(text=cited), *self._state.files))

    def _stop(self, key: str) -> Answer:
        return self._answer(self._plain() or (self._means.speech.say(self._turn.language, key),))

    def _not_corrected(self) -> Answer:
        """The model calls wrongly again and again: the person is told what is missing, if that is known."""
        wrong = self._wrong
        said = self._said(wrong) if isinstance(wrong, Refused) else ()
        return self._answer(self._plain() + said) if self._plain() + said else self._stop("not_corrected")

    def _plain(self) -> tuple[Part, ...]:
        failures = tuple(TextPart(text=text) for text in self._state.failures.values())
        return (*self._state.parts, *failures)

    def _said(self, outcome: Outcome) -> tuple[Part, ...]:
        tool = self._tools.get(model_name(outcome.tool)) if isinstance(outcome, Refused) else None
        return self._means.speech.parts(outcome, self._turn.language, tool)

    def _answer(
        self,
        parts: tuple[Part, ...],
        *,
        pending: tuple[str, ...] = (),
        plan: WaitingPlan | None = None,
        awaiting: Awaiting | None = None,
        offers: tuple[Offer, ...] = (),
    ) -> Answer:
        return Answer(
            route=AGENT,
            parts=parts,
            rows=self._rows,
            pending=pending,
            awaiting=awaiting,
            calls=tuple(self._past),
            plan=plan,
            offers=offers,
            spent=self.spent,
            last_reply=self._last_reply,
        )


def _sentence(parts: tuple[Part, ...]) -> str:
    return "\n".join(part.text for part in parts if part.kind == "text")
