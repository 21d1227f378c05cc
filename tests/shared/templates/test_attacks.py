"""Templates that try to reach Python, or to eat the machine: each is refused or gives little, at once."""

from __future__ import annotations

import resource
import time
import tracemalloc

import pytest

from shared.templates.errors import TemplateFailed
from shared.templates.language import Templates

MEGABYTES = 32
CPU_SECONDS = 0.5
_DOUBLE = "{% set a = 'x' %}" + "{% set a = a + a %}" * 40
_LISTS = "{% set a = [1, 1] %}{% set b = [1, 1] %}" + "{% set a = [a, a] %}{% set b = [b, b] %}" * 30

ATTACKS = {
    "class": "{{ ''.__class__ }}",
    "mro": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "class by key": "{{ ''['__class__'] }}",
    "class by joined key": "{{ ''['__cla' ~ 'ss__'] }}",
    "attr filter": "{{ ''|attr('__class__') }}",
    "map attribute": "{{ ['']|map(attribute='__class__')|list }}",
    "selectattr": "{{ ['']|selectattr('__class__')|list }}",
    "sort attribute": "{{ ['a', 'b']|sort(attribute='__class__') }}",
    "globals of a function": "{{ range.__globals__ }}",
    "run of a function": "{{ range.run }}",
    "init of undefined": "{{ nothing.__init__.__globals__ }}",
    "self": "{{ self._TemplateReference__context }}",
    "self alone": "{{ self }}",
    "lipsum": "{{ lipsum.__globals__['os'].popen('id').read() }}",
    "cycler": "{{ cycler.__init__.__globals__.os }}",
    "joiner": "{{ joiner.__init__.__globals__.os }}",
    "namespace": "{% set ns = namespace(x=1) %}{{ ns.x }}",
    "loop internals": "{% for x in [1] %}{{ loop._iterator }}{{ loop.__class__ }}{% endfor %}",
    "loop called": "{% for x in [[1]] recursive %}{{ loop(x) }}{% endfor %}",
    "loop cycle": "{% for x in [1] %}{{ loop.cycle('a') }}{% endfor %}",
    "method object": "{{ 'a'.upper }}",
    "format method": "{{ '{0.__class__}'.format(1) }}",
    "format map": "{{ '{a.__class__}'.format_map({'a': 1}) }}",
    "format filter": "{{ '%s'|format(1) }}",
    "percent format": "{{ '%999999999d' % 1 }}",
    "odd formats": "{{ '%999999999d' is odd }}",
    "divisibleby formats": "{{ '%999999999d' is divisibleby 3 }}",
    "text times number": "{{ 'a' * 1000000000 }}",
    "number times text": "{{ 1000000000 * 'a' }}",
    "list times number": "{{ [1] * 1000000000 }}",
    "power": "{{ 9 ** 9 ** 9 }}",
    "power in a constant": "{{ (2 ** 1000000) is even }}",
    "power of floats": "{{ 1e308 ** 99 }}",
    "product": "{% set a = 99999999999999999999 %}" + "{% set a = a * a %}" * 30 + "{{ a }}",
    "range": "{{ range(1000000000)|list }}",
    "range of ranges": "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}",
    "loop with a filter": "{% for a in range(9999) %}{% for b in range(9999) if false %}{% endfor %}{% endfor %}",
    "three loops": "{% for a in 'ab' %}{% for b in 'ab' %}{% for c in 'ab' %}{% endfor %}{% endfor %}{% endfor %}",
    "gigabyte of output": "{% for a in range(9999) %}" + "x" * 5000 + "{% endfor %}",
    "doubling": _DOUBLE + "{{ a }}",
    "doubling by ~": _DOUBLE.replace("a + a", "a ~ a") + "{{ a|length }}",
    "doubling by join": _DOUBLE.replace("a + a", "[a, a]|join") + "{{ a|length }}",
    "doubling by replace": _DOUBLE.replace("a + a", "a|replace('x', 'xx')") + "{{ a|length }}",
    "doubling by method": _DOUBLE.replace("a + a", "a.replace('x', 'xx')") + "{{ a|length }}",
    "lists of lists compared": _LISTS + "{{ a == b }}",
    "lists of lists shown": _LISTS + "{{ a }}",
    "lists of lists as JSON": _LISTS + "{{ a|tojson }}",
    "lists of lists sorted": _LISTS + "{{ [a, b]|sort }}",
    "lists of lists unique": _LISTS + "{{ [a, b]|unique|list }}",
    "lists of lists in": _LISTS + "{{ a in [b] }}",
    "lists of lists tested": _LISTS + "{{ a is eq b }}",
    "lists of lists as arguments": _LISTS + "{{ max(a, b) }}",
    "tuples as keys": "{% set t = (1,) %}" + "{% set t = (t, t) %}" * 40 + "{{ {t: 1} }}{{ {}[t] }}",
    "center": "{{ 'a'|center(1000000000) }}",
    "center method": "{{ 'a'.center(1000000000) }}",
    "ljust": "{{ 'a'.ljust(1000000000) }}",
    "zfill": "{{ 'a'.zfill(1000000000) }}",
    "indent": "{{ 'a\\nb'|indent(1000000000) }}",
    "truncate": "{{ 'a'|truncate(1000000000000) }}",
    "round": "{{ 1.5|round(1000000000) }}",
    "batch": "{{ [1]|batch(1000000000, 'x')|list }}",
    "slices in a loop": "{% for a in range(9999) %}{% set b = big[:199000] %}{% endfor %}",
    "filters in a loop": "{% for a in range(9999) %}{% set b = big|upper %}{% endfor %}",
    "split in a loop": "{% for a in range(9999) %}{% set b = big.split('') %}{% endfor %}",
    "in over a long text": "{% for a in range(9999) %}{{ 'y' in big }}{% endfor %}",
    "joined long texts": "{{ [big, big, big, big]|join(big) }}",
    "JSON bomb": "{{ ('[' * 100000)|fromjson }}",
    "deep JSON": "{{ deep|fromjson }}",
    "long number": "{{ nines|int }}",
    "long literal": "{{ " + "9" * 5000 + " }}",
    "deep brackets": "{{ " + "(" * 4000 + "1" + ")" * 4000 + " }}",
    "deep lists": "{{ " + "[" * 3000 + "]" * 3000 + " }}",
    "long chain": "{{ a" + ".a" * 4000 + " }}",
    "many nots": "{{ " + "not " * 2400 + "1 }}",
    "many filters": "{{ 'a'" + "|upper" * 1500 + " }}",
    "many open tags": "{%" * 4900,
    "too long": "a{{ 1 }}" * 5000,
    "macro": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "include": "{% include '/etc/passwd' %}",
    "import": "{% import 'os' as os %}{{ os }}",
    "extends": "{% extends 'x' %}",
    "block": "{% block a %}{{ self.a() }}{% endblock %}",
    "call block": "{% call(x) f() %}{% endcall %}",
    "filter block": "{% filter upper %}a{% endfilter %}",
    "set block": "{% set a %}b{% endset %}",
    "do": "{% do [].append(1) %}",
    "append": "{{ contact.tags.append(1) }}",
    "change of the scope": "{{ contact.update({'a': 1}) }}",
    "setdefault": "{{ contact.setdefault('a', 1) }}",
    "dynamic arguments": "{{ range(*[1, 1000000000]) }}",
    "budget by name": "{{ _weighed }}",
    "call of a value": "{{ (contact.tags or range)(5) }}",
    "debug": "{% debug %}",
}


