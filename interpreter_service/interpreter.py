"""The turn of a conversation: from what came in to what is answered."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from prometheus_client import CollectorRegistry

from interpreter_service.agent.agent import Agent
from interpreter_service.agent.embedding import Embedder
from interpreter_service.agent.model import ChatModel
from interpreter_service.agent.prompts import Prompts
from interpreter_service.agent.shortlist import Shortlist
from interpreter_service.calls import Calls
from interpreter_service.documents import Documents
from interpreter_service.knowledge.knowledge import KnowledgeBase
from interpreter_service.limits import Limits
from interpreter_service.metrics import Metrics
from interpreter_service.nouns import OFFER_PREFIX, Answer, Offer, Turn
from interpreter_service.options import TaskOption, parse_task_option, typed_option
from interpreter_service.outcomes import Done, Failed, Outcome
from interpreter_service.planner import OfflinePlanner
from interpreter_service.received import ATTACH, attach_arguments
from interpreter_service.shown import Shown
from interpreter_service.speech import Speech
from interpreter_service.store import Store
from interpreter_service.toolbox import Tools
from interpreter_service.voice.hearing import Hearing, shortened, with_echo
from interpreter_service.voice.transcriber import Transcriber
from shared.apis import ExecutorApi
from shared.clock import Clock, utc_now
from shared.contracts.callers import ContactCaller, ScheduleCaller
from shared.contracts.messages import Part, Reply
from shared.contracts.results import APPROVE
from shared.contracts.tools import ToolSpec
from shared.contracts.turns import (
    SECRET_WORDS,
    Answers,
    Handled,
    InputRequest,
    LocationInput,
    MediaInput,
    Profile,
    TapInput,
    TaskEndedInput,
    TextInput,
    TurnRequest,
    TurnResponse,
    Unhandled,
)
from shared.database import Database
from shared.errors import InvalidArguments, NotPermitted
from shared.logs import get_logger, log_context
from shared.texts import Texts
from shared.tokens import Tokens

LOG = get_logger("interpreter")
LONGEST_TURN_ID_CHARS = 64
LONGEST_TYPED_OPTION_CHARS = 100
LONGEST_LISTED_CHARS = 80


class Interpreter:
    """Answers turns (`shared.apis.InterpreterApi`): taps, rules and flows first, then a plan.

    `model` is None for the interpreter that needs none; `prompts` is a folder with prompts of one's own.

    Raises NotAuthenticated for a caller that is not ours,
    ServiceUnreachable when the executor cannot be reached: the same turn may be asked again, nothing is done twice.
    """

    def __init__(
        self,
        database: Database,
        executor: ExecutorApi,
        tokens: Tokens,
        *,
        model: ChatModel | None = None,
        embedder: Embedder | None = None,
        transcriber: Transcriber | None = None,
        knowledge: KnowledgeBase | None = None,
        prompts: Path | None = None,
        limits: Limits | None = None,
        now: Clock = utc_now,
        metrics: CollectorRegistry | None = None,
    ) -> None:
        limits = limits or Limits()
        self._executor = executor
        self._tokens = tokens
        self._limits = limits
        self._now = now
        self._metrics = Metrics(metrics or CollectorRegistry())
        self.store = Store(database)
        self._shown = Shown(self.store)
        self._hearing = Hearing(executor, transcriber, self.store, limits, self._metrics, now)
        self._speech = Speech(Texts("interpreter_service"))
        self._calls = Calls(executor, limits)
        tools = Tools(executor)
        documents = Documents(knowledge)
        self._offline = OfflinePlanner(self._calls, tools, self._speech, limits, documents)
        self._agent = model and Agent(
            model,
            self._calls,
            tools,
            self.store,
            self._speech,
            self._offline,
            limits,
            now,
            self._metrics,
            Shortlist(embedder),
            Prompts(prompts),
            documents,
        )

    def turn(self, request: TurnRequest) -> TurnResponse:
        with log_context(turn_id=request.turn_id):
            stored = self.store.find_response(request.turn_id)
            if stored is not None:
                self._metrics.repeated()
                return TurnResponse.model_validate_json(stored)
            began = time.monotonic()
            turn = self._heard(self._begin(request, began))
            answer = self._said_late(turn, self._answer(turn))
            response = self._finish(turn, answer)
            self._metrics.turn(answer, time.monotonic() - began)
            LOG.info("turn_answered", route=answer.route, calls=len(answer.calls), seconds=time.monotonic() - began)
            return response

    def checks(self) -> dict[str, Callable[[], None]]:
        """What must answer for the interpreter to be able to work; each raises when it does not."""
        return {"database": self.store.check, "executor": self._check_executor}

    def tools(self) -> tuple[ToolSpec, ...]:
        """The registry's tools, as replays of cases need them."""
        return self._executor.tools().tools

    def _check_executor(self) -> None:
        self._executor.tools()

    def _begin(self, request: TurnRequest, began: float) -> Turn:
        caller = self._tokens.read(request.caller)
        if not isinstance(caller, ContactCaller | ScheduleCaller):
            raise NotPermitted("a turn is asked for a contact")
        if len(request.turn_id) > LONGEST_TURN_ID_CHARS:
            raise InvalidArguments("turn_id is too long", errors=({"where": "turn_id", "what": "too long"},))
        return Turn(
            id=request.turn_id,
            caller=request.caller,
            contact_id=caller.contact_id,
            conversation_id=caller.conversation_id,
            language=caller.language,
            time_zone=caller.time_zone,
            input=request.input,
            late=request.late,
            history=request.history,
            started_at=self._now(),
            deadline=began + self._limits.turn_seconds,
        )

    def _heard(self, turn: Turn) -> Turn:
        """The turn with the words of its voice note; the time that hearing takes is not the answer's."""
        if not isinstance(turn.input, MediaInput) or turn.input.media != "audio":
            return turn
        heard = self._hearing.hear(turn.id, turn.input)
        spoken = turn.input.model_copy(update={"transcript": heard.text})
        return replace(turn, input=spoken, unheard=heard.problem, deadline=time.monotonic() + self._limits.turn_seconds)

    def _answer(self, turn: Turn) -> Answer:
        match turn.input:
            case TaskEndedInput(task_id=task_id):
                return self._go_on(turn, task_id, self._calls.look(turn, task_id), route="task_ended")
            case TapInput(option=option) if task_option := parse_task_option(option):
                return self._answer_task(turn, task_option)
        asked = InputRequest(key=turn.id, caller=turn.caller, input=turn.input, is_late=turn.late is not None)
        decided = self._executor.input(asked).outcome
        match decided:
            case Handled(rule=rule, rows=rows, is_secret=is_secret):
                return Answer(route=f"rule:{rule}", rows=rows, is_secret=is_secret)
            case Answers(task_id=task_id, option=option, is_secret=True):
                answer = self._answer_task(without_words(turn), TaskOption(task_id, option))
                return replace(answer, is_secret=True)
            case Answers(task_id=task_id, option=option, only_if_shown_last=only_if_last):
                return self._answer_typed(turn, TaskOption(task_id, option), only_if_last=only_if_last)
            case Unhandled(profile=profile):
                answer = self._unhandled(turn, profile)
                return self._flow_instead(turn, answer) if answer.abstains and not turn.late else answer

    def _said_late(self, turn: Turn, answer: Answer) -> Answer:
        """An answer to a message that came late says so, and lists the others that it is for."""
        if turn.late is None or not answer.parts:
            return answer
        time_of_day = turn.late.sent_at.astimezone(ZoneInfo(turn.time_zone)).strftime("%H:%M")
        others = " ".join(f"«{text[:LONGEST_LISTED_CHARS]}»" for text in turn.late.others)
        key = "late.several" if others else "late"
        said = self._speech.say(turn.language, key, time=time_of_day, others=others)
        return replace(answer, parts=(said, *answer.parts))

    def _answer_task(self, turn: Turn, option: TaskOption) -> Answer:
        outcome = self._calls.answer(turn, option.task_id, option.option)
        return self._go_on(turn, option.task_id, outcome, route="answer")

    def _answer_typed(self, turn: Turn, answered: TaskOption, *, only_if_last: bool) -> Answer:
        """A typed answer to a task's question, unless something that was shown later is meant.

        `only_if_last`: after anything else the question is shown again instead.
        """
        if turn.heard and answered.option == APPROVE:
            return self._say(turn, "voice_no_approval", route="answer")  # a word misheard must not approve anything
        text = turn.input.text if isinstance(turn.input, TextInput) else turn.heard
        match self._shown.meant_instead(turn, text, answered.task_id):
            case Offer() as offer if offer.tool:
                return self._offline.call(turn, offer.tool, offer.arguments, route="offer")
            case meant if meant == "result" or (only_if_last and not was_last(turn, answered.task_id)):
                return self._offline.answer(turn, self._calls.look(turn, answered.task_id), route="asked_again")
            case _:
                return self._answer_task(turn, answered)

    def _go_on(self, turn: Turn, task_id: str, outcome: Outcome, *, route: str) -> Answer:
        """Goes on with the plan that waited for a task, or says what the task came to."""
        if self._agent and isinstance(outcome, Done | Failed):
            plan = self.store.find_plan(task_id, turn)
            if plan is not None:
                return self._agent.go_on(turn, plan, outcome)
        return self._offline.answer(turn, outcome, route=route)

    def _flow_instead(self, turn: Turn, answer: Answer) -> Answer:
        """What a welcome or fallback flow says to a message that nobody understood, else the answer."""
        again = InputRequest(key=turn.id, caller=turn.caller, input=turn.input, phase="abstained")
        decided = self._executor.input(again).outcome
        return Answer(route=f"rule:{decided.rule}", rows=decided.rows) if isinstance(decided, Handled) else answer

    def _unhandled(self, turn: Turn, profile: Profile) -> Answer:
        if not profile.may_ask:
            return self._say(turn, "error.not_linked", route="refused")
        match turn.input:
            case MediaInput(transcript=text) if text:
                return self._typed(turn, text, profile)
            case MediaInput() as media if arguments := attach_arguments(media):
                return self._offline.call(turn, ATTACH, arguments, route="attach")
            case MediaInput():
                return self._say(turn, turn.unheard or "file_unavailable", route="media")
            case LocationInput():
                return self._say(turn, "location_unavailable", route="location")
            case TapInput(option=option, title=title):
                return self._take_offer(turn, option, profile) or self._plan_tap(turn, title, profile)
            case TextInput(text=text):
                return self._typed(turn, text, profile)
        raise AssertionError("task_ended never reaches the rules")

    def _take_offer(self, turn: Turn, offer_id: str, profile: Profile) -> Answer | None:
        """The call that an offer is; one without a tool stands for its words."""
        offer = self._shown.offer(turn, offer_id)
        if offer is not None and not offer.tool:
            return self._plan(turn, offer.said, profile)
        return self._offline.call(turn, offer.tool, offer.arguments, route="offer") if offer else None

    def _plan_tap(self, turn: Turn, title: str, profile: Profile) -> Answer:
        """A tap on an option that is gone counts as the words on it."""
        return self._plan(turn, title, profile) if title else self._say(turn, "option_expired", route="offer")

    def _typed(self, turn: Turn, text: str, profile: Profile) -> Answer:
        """A text, which may name an offer by title or number, or finish one, while that was the last thing said."""
        last = turn.history[-1] if turn.history and len(text) <= LONGEST_TYPED_OPTION_CHARS else None
        options = self._shown.options_of(last) if last else None
        if last is None or options is None:
            return self._plan(turn, text, profile)
        if not options:
            unfinished = self._shown.offer(turn, f"{OFFER_PREFIX}{last.turn_id}:1")
            return self._plan(turn, text, profile, unfinished)
        option = typed_option(text, options)
        answer = self._take_offer(turn, option.id, profile) if option else None
        return answer or self._plan(turn, text, profile)

    def _plan(self, turn: Turn, text: str, profile: Profile, unfinished: Offer | None = None) -> Answer:
        if self._agent and self._agent.has_budget(turn):
            return self._agent.plan(turn, text, profile)
        return self._offline.plan(turn, text, profile, unfinished=unfinished)

    def _say(self, turn: Turn, key: str, *, route: str) -> Answer:
        return Answer(route=route, parts=(self._speech.say(turn.language, key),))

    def _finish(self, turn: Turn, answer: Answer) -> TurnResponse:
        parts = self._with_echo(turn, answer)
        response = TurnResponse(
            turn_id=turn.id,
            route=answer.route,
            replies=(Reply(key=f"{turn.id}:1", parts=parts),) if parts else (),
            heard=turn.heard,
            rows=answer.rows,
            pending=answer.pending,
            awaiting=answer.awaiting,
            calls=answer.calls,
            is_secret=answer.is_secret,
        )
        body = response.model_dump_json()
        told = _request(without_words(turn) if answer.is_secret else turn)
        kept = self.store.finish(
            turn,
            answer,
            request=told,
            response=body,
            ended_at=self._now(),
        )
        return response if kept is body else TurnResponse.model_validate_json(kept)

    def _with_echo(self, turn: Turn, answer: Answer) -> tuple[Part, ...]:
        if not turn.heard:
            return answer.parts
        echo = self._speech.say(turn.language, "heard", text=shortened(turn.heard)).text
        return with_echo(answer.parts, echo)


def was_last(turn: Turn, task_id: str) -> bool:
    """Whether the last thing that was said to the person came from that task alone."""
    return bool(turn.history) and {call.task_id for call in turn.history[-1].calls} == {task_id}


def without_words(turn: Turn) -> Turn:
    """The turn as it may be kept, where its message held a secret."""
    return replace(turn, input=TextInput(text=SECRET_WORDS))


def _request(turn: Turn) -> str:
    """What is kept of a request: what came in, in which language, after which turns, but no token."""
    history = json.dumps([past.turn_id for past in turn.history])
    return f'{{"input":{turn.input.model_dump_json()},"history":{history},"language":"{turn.language}"}}'
