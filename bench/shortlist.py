"""How often the right tool of 1,000 is among the 12 that a model is shown, and how long finding them takes.

`python -m bench.shortlist` prints recall@12 and times: for generated tools asked in words of their own, and for the
cases that come with Recado, whose tools stand among the thousand. Without a model's embeddings; lexical alone.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from statistics import median, quantiles

from bench.thousand_tools import Question, questions, thousand_tools
from interpreter_service.evaluation.cases import HALVES, shipped_cases
from interpreter_service.limits import Limits
from interpreter_service.offline import ToolIndex

SHOWN = Limits().tools_shown


@dataclass(frozen=True)
class Recall:
    """Of how many questions the right tool was shown, and the milliseconds each took."""

    found: int
    asked: int
    ms: tuple[float, ...]

    @property
    def share(self) -> float:
        return self.found / self.asked

    def line(self, name: str) -> str:
        slowest = quantiles(self.ms, n=20)[-1]
        return f"{name:<22}{self.asked:>6}{self.share:>11.3f}{median(self.ms):>10.2f}{slowest:>10.2f}"


def measure(index: ToolIndex, asked: tuple[Question, ...]) -> Recall:
    found, times = 0, []
    for question in asked:
        began = time.perf_counter()
        shown = index.shortlist(question.text, question.language, SHOWN)
        times.append((time.perf_counter() - began) * 1000)
        found += question.tool in shown
    return Recall(found, len(asked), tuple(times))


def shipped_questions() -> tuple[Question, ...]:
    """The shipped cases that one tool answers and that stand alone."""
    cases = [case for half in HALVES for case in shipped_cases(half) if case.context.last is None]
    built_in = {tool.name for tool in thousand_tools()}
    return tuple(
        Question(case.text, case.language, case.expected.calls[0].tool)
        for case in cases
        if case.expected.calls and case.expected.calls[0].tool in built_in and not case.context.not_permitted
    )


def main() -> None:
    tools = thousand_tools()
    began = time.perf_counter()
    index = ToolIndex(tools)
    print(f"{len(tools)} tools, index made in {(time.perf_counter() - began) * 1000:.0f} ms\n")
    print(f"{'':<22}{'asked':>6}{'recall@12':>11}{'p50 ms':>10}{'p95 ms':>10}")
    print(measure(index, questions(tools)).line("generated"))
    print(measure(index, shipped_questions()).line("shipped cases"))


if __name__ == "__main__":
    main()
