"""Rules of answers and errors: values in sentences, how options match, what is joined, what stands in for a result."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from executor_service.connectors.web.model import WebLimits
from executor_service.flows.calls.ai import AiAnswer, AiEffect, AiQuestion
from executor_service.flows.calls.retrying import Retries
from executor_service.flows.effects import EffectContext
from executor_service.flows.expressions import TemplateExpressions
from executor_service.flows.inputs import Fired, Said
from executor_service.flows.limits import Limits
from executor_service.flows.matching import match_option, match_options
from executor_service.flows.nodes.http_request import MAX_BODY_CHARS, HttpRequestConfig
from executor_service.flows.session_model import Call, WaitOption
from executor_service.flows.world import ExpressionError
from shared.contracts.callers import ContactCaller
from shared.contracts.turns import MediaInput
from shared.errors import ErpUnreachable
from tests.executor_service.flows.drawing import draw
from tests.executor_service.flows.play import Play
from tests.executor_service.flows.rules import START, Odd, ask, say
from tests.executor_service.flows.stage import Stage
from tests.executor_service.flows.test_rules_routing import trigger

PHOTO = Said(message=MediaInput(media="image", media_type="image/jpeg", caption="mine"))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.service("postgres"))])
def stage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stage]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgres" else ""
    with Stage(tmp_path, database_url=url, nodes=[Odd()]) as made:
        yield made


def test_rule_36_expressions_templates_variables_and_requests_are_limited() -> None:
    limits, language = Limits(), TemplateExpressions()
    assert (limits.template_chars, limits.result_chars, limits.variable_bytes) == (10_000, 4_000, 200_000)
    assert WebLimits().body_bytes == MAX_BODY_CHARS == 256 * 1024
    assert HttpRequestConfig.model_fields["timeout_seconds"].default == 15
    for costly in ("{% for i in range(10**9) %}x{% endfor %}", "{{ 'x' * 10**9 }}", "x" * 10_001):
        with pytest.raises(ExpressionError):
            language.render(costly, {})


def test_rule_36_variable_that_is_too_large_fails_its_node() -> None:
    double = {"assignments": [{"name": "session.big", "expression": "session.half + session.half"}]}
    edges = ("start>ask", "ask>grow", "grow.error>no")
    flow = draw(START, ask(variable="session.half"), ("grow", "set_variable", double), say("no"), edges=edges)
    play = Play(flow).start().say("x" * 150_000)
    assert play.said == ["no"]
    assert "big" not in play.session.variables


def http(**more: Any) -> Any:
    return ("it", "http_request", {"url": "https://example.com", "variable": "session.it", **more})


@pytest.mark.parametrize(
    ("edges", "more", "status", "said"),
    [
        (("it.success>ok", "it.error>bad"), {"default_value": {"body": 1}}, "completed", ["bad"]),
        (("it.success>ok",), {"default_value": {"body": 1}}, "completed", ["ok"]),
        (("it.success>ok",), {}, "failed", None),
    ],
)
def test_rule_37_error_exit_comes_before_the_default_value(
    edges: tuple[str, ...], more: dict[str, Any], status: str, said: list[str] | None
) -> None:
    flow = draw(START, http(**more), say("ok"), say("bad"), edges=("start>it", *edges))
    play = Play(flow).start().returned(status="error", error="http_500")
    assert (play.session.status, play.session.variables["error"]) == (status, "http_500")
    assert said is None or play.said == said
    assert play.session.variables.get("it") == ({"body": 1} if said == ["ok"] else None)


def test_rule_37_default_value_stands_in_for_an_answer_that_is_late() -> None:
    flow = draw(START, http(default_value="late"), say("ok"), edges=("start>it", "it.success>ok"))
    assert Play(flow).start().returned(status="timeout").said == ["ok"]


def test_rule_37_model_that_is_busy_is_asked_again_before_the_branch() -> None:
    slept: list[float] = []
    tries: list[AiQuestion] = []

    class Busy:
        def complete(self, question: AiQuestion) -> AiAnswer:
            tries.append(question)
            if len(tries) < 3:
                raise ErpUnreachable
            return AiAnswer(text="yes", tokens=3)

    payload = {"messages": [], "model": "", "temperature": None, "max_tokens": 5, "extra_body": {}}
    caller = ContactCaller(contact_id="ana", conversation_id="c", channel="web", account="web")
    context = EffectContext(caller=caller, session_id="s", flow_id="f")
    returned = AiEffect(Busy(), retries=Retries(slept.append)).perform(Call(kind="ai", payload=payload), context)
    assert (returned.value, slept) == ("yes", [0.5, 1.0])


@pytest.mark.parametrize(
    ("kind", "config", "said", "kept"),
    [
        ("validate_phone", {"country": "PE"}, "mi número es 987 654 321", "+51987654321"),
        ("validate_date", {}, "el 3 de diciembre", "2026-12-03"),
        ("validate_number", {}, "unos 1.234,5 soles", 1234.5),
        ("validate_email", {}, "escríbeme a ANA@acme.pe por favor", "ana@acme.pe"),
    ],
)
def test_rule_40_value_is_taken_out_of_a_sentence(kind: str, config: dict[str, Any], said: str, kept: Any) -> None:
    flow = draw(START, ("ask", kind, {"text": "?", "variable": "session.it", **config}), say("ok"))
    assert str(Play(flow).start().say(said).session.variables["it"]).lower() == str(kept)


def test_rule_40_retries_ask_again_with_the_buttons_and_media_is_an_attempt() -> None:
    config = {"text": "?", "options": [{"id": "a", "title": "A1"}], "retry_text": "again", "media_text": "no photos"}
    edges = ("start>ask", "ask>ok", "ask.failed>bad")
    play = Play(draw(START, ("ask", "validate_options", config), say("ok"), say("bad"), edges=edges)).start()
    assert play.say("zz").said == ["again"]
    assert len(play.sprints[-1].messages[0].parts[0].options) == 1  # type: ignore[union-attr]
    assert play.give(PHOTO).said == ["no photos"]
    assert play.say("zz").said == ["bad"]


OPTIONS = (
    WaitOption(id="h", title="Ham", value="p1"),
    WaitOption(id="hc", title="Ham and cheese", value="p2"),
    WaitOption(id="t", title="Té frío", value="p3"),
)


@pytest.mark.parametrize(
    ("said", "meant"),
    [("hc", "hc"), ("p3", "t"), ("Ham and cheese", "hc"), ("2", "hc"), ("TE FRIO!", "t"), ("hammock", None)],
)
def test_rule_41_option_matches_by_id_value_text_number_and_folded_text(said: str, meant: str | None) -> None:
    found = match_option(said, OPTIONS)
    assert (found.id if found else None) == meant


def test_rule_41_multiple_choice_accepts_a_mix_and_the_longest_text_first() -> None:
    assert [one.id for one in match_options("Ham and cheese, 3", OPTIONS)] == ["hc", "t"]
    assert [one.id for one in match_options("1 y té frío", OPTIONS)] == ["h", "t"]
    assert match_options("1 y sopa", OPTIONS) == ()


def joining() -> Any:
    asked = ask(join_seconds=3, timeout_seconds=600)
    edges = ("start>ask", "ask>ok", "ask.timeout>late")
    return draw(trigger("begin"), asked, say("ok", "Got: {{ session.name }}"), say("late"), edges=edges)


def test_rule_43_texts_that_follow_each_other_are_one_answer_also_after_a_restart(tmp_path: Path) -> None:
    with Stage(tmp_path) as first:
        first.publish(joining())
        first.say("begin")
        first.say("I am")
        first.later(seconds=2).say("Ana")
        assert first.said() == ["Name?"]
    with Stage(tmp_path) as second:
        second.later(seconds=4).look()
        assert second.said() == ["Name?"]
        second.later(seconds=6).look()
        assert second.said()[-1] == "Got: I am\nAna"


def test_rule_43_joining_is_off_unless_set_and_never_for_buttons(stage: Stage) -> None:
    stage.publish(draw(trigger("begin"), ask(), say("ok", "Got: {{ session.name }}")))
    stage.say("begin")
    stage.say("I am")
    assert stage.said()[-1] == "Got: I am"


def test_rule_43_nothing_said_is_still_a_timeout_and_much_is_an_answer_at_once() -> None:
    assert Play(joining()).start().give(Fired("timeout")).said == ["late"]
    play = Play(joining()).start()
    for number in range(20):
        play.say(str(number))
    assert play.said == ["Got: " + "\n".join(map(str, range(20)))]


def test_rule_43_file_ends_what_is_joined_and_keeps_it() -> None:
    play = Play(joining()).start().say("This is").give(PHOTO)
    assert play.session.variables["name"]["text"] == "This is\nmine"
