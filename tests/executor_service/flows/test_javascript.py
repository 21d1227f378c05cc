"""Scripts of flows: good ones give their result, hostile ones end at once and reach nothing."""

from __future__ import annotations

import resource
from typing import Any

import pytest

from executor_service.flows.javascript.runner import ScriptFailed, ScriptRunner, script_runner


@pytest.fixture(scope="module")
def runner() -> ScriptRunner:
    return script_runner()


@pytest.mark.parametrize(
    ("script", "arguments", "value"),
    [
        ("return args.a + args.b", {"a": 2, "b": 3}, 5),
        ("return args.names.map(n => n.toUpperCase())", {"names": ["ana", "é"]}, ["ANA", "É"]),
        ("const o = {}; o.x = [1, null]; return o", {}, {"x": [1, None]}),
        ("let nothing = 1", {}, None),
        ("return '</script>\\u2028\"'", {}, '</script>\u2028"'),
        ("return args", {"a": "\u0000\u2028'\"\\"}, {"a": "\u0000\u2028'\"\\"}),
    ],
)
def test_script_gives_its_result(runner: ScriptRunner, script: str, arguments: dict[str, Any], value: Any) -> None:
    assert runner.run(script, arguments) == value


HOSTILE = {
    "endless loop": "while (true) {}",
    "endless recursion": "function f() { return f() + 1 } return f()",
    "memory by strings": "let s = 'x'; while (true) s += s",
    "memory by arrays": "const a = []; while (true) a.push(new Array(1000).fill(1))",
    "memory by buffers": "const a = []; while (true) a.push(new ArrayBuffer(10000000))",
    "memory by maps": "const m = new Map(); for (let i = 0;; i++) m.set(i, 'x' + i)",
    "repeat": "return 'x'.repeat(1000000000)",
    "padding": "return 'x'.padEnd(500000000)",
    "great array": "return new Array(4294967295).fill(0)",
    "join": "return new Array(100000000).join('x')",
    "regexp bomb": "return /^(a+)+$/.test('a'.repeat(40) + '!')",
    "big numbers": "let n = 2n; while (true) n = n * n",
    "slow toJSON": "return {toJSON() { while (true) {} }}",
    "slow getter": "return {get a() { while (true) {} }}",
    "endless toJSON": "function f() { return {toJSON: () => ({a: f()})} } return f()",
    "circle": "const a = {}; a.a = a; return a",
    "a function": "return () => 1",
    "a symbol": "return Symbol('x')",
    "great result": "return 'x'.repeat(300000)",
    "deep result": "let a = []; for (let i = 0; i < 100000; i++) a = [a]; return a",
    "closing the function": "}); while (true) {} (function () {",
    "throwing": "throw new Error('no')",
    "throwing nothing": "throw null",
    "throwing a getter": "throw {get message() { while (true) {} }, toString() { while (true) {} }}",
    "syntax": "return ((",
    "proxy": "return new Proxy({}, {ownKeys() { while (true) {} }})",
    "sort": "return [1, 2, 3].sort(() => { while (true) {} })",
    "endless generator": "function* g() { while (true) yield 1 } return [...g()]",
    "with": "with (args) { return 1 }",
    "await": "return await 1",
    "import": "import('os'); import * as os from 'os'",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_script_fails_with_a_code(runner: ScriptRunner, name: str) -> None:
    with pytest.raises(ScriptFailed) as caught:
        runner.run(HOSTILE[name], {})
    assert caught.value.code in {"syntax", "failed", "too_much", "too_large", "no_json", "killed"}


@pytest.mark.parametrize(
    "name", ["require", "process", "std", "os", "fetch", "XMLHttpRequest", "Deno", "setTimeout", "print", "load"]
)
def test_nothing_of_the_host_is_there(runner: ScriptRunner, name: str) -> None:
    assert runner.run(f"return typeof {name}", {}) == "undefined"


def test_function_constructor_reaches_no_more(runner: ScriptRunner) -> None:
    assert runner.run("return Object.keys(new Function('return this')()).length", {}) == 0


def test_changed_json_deceives_nobody(runner: ScriptRunner) -> None:
    assert runner.run("JSON.stringify = () => '{}'; JSON.parse = () => 7; return [1]", {}) == [1]


def test_processor_of_a_hostile_script_is_bounded(runner: ScriptRunner) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with pytest.raises(ScriptFailed):
        runner.run("while (true) {}", {})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime - before.ru_utime < 4


def test_child_that_hangs_is_killed() -> None:
    hasty = ScriptRunner(script_runner().places, wall_seconds=0.01)
    with pytest.raises(ScriptFailed, match="too long"):
        hasty.run("return 1", {})


def test_check_names_what_does_not_compile(runner: ScriptRunner) -> None:
    assert runner.check("return 1") is None
    assert "SyntaxError" in (runner.check("return ((") or "")
    assert runner.check("x" * 20_001)
