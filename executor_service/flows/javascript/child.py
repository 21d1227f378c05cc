"""The child process: one script from stdin, one result to stdout. It imports nothing of ours.

Started as `python -I child.py` with an empty environment; it takes away its own means before it reads the script.
"""

from __future__ import annotations

import json
import resource
import sys

import quickjs

ADDRESS_SPACE = 400 * 2**20
HEAP = 64 * 2**20
STACK = 256 * 1024
CPU_SECONDS = 3
SECONDS = 1


def main() -> None:
    _confine()
    order = json.loads(sys.stdin.buffer.read())
    answer = _run(order["script"], order["arguments"], order["max_chars"], order["compiles_only"])
    sys.stdout.buffer.write(json.dumps(answer).encode())


def _confine() -> None:
    for kind, most in (
        (resource.RLIMIT_AS, ADDRESS_SPACE),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 16),
    ):
        resource.setrlimit(kind, (most, most))


def _run(script: str, arguments: dict[str, object], max_chars: int, compiles_only: bool) -> dict[str, object]:
    context = quickjs.Context()
    context.set_memory_limit(HEAP)
    context.set_time_limit(SECONDS)
    context.set_max_stack_size(STACK)
    context.eval("delete globalThis.performance; null")  # a fine clock, of no use here
    try:
        if compiles_only:
            context.eval(f"new Function('args', {json.dumps(_strict(script))}); null")
            return {"result": "null"}
        # the result is made text inside, where the time limit holds
        result = context.eval(_wrapped(script, arguments))
    except (quickjs.JSException, quickjs.StackOverflow) as error:
        return {"error": _code(str(error)), "detail": str(error)[:300]}
    if not isinstance(result, str):
        return {"error": "no_json", "detail": "the script must return something that JSON knows"}
    if len(result) > max_chars:
        return {"error": "too_large", "detail": f"the result is over {max_chars} characters"}
    return {"result": result}


def _strict(script: str) -> str:
    return f'"use strict";\n{script}'


def _wrapped(script: str, arguments: dict[str, object]) -> str:
    body, given = json.dumps(_strict(script)), json.dumps(json.dumps(arguments))
    return (
        "(() => { const show = JSON.stringify, read = JSON.parse;"
        f" const made = new Function('args', {body})(read({given}));"
        " return show(made === undefined ? null : made); })()"
    )


def _code(message: str) -> str:
    if "interrupted" in message or "InternalError" in message:
        return "too_much"
    return "syntax" if "SyntaxError" in message else "failed"


if __name__ == "__main__":
    main()
