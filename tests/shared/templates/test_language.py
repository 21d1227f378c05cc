"""Templates and expressions: what people write in flows and prompts."""

from __future__ import annotations

import pytest

from shared.templates.errors import TemplateFailed
from shared.templates.inspection import inspect_expression, inspect_text
from shared.templates.language import Templates

SCOPE = {
    "contact": {"name": "Ana María", "age": 31, "tags": ["vip", "north"], "items": 3},
    "orders": [{"id": "SO-1", "total": 120.5}, {"id": "SO-2", "total": 80}],
    "session": {"answer": "  Sí ", "n": 4, "flag": True, "empty": ""},
}


@pytest.fixture(scope="module")
def templates() -> Templates:
    return Templates()


TEXTS = {
    "Hola {{ contact.name }}!": "Hola Ana María!",
    "{{ contact.name|upper }}": "ANA MARÍA",
    "{{ contact.items }}": "3",
    "[{{ contact.nothing }}{{ nobody.at.all }}]": "[]",
    "{% for o in orders %}{{ loop.index }}. {{ o.id }} {% endfor %}": "1. SO-1 2. SO-2 ",
    "{% if contact.age >= 18 %}adult{% else %}minor{% endif %}": "adult",
    "{{ orders|map(attribute='id')|join(', ') }}": "SO-1, SO-2",
    "{{ orders|sum(attribute='total') }}": "200.5",
    "{{ session.answer.strip().lower() }}": "sí",
    "{{ session.flag }}": "true",
    "{{ contact.tags }}": '["vip", "north"]',
    "{{ contact.nick|default('friend') }}": "friend",
    "{{ 'a' ~ session.n ~ 'b' }}": "a4b",
    "{{ contact.name[:3] }}": "Ana",
    "{{ '{\"a\": 5}'|fromjson }}": '{"a": 5}',
    "{% set x = session.n * 2 %}{{ x }}": "8",
    "{{ contact.name|without_accents }}": "Ana Maria",
    "{{ 7 / 2 }} {{ 8 / 2 }}": "3.5 4",
    "no braces": "no braces",
}


@pytest.mark.parametrize("template", TEXTS)
def test_text_is_rendered(templates: Templates, template: str) -> None:
    assert templates.text(template, SCOPE) == TEXTS[template]


VALUES = {
    "orders": SCOPE["orders"],
    "orders|selectattr('total', 'gt', 100)|map(attribute='id')|list": ["SO-1"],
    "session.n + 1": 5,
    "{'a': [1, 2], 'b': contact.nothing}": {"a": [1, 2], "b": None},
    "nothing.here": None,
    "contact.tags + ['new']": ["vip", "north", "new"],
    "orders|length": 2,
    "'%s' ~ 1": "%s1",
    "max(20000, 30000.5)": 30000.5,
    "nothing|default(50000)": 50000,
}


@pytest.mark.parametrize("expression", VALUES)
def test_value_is_an_object(templates: Templates, expression: str) -> None:
    assert templates.value(expression, SCOPE) == VALUES[expression]


CONDITIONS = {
    "session.n > 3 and 'vip' in contact.tags": True,
    "session.empty": False,
    "nothing": False,
    "nothing is defined": False,
    "session.n is even": True,
    "contact.name is odd": False,
    "session.empty is empty": True,
    "contact.name == 'Ana María'": True,
}


@pytest.mark.parametrize("expression", CONDITIONS)
def test_condition_holds_or_not(templates: Templates, expression: str) -> None:
    assert templates.condition(expression, SCOPE) is CONDITIONS[expression]


@pytest.mark.parametrize("expression", ["1 +", "a b", "a }} {{ b", "x|nofilter", "contact.name > 3", "1 / 0", ""])
def test_value_of_a_wrong_expression_fails(templates: Templates, expression: str) -> None:
    with pytest.raises(TemplateFailed):
        templates.value(expression, SCOPE)


@pytest.mark.parametrize("said", ["inf", "-Infinity", "nan", "1e999"])
@pytest.mark.parametrize("expression", ["said|float", "[said|float]", "{'a': said|float}", "huge * 10", "1e999"])
def test_number_without_end_is_not_stored(templates: Templates, expression: str, said: str) -> None:
    with pytest.raises(TemplateFailed):
        templates.value(expression, {"said": said, "huge": 1e308})


def test_failure_holds_no_value_of_the_scope(templates: Templates) -> None:
    with pytest.raises(TemplateFailed) as caught:
        templates.text("{{ token|fromjson }}", {"token": "hunter2-secret"})
    assert "hunter2" not in str(caught.value)


def test_rendering_leaves_the_scope_alone(templates: Templates) -> None:
    scope = {"a": [1], "b": {"c": 1}}
    templates.text("{% set a = a + [2] %}{{ a }}{{ b }}", scope)
    assert scope == {"a": [1], "b": {"c": 1}}


def test_inspection_lists_the_paths_that_are_read(templates: Templates) -> None:
    found = inspect_text(
        templates,
        "{% set x = session.a %}{{ x }}{{ contact['name'] }}{% for o in orders %}{{ o.id }}{% endfor %}{{ secret.k }}",
    )
    assert found.problem is None
    assert found.paths == {"session.a", "contact.name", "orders", "secret.k"}
    assert "secret" in found.scopes()


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("x|shout", "no filter 'shout'"),
        ("x is tasty", "no test 'tasty'"),
        ("now()", "no function 'now'"),
        ("x|replace('a')", "wrong number of arguments"),
        ("x|upper(1)", "wrong number of arguments"),
        ("x is divisibleby", "wrong number of arguments"),
        ("x +", "line 1"),
    ],
)
def test_inspection_names_the_problem(templates: Templates, expression: str, said: str) -> None:
    assert said in (inspect_expression(templates, expression).problem or "")
    assert said in (inspect_text(templates, "{{ " + expression + " }}").problem or "")


def test_inspection_of_every_allowed_filter_agrees_with_rendering(templates: Templates) -> None:
    assert inspect_text(templates, "{{ 'a,b'.split(',')|join('-')|replace('a', 'b')|truncate(3) }}").problem is None
