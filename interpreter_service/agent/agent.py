"""The agent: plans a text with a model, and goes on with a plan when the task that it waited for has ended."""

from __future__ import annotations

from dataclasses import replace

from interpreter_service.agent.asking import TOOL
from interpreter_service.agent.means import Means
from interpreter_service.agent.model import ChatModel
from interpreter_service.agent.prompt import conversation, has_outside_text
from interpreter_service.agent.prompts import Prompts
from interpreter_service.agent.run import Run
from interpreter_service.agent.schemas import model_tool
from interpreter_service.agent.shortlist import Shortlist
from interpreter_service.agent.state import PlanState
from interpreter_service.calls import Calls
from interpreter_service.documents import TOOL as DOCUMENTS
from interpreter_service.documents import Documents
from interpreter_service.limits import Limits
from interpreter_service.metrics import Metrics
from interpreter_service.nouns import Answer, Turn, WaitingPlan
from interpreter_service.outcomes import Done, Failed
from interpreter_service.planner import OfflinePlanner
from interpreter_service.speech import Speech
from interpreter_service.store import Store
from interpreter_service.toolbox import Toolbox, Tools, may_use
from shared.clock import Clock
from shared.contracts.base import Json, Language
from shared.contracts.turns import Profile
from shared.errors import ModelUnavailable

RECENT_TOOLS = 3
LOOKED_AT = 100
"""Tools that are looked at where a person may not use most of the nearest ones."""


class Agent:
    """Plans with a model; without an answer from it, the interpreter that needs none takes over and says so."""

    def __init__(
        self,
        model: ChatModel,
        calls: Calls,
        tools: Tools,
        store: Store,
        speech: Speech,
        offline: OfflinePlanner,
        limits: Limits,
        now: Clock,
        metrics: Metrics,
        shortlist: Shortlist | None = None,
        prompts: Prompts | None = None,
        documents: Documents | None = None,
    ) -> None:
        self._means = Means(
            model=model, calls=calls, store=store, speech=speech, limits=limits, now=now, metrics=metrics
        )
        self._tools = tools
        self._offline = offline
        self._prompts = prompts or Prompts()
        self._nearest = shortlist or Shortlist()
        self._documents = documents or Documents(None)
        self._forms: dict[tuple[str, str, Language], Json] = {}

    def has_budget(self, turn: Turn) -> bool:
        """Whether the contact may still use the model today."""
        spent = self._means.store.tokens_of(turn.contact_id, turn.started_at.date())
        return spent < self._means.limits.tokens_per_contact_and_day

    def plan(self, turn: Turn, text: str, profile: Profile) -> Answer:
        box = self._tools.now()
        system = self._prompts.system(turn.language, profile, turn.time_zone)
        history = turn.history[-self._means.limits.history_turns :]
        is_forwarded = turn.is_forwarded
        state = PlanState(
            text=text,
            tools=self._shortlist(turn, text, profile, box),
            messages=conversation(system.text, history, text, is_forwarded=is_forwarded),
            prompt=system.version,
            has_outside_text=has_outside_text(history, is_forwarded=is_forwarded),
        )
        run = self._run(turn, state, box)
        try:
            return run.go()
        except ModelUnavailable:
            if state.has_results:
                return run.without_model()
        return self._offline_instead(turn, text, profile, run)

    def go_on(self, turn: Turn, plan: WaitingPlan, outcome: Done | Failed) -> Answer:
        """Goes on after a task; a plan whose task failed ends with what the task said."""
        if isinstance(outcome, Failed):
            return replace(self._offline.answer(turn, outcome, route="agent"), ended_plan=plan.task_id)
        run = self._run(turn, PlanState.from_json(plan.body), self._tools.now())
        run.take_result(outcome)
        try:
            answer = run.go()
        except ModelUnavailable:
            answer = run.without_model()
        return replace(answer, ended_plan=plan.task_id)

    def _run(self, turn: Turn, state: PlanState, box: Toolbox) -> Run:
        tools = {name: box.tools[name] for name in state.tools if name in box.tools}
        shown = [*(self._form(box, name, turn.language) for name in tools), TOOL]
        return Run(self._means, turn, state, tools, shown)

    def _offline_instead(self, turn: Turn, text: str, profile: Profile, run: Run) -> Answer:
        line = self._means.speech.say(turn.language, "without_model")
        answer = self._offline.plan(turn, text, profile)
        parts = (line, *answer.parts) if answer.parts else ()
        return replace(answer, parts=parts, spent=run.spent)

    def _shortlist(self, turn: Turn, text: str, profile: Profile, box: Toolbox) -> list[str]:
        """The tools shown: those of the last calls, which a follow-up changes, the search of the files where they speak
        of this, then the nearest to the text."""
        shown = self._means.limits.tools_shown
        called = [call.tool for past in reversed(turn.history) for call in past.calls]
        recent = called[:RECENT_TOOLS]
        if self._documents.speak_of(text, profile):
            recent.append(DOCUMENTS)
        for looked_at in (shown, LOOKED_AT):
            named = dict.fromkeys(
                [*recent, *self._nearest.nearest(box, text, turn.language, looked_at, has_result=bool(called))]
            )
            usable = [name for name in named if name in box.tools and may_use(box.tools[name], profile)]
            if len(usable) >= shown or len(named) < looked_at:
                break
        return usable[:shown]

    def _form(self, box: Toolbox, name: str, language: Language) -> Json:
        """The tool as the model sees it, cleaned once for each state of the registry."""
        key = (box.etag, name, language)
        form = self._forms.get(key)
        if form is None:
            form = model_tool(box.tools[name], language)
            self._forms = {**{one: kept for one, kept in self._forms.items() if one[0] == box.etag}, key: form}
        return form