@pytest.fixture(scope="module")
def templates() -> Templates:
    return Templates()


@pytest.mark.parametrize("name", ATTACKS)
def test_attack_costs_little_and_shows_nothing(templates: Templates, name: str) -> None:
    scope = {"contact": {"tags": ["a"]}, "big": "x" * 199_000, "deep": "[" * 100_000, "nines": "9" * 5000}
    tracemalloc.start()
    before = resource.getrusage(resource.RUSAGE_THREAD).ru_utime
    try:
        said = templates.text(ATTACKS[name], scope)
    except TemplateFailed:
        said = ""
    spent = resource.getrusage(resource.RUSAGE_THREAD).ru_utime - before
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert spent < CPU_SECONDS * 3, "tracing memory itself triples the time"
    assert peak < MEGABYTES * 2**20
    assert len(said) <= 4_000
    assert not any(word in said for word in ("class", "function", "object", "root:", "0x", "module"))
    assert scope["contact"] == {"tags": ["a"]}


@pytest.mark.parametrize("name", ATTACKS)
def test_attack_takes_no_processor(templates: Templates, name: str) -> None:
    scope = {"contact": {"tags": ["a"]}, "big": "x" * 199_000, "deep": "[" * 100_000, "nines": "9" * 5000}
    before = time.thread_time()
    try:
        templates.condition(ATTACKS[name].removeprefix("{{").removesuffix("}}"), scope)
        templates.text(ATTACKS[name], scope)
    except TemplateFailed:
        pass
    assert time.thread_time() - before < CPU_SECONDS
