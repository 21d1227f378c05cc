"""The shipped cases as fixtures for @copilotkit/aimock, so that a program that is not ours plays the model.

`python -m bench.scripted_cases FILE` writes them: each case's text is answered with the call that is expected, or with
a question, and with a sentence once the call has a result or where the case must be refused. Then

    llmock -p 4010 -f FILE
    RECADO_LLM_BASE_URL=http://127.0.0.1:4010/v1 recado eval --model --today 2026-11-20
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from executor_service.tools.builtin import builtin_tools
from interpreter_service.agent.asking import ASK
from interpreter_service.agent.schemas import model_name
from interpreter_service.evaluation.cases import HALVES, Case, shipped_cases
from shared.contracts.tools import ToolSpec

SAID = "Aquí está lo que pediste."
REFUSED = "Eso no lo puedo hacer; pregúntame por ventas, cuentas o inventario."


def fixtures(cases: list[Case], tools: dict[str, ToolSpec]) -> list[dict[str, Any]]:
    """Longer texts first: aimock takes the first fixture whose text is within the message."""
    found: list[dict[str, Any]] = []
    for case in sorted(cases, key=lambda one: -len(one.text)):
        wanted = next((call for call in case.expected.calls if call.tool in tools), None)
        found.append({"match": {"userMessage": case.text, "hasToolResult": True}, "response": {"content": SAID}})
        if case.expected.clarify:
            asked = {"question": "¿Cuál de estas?", "options": ["estado de cuenta del cliente Rojas", "ventas por mes"]}
            response: dict[str, Any] = {"toolCalls": [{"name": ASK, "arguments": json.dumps(asked)}]}
        elif wanted is None or case.context.not_permitted:
            response = {"content": REFUSED}
        else:
            given = required(tools[wanted.tool], case.text) if wanted.arguments is None else wanted.arguments
            response = {"toolCalls": [{"name": model_name(wanted.tool), "arguments": json.dumps(given)}]}
        found.append({"match": {"userMessage": case.text, "hasToolResult": False}, "response": response})
    return found


def required(tool: ToolSpec, said: str) -> dict[str, Any]:
    """Some arguments for what must be given, where a case says that any are right."""
    properties = tool.parameters["properties"]
    return {name: properties[name].get("enum", [said])[0] for name in tool.parameters.get("required", ())}


def main(path: Path) -> None:
    cases = [case for half in HALVES for case in shipped_cases(half)]
    tools = {tool.spec.name: tool.spec for tool in builtin_tools()}
    path.write_text(json.dumps({"fixtures": fixtures(cases, tools)}, ensure_ascii=False), encoding="utf-8")
    print(f"{len(cases)} cases written to {path}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
