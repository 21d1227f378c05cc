"""The real expression language in flows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from executor_service.flows.expressions import TemplateExpressions
from executor_service.flows.world import ExpressionError
from tests.executor_service.flows.drawing import draw
from tests.executor_service.flows.play import Play

START = ("start", "trigger", {})


def test_flow_counts_and_speaks_in_the_real_language() -> None:
    total = {"name": "session.total", "expression": "3 * 4 + session.more | default(0)"}
    flow = draw(
        START,
        ("set", "set_variable", {"assignments": [{"name": "session.more", "expression": "1"}, total]}),
        ("say", "message", {"text": "{% if session.total > 10 %}Son {{ session.total }}{% endif %}"}),
    )
    play = Play(flow)
    play.world = replace(play.world, expressions=TemplateExpressions())
    assert play.start().said == ["Son 13"]


@pytest.mark.parametrize("template", ["{{ 'x' * 10**9 }}", "{{ x"])
def test_harmful_template_is_an_expression_error(template: str) -> None:
    with pytest.raises(ExpressionError):
        TemplateExpressions().render(template, {})
