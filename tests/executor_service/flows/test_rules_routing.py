"""Rules of routing and of what the runtime keeps, one test named after each."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from executor_service.flows.inputs import Returned
from executor_service.flows.triggers import Asking, TriggerIndex
from executor_service.registry.context import ToolContext
from executor_service.registry.toolbox import Toolbox
from shared.contracts.turns import Answers, Handled, Unhandled
from tests.executor_service.flows.drawing import draw, version_of
from tests.executor_service.flows.stage import Stage, options_of
from tests.executor_service.flows.test_rules_engine import Odd, ask, buttons, say
from tests.patience import until

box = Toolbox("erp")


@box.tool()
def read(context: ToolContext, of: str = "") -> str:
    """Reads something."""
    return f"read {of}"


@box.tool(effect="write")
def write(context: ToolContext) -> str:
    """Writes something."""
    return "written"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.service("postgres"))])
def stage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stage]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgres" else ""
    with Stage(tmp_path, database_url=url, tools=box) as made:
        yield made


def trigger(*words: str, **more: Any) -> tuple[str, str, dict[str, Any]]:
    return ("start", "trigger", {"kind": "keyword", "words": list(words), **more})


def test_rule_01_one_foreground_session_and_background_ones_beside(stage: Stage) -> None:
    stage.publish(draw(trigger("one"), ask("1?")))
    stage.publish(draw(trigger("two"), ask("2?")))
    stage.publish(draw(trigger("side"), ("z", "delay", {"seconds": 600}), settings={"start_mode": "background"}))
    for word in ("one", "two", "side"):
        assert isinstance(stage.say(word), Handled)
    assert [session.status for session in stage.sessions()] == ["interrupted", "waiting", "waiting"]
    assert stage.current() == stage.sessions()[1]


def test_rule_17_repeated_message_is_answered_once_with_the_same_rows(stage: Stage) -> None:
    stage.publish(draw(trigger("hey you"), ask()))
    first, again = stage.say("hey you", key="same"), stage.say("hey you", key="same")
    assert first == again
    assert stage.said() == ["Name?"]


def test_rule_19_commands_beat_everything(stage: Stage) -> None:
    stage.publish(draw(trigger("begin"), ask(ignore_triggers=True), say("got")))
    stage.publish(draw(trigger("main", command="interrupt"), say("main menu")))
    stage.say("begin")
    assert stage.say("MAIN!").rule == "flow"
    assert stage.said()[-1] == "main menu"
    stage.say("begin")
    assert stage.say("cancelar").rule == "cancel"
    assert (stage.current(), stage.said()[-1]) == (None, "Listo, cancelé: Flow.")


@pytest.mark.parametrize("command", ["interrupt", "digress"])
def test_rule_19_no_flow_takes_the_words_of_opting_out(stage: Stage, command: str) -> None:
    stage.publish(draw(trigger("begin"), ask(), say("got")))
    stage.publish(draw(trigger("stop", "baja", command=command), say("Please stay!")))
    stage.say("begin")
    assert stage.say("Baja.").rule == "opt_out"
    assert stage.current() is None
    assert "Please stay!" not in stage.said()


def test_rule_20_taps_answer_enter_again_or_count_as_words(stage: Stage) -> None:
    flow = draw(trigger("begin"), buttons("one", "a"), buttons("two", "b"), edges=("start>one", "one.a>two"))
    stage.publish(flow)
    stage.publish(draw(trigger("a"), say("the word a")))
    stage.say("begin")
    taps = options_of(stage.events()[-1])
    stage.tap(taps["a"], "a")
    assert stage.said()[-1] == "two?"
    stage.tap(taps["a"], "a")
    assert (stage.said()[-1], stage.current().wait.number) == ("two?", 3)
    stage.say("cancelar")
    stage.tap(taps["a"], "a")
    assert stage.said()[-1] == "the word a"


def test_rule_20_tap_answers_its_question_even_where_its_words_are_a_command(stage: Stage) -> None:
    flow = draw(
        trigger("begin"), buttons("one", "Cancelar"), say("m", "no order"), edges=("start>one", "one.Cancelar>m")
    )
    stage.publish(flow)
    stage.say("begin")
    tap = options_of(stage.events()[-1])["Cancelar"]
    assert stage.tap(tap, "Cancelar").rule == "flow"
    assert (stage.said()[-1], stage.current()) == ("no order", None)
    stage.say("begin")
    assert stage.say("Cancelar").rule == "cancel"


def test_rule_19_tap_that_forbids_us_to_write_is_no_answer(stage: Stage) -> None:
    stage.publish(draw(trigger("begin"), buttons("one", "Baja")))
    stage.say("begin")
    assert stage.tap(options_of(stage.events()[-1])["Baja"], "Baja").rule == "opt_out"


def test_rule_20_flow_may_say_that_a_question_has_expired(stage: Stage) -> None:
    chain = ("start>one", "one.a>two")
    settings = {"stale_taps": "say_expired"}
    stage.publish(draw(trigger("begin"), buttons("one", "a"), buttons("two", "b"), edges=chain, settings=settings))
    stage.say("begin")
    tap = options_of(stage.events()[-1])["a"]
    stage.tap(tap, "a")
    assert stage.tap(tap, "a").rule == "expired"
    assert stage.said()[-1] == "Esa pregunta ya venció."


def test_rule_21_option_of_the_question_wins_over_a_keyword(stage: Stage) -> None:
    stage.publish(
        draw(trigger("begin"), buttons("color", "rojo"), say("chosen"), edges=("start>color", "color.rojo>chosen"))
    )
    stage.publish(draw(trigger("rojo", "verde"), say("keyword")))
    stage.say("begin")
    stage.say("rojo")
    assert stage.said()[-1] == "chosen"
    stage.say("begin")
    stage.say("verde")
    assert stage.said()[-1] == "keyword"


@pytest.mark.parametrize(
    ("match", "word", "takes", "leaves"),
    [
        ("exact", "menú", "MENU", "menu del dia"),
        ("first_word", "stock", "Stock, de cemento", "hay stock"),
        ("contains_word", "buen precio", "¿a buen precio?", "buenprecio"),
        ("starts_with", "quiero un", "quiero una factura", "yo quiero un"),
        ("regex", r"^pedido \d+$", "Pedido 12", "pedido doce"),
    ],
)
def test_rule_22_keywords_match_in_five_ways_folded(match: str, word: str, takes: str, leaves: str) -> None:
    index = TriggerIndex([version_of(draw(trigger(word, match=match)))])
    assert index.keyword(takes, Asking()) is not None
    assert index.keyword(leaves, Asking()) is None


def test_rule_22_best_by_score_then_priority_then_id() -> None:
    def index(*triggers: dict[str, Any]) -> TriggerIndex:
        drawn = [trigger("x", **more) for more in triggers]
        return TriggerIndex([version_of(draw(one), str(number)) for number, one in enumerate(drawn)])

    def best(found: TriggerIndex, *groups: str, channel: str = "web") -> str:
        candidate = found.keyword("x", Asking(channel, groups))
        return candidate.version.flow_id if candidate else ""

    assert best(index({}, {})) == "0"
    assert best(index({}, {"priority": 1})) == "1"
    assert best(index({"priority": 9}, {"channels": ["web"]})) == "1"
    assert best(index({"include_groups": ["sales"], "exclude_groups": ["x"]}, {"channels": ["web"]}), "sales") == "1"
    assert best(index({"exclude_groups": ["sales"]}, {"include_groups": ["buyers"]}), "sales") == ""
    assert best(index({"channels": ["whatsapp"]})) == ""


def test_rule_22_choice_among_a_thousand_flows_looks_few_up() -> None:
    flows = [draw(trigger(f"word {number}", f"other{number}")) for number in range(1_000)]
    index = TriggerIndex(version_of(flow, f"{number:04}") for number, flow in enumerate(flows))
    tries = []
    for number in range(200):
        began = time.perf_counter()
        found = index.keyword(f"Other{number}", Asking("web"))
        tries.append(time.perf_counter() - began)
        assert found is not None
        assert found.version.flow_id == f"{number:04}"
    assert sorted(tries)[len(tries) // 2] < 0.002


def test_rule_22_waiting_flow_may_want_no_triggers(stage: Stage) -> None:
    stage.publish(draw(trigger("begin"), ask(), say("end", "{{ session.name }}"), settings={"ignore_triggers": True}))
    stage.publish(draw(trigger("other"), say("keyword")))
    stage.say("begin")
    stage.say("other")
    assert stage.said()[-1] == "other"


def test_rule_23_waiting_session_takes_what_no_keyword_takes(stage: Stage) -> None:
    stage.publish(draw(trigger("begin"), ask(), say("end", "Hi {{ session.name }}")))
    assert isinstance(stage.say("ventas de octubre"), Unhandled)
    stage.say("begin")
    assert stage.say("Ana").rule == "flow"
    assert stage.said()[-1] == "Hi Ana"


def test_rule_23_welcome_takes_a_greeting_once_and_leaves_requests_to_the_agent(stage: Stage) -> None:
    stage.publish(draw(("start", "trigger", {"kind": "welcome"}), say("welcome!")))
    stage.publish(draw(("start", "trigger", {"kind": "fallback"}), say("fallback!")))
    assert isinstance(stage.say("ventas de octubre"), Unhandled)
    assert stage.say("hola").rule == "flow"
    assert stage.said() == ["welcome!"]
    assert stage.say("hola").rule == "menu"
    stage.say("xyzzy", phase="abstained")
    assert stage.said()[-1] == "fallback!"


def test_rule_23_welcome_takes_what_the_agent_abstains_from_at_first_contact(stage: Stage) -> None:
    stage.publish(draw(("start", "trigger", {"kind": "welcome", "inactive_days": 30}), say("welcome!")))
    assert isinstance(stage.say("xyzzy"), Unhandled)
    assert stage.say("xyzzy", phase="abstained").rule == "flow"
    assert isinstance(stage.say("xyzzy", phase="abstained"), Unhandled)
    stage.later(days=31)
    assert stage.say("xyzzy", phase="abstained").rule == "flow"


def test_rule_25_message_that_starts_may_be_the_first_answer(stage: Stage) -> None:
    stage.publish(
        draw(trigger("stock", match="first_word", passes_message=True), ask(), say("e", "{{ session.name }}"))
    )
    stage.say("stock de cemento")
    assert stage.said()[-1] == "stock de cemento"


def test_rule_26_flow_may_let_a_busy_one_go_before(stage: Stage) -> None:
    stage.publish(draw(trigger("begin"), ask(), say("end", "{{ session.name }}")))
    stage.publish(draw(trigger("polite"), say("never"), settings={"start_mode": "skip_if_busy"}))
    stage.say("begin")
    stage.say("polite")
    assert stage.said()[-1] == "polite"
    assert [session.reason for session in stage.sessions()] == [""]


def test_rule_26_interrupted_session_says_why(stage: Stage) -> None:
    stage.publish(draw(trigger("begin"), ask()))
    stage.say("begin")
    stage.say("begin")
    assert stage.sessions()[0].reason == "another flow began"


def test_rule_27_digression_comes_back_to_the_question(stage: Stage) -> None:
    stage.publish(draw(trigger("begin"), ask(), say("end", "Hi {{ session.name }}")))
    stage.publish(draw(trigger("help me", command="digress"), say("here is help")))
    stage.say("begin")
    stage.say("help me")
    assert stage.said() == ["Name?", "here is help", "Name?"]
    stage.say("Ana")
    assert stage.said()[-1] == "Hi Ana"


def test_rule_18_opted_out_contact_keeps_no_session(stage: Stage) -> None:
    stage.publish(draw(trigger("begin"), ask()))
    stage.say("begin")
    assert stage.say("baja").rule == "opt_out"
    assert stage.current() is None
    assert stage.events("conversation")[-1].data == {"mode": "muted"}


def test_rule_48_message_waits_while_a_node_calls_out(tmp_path: Path) -> None:

    with Stage(tmp_path, nodes=[Odd()]) as stage:
        gate = threading.Event()
        stage.http.does = lambda call, context: (
            Returned(status="success") if gate.wait(60) else Returned(status="error")
        )
        flow = draw(trigger("begin"), ("odd", "odd", {}), ask(), edges=("start>odd", "odd.success>ask"))
        stage.publish(
            draw(
                *((n.id, n.data.type, n.data.config) for n in flow.nodes),
                say("end", "{{ session.name }}"),
                edges=("start>odd", "odd.success>ask", "ask>end"),
            )
        )
        threads = [threading.Thread(target=stage.say, args=(text,)) for text in ("begin", "Ana")]
        threads[0].start()
        assert until(lambda: stage.http.calls)
        threads[1].start()
        gate.set()
        for thread in threads:
            thread.join(60)
        assert stage.said() == ["Name?", "Ana"]


def test_unknown_contacts_may_use_flows_but_not_ask(tmp_path: Path) -> None:
    with Stage(tmp_path, lets_unknown_into_flows=True) as stage:
        stage.publish(draw(trigger("begin"), ask()))
        assert stage.say("begin", contact="leo").rule == "flow"
        stage.say("cancelar", contact="leo")
        assert stage.say("ventas", contact="leo").rule == "not_linked"


def test_exact_answer_to_an_approval_of_a_flow_goes_to_its_task(stage: Stage) -> None:
    tool = ("tool", "tool", {"tool": "erp.write"})
    stage.publish(draw(trigger("begin"), tool, say("done"), edges=("start>tool", "tool.success>done")))
    stage.say("begin")
    assert isinstance(stage.say("sí"), Answers)


@pytest.mark.parametrize("text", ["Ana", "begin", "hola"])
def test_rule_24_late_message_is_for_the_agent_and_no_question_takes_it(stage: Stage, text: str) -> None:
    stage.publish(draw(trigger("begin"), ask()))
    stage.publish(draw(("hi", "trigger", {"kind": "welcome"}), say("welcome")))
    stage.say("begin")
    before = stage.sessions()
    assert isinstance(stage.say(text, is_late=True), Unhandled)
    assert stage.sessions() == before


def test_rule_24_late_tap_answers_nothing_but_late_commands_count(stage: Stage) -> None:
    stage.publish(draw(trigger("begin"), buttons("pick", "yes")))
    stage.say("begin")
    option = options_of(stage.events()[-1])["yes"]
    assert isinstance(stage.tap(option, "yes", is_late=True), Unhandled)
    assert stage.current() is not None
    assert isinstance(stage.say("cancelar", is_late=True), Handled)
