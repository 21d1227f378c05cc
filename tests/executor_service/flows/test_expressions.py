"""The engine's expression language on the real templates."""

from __future__ import annotations

from dataclasses import replace

import pytest

from executor_service.flows.expressions import TemplateExpressions
from executor_service.flows.world import ExpressionError
from tests.executor_service.flows.drawing import draw
from tests.executor_service.flows.play import Play


def test_failed_expression_is_an_expression_error() -> None:
    expressions = TemplateExpressions()
    for wrong in (expressions.render, expressions.value, expressions.condition):
        with pytest.raises(ExpressionError):
            wrong("{{ 'a' * 10 ** 9 }}", {})


def test_secret_is_nothing_in_texts_and_seen_by_the_inspection() -> None:
    expressions = TemplateExpressions()
    assert expressions.render("[{{ secret.key }}]", {"session": {}}) == "[]"
    assert "secret" in expressions.inspect_text("{{ secret.key }}").scopes()


def test_flow_computes_with_real_expressions() -> None:
    flow = draw(
        ("start", "trigger", {}),
        ("set", "set_variable", {"assignments": [{"name": "session.total", "expression": "2 * 21"}]}),
        ("say", "message", {"text": "{% if session.total > 40 %}{{ session.total }}!{% endif %}{{ ''.__class__ }}"}),
        ("say2", "message", {"text": "still here {{ session.total }}"}),
    )
    play = Play(flow)
    play.world = replace(play.world, expressions=TemplateExpressions())
    play.start()
    assert play.said == ["still here 42"]
    assert [trace.data["code"] for trace in play.traces("error")] == ["expression"]
